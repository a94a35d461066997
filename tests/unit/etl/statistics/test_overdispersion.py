"""Overdispersion: worked by hand, its two constants by drawing, and what must not be called overdispersed."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2

from etl.statistics.overdispersion import (
    FREEDOM,
    KEPT,
    TOO_FEW_AREAS,
    measure_dispersion,
    score_counts,
    score_shares,
    winsorise,
)


def test_draws_in_the_lowest_and_highest_tenth():
    # 11 scores: the 10th and 90th percentiles are the second and the second last.
    scores = np.array([-50.0, -2, -1, -1, 0, 0, 1, 1, 2, 3, 70])
    assert winsorise(scores).tolist() == [-2, -2, -1, -1, 0, 0, 1, 1, 2, 3, 3]


def test_measures_phi_and_tau_as_worked_by_hand():
    scores = np.array([-6, -4, -2, -1, 0, 0, 1, 2, 4, 5, 6.0])
    errors = np.array([0.1, 0.2] * 5 + [0.1])
    found = measure_dispersion(scores, standard_errors=errors)
    # Winsorised: the 6s become 4 and 5. Squares: 16 16 4 1 0 0 1 4 16 25 25 = 108.
    phi = 108 / 11 / 0.678655
    assert found.areas == 11
    assert found.phi == pytest.approx(phi, rel=1e-6)
    assert found.p_value == pytest.approx(chi2.sf(0.711340 * 11 * phi, 0.711340 * 10), rel=1e-4)
    assert found.is_overdispersed
    # Weights 100 (six times) and 25 (five): sum 725, of squares 63,125.
    assert found.tau_squared == pytest.approx((11 * phi - 10) / (725 - 63_125 / 725), rel=1e-6)
    assert found.reason == ""


def test_knows_what_drawing_in_leaves_of_chance():
    rng = np.random.default_rng(20)
    phis = np.array([np.mean(winsorise(scores) ** 2) for scores in rng.normal(size=(4000, 300))])
    assert phis.mean() == pytest.approx(KEPT, rel=0.01)
    # A mean of 300 squares worth FREEDOM degrees each varies by 2 / (300 FREEDOM) of its own square.
    assert phis.var() / phis.mean() ** 2 == pytest.approx(2 / (300 * FREEDOM), rel=0.08)


def test_is_not_misled_by_a_few_outliers():
    rng = np.random.default_rng(21)
    scores = rng.normal(size=150)
    scores[:5] = -15
    assert measure_dispersion(scores, standard_errors=1).phi < 1.35
    assert np.mean(scores**2) > 7


def test_finds_the_spread_that_was_put_in():
    figures = np.random.default_rng(22).normal(0, np.hypot(0.04, 0.05), size=5000)
    found = measure_dispersion(figures / 0.04, standard_errors=0.04)
    assert np.sqrt(found.tau_squared) == pytest.approx(0.05, rel=0.05)


def test_finds_a_little_less_where_sizes_differ_much():
    rng = np.random.default_rng(22)
    errors = rng.uniform(0.02, 0.08, size=5000)
    figures = rng.normal(0, np.hypot(errors, 0.05))
    found = measure_dispersion(figures / errors, standard_errors=errors)
    assert 0.042 < np.sqrt(found.tau_squared) < 0.05


@pytest.mark.parametrize("areas", [0, 1, 4])
def test_says_why_where_there_are_fewer_than_five_areas(areas):
    found = measure_dispersion([9.0] * areas + [np.nan] * 3, standard_errors=[0.1] * areas + [np.nan] * 3)
    assert found.reason == TOO_FEW_AREAS
    assert found.areas == areas
    assert np.isnan([found.phi, found.p_value]).all()
    assert not found.is_overdispersed
    assert found.tau_squared == 0


def test_finds_no_spread_among_areas_that_agree():
    found = measure_dispersion([0.0] * 5, standard_errors=0.1)
    assert (found.phi, found.p_value, found.is_overdispersed, found.reason) == (0, 1, False, "")


def test_scores_shares_on_the_plain_scale():
    z, error = score_shares([90, 0, np.nan, 0], trials=[100, 9, 9, 0], benchmark=0.94)
    assert error[0] == pytest.approx(0.0237487, rel=1e-5)
    assert z[0] == pytest.approx(-1.684304, rel=1e-6)
    assert z[1] == pytest.approx(-0.94 / np.sqrt(0.94 * 0.06 / 9), rel=1e-12)
    assert np.isnan(z[2:]).all()
    assert np.isnan(error[2:]).tolist() == [True, True]


def test_has_no_score_where_the_benchmark_leaves_chance_no_room():
    assert np.isnan(score_shares([5, 5], trials=[5, 5], benchmark=1.0)).all()
    assert measure_dispersion(*score_shares([5] * 9, trials=[5] * 9, benchmark=1.0)[:1], standard_errors=1).reason


def test_scores_counts_by_their_ratio():
    z, error = score_counts([25, np.nan, 3, 0], expected=[16, 4, np.nan, 0])
    assert (z[0], error[0]) == (2.25, 0.25)
    assert np.isnan(z[1:]).all()


def test_would_call_chance_overdispersed_at_99_percent_on_the_arcsine_scale():
    rng = np.random.default_rng(23)
    homes, plain, arcsine = np.full(150, 70), 0, 0
    for _ in range(60):
        yes = rng.binomial(homes, 0.99)
        benchmark = yes.sum() / homes.sum()
        z, error = score_shares(yes, trials=homes, benchmark=benchmark)
        plain += measure_dispersion(z, standard_errors=error).is_overdispersed
        z = 2 * np.sqrt(homes) * (np.arcsin(np.sqrt(yes / homes)) - np.arcsin(np.sqrt(benchmark)))
        arcsine += measure_dispersion(z, standard_errors=1 / (2 * np.sqrt(homes))).is_overdispersed
    assert plain <= 6
    assert arcsine >= 50


def test_refuses_a_standard_error_that_is_not_positive():
    with pytest.raises(ValueError, match="above 0"):
        measure_dispersion([1.0] * 5, standard_errors=[0.1, 0.1, 0, 0.1, 0.1])
    with pytest.raises(ValueError, match="above 0"):
        measure_dispersion([1.0] * 5, standard_errors=[0.1, 0.1, np.nan, 0.1, 0.1])
