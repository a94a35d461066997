"""Neighbours, for any small country: in the worlds that fit what is shown, no hidden count is always the same."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.disclosure.neighbours import Counts, find_neighbours
from etl.disclosure.places import Region, Tree

MOST_AUTHORITIES = 7
"""So that there are at most 4 ** 7 worlds to try."""


@st.composite
def countries(draw, least=0):
    """Counts of one date at every level, and what is hidden: a hidden area has a hidden part that tells something."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3).filter(lambda n: sum(n) <= MOST_AUTHORITIES))
    regions, place = [], 1 + len(sizes)
    for number, size in enumerate(sizes, 1):
        regions.append(Region(number, np.arange(place, place + size)))
        place += size
    tree = Tree(england=0, regions=tuple(regions))
    whole, part = np.zeros((place, 1)), np.zeros((place, 1))
    hidden = np.zeros((place, 1), dtype=bool)
    for area in range(1 + len(sizes), place):
        # One person of one would be known by the rule alone.
        whole[area] = draw(st.sampled_from([0, *range(least + 1, 4)]))
        part[area] = draw(st.integers(min(least, int(whole[area, 0])), int(whole[area, 0])))
        hidden[area] = draw(st.booleans())
    for region in regions:
        part[region.place], whole[region.place] = part[region.parts].sum(), whole[region.parts].sum()
        hidden[region.place] = (hidden[region.parts] & (whole[region.parts] > 0)).any() and draw(st.booleans())
    places = [region.place for region in regions]
    part[0], whole[0] = part[places].sum(), whole[places].sum()
    hidden[0] = hidden[places].any() and draw(st.booleans())
    return Counts(part, whole, np.ones_like(hidden), least), hidden, tree


def list_worlds(counts, hidden, tree):
    """Every set of counts, worlds by areas, that the shown totals allow to who knows what is below each line."""
    authorities = np.concatenate([region.parts for region in tree.regions])
    unknown = [area for area in authorities if hidden[area, 0] and counts.whole[area, 0] > 0]
    ranges = [range(counts.least, int(counts.whole[area, 0]) + 1) for area in unknown]
    worlds_tried = list(product(*ranges))  # one, of nothing, where nothing is unknown
    tried = np.array(worlds_tried, dtype=float).reshape(len(worlds_tried), len(unknown))
    worlds = np.repeat(counts.part.T, len(tried), axis=0)
    worlds[:, unknown] = tried
    for region in tree.regions:
        worlds[:, region.place] = worlds[:, region.parts].sum(axis=1)
    worlds[:, tree.england] = worlds[:, [region.place for region in tree.regions]].sum(axis=1)
    return worlds[((worlds == counts.part[:, 0]) | hidden[:, 0]).all(axis=1)]


def check(counts, first, tree):
    hidden = find_neighbours(counts, first, tree=tree)
    assert (hidden | ~first).all()
    worlds = list_worlds(counts, hidden, tree)
    assert (worlds == counts.part[:, 0]).all(axis=1).any(), "The truth is one of the worlds."
    for area in np.flatnonzero(hidden[:, 0] & (counts.whole[:, 0] > 0)):
        assert len(set(worlds[:, area])) > 1, f"Area {area} is {worlds[0, area]} in every world."


@settings(max_examples=300, deadline=None)
@given(countries())
def test_leaves_every_hidden_count_open(country):
    check(*country)


@settings(max_examples=150, deadline=None)
@given(countries(least=1))
def test_leaves_it_open_even_to_one_who_knows_that_none_is_zero(country):
    check(*country)


@settings(max_examples=100, deadline=None)
@given(countries())
def test_hides_nothing_where_nothing_is_hidden(country):
    counts, hidden, tree = country
    assert not find_neighbours(counts, np.zeros_like(hidden), tree=tree).any()


@settings(max_examples=100, deadline=None)
@given(countries())
def test_hides_nothing_more_the_second_time(country):
    counts, hidden, tree = country
    once = find_neighbours(counts, hidden, tree=tree)
    np.testing.assert_array_equal(find_neighbours(counts, once, tree=tree), once)
