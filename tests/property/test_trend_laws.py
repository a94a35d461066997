"""Special causes of any series, with gaps and breaks, against the rules read out point by point."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.statistics.trend import CAUSES, chart_series

POINTS = st.one_of(st.integers(0, 12).map(float), st.just(float("nan")), st.integers(5, 7).map(float))
SERIES = st.lists(POINTS, min_size=1, max_size=45)
CLIMBS = st.lists(st.tuples(st.integers(2, 9), st.sampled_from([-1.0, 0.0, 1.0]), st.integers(0, 12)), max_size=5).map(
    lambda legs: [start + way * i for length, way, start in legs for i in range(length)]
)


def list_windows(stretch, size):
    """The places of every `size` neighbours of a stretch without a missing value."""
    for start in range(len(stretch) - size + 1):
        if not any(np.isnan(stretch[start : start + size])):
            yield list(range(start, start + size))


def read_out(stretch):
    """Each cause's points, as the rules say it, in the slow way."""
    given = [value for value in stretch if not np.isnan(value)]
    moves = [abs(stretch[b] - stretch[a]) for a, b in list_windows(stretch, 2)]
    found = {cause: set() for cause in CAUSES}
    if len(moves) < 6:
        return found
    centre, first = sum(given) / len(given), sum(moves) / len(moves)
    kept = [move for move in moves if move <= 3.267 * first]
    reach = 2.66 * (sum(kept) / len(kept) if sum(kept) else first)
    for sign, side, way in ((1, "above", "rising"), (-1, "below", "falling")):
        away = [sign * (value - centre) for value in stretch]
        found["outside", side] |= {i for i, far in enumerate(away) if far > reach + 1e-9}
        for window in list_windows(stretch, 7):
            if all(away[i] > 1e-9 for i in window):
                found["shift", side] |= set(window)
            if all(sign * (stretch[j] - stretch[i]) > 0 for i, j in pairwise(window)):
                found["trend", way] |= set(window)
        for window in list_windows(stretch, 3):
            near = {i for i in window if away[i] > 2 * reach / 3 + 1e-9}
            if len(near) >= 2:
                found["near limit", side] |= near
    return found


@settings(max_examples=300)
@given(st.one_of(SERIES, CLIMBS.filter(bool)), st.lists(st.integers(0, 45), max_size=2))
def test_marks_the_points_that_the_rules_mark(series, breaks):
    breaks = sorted({place for place in breaks if place <= len(series)})
    chart = chart_series(series, breaks=breaks)
    edges = [0, *breaks, len(series)]
    for start, end in pairwise(edges):
        for cause, points in read_out(series[start:end]).items():
            assert {int(i) for i in np.flatnonzero(chart.began[cause][start:end] >= 0)} == points, cause


@given(SERIES, st.lists(st.integers(0, 45), max_size=2))
def test_says_of_each_cause_that_it_began_at_a_point_of_its_own(series, breaks):
    breaks = sorted({place for place in breaks if place <= len(series)})
    for at in chart_series(series, breaks=breaks).began.values():
        for i in np.flatnonzero(at >= 0):
            assert at[at[i]] == at[i] <= i
            assert not any(at[i] < place <= i for place in breaks)
            assert not np.isnan(series[at[i] : i + 1]).any()


@given(SERIES, st.floats(-100, 100), st.sampled_from([0.25, 2.0, 64.0]))
def test_does_not_care_about_the_unit(series, shift, scale):
    one, other = chart_series(series), chart_series(scale * (np.array(series) + round(shift)))
    assert one.upper * scale + scale * round(shift) == pytest.approx(other.upper, nan_ok=True)
    for cause in CAUSES:
        np.testing.assert_array_equal(one.began[cause], other.began[cause])


@given(SERIES, st.integers(1, 44))
def test_treats_each_side_of_a_break_as_a_series_of_its_own(series, place):
    if place >= len(series):
        place = len(series) // 2
    whole = chart_series(series, breaks=[place])
    before, after = chart_series(series[:place]), chart_series(series[place:])
    np.testing.assert_array_equal(whole.upper, np.concatenate([before.upper, after.upper]))
    for cause in CAUSES:
        later = np.where(after.began[cause] >= 0, after.began[cause] + place, -1)
        np.testing.assert_array_equal(whole.began[cause], np.concatenate([before.began[cause], later]))
