"""Which neighbours are hidden, and which are not."""

from __future__ import annotations

import numpy as np
import pytest

from etl.disclosure.neighbours import Counts, find_neighbours
from etl.disclosure.places import Region, Tree

ENGLAND, NORTH, SOUTH, EAST = 0, 1, 2, 3
A, B, C, D, E, F, G = range(4, 11)
TREE = Tree(
    england=ENGLAND,
    regions=(
        Region(NORTH, np.array([A, B, C, D])),
        Region(SOUTH, np.array([E, F])),
        Region(EAST, np.array([G])),
    ),
)


def run(cells, *, hidden, least=0, tree=TREE):
    """What is hidden of authorities' counts (above, below the line); those not named have 5 of 20."""
    part, whole, held = np.zeros((11, 1)), np.zeros((11, 1)), np.zeros((11, 1), dtype=bool)
    for region in tree.regions:
        for place in region.parts:
            part[place], whole[place] = cells.get(int(place), (5, 20))
            held[place] = True
            for wider in (region.place, tree.england):
                part[wider] += part[place]
                whole[wider] += whole[place]
                held[wider] = True
    first = np.zeros((11, 1), dtype=bool)
    first[list(hidden)] = True
    found = find_neighbours(Counts(part, whole, held, least), first, tree=tree)
    assert (found | ~first).all()
    return set(np.flatnonzero(found[:, 0]))


def test_hides_nothing_beside_nothing():
    assert run({}, hidden=set()) == set()


def test_hides_the_first_other_authority_of_the_region():
    assert run({B: (3, 9)}, hidden={B}) == {A, B}
    assert run({A: (3, 9)}, hidden={A}) == {A, B}


def test_hides_no_third_where_two_hide_each_other():
    assert run({A: (3, 9), B: (0, 9)}, hidden={A, B}) == {A, B}


def test_hides_a_third_where_two_are_all_no_together():
    assert run({A: (0, 9), B: (0, 20)}, hidden={A, B}) == {A, B, C}


def test_hides_a_third_where_two_are_all_yes_together():
    assert run({A: (9, 9), B: (8, 8)}, hidden={A, B}) == {A, B, C}


def test_passes_over_a_neighbour_that_is_all_yes_or_all_no():
    assert run({A: (9, 9), B: (20, 20), C: (0, 20)}, hidden={A}) == {A, D}


def test_passes_over_it_too_where_the_hidden_one_would_not_need_that():
    """Who sees which neighbour was taken must not learn that the hidden one is all yes."""
    assert run({A: (3, 9), B: (20, 20)}, hidden={A}) == {A, C}


def test_takes_a_neighbour_that_is_all_yes_where_there_is_no_other_and_it_will_do():
    everyone = dict.fromkeys((B, C, D), (20, 20))
    assert run({A: (3, 9)} | everyone, hidden={A}) == {A, B}


def test_hides_the_region_and_a_second_where_no_authority_helps():
    everyone = dict.fromkeys((A, B, C, D), (20, 20))
    assert run({A: (9, 9)} | everyone, hidden={A}) == {NORTH, A, SOUTH, E}


def test_hides_a_region_that_hides_authorities_already_before_another():
    everyone = dict.fromkeys((A, B, C, D), (20, 20))
    assert run(everyone | {F: (2, 9)}, hidden={A, F}) == {NORTH, A, SOUTH, E, F}


def test_hides_the_region_of_a_lone_authority_and_a_second_region():
    assert run({G: (3, 9)}, hidden={G}) == {EAST, G, NORTH, A}


def test_hides_england_where_its_only_region_is_hidden():
    alone = Tree(england=ENGLAND, regions=(TREE.regions[2],))
    assert run({G: (3, 9)}, hidden={G}, tree=alone) == {ENGLAND, EAST, G}


def test_leaves_everything_hidden_where_everything_was():
    assert run({}, hidden=set(range(11))) == set(range(11))


def test_hides_england_where_every_home_of_every_region_said_yes():
    everyone = dict.fromkeys((A, B, C, D, E, F, G), (20, 20))
    assert {ENGLAND, NORTH, A} <= run(everyone, hidden={A})


def test_protects_a_hidden_region_at_its_own_level():
    """Two authorities hide each other, but England's total would give their region."""
    assert run({A: (0, 9), B: (3, 9)}, hidden={NORTH, A, B}) == {NORTH, A, B, SOUTH, E}


def test_needs_two_neighbours_where_the_hidden_one_has_nothing_to_tell():
    """An authority where nobody answered makes up for nothing."""
    assert run({A: (0, 0)}, hidden={A}) == {A, B, C}


def test_never_takes_a_neighbour_without_answers():
    assert run({A: (3, 9), B: (0, 0)}, hidden={A}) == {A, C}


def test_hides_a_third_where_two_hold_one_person_each():
    """A true 0 is shown, so that two hidden ones with two people between them would be one and one."""
    assert run({A: (1, 40), B: (1, 40), C: (9, 40)}, hidden={A, B}, least=1) == {A, B, C}
    assert run({A: (1, 40), B: (2, 40), C: (9, 40)}, hidden={A, B}, least=1) == {A, B}


def test_needs_no_bound_for_a_sum():
    assert run({A: (9, np.inf), B: (20, np.inf)}, hidden={A}) == {A, B}


def test_looks_at_each_date_by_itself():
    rng = np.random.default_rng(3)
    dates, areas = 40, 11
    whole = rng.integers(0, 12, (areas, dates)).astype(float)
    part = rng.integers(0, whole + 1).astype(float)
    for region in (*TREE.regions, Region(ENGLAND, np.array([NORTH, SOUTH, EAST]))):
        part[region.place], whole[region.place] = part[region.parts].sum(axis=0), whole[region.parts].sum(axis=0)
    hidden = (whole < 4) & (whole > 0)
    held = np.ones_like(hidden)
    together = find_neighbours(Counts(part, whole, held, 0), hidden, tree=TREE)
    for date in range(dates):
        one = slice(date, date + 1)
        alone = find_neighbours(Counts(part[:, one], whole[:, one], held[:, one], 0), hidden[:, one], tree=TREE)
        np.testing.assert_array_equal(together[:, one], alone)
    assert (together & ~hidden).any()


@pytest.mark.parametrize("given", [set(), {A}])
def test_leaves_what_it_was_given_as_it_was(given):
    first = np.zeros((11, 1), dtype=bool)
    first[list(given)] = True
    before = first.copy()
    counts = Counts(np.full((11, 1), 5.0), np.full((11, 1), 20.0), np.ones((11, 1), dtype=bool), 0)
    find_neighbours(counts, first, tree=TREE)
    np.testing.assert_array_equal(first, before)
