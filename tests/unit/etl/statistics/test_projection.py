"""The winter range: the report's own figures, both bases, and where no rate was published."""

from __future__ import annotations

import numpy as np
import pytest

from etl.statistics.projection import NO_RATE, place_actual, project_winter


def test_adds_half_a_point_to_a_point_to_the_current_rate():
    found = project_winter(6.7)
    assert [float(end) for end in found.rate] == pytest.approx([7.2, 7.7])
    assert found.reason == ""


def test_gives_the_reports_posts_on_the_base_that_they_imply_and_more_on_the_one_it_counts():
    assert project_winter(6.7).posts == {
        "implied": pytest.approx((4_000, 8_000)),
        "counted": pytest.approx((4_325, 8_650)),
    }


def test_projects_nothing_from_a_rate_that_nobody_published():
    found = project_winter([6.7, np.nan])
    assert found.reason.tolist() == ["", NO_RATE]
    np.testing.assert_array_equal(np.isnan(found.rate), [[False, True], [False, True]])


def test_cuts_the_range_at_every_post_vacant():
    found = project_winter([0, 99.4, 100])
    assert [end.tolist() for end in found.rate] == [[0.5, pytest.approx(99.9), 100], [1, 100, 100]]


def test_sets_what_came_out_beside_the_range():
    found = project_winter([6.7] * 6 + [np.nan])
    placed = place_actual([7.1, 7.2, 7.5, 7.7, 7.71, np.nan, 7.0], projection=found)
    assert placed.tolist() == ["below", "within", "within", "within", "above", "", ""]


def test_takes_no_rates():
    assert project_winter([]).rate[0].shape == (0,)


@pytest.mark.parametrize("rate", [-0.1, 100.1])
def test_refuses_a_rate_outside_0_to_100(rate):
    with pytest.raises(ValueError, match="between 0 and 100"):
        project_winter([6.7, rate])
