"""Funnels: lines that agree with the exact verdicts for every count, the edges, and verdicts that are widened."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import betabinom, binom, nbinom

from etl.statistics.comparison import ITSELF, NO_COUNT, compare_counts, compare_shares
from etl.statistics.funnel import WIDENED, assess_counts, assess_shares, count_limits, share_limits
from etl.statistics.overdispersion import TOO_FEW_AREAS

UP, NEITHER = "higher is better", "neither is better"
COUNTS = np.array([(x, n) for n in range(1, 61) for x in range(n + 1)]).T
# Twelve authorities far further apart than chance, and their aggregate.
HOMES = np.array([40, 60, 80, 100, 120, 50, 70, 90, 110, 130, 75, 85])
YES = np.array([18, 50, 40, 95, 60, 45, 35, 80, 60, 120, 40, 75])
TOGETHER = YES.sum() / HOMES.sum()


@pytest.mark.parametrize("confidence", [0.95, 0.998])
@pytest.mark.parametrize("benchmark", [0.05, 0.34, 0.68, 0.92, 0.94, 0.99])
def test_leaves_a_share_outside_just_where_the_exact_test_does(benchmark, confidence):
    lower, upper = share_limits(COUNTS[1], benchmark=benchmark, confidence=confidence)
    is_outside = (COUNTS[0] / COUNTS[1] < lower) | (COUNTS[0] / COUNTS[1] > upper)
    found = compare_shares(COUNTS[0], trials=COUNTS[1], benchmark=benchmark, polarity=UP)
    assert (is_outside == (np.nan_to_num(found.p_value, nan=1) < 1 - confidence)).all()
    assert is_outside.any()


@pytest.mark.parametrize("confidence", [0.95, 0.998])
@pytest.mark.parametrize("expected", [0.05, 1, 3.7, 20, 300.5])
def test_leaves_a_count_outside_just_where_the_exact_test_does(expected, confidence):
    counts = np.arange(500)
    lower, upper = count_limits(expected, confidence=confidence)
    p_value = compare_counts(counts, expected=expected, polarity=UP).p_value
    assert (((counts < lower) | (counts > upper)) == (p_value < 1 - confidence)).all()


def test_interpolates_between_the_counts_beside_the_tail():
    # 20 homes at 68 %: chance gives 9 or fewer 2.79 % of the time, 8 or fewer 0.91 %; 2.5 % lies between.
    (low, before), (high, beyond) = binom.cdf([9, 8], 20, 0.68), binom.sf([16, 17], 20, 0.68)
    lower, upper = share_limits(20, benchmark=0.68, confidence=0.95)
    assert 20 * lower == pytest.approx(9 - (low - 0.025) / (low - before), rel=1e-12)
    assert 20 * lower == pytest.approx(8.84446, abs=5e-6)
    assert 20 * upper == pytest.approx(17 + (high - 0.025) / (high - beyond), rel=1e-12)


def test_mirrors_yes_and_no():
    homes = np.arange(1, 200)
    lower, upper = share_limits(homes, benchmark=0.94, confidence=0.998)
    other_lower, other_upper = share_limits(homes, benchmark=0.06, confidence=0.998)
    np.testing.assert_allclose(lower, 1 - other_upper, atol=1e-12)
    np.testing.assert_allclose(upper, 1 - other_lower, atol=1e-12)


def test_leaves_5_of_5_inside_as_the_printed_formula_for_the_upper_line_does_not():
    r = binom.ppf(0.975, 5, 0.94)
    printed = (r - (binom.cdf(r, 5, 0.94) - 0.975) / binom.pmf(r, 5, 0.94)) / 5
    assert printed < 1
    assert share_limits(5, benchmark=0.94, confidence=0.95)[1] == 1


def test_stays_between_0_and_1_and_narrows_with_homes():
    lower, upper = share_limits([1, 20, 100, 500, 15_000], benchmark=0.94, confidence=0.95)
    assert (lower >= 0).all()
    assert (upper <= 1).all()
    assert (np.diff(upper - lower) < 0).all()


def test_draws_the_998_line_outside_the_95_line():
    homes = np.arange(1, 300)
    inner, outer = (share_limits(homes, benchmark=0.82, confidence=level) for level in (0.95, 0.998))
    assert (outer[0] <= inner[0]).all()
    assert (outer[1] >= inner[1]).all()


def test_has_no_limits_for_nobody():
    lower, upper = share_limits([0, np.nan, 9], benchmark=0.9, confidence=0.95)
    assert np.isnan(lower).tolist() == np.isnan(upper).tolist() == [True, True, False]
    assert np.isnan(count_limits([0, np.nan], confidence=0.95)).all()
    assert share_limits([], benchmark=0.9, confidence=0.95)[0].shape == (0,)


def test_widens_where_areas_differ_by_more_than_chance_and_says_so():
    found = assess_shares(YES, trials=HOMES, benchmark=TOGETHER, polarity=UP)
    exact = compare_shares(YES, trials=HOMES, benchmark=TOGETHER, polarity=UP)
    assert found.dispersion.is_overdispersed
    assert (found.note == WIDENED).all()
    assert (found.comparison.p_value >= exact.p_value).all()
    assert (exact.verdict != "similar").sum() > 6
    assert (found.comparison.verdict != "similar").sum() < 2


def test_has_the_beta_binomial_tails_of_the_measured_variance():
    found = assess_shares(YES, trials=HOMES, benchmark=TOGETHER, polarity=UP)
    homes = TOGETHER * (1 - TOGETHER) / found.dispersion.tau_squared - 1
    spread = betabinom(HOMES, TOGETHER * homes, (1 - TOGETHER) * homes)
    chance = TOGETHER * (1 - TOGETHER) / HOMES
    np.testing.assert_allclose(
        spread.var() / HOMES**2, chance + found.dispersion.tau_squared * (1 - 1 / HOMES), rtol=1e-9
    )
    below = 2 * spread.cdf(YES)
    is_below = (YES / HOMES < TOGETHER) & (below < 1)
    np.testing.assert_allclose(found.comparison.p_value[is_below], below[is_below])


@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_draws_widened_lines_that_agree_with_widened_verdicts(confidence):
    found = assess_shares(YES, trials=HOMES, benchmark=TOGETHER, polarity=UP)
    lower, upper = share_limits(
        COUNTS[1], benchmark=0.9, confidence=confidence, tau_squared=found.dispersion.tau_squared
    )
    exact = share_limits(COUNTS[1], benchmark=0.9, confidence=confidence)
    assert (lower <= exact[0]).all()
    assert (upper >= exact[1]).all()
    lower, upper = share_limits(
        HOMES, benchmark=TOGETHER, confidence=confidence, tau_squared=found.dispersion.tau_squared
    )
    is_outside = (lower > YES / HOMES) | (upper < YES / HOMES)
    assert (is_outside == (found.comparison.p_value < 1 - confidence)).all()


def test_widens_counts_by_the_negative_binomial():
    expected = np.array([10, 20, 30, 40, 50, 60.0])
    events = np.array([25, 8, 60, 20, 90, 7])
    found = assess_counts(events, expected=expected, polarity=NEITHER)
    exact = compare_counts(events, expected=expected, polarity=NEITHER)
    assert found.dispersion.is_overdispersed
    assert (exact.verdict != "similar").all()
    assert (found.comparison.verdict == "similar").sum() >= 4
    tau_squared = found.dispersion.tau_squared
    spread = nbinom(1 / tau_squared, 1 / (1 + expected * tau_squared))
    np.testing.assert_allclose(spread.var(), expected + tau_squared * expected**2)
    assert found.comparison.p_value[5] == pytest.approx(2 * spread.cdf(events)[5])
    lower, upper = count_limits(expected, confidence=0.95, tau_squared=tau_squared)
    assert (((events < lower) | (events > upper)) == (found.comparison.p_value < 0.05)).all()


def test_keeps_the_exact_verdicts_where_chance_explains_the_spread():
    yes = np.array([27, 42, 54, 69, 80, 35, 47, 62, 74, 50])
    homes = np.array([40, 60, 80, 100, 120, 50, 70, 90, 110, 95])
    found = assess_shares(yes, trials=homes, benchmark=0.68, polarity=UP)
    assert not found.dispersion.is_overdispersed
    assert found.dispersion.reason == ""
    assert (found.note == "").all()
    exact = compare_shares(yes, trials=homes, benchmark=0.68, polarity=UP)
    np.testing.assert_array_equal(found.comparison.p_value, exact.p_value)


def test_does_not_widen_among_four_areas_and_says_why():
    found = assess_shares(YES[:4], trials=HOMES[:4], benchmark=TOGETHER, polarity=UP)
    assert found.dispersion.reason == TOO_FEW_AREAS
    assert (found.note == "").all()
    assert "clearly worse" in found.comparison.verdict


def test_leaves_the_benchmark_and_the_missing_out_of_the_spread():
    yes = np.append(YES, [YES.sum(), np.nan]).astype(float)
    homes = np.append(HOMES, [HOMES.sum(), 30])
    itself = np.arange(14) == 12
    found = assess_shares(yes, trials=homes, benchmark=TOGETHER, polarity=UP, is_itself=itself)
    assert found.dispersion == assess_shares(YES, trials=HOMES, benchmark=TOGETHER, polarity=UP).dispersion
    assert found.comparison.reason[12:].tolist() == [ITSELF, NO_COUNT]
    assert found.comparison.verdict[12:].tolist() == found.note[12:].tolist() == ["", ""]


def test_takes_areas_that_differ_as_much_as_they_can():
    found = assess_shares([0, 40, 0, 40, 0, 40], trials=[40] * 6, benchmark=0.5, polarity=UP)
    assert found.dispersion.is_overdispersed
    assert (found.comparison.verdict == "similar").all()


def test_assesses_nothing_where_all_is_missing():
    found = assess_shares([np.nan] * 6, trials=[np.nan] * 6, benchmark=0.9, polarity=UP)
    assert (found.comparison.verdict == "").all()
    assert found.dispersion.reason == TOO_FEW_AREAS
    assert assess_counts([], expected=[], polarity=UP).dispersion.areas == 0


@pytest.mark.parametrize(("trials", "benchmark"), [(-1, 0.5), (2.5, 0.5), (10, 1.5), (10, np.nan)])
def test_refuses_limits_that_cannot_be(trials, benchmark):
    with pytest.raises(ValueError, match="whole numbers of homes"):
        share_limits(trials, benchmark=benchmark, confidence=0.95)


def test_refuses_a_negative_expected_count_and_a_confidence_that_is_no_share():
    with pytest.raises(ValueError, match="negative"):
        count_limits([-1], confidence=0.95)
    with pytest.raises(ValueError, match=r"such as 0\.95"):
        count_limits([1], confidence=95)
    with pytest.raises(ValueError, match=r"such as 0\.95"):
        share_limits([1], benchmark=0.5, confidence=1)
