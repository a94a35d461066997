"""XmR charts: limits worked by hand, a constructed series for each rule, and one that only just escapes it."""

from __future__ import annotations

import numpy as np
import pytest

from etl.statistics.trend import CAUSES, TOO_FEW_POINTS, chart_series, choose_cause, set_limits

NAN = np.nan
# Twelve quiet points: mean 50, every step 2, so limits at 44.68 and 55.32 and two thirds of the way at 46.453, 53.547.
QUIET = [49.0, 51.0] * 6


def find(values, **options):
    """The causes of one series that has any, each with the points that belong to it and where it began."""
    began = chart_series(values, **options).began
    return {
        cause: {int(i): int(at[i]) for i in np.flatnonzero(at >= 0)} for cause, at in began.items() if (at >= 0).any()
    }


def test_sets_limits_as_worked_by_hand():
    # Mean 30; steps 2 4 3 1 5 2 = 17 / 6; reach 2.66 x 17 / 6 = 7.536667.
    chart = chart_series([28, 30, 34, 31, 30, 25, 27.0])
    assert chart.centre.tolist() == pytest.approx([205 / 7] * 7)
    assert chart.lower[0] == pytest.approx(205 / 7 - 7.5366667, rel=1e-7)
    assert chart.upper[0] == pytest.approx(205 / 7 + 7.5366667, rel=1e-7)


def test_leaves_large_moving_ranges_out_once():
    # Steps of 1, but one of 30 each way: mean 78 / 20 = 3.9, screen 12.7413; without the two, mean 1.
    values = [10.0, 11] * 5 + [41.0] + [11.0, 10] * 5
    mean, reach, moves = set_limits(values)
    assert mean == pytest.approx(251 / 21)
    assert reach == pytest.approx(2.66)
    assert moves == 20


def test_leaves_them_out_once_only():
    # Steps: thirty of 1, three of 5, one of 60. First screen 3.267 x 105 / 34 = 10.09 leaves out the 60 only; a second,
    # at 3.267 x 45 / 33 = 4.455, would leave out the fives too.
    steps = [1, -1] * 15 + [5, -5, 5, 60]
    values = np.cumsum([20.0, *steps])
    assert set_limits(values)[1] == pytest.approx(2.66 * 45 / 33)


@pytest.mark.parametrize(("step", "is_kept"), [(4.366, True), (4.368, False)])
def test_keeps_a_moving_range_just_inside_the_screen(step, is_kept):
    # Nine steps of 1 and one of m: m stays while m <= 3.267 (9 + m) / 10, which is m <= 29.403 / 6.733 = 4.36700.
    values = np.cumsum([50.0, *[1, -1] * 4, 1, step])
    assert set_limits(values)[1] == pytest.approx(2.66 * ((9 + step) / 10 if is_kept else 1))


def test_keeps_all_where_only_steps_of_nought_would_be_left():
    chart = chart_series([99.0] * 10 + [92.0] + [99.0] * 9)
    assert chart.upper[0] - chart.centre[0] == pytest.approx(2.66 * 14 / 19)
    assert find([99.0] * 10 + [92.0] + [99.0] * 9)["outside", "below"] == {10: 10}


def test_finds_nothing_in_a_level_or_a_quiet_series():
    assert find([0.1] * 30) == {}
    assert find(QUIET * 2) == {}


def test_finds_a_point_outside_the_limits_but_not_one_just_inside():
    def chart(last):
        values = [*QUIET, *QUIET, last]
        return chart_series(values), find(values)

    # The last step joins the mean and the limits; find where the point meets its own limit.
    low, high = 51.0, 70.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if chart(middle)[0].upper[0] >= middle else (low, middle)
    inside, beyond = chart(low - 1e-6), chart(high + 1e-6)
    assert inside[0].upper[0] > low - 1e-6
    assert ("outside", "above") not in inside[1]
    assert beyond[1]["outside", "above"] == {24: 24}


def test_finds_points_outside_below_and_where_they_began():
    found = find([*QUIET, *QUIET, 30.0, 29.0, *QUIET])
    assert found["outside", "below"] == {24: 24, 25: 24}
    assert ("outside", "above") not in found


@pytest.mark.parametrize("sign", [1, -1])
def test_finds_seven_in_a_row_up_or_down_but_not_six(sign):
    name = "rising" if sign > 0 else "falling"
    climb = 50 + sign * np.array([-1.5, -1, -0.5, 0, 0.5, 1, 1.5])
    after = [50 - sign, 50 + sign] * 4
    assert find([*QUIET, *climb[:6], *after]).get(("trend", name)) is None
    # The quiet point before the climb must not lead into it.
    before = 50 + sign
    assert find([*QUIET, before, *climb, *after])["trend", name] == dict.fromkeys(range(13, 20), 13)


def test_does_not_count_a_level_step_as_up_or_down():
    climb = [48.5, 49, 49.5, 49.5, 50, 50.5, 51, 51.5]
    assert ("trend", "rising") not in find([*QUIET, 51.0, *climb, *QUIET])


def test_finds_a_longer_run_whole_and_two_runs_apart():
    up = np.linspace(46, 54, 9)
    found = find([*up, *up[::-1][1:]])
    assert found["trend", "rising"] == dict.fromkeys(range(9), 0)
    assert found["trend", "falling"] == dict.fromkeys(range(8, 17), 8)


def around(mean, offsets):
    """Points at offsets from the mean that sum to nought, so that the mean is the mean."""
    assert sum(offsets) == pytest.approx(0)
    return [mean + offset for offset in offsets]


def test_finds_seven_on_one_side_of_the_mean_but_not_six():
    # Seven above by 1 or 2, and others that balance them, no other seven together.
    seven = around(50, [-3, 3, -3, 1, 2, 1, 2, 1, 2, 1, -4, 3, -4, 3, -5, 1, -1])
    assert find(seven)["shift", "above"] == dict.fromkeys(range(3, 10), 3)
    six = around(50, [-3, 3, -3, 1, 2, 1, 2, 1, 2, -1, -4, 3, -4, 3, -4, 1, 0])
    assert ("shift", "above") not in find(six)
    below = [100 - value for value in seven]
    assert find(below)["shift", "below"] == dict.fromkeys(range(3, 10), 3)


def test_does_not_count_a_point_on_the_mean_as_on_a_side():
    on = around(50, [-3, 3, -3, 1, 2, 1, 0, 2, 1, 2, 1, -4, 3, -4, 3, -5, 1, -1])
    assert chart_series(on).centre[0] == 50
    assert ("shift", "above") not in find(on)


def near_limit(*middle):
    """Thirty quiet points either side of some above the mean, and the height of two thirds of the way to the limit."""
    values = [*QUIET, *QUIET, *middle, *QUIET, *QUIET]
    chart = chart_series(values)
    return values, float(chart.centre[0] + 2 / 3 * (chart.upper[0] - chart.centre[0])), float(chart.upper[0])


def test_finds_two_of_three_beyond_two_thirds_of_the_way():
    for middle in ([54.2, 54.2, 50.0], [54.2, 50.0, 54.2], [50.0, 54.2, 54.2]):
        values, thirds, limit = near_limit(*middle)
        assert thirds < 54.2 < limit
        places = [24 + i for i, value in enumerate(middle) if value == 54.2]
        assert find(values) == {("near limit", "above"): dict.fromkeys(places, places[0])}
        assert find([100 - value for value in values]) == {("near limit", "below"): dict.fromkeys(places, places[0])}


def test_does_not_find_two_of_four_nor_one_on_each_side_nor_two_just_inside():
    values, thirds, _ = near_limit(54.2, 50.0, 50.0, 54.2)
    assert thirds < 54.2
    assert find(values) == {}
    values, thirds, _ = near_limit(54.2, 45.8)
    assert thirds < 54.2
    assert find(values) == {}
    values, thirds, _ = near_limit(53.5, 53.5)
    assert 53.5 < thirds < 53.8
    assert find(values) == {}


def test_joins_threes_that_share_a_point():
    values, thirds, limit = near_limit(54.6, 50.0, 54.6, 50.0, 54.6)
    assert thirds < 54.6 < limit
    assert find(values)["near limit", "above"] == {24: 24, 26: 24, 28: 24}


@pytest.mark.parametrize("gap", [3, 6])
def test_lets_no_run_cross_a_missing_value(gap):
    shift = around(50, [-3, 3, -3, 1, 2, 1, 2, 1, 2, 1, -4, 3, -4, 3, -5, 1, -1])
    assert ("shift", "above") in find(shift)
    shift.insert(gap + 1, NAN)
    assert ("shift", "above") not in find(shift)
    climb = [*QUIET, 51.0, 48.5, 49, 49.5, 50, 50.5, 51, 51.5, *QUIET]
    assert ("trend", "rising") in find(climb)
    climb.insert(13 + gap, NAN)
    assert ("trend", "rising") not in find(climb)


def test_lets_no_two_of_three_cross_a_missing_value():
    assert ("near limit", "above") in find(near_limit(54.2, 50.0, 54.2)[0])
    for middle in ([54.2, NAN, 54.2], [NAN, 54.2, 54.2, NAN]):
        assert find(near_limit(*middle)[0]) == {}
    assert ("near limit", "above") in find(near_limit(NAN, 54.2, 54.2, 50.0, NAN)[0])


def test_begins_two_of_three_anew_after_a_missing_value():
    values, thirds, limit = near_limit(54.9, 54.9, NAN, 54.9, 54.9)
    assert thirds < 54.9 < limit
    assert find(values)["near limit", "above"] == {24: 24, 25: 24, 27: 27, 28: 27}


def test_measures_no_step_across_a_missing_value():
    assert set_limits([1, 2, NAN, 40, 41.0])[1] == pytest.approx(2.66)
    assert set_limits([1, 2, NAN, 40, 41.0])[2] == 2


def test_sets_new_limits_at_a_break_and_lets_nothing_cross_it():
    values = np.array([*QUIET, 80, 82, *[value + 31 for value in QUIET]])
    whole, split = chart_series(values), chart_series(values, breaks=[12])
    assert ("outside", "below") in find(values)
    assert find(values, breaks=[12]) == {}
    assert whole.centre[0] == pytest.approx(values.mean())
    assert split.centre[[0, 11, 12, 25]].tolist() == pytest.approx([50, 50, 81, 81])
    assert split.points.tolist() == [12] * 12 + [14] * 14
    assert split.is_provisional.tolist() == [True] * 12 + [False] * 14


def test_stops_a_run_at_a_break_and_counts_places_from_the_start():
    climb = np.linspace(40, 60, 13)
    assert find(climb)["trend", "rising"] == dict.fromkeys(range(13), 0)
    assert ("trend", "rising") not in find([*climb[:6], *climb[6:12]], breaks=[6])
    later = find([*climb[:5], *QUIET, 51.0, *climb[3:10], 49.0, 51.0], breaks=[5])
    assert later["trend", "rising"] == dict.fromkeys(range(18, 25), 18)


def test_ignores_a_break_before_the_first_point_or_after_the_last():
    values = np.array([*QUIET, 60.0])
    np.testing.assert_array_equal(chart_series(values, breaks=[0, 13, 13]).upper, chart_series(values).upper)


@pytest.mark.parametrize(("points", "is_provisional"), [(12, True), (13, False), (7, True)])
def test_says_that_limits_of_fewer_than_13_points_are_provisional(points, is_provisional):
    chart = chart_series([49.0, 51.0, 50.0, *QUIET][:points])
    assert chart.is_provisional.tolist() == [is_provisional] * points
    assert chart.reason.tolist() == [""] * points


def test_counts_points_not_weeks():
    chart = chart_series([*QUIET[:8], NAN, *QUIET[:4]])
    assert chart.points.tolist() == [12] * 13
    assert chart.is_provisional.all()


@pytest.mark.parametrize(
    "values", [[50.0], [50.0] * 6, [NAN] * 20, [50, NAN] * 12, [1.0, 2, 3, NAN] * 2, [1, 2, 3, 4, 5, 60.0]]
)
def test_gives_a_reason_and_no_limits_where_points_are_too_few(values):
    chart = chart_series(values)
    assert np.isnan([chart.centre, chart.lower, chart.upper]).all()
    assert set(chart.reason.tolist()) == {TOO_FEW_POINTS}
    assert not chart.is_provisional.any()
    assert find(values) == {}


def test_takes_many_series_at_once():
    rng = np.random.default_rng(5)
    values = rng.normal(50, 3, size=(4, 3, 30))
    values[0, 1, 4:6] = NAN
    values[2, 2, :] = NAN
    together = chart_series(values, breaks=[11])
    for place in np.ndindex(4, 3):
        alone = chart_series(values[place], breaks=[11])
        for name in ("centre", "lower", "upper", "points", "is_provisional", "reason"):
            np.testing.assert_array_equal(getattr(together, name)[place], getattr(alone, name))
        for cause in CAUSES:
            np.testing.assert_array_equal(together.began[cause][place], alone.began[cause])


def test_takes_no_points():
    for shape in ((0,), (3, 0)):
        chart = chart_series(np.zeros(shape))
        assert chart.centre.shape == chart.reason.shape == shape
        assert all(at.shape == shape for at in chart.began.values())


def test_chooses_the_most_telling_cause_of_each_point():
    values = [*QUIET, 51.0, 48.5, 49, 49.5, 50, 50.5, 51, 75.0, *QUIET]
    assert find(values)["trend", "rising"] == dict.fromkeys(range(13, 20), 13)
    assert find(values)["outside", "above"] == {19: 19}
    kind, direction, began = choose_cause(chart_series(values))
    assert (kind[18], direction[18], began[18]) == ("trend", "rising", 13)
    assert (kind[19], direction[19], began[19]) == ("outside", "above", 19)
    assert (kind[2], direction[2], began[2]) == ("", "", -1)


@pytest.mark.parametrize("place", [-1, 14])
def test_refuses_a_break_outside_the_series(place):
    with pytest.raises(ValueError, match="13 points"):
        chart_series([50.0] * 13, breaks=[place])


def test_refuses_a_single_number():
    with pytest.raises(ValueError, match="axis of points"):
        chart_series(50.0)
