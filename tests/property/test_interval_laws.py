"""Intervals, for any counts: they enclose the point, narrow as n grows, and keep the order of their inputs."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.statistics.intervals import byar, wilson

CONFIDENCES = st.floats(0.5, 0.9999)
COUNTS = st.integers(0, 100_000)
SHARES = st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
# Where two limits are equal but for rounding, either may come out larger by this much.
ROUNDING = 1e-12


@settings(max_examples=100)
@given(SHARES, CONFIDENCES)
def test_encloses_the_share(share, confidence):
    events, trials = share
    lower, upper = wilson(events, trials=trials, confidence=confidence)
    assert 0 <= lower <= events / trials <= upper <= 1
    assert lower < upper


@settings(max_examples=100)
@given(COUNTS, CONFIDENCES)
def test_encloses_the_count(events, confidence):
    lower, upper = byar(events, confidence=confidence)
    assert 0 <= lower <= events < upper


@settings(max_examples=100)
@given(SHARES, st.integers(2, 50), CONFIDENCES)
def test_narrows_as_homes_are_added_at_the_same_share(share, times, confidence):
    events, trials = share
    lower, upper = wilson([events, times * events], trials=[trials, times * trials], confidence=confidence)
    assert upper[1] - lower[1] < upper[0] - lower[0]


@settings(max_examples=100)
@given(st.integers(1, 2000), st.integers(2, 50), CONFIDENCES)
def test_narrows_beside_the_count_as_the_count_grows(events, times, confidence):
    lower, upper = byar([events, times * events], confidence=confidence)
    assert (upper[1] - lower[1]) / times < upper[0] - lower[0]


@settings(max_examples=100)
@given(st.integers(2, 300), CONFIDENCES)
def test_rises_with_the_events_of_a_share(trials, confidence):
    lower, upper = wilson(np.arange(trials + 1), trials=np.full(trials + 1, trials), confidence=confidence)
    assert (np.diff(lower) > -ROUNDING).all()
    assert (np.diff(upper) > -ROUNDING).all()


@settings(max_examples=100)
@given(st.integers(0, 5000), st.sampled_from([0.8, 0.9, 0.95, 0.998]))
def test_rises_with_the_count_across_the_change_of_method_too(first, confidence):
    lower, upper = byar(np.arange(first, first + 30), confidence=confidence)
    assert (np.diff(lower) > 0).all()
    assert (np.diff(upper) > 0).all()


@settings(max_examples=100)
@given(SHARES, COUNTS, CONFIDENCES, CONFIDENCES)
def test_widens_with_confidence(share, count, one, other):
    low, high = sorted((one, other))
    events, trials = share
    pairs = [
        (wilson(events, trials=trials, confidence=low), wilson(events, trials=trials, confidence=high)),
        (byar(count, confidence=low), byar(count, confidence=high)),
    ]
    for narrow, wide in pairs:
        assert wide[0] <= narrow[0] + ROUNDING
        assert narrow[1] <= wide[1] + ROUNDING


@settings(max_examples=100)
@given(SHARES, CONFIDENCES)
def test_mirrors_yes_and_no(share, confidence):
    events, trials = share
    lower, upper = wilson([events, trials - events], trials=trials, confidence=confidence)
    np.testing.assert_allclose([lower[0], upper[0]], [1 - upper[1], 1 - lower[1]], atol=1e-12)
