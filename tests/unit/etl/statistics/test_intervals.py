"""Wilson's and Byar's limits: printed worked values, scipy's own limits, and the edges."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest, chi2, poisson

from etl.statistics.intervals import byar, wilson

LEVELS = [0.8, 0.95, 0.998]


@pytest.mark.parametrize(
    ("events", "trials", "confidence", "lower", "upper"),
    [
        (82, 100, 0.95, 73.3326, 88.2998),
        (82, 100, 0.998, 67.5295, 90.8915),
        (0, 40, 0.95, 0, 8.7622),
        (40, 40, 0.95, 91.2378, 100),
        (9, 10, 0.95, 59.5850, 98.2124),
    ],
)
def test_gives_the_worked_values_for_shares(events, trials, confidence, lower, upper):
    found = wilson(events, trials=trials, confidence=confidence)
    assert [round(100 * float(limit), 4) for limit in found] == [lower, upper]


@pytest.mark.parametrize(("events", "lower", "upper"), [(25, 16.1743, 36.9065), (100, 81.3621, 121.6279)])
def test_gives_the_worked_values_for_counts(events, lower, upper):
    found = byar(events, confidence=0.95)
    assert [round(float(limit), 4) for limit in found] == [lower, upper]


@pytest.mark.parametrize("confidence", LEVELS)
def test_agrees_with_scipy_on_every_share_of_up_to_40_trials(confidence):
    events, trials = np.array([(x, n) for n in range(1, 41) for x in range(n + 1)]).T
    lower, upper = wilson(events, trials=trials, confidence=confidence)
    known = [
        binomtest(int(x), int(n)).proportion_ci(confidence, method="wilson")
        for x, n in zip(events, trials, strict=True)
    ]
    np.testing.assert_allclose(lower, [limits.low for limits in known], rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(upper, [limits.high for limits in known], rtol=1e-12)


@pytest.mark.parametrize(("events", "trials"), [(1, 10**7), (10**7 - 1, 10**7), (15_507, 15_623)])
def test_agrees_with_scipy_on_many_trials(events, trials):
    known = binomtest(events, trials).proportion_ci(0.998, method="wilson")
    np.testing.assert_allclose(wilson(events, trials=trials, confidence=0.998), known, rtol=1e-9)


@pytest.mark.parametrize("confidence", LEVELS)
def test_is_exact_below_ten_events(confidence):
    tail = (1 - confidence) / 2
    lower, upper = byar(np.arange(10), confidence=confidence)
    # At an exact limit, as many events or more (as few or fewer) have just the tail's probability.
    np.testing.assert_allclose(poisson.sf(np.arange(1, 10) - 1, lower[1:]), tail)
    np.testing.assert_allclose(poisson.cdf(np.arange(10), upper), tail)
    assert lower[0] == 0


@pytest.mark.parametrize(("confidence", "near"), [(0.8, 0.002), (0.95, 0.002), (0.998, 0.015)])
def test_comes_near_the_exact_limits_from_ten_events_on(confidence, near):
    events = np.arange(10, 2000)
    lower, upper = byar(events, confidence=confidence)
    tail = (1 - confidence) / 2
    np.testing.assert_allclose(lower, chi2.ppf(tail, 2 * events) / 2, rtol=near)
    np.testing.assert_allclose(upper, chi2.ppf(1 - tail, 2 * events + 2) / 2, rtol=near)


def test_changes_method_at_ten_events_without_a_step_back():
    lower, upper = byar(np.array([9, 10]), confidence=0.95)
    assert lower[0] < lower[1]
    assert upper[0] < upper[1]
    assert round(float(lower[1]), 4) == 4.7874  # Byar's: the exact limit is 4.7954


def test_says_exactly_nought_and_one_at_the_edges():
    lower, upper = wilson([0, 7], trials=[3, 7], confidence=0.95)
    assert (lower[0], upper[1]) == (0.0, 1.0)
    assert upper[0] < 1
    assert lower[1] > 0
    assert byar(0, confidence=0.95)[0] == 0.0


@pytest.mark.parametrize(("events", "trials"), [(0, 0), (-1, 10), (11, 10), (1, -1)])
def test_refuses_a_share_that_cannot_be(events, trials):
    with pytest.raises(ValueError, match="a share needs more than no trials"):
        wilson([5, events], trials=[10, trials], confidence=0.95)


def test_refuses_a_negative_count():
    with pytest.raises(ValueError, match="a count cannot be negative"):
        byar([3, -1], confidence=0.95)


@pytest.mark.parametrize("confidence", [0, 1, -0.5, 95])
def test_refuses_a_confidence_that_is_no_share(confidence):
    with pytest.raises(ValueError, match=r"such as 0\.95"):
        wilson(1, trials=2, confidence=confidence)
    with pytest.raises(ValueError, match=r"such as 0\.95"):
        byar(1, confidence=confidence)


def test_has_no_limits_where_a_number_is_missing():
    lower, upper = wilson([np.nan, 5, 5], trials=[10, np.nan, 10], confidence=0.95)
    assert np.isnan(lower).tolist() == np.isnan(upper).tolist() == [True, True, False]
    lower, upper = byar([np.nan, 5], confidence=0.95)
    assert np.isnan(lower).tolist() == np.isnan(upper).tolist() == [True, False]


def test_takes_no_rows():
    assert [len(limit) for limit in wilson([], trials=[], confidence=0.95)] == [0, 0]
    assert [len(limit) for limit in byar([], confidence=0.95)] == [0, 0]
