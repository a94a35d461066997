"""Contribution to a gap: by hand, summing to the gap, in order, and where there is nothing to divide."""

from __future__ import annotations

import numpy as np
import pytest

from etl.statistics.contribution import NO_COUNT, divide_gap

NAN = np.nan


def test_divides_the_gap_as_worked_by_hand():
    # 140 of 200 is 70 %; to 95 % is 25 points or 50 homes. Parts: 95 - 60, 47.5 - 35, 38 - 35 and 9.5 - 10.
    found = divide_gap([60, 35, 35, 10], trials=[100, 50, 40, 10], target=0.95)
    assert found.gap_points == pytest.approx(25)
    assert found.gap_homes == pytest.approx(50)
    assert found.homes.tolist() == pytest.approx([35, 12.5, 3, -0.5])
    assert found.points.tolist() == pytest.approx([17.5, 6.25, 1.5, -0.25])
    assert found.homes_to_move.tolist() == [35, 13, 3, 0]
    assert found.position.tolist() == [1, 2, 3, 4]


def test_turns_round_where_lower_is_better():
    found = divide_gap([30, 5, 1], trials=[100, 50, 50], target=0.08, is_lower_better=True)
    assert found.gap_points == pytest.approx(10)
    assert found.homes.tolist() == pytest.approx([22, 1, -3])
    assert found.homes_to_move.tolist() == [22, 1, 0]
    assert found.position.tolist() == [1, 2, 3]


@pytest.mark.parametrize("target", [0.05, 0.34, 0.7, 0.95, 0.99, 1.0])
def test_asks_for_whole_homes_whatever_the_last_binary_digit(target):
    homes = np.arange(1, 400)
    for short in (0, 1, 5):
        yes = np.ceil(homes * target - 1e-9) - short
        found = divide_gap(yes[yes >= 0], trials=homes[yes >= 0], target=target)
        assert (found.homes_to_move == short).all()


def test_moves_an_area_to_the_target_and_not_one_home_too_many():
    rng = np.random.default_rng(13)
    homes = rng.integers(1, 500, size=300)
    yes = rng.binomial(homes, 0.8)
    move = divide_gap(yes, trials=homes, target=0.95).homes_to_move
    assert ((yes + move) / homes >= 0.95 - 1e-12).all()
    assert ((yes + move - 1) / homes < 0.95)[move > 0].all()


def test_lets_equal_parts_share_a_position():
    found = divide_gap([10, 30, 10, 28], trials=[20, 40, 20, 40], target=0.9)
    assert found.position.tolist() == [1, 4, 1, 1]


def test_leaves_areas_without_a_count_out_of_the_gap():
    found = divide_gap([60, NAN, 5, 0], trials=[100, 20, NAN, 0], target=0.9)
    assert found.gap_points == pytest.approx(30)
    assert found.reason.tolist() == ["", NO_COUNT, NO_COUNT, NO_COUNT]
    np.testing.assert_array_equal(np.isnan(found.points), [False, True, True, True])
    np.testing.assert_array_equal(found.position, [1, NAN, NAN, NAN])


def test_gives_a_gap_below_nought_where_the_target_is_passed():
    found = divide_gap([99, 90], trials=[100, 100], target=0.9)
    assert found.gap_points == pytest.approx(-4.5)
    assert found.homes.tolist() == pytest.approx([-9, 0])
    assert found.homes_to_move.tolist() == [0, 0]
    assert found.position.tolist() == [2, 1]


@pytest.mark.parametrize(("events", "trials"), [([], []), ([NAN, NAN], [NAN, NAN]), ([0], [0])])
def test_has_no_gap_where_there_are_no_counts(events, trials):
    found = divide_gap(events, trials=trials, target=0.9)
    assert np.isnan([found.gap_points, found.gap_homes]).all()
    assert np.isnan(found.points).all()
    assert set(found.reason.tolist()) <= {NO_COUNT}


def test_gives_one_area_the_whole_gap():
    found = divide_gap([0], trials=[1], target=1.0)
    assert (found.gap_points, found.points[0], found.homes_to_move[0], found.position[0]) == (100, 100, 1, 1)


@pytest.mark.parametrize(("events", "trials"), [(-1, 5), (6, 5)])
def test_refuses_a_count_that_cannot_be(events, trials):
    with pytest.raises(ValueError, match="from 0 to the number of trials"):
        divide_gap([events], trials=[trials], target=0.9)


def test_refuses_a_target_that_is_no_share_and_another_shape():
    with pytest.raises(ValueError, match=r"0\.95, not 95"):
        divide_gap([1], trials=[2], target=95)
    with pytest.raises(ValueError, match="one dimension"):
        divide_gap([[1]], trials=[[2]], target=0.9)
