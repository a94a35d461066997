"""Similar areas: a distance by hand, parts that sum to it, ties, and areas that lack something."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from scipy.stats import zscore

from etl.statistics.similar import INCOMPLETE, TOO_FEW_AREAS, find_similar, standardise

NAN = np.nan
# Means 30 and 5, standard deviations sqrt(200) and 2.
AREAS = np.array([[10, 7], [20, 3], [30, 3], [40, 7], [50, 5.0]])
SPREAD = np.std(AREAS, axis=0)


def test_measures_a_distance_as_worked_by_hand():
    found = find_similar(AREAS, weights=[3, 1], wanted=4)
    # From the first to the third: 20 / 14.142 and 4 / 1.789, squared 2 and 5; weighted 0.75 x 2 + 0.25 x 5 = 2.75.
    assert SPREAD.tolist() == pytest.approx([200**0.5, 3.2**0.5])
    at = found.nearest[0].tolist().index(2)
    assert found.parts[0, at].tolist() == pytest.approx([1.5, 1.25])
    assert found.distance[0, at] == pytest.approx(2.75**0.5)


def test_agrees_with_scipys_weighted_distances():
    rng = np.random.default_rng(7)
    variables, weights = rng.lognormal(size=(151, 6)), rng.uniform(0.1, 3, size=6)
    found = find_similar(variables, weights=weights, wanted=10)
    z = zscore(variables)
    known = cdist(z, z, "euclidean", w=weights / weights.sum())
    np.fill_diagonal(known, np.inf)
    np.testing.assert_array_equal(found.nearest, np.argsort(known, axis=1)[:, :10])
    np.testing.assert_allclose(found.distance, np.sort(known, axis=1)[:, :10])


def test_publishes_parts_that_sum_to_the_square_of_the_distance():
    variables = np.random.default_rng(8).normal(size=(20, 4))
    kinds = np.where(np.arange(20) % 3 == 0, "county", "borough")[:, None]
    found = find_similar(variables, weights=[1, 2, 3, 4], wanted=19, kinds=kinds, kind_weights=[2])
    assert found.parts.shape == (20, 19, 5)
    np.testing.assert_allclose(found.parts.sum(axis=2), found.distance**2)
    differs = kinds[:, 0][found.nearest] != kinds
    np.testing.assert_allclose(found.parts[:, :, 4], np.where(differs, 2 * 2 / 12, 0))


def test_counts_another_kind_as_two_areas_drawn_at_random_differ():
    z = standardise(np.random.default_rng(9).normal(size=400))
    assert np.mean((z[:, None] - z) ** 2) == pytest.approx(2)
    kinds = [["county"], ["county"], ["borough"], ["borough"], ["borough"]]
    found = find_similar(np.zeros((5, 1)), weights=[0], wanted=4, kinds=kinds, kind_weights=[1])
    assert found.nearest[0].tolist() == [1, 2, 3, 4]
    assert found.distance[0].tolist() == pytest.approx([0, 2**0.5, 2**0.5, 2**0.5])


def test_is_the_same_from_both_sides_whatever_the_unit():
    variables = np.random.default_rng(10).normal(size=(12, 3))
    one = find_similar(variables, weights=[1, 1, 1], wanted=11)
    other = find_similar(variables * [1000, 0.01, 1] + [5, 5, 5], weights=[2, 2, 2], wanted=11)
    np.testing.assert_array_equal(one.nearest, other.nearest)
    np.testing.assert_allclose(one.distance, other.distance)
    between = {(i, int(j)): d for i in range(12) for j, d in zip(one.nearest[i], one.distance[i], strict=True)}
    assert all(d == pytest.approx(between[j, i]) for (i, j), d in between.items())


def test_keeps_the_order_of_the_input_among_areas_equally_near():
    found = find_similar([[1.0], [0], [2], [0], [2], [1]], weights=[1], wanted=5)
    assert found.nearest[0].tolist() == [5, 1, 2, 3, 4]
    assert found.nearest[5].tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("values", [[0.2, 0.1, 0.3, 0.4, 0], [0.2, 0.3, 0.1, 0.4, 0]])
def test_takes_a_difference_in_the_last_digit_for_none(values):
    # 0.1 and 0.3 are equally far from 0.2, but not to a computer.
    assert find_similar(np.array(values)[:, None], weights=[1], wanted=2).nearest[0].tolist() == [1, 2]


def test_never_names_an_area_as_like_itself():
    found = find_similar(np.ones((6, 2)), weights=[1, 1], wanted=5)
    assert all(i not in found.nearest[i] for i in range(6))
    assert (found.distance == 0).all()


def test_gives_an_area_that_lacks_something_no_neighbours_and_to_nobody():
    variables = np.vstack([AREAS, [[25, NAN], [35, 4]]])
    kinds = [["county"]] * 6 + [[""]]
    found = find_similar(variables, weights=[1, 1], wanted=3, kinds=kinds, kind_weights=[1])
    assert found.reason.tolist() == [""] * 5 + [INCOMPLETE] * 2
    assert (found.nearest[5:] == -1).all()
    assert np.isnan(found.distance[5:]).all()
    assert np.isnan(found.parts[5:]).all()
    assert not np.isin(found.nearest[:5], [5, 6]).any()
    without = find_similar(AREAS, weights=[1, 1], wanted=3, kinds=[["county"]] * 5, kind_weights=[1])
    np.testing.assert_array_equal(found.distance[:5], without.distance)


def test_ends_the_list_where_there_are_no_more_areas():
    found = find_similar(AREAS, weights=[1, 1], wanted=7)
    assert found.nearest.shape == (5, 7)
    assert (found.nearest[:, :4] >= 0).all()
    assert (found.nearest[:, 4:] == -1).all()
    assert np.isnan(found.distance[:, 4:]).all()


@pytest.mark.parametrize("areas", [0, 1, 4])
def test_says_why_where_fewer_than_five_areas_can_be_compared(areas):
    found = find_similar(np.vstack([AREAS[:areas], [[NAN, 1]]]), weights=[1, 1], wanted=2)
    assert set(found.reason.tolist()) == {TOO_FEW_AREAS}
    assert (found.nearest == -1).all()


def test_learns_nothing_from_a_variable_that_is_the_same_everywhere():
    same = np.column_stack([AREAS, np.full(5, 0.1)])
    found = find_similar(same, weights=[1, 1, 1], wanted=4)
    assert (found.parts[:, :, 2] == 0).all()
    np.testing.assert_array_equal(found.nearest, find_similar(AREAS, weights=[1, 1], wanted=4).nearest)


@pytest.mark.parametrize("weights", [[1], [1, 1, 1], [-1, 2], [0, 0], [NAN, 1]])
def test_refuses_weights_that_do_not_fit(weights):
    with pytest.raises(ValueError, match="weight of 0 or more"):
        find_similar(AREAS, weights=weights, wanted=2)


@pytest.mark.parametrize("variables", [[1.0, 2], [[[1.0]]]])
def test_refuses_another_shape(variables):
    with pytest.raises(ValueError, match="one row an area"):
        find_similar(variables, weights=[1], wanted=2)


def test_refuses_kinds_of_other_areas_and_no_wish_at_all():
    with pytest.raises(ValueError, match="one row an area"):
        find_similar(AREAS, weights=[1, 1], wanted=2, kinds=[["county"]], kind_weights=[1])
    with pytest.raises(ValueError, match="at least one"):
        find_similar(AREAS, weights=[1, 1], wanted=0)
