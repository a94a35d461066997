"""Which authorities make up a region, and in which order they stand."""

from __future__ import annotations

import pandas as pd

from etl.conform.areas import ENGLAND
from etl.disclosure.places import find_places, make_tree


def test_orders_by_older_people_and_then_by_code(few_areas):
    places = find_places(few_areas)
    assert places.order(["E06000003", "E06000002", "E06000001"]) == ["E06000001", "E06000002", "E06000003"]
    assert places.order(["B", "A"]) == ["A", "B"]


def test_puts_an_area_without_a_known_population_first(few_areas):
    gap = few_areas.assign(population_65_plus=few_areas["population_65_plus"].mask(few_areas["code"] == "E06000002"))
    assert find_places(gap).order(["E06000001", "E06000002"]) == ["E06000002", "E06000001"]


def test_finds_the_authorities_of_each_region(few_areas):
    codes = sorted(few_areas["code"])
    tree = make_tree(codes, find_places(few_areas))
    assert codes[tree.england] == ENGLAND
    found = {codes[region.place]: [codes[part] for part in region.parts] for region in tree.regions}
    assert found == {"E12000001": ["E06000001", "E06000002"], "E12000002": ["E06000003"]}


def test_makes_a_tree_of_the_areas_that_are_there(few_areas):
    codes = pd.Index(["E06000001", "E12000001", ENGLAND])
    tree = make_tree(codes, find_places(few_areas))
    assert [list(region.parts) for region in tree.regions] == [[0]]
