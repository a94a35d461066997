"""Percentiles and positions: by hand, against numpy and scipy, and where there are too few areas."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import mstats

from etl.statistics.position import (
    NO_FIGURE,
    TOO_FEW_AREAS,
    TOO_FEW_VALUES,
    find_percentiles,
    find_position,
)

NAN = np.nan


def test_interpolates_percentiles_as_worked_by_hand():
    # N = 6: h = 5 p + 1. Lower quartile 2.25: 20 + 0.25 x 10; median 3.5: 35; 90th 5.5: 50 + 0.5 x 50.
    found, reason = find_percentiles([40, 10, NAN, 100, 20, 50, 30], shares=[0, 0.25, 0.5, 0.9, 1])
    assert found.tolist() == [10, 22.5, 35, 75, 100]
    assert reason == ""


def test_gives_quartiles_unless_asked_for_others():
    assert find_percentiles([1, 2, 3, 4, 5])[0].tolist() == [2, 3, 4]


@pytest.mark.parametrize("areas", [4, 5, 9, 32, 151])
def test_agrees_with_scipys_own_quantiles(areas):
    values = np.random.default_rng(areas).normal(size=areas)
    shares = np.linspace(0, 1, 21)
    # alphap = betap = 1 is h = (N - 1) p + 1.
    np.testing.assert_allclose(
        find_percentiles(values, shares=shares)[0], mstats.mquantiles(values, shares, alphap=1, betap=1), rtol=1e-12
    )


@pytest.mark.parametrize("values", [[], [1.0], [1, 2, 3.0], [1, 2, 3, NAN], [NAN] * 9])
def test_has_no_percentiles_of_three_values_or_fewer(values):
    found, reason = find_percentiles(values)
    assert np.isnan(found).tolist() == [True] * 3
    assert reason == TOO_FEW_VALUES


def test_ranks_areas_and_lets_ties_share_the_better_position():
    found = find_position([94, 82, NAN, 94, 99, 68, 82, 82], is_highest_first=True)
    np.testing.assert_array_equal(found.position, [2, 4, NAN, 2, 1, 7, 4, 4])
    np.testing.assert_array_equal(found.sharing, [2, 3, NAN, 2, 1, 1, 3, 3])
    assert set(found.ranked.tolist()) == {7}
    assert found.reason.tolist() == ["", "", NO_FIGURE, "", "", "", "", ""]
    found = find_position([94, 82, NAN, 94, 99, 68, 82, 82], is_highest_first=False)
    np.testing.assert_array_equal(found.position, [5, 2, NAN, 5, 7, 1, 2, 2])


def test_puts_areas_into_quarters_by_the_size_of_their_figure():
    values = np.arange(12.0)
    for is_highest_first in (True, False):
        found = find_position(values, is_highest_first=is_highest_first)
        assert found.quarter.tolist() == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]


def test_leaves_a_figure_on_a_quartile_in_the_lower_quarter():
    assert find_position([1, 2, 3, 4, 5], is_highest_first=True).quarter.tolist() == [1, 1, 2, 3, 4]
    assert find_position([7.0] * 6, is_highest_first=True).quarter.tolist() == [1] * 6


@pytest.mark.parametrize("values", [[94.0], [94, 82, 68, 66.0], [94, 82, 68, 66, NAN, NAN], [NAN] * 151])
def test_ranks_no_fewer_than_five_areas(values):
    found = find_position(values, is_highest_first=True)
    assert np.isnan([found.position, found.sharing, found.quarter]).all()
    assert set(found.reason.tolist()) == {TOO_FEW_AREAS}


def test_takes_many_tables_at_once():
    values = np.random.default_rng(3).integers(0, 9, size=(4, 3, 20)).astype(float)
    values[1, 2, 3:] = NAN
    values[0, 0, ::3] = NAN
    together, percentiles = find_position(values, is_highest_first=True), find_percentiles(values)[0]
    assert percentiles.shape == (4, 3, 3)
    for place in np.ndindex(4, 3):
        alone = find_position(values[place], is_highest_first=True)
        np.testing.assert_array_equal(together.position[place], alone.position)
        np.testing.assert_array_equal(together.quarter[place], alone.quarter)
        np.testing.assert_array_equal(together.reason[place], alone.reason)
        np.testing.assert_array_equal(percentiles[place], find_percentiles(values[place])[0])


def test_takes_no_areas():
    assert find_position([], is_highest_first=True).position.shape == (0,)
    assert find_position(np.zeros((3, 0)), is_highest_first=True).reason.shape == (3, 0)


@pytest.mark.parametrize("share", [-0.1, 25, NAN])
def test_refuses_a_percentile_that_is_no_share(share):
    with pytest.raises(ValueError, match=r"0\.25, not 25"):
        find_percentiles([1, 2, 3, 4], shares=share)


def test_refuses_a_single_number():
    with pytest.raises(ValueError, match="axis of areas"):
        find_position(3.0, is_highest_first=True)
