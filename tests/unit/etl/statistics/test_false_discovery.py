"""False-discovery control: the example of the paper, the definition spelt out, and tables with gaps."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import false_discovery_control

from etl.statistics.false_discovery import adjust, select_discoveries

NAN = np.nan


def test_selects_the_four_of_the_papers_example(paper):
    assert select_discoveries(paper, rate=0.05).tolist() == [True] * 4 + [False] * 11
    adjusted, tested = adjust(paper)
    assert tested == 15
    # 15 x 0.0001; 15 x 0.0095 / 4; and the fifth, 15 x 0.0201 / 5, is undercut by nothing larger.
    assert adjusted[[0, 3, 4]].tolist() == pytest.approx([0.0015, 0.035625, 0.0603])


def test_adjusts_as_the_definition_says():
    p = np.random.default_rng(11).uniform(size=60) ** 2
    adjusted, _ = adjust(p)
    for value, found in zip(p, adjusted, strict=True):
        assert found == pytest.approx(min(60 * other / np.sum(p <= other) for other in p if other >= value))


def test_selects_up_to_the_largest_p_value_below_the_line():
    for seed in range(30):
        p = np.random.default_rng(seed).uniform(size=40) ** 3
        ordered = np.sort(p)
        below = np.flatnonzero(ordered <= 0.1 * np.arange(1, 41) / 40)
        expected = p <= ordered[below[-1]] if below.size else np.zeros(40, dtype=bool)
        np.testing.assert_array_equal(select_discoveries(p, rate=0.1), expected)


def test_leaves_the_missing_out_and_keeps_the_shape():
    p = np.array([[0.01, NAN, 0.04], [NAN, 0.03, 0.5]])
    adjusted, tested = adjust(p)
    assert tested == 4
    np.testing.assert_allclose(adjusted[~np.isnan(p)], false_discovery_control([0.01, 0.04, 0.03, 0.5]))
    assert np.isnan(adjusted).tolist() == np.isnan(p).tolist()
    assert select_discoveries(p).tolist() == [[True, False, False], [False, False, False]]


@pytest.mark.parametrize("p", [[], [NAN] * 4, np.full((2, 3), NAN)])
def test_discovers_nothing_in_nothing(p):
    adjusted, tested = adjust(p)
    assert tested == 0
    assert np.isnan(adjusted).all()
    assert not select_discoveries(p).any()


def test_leaves_a_single_p_value_as_it_is():
    assert adjust([0.03])[0].tolist() == [0.03]
    assert select_discoveries(0.05) == np.True_


def test_never_adjusts_a_p_value_downwards_nor_past_1():
    p = np.random.default_rng(12).uniform(size=500)
    adjusted, _ = adjust(p)
    assert (adjusted >= p).all()
    assert (adjusted <= 1).all()
    assert (np.diff(adjusted[np.argsort(p)]) >= 0).all()


@pytest.mark.parametrize("p", [-0.01, 1.01])
def test_refuses_what_is_no_p_value(p):
    with pytest.raises(ValueError, match="between 0 and 1"):
        adjust([0.5, p])


@pytest.mark.parametrize("rate", [0, 1, 5])
def test_refuses_what_is_no_rate(rate):
    with pytest.raises(ValueError, match=r"such as 0\.05"):
        select_discoveries([0.5], rate=rate)
