"""Verdicts, funnels and the tables round them, for any counts."""

from __future__ import annotations

from fractions import Fraction
from math import fsum

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, binomtest, poisson

from etl.statistics.comparison import compare_counts, compare_shares, count_tails, share_tails, two_sided
from etl.statistics.contribution import divide_gap
from etl.statistics.false_discovery import adjust, select_discoveries
from etl.statistics.funnel import assess_shares, count_limits, share_limits
from etl.statistics.position import find_percentiles, find_position
from etl.statistics.projection import project_winter
from etl.statistics.similar import find_similar

UP, DOWN, NEITHER = "higher is better", "lower is better", "neither is better"
COUNTS = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
SHARES = st.floats(0.01, 0.99)
LEVELS = st.sampled_from([0.95, 0.998])
AREAS = st.lists(COUNTS, min_size=1, max_size=40)
FIGURES = st.lists(st.one_of(st.integers(0, 20).map(float), st.just(float("nan"))), min_size=1, max_size=40)


@settings(max_examples=200)
@given(COUNTS, SHARES)
def test_has_scipys_tails_for_shares(counts, benchmark):
    events, trials = counts
    fewer, more = share_tails(events, trials=trials, benchmark=benchmark)
    assert fewer == pytest.approx(binomtest(events, trials, benchmark, alternative="less").pvalue, rel=1e-9)
    assert more == pytest.approx(binomtest(events, trials, benchmark, alternative="greater").pvalue, rel=1e-9)
    assert fewer + more == pytest.approx(1 + binom.pmf(events, trials, benchmark), rel=1e-9)


@settings(max_examples=200)
@given(st.integers(0, 500), st.floats(0.01, 400))
def test_has_scipys_tails_for_counts(events, expected):
    fewer, more = count_tails(events, expected=expected)
    assert fewer + more == pytest.approx(1 + poisson.pmf(events, expected), rel=1e-9)
    assert fewer == pytest.approx(poisson.pmf(np.arange(events + 1), expected).sum(), rel=1e-9)


@given(COUNTS, SHARES)
def test_mirrors_yes_and_no(counts, benchmark):
    events, trials = counts
    yes = compare_shares(events, trials=trials, benchmark=benchmark, polarity=UP)
    no = compare_shares(trials - events, trials=trials, benchmark=1 - benchmark, polarity=DOWN)
    assert yes.p_value == pytest.approx(no.p_value, rel=1e-7, nan_ok=True)
    if not np.isclose(yes.p_value, [0.05, 0.002], rtol=1e-6).any():
        assert yes.verdict == no.verdict


@given(AREAS, SHARES, st.sampled_from([UP, DOWN, NEITHER]))
def test_gives_each_area_a_verdict_or_a_reason_and_never_both(areas, benchmark, polarity):
    events, trials = np.array(areas).T
    for found in (
        compare_shares(events, trials=trials, benchmark=benchmark, polarity=polarity),
        compare_counts(events, expected=benchmark * trials, polarity=polarity),
    ):
        assert ((found.verdict == "") == (found.reason != "")).all()
        assert (np.isnan(found.p_value) == (found.reason != "")).all()
        assert ((found.verdict == "similar") == (found.p_value >= 0.05)).all()


@given(AREAS, SHARES, st.randoms(use_true_random=False))
def test_judges_each_area_as_if_it_were_alone(areas, benchmark, random):
    order = random.sample(range(len(areas)), len(areas))
    events, trials = np.array(areas).T
    together = compare_shares(events, trials=trials, benchmark=benchmark, polarity=UP)
    other = compare_shares(events[order], trials=trials[order], benchmark=benchmark, polarity=UP)
    np.testing.assert_array_equal(together.verdict[order], other.verdict)


@settings(max_examples=100)
@given(COUNTS, SHARES, LEVELS)
def test_draws_lines_where_the_exact_p_value_crosses(counts, benchmark, confidence):
    events, trials = counts
    lower, upper = share_limits(trials, benchmark=benchmark, confidence=confidence)
    fewer, more = share_tails(events, trials=trials, benchmark=benchmark)
    p_value = two_sided(fewer, more=more)
    if not np.isclose(p_value, 1 - confidence, rtol=1e-9):
        assert (not lower <= events / trials <= upper) == (p_value < 1 - confidence)
    low, high = count_limits(benchmark * trials, confidence=confidence)
    fewer, more = count_tails(events, expected=benchmark * trials)
    p_value = two_sided(fewer, more=more)
    if not np.isclose(p_value, 1 - confidence, rtol=1e-9):
        assert (not low <= events <= high) == (p_value < 1 - confidence)


@given(st.lists(COUNTS, min_size=5, max_size=30))
def test_never_makes_a_verdict_stronger_by_widening(areas):
    events, trials = np.array(areas).T
    benchmark = events.sum() / trials.sum()
    exact = compare_shares(events, trials=trials, benchmark=benchmark, polarity=UP)
    found = assess_shares(events, trials=trials, benchmark=benchmark, polarity=UP)
    assert (np.nan_to_num(found.comparison.p_value) >= np.nan_to_num(exact.p_value)).all()
    np.testing.assert_array_equal(found.comparison.reason, exact.reason)
    assert ((found.note != "") == ((exact.reason == "") & found.dispersion.is_overdispersed)).all()


@given(AREAS, st.floats(0, 1), st.booleans())
def test_divides_a_gap_without_remainder(areas, target, is_lower_better):
    events, trials = np.array(areas).T
    found = divide_gap(events, trials=trials, target=target, is_lower_better=is_lower_better)
    assert fsum(found.points) == found.gap_points
    assert fsum(found.homes) == found.gap_homes
    gap = Fraction(target) - Fraction(int(events.sum()), int(trials.sum()))
    assert found.gap_points == pytest.approx(float(100 * gap) * (-1 if is_lower_better else 1), abs=1e-9)
    assert (np.diff(found.points[np.argsort(found.position, kind="stable")]) <= 1e-8).all()


@given(st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), max_size=60), st.floats(0.01, 0.5))
def test_selects_no_more_at_a_lower_rate_and_nothing_that_one_test_alone_would_not(p_values, rate):
    p = np.array(p_values)
    selected = select_discoveries(p, rate=rate)
    assert (select_discoveries(p, rate=rate / 2) <= selected).all()
    assert (p[selected] <= rate).all()
    assert adjust(p)[1] == np.sum(~np.isnan(p))


@given(FIGURES, st.booleans())
def test_ranks_as_counting_those_ahead_does(figures, is_highest_first):
    found = find_position(figures, is_highest_first=is_highest_first)
    known = [figure for figure in figures if not np.isnan(figure)]
    for figure, position, sharing in zip(figures, found.position, found.sharing, strict=True):
        if np.isnan(figure) or len(known) < 5:
            assert np.isnan(position)
        else:
            ahead = [other for other in known if (other > figure if is_highest_first else other < figure)]
            assert (position, sharing) == (len(ahead) + 1, known.count(figure))


@given(FIGURES, st.floats(0, 1))
def test_interpolates_at_the_place_that_the_formula_gives(figures, share):
    known = sorted(figure for figure in figures if not np.isnan(figure))
    found = find_percentiles(figures, shares=share)[0][0]
    if len(known) < 4:
        assert np.isnan(found)
    else:
        h = (len(known) - 1) * share
        low = int(h)
        high = min(low + 1, len(known) - 1)
        assert found == pytest.approx(known[low] + (h - low) * (known[high] - known[low]), abs=1e-9)


@given(st.integers(5, 25), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_finds_neighbours_nearest_first_by_distances_that_are_distances(areas, variables, seed):
    rng = np.random.default_rng(seed)
    found = find_similar(
        rng.integers(0, 4, size=(areas, variables)).astype(float), weights=rng.uniform(0.1, 2, variables), wanted=areas
    )
    assert (np.diff(found.distance[:, : areas - 1], axis=1) >= -1e-9).all()
    far = np.zeros((areas, areas))
    np.put_along_axis(far, found.nearest[:, : areas - 1], found.distance[:, : areas - 1], axis=1)
    np.testing.assert_allclose(far, far.T, atol=1e-12)
    assert (far[:, None, :] <= far[:, :, None] + far[None, :, :] + 1e-9).all()


@given(st.lists(st.floats(0, 99), max_size=10))
def test_projects_a_winter_half_a_point_to_a_point_above(rates):
    low, high = project_winter(rates).rate
    np.testing.assert_allclose(low - rates, 0.5)
    np.testing.assert_allclose(high - rates, 1.0)
