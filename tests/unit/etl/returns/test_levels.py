"""Counts of many dates at every level."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa

from etl.conform.areas import ENGLAND
from etl.returns.figures import median_age
from etl.returns.levels import Block, stack

ONE, TWO = dt.date(2020, 8, 3), dt.date(2020, 8, 10)


def counts(**areas):
    names = ("open", "answering")
    return pa.table({"area_code": list(areas)} | {n: [row[i] for row in areas.values()] for i, n in enumerate(names)})


def test_adds_authorities_up_to_regions_and_england(few_areas):
    tables = {ONE: counts(E06000001=(10, 4), E06000002=(20, 6), E06000003=(5, 5))}
    block = stack(tables, areas=few_areas)
    found = dict(zip(block.areas, block.count("open")[:, 0], strict=True))
    assert found == {
        "E06000001": 10, "E06000002": 20, "E06000003": 5, "E12000001": 30, "E12000002": 5, ENGLAND: 35,
    }  # fmt: skip
    assert block.count("answering")[block.areas.index(ENGLAND), 0] == 15


def test_holds_nothing_for_an_area_on_a_date_without_a_row(few_areas):
    tables = {TWO: counts(E06000001=(1, 1)), ONE: counts(E06000001=(2, 1), E06000003=(3, 1))}
    block = stack(tables, areas=few_areas)
    assert block.dates == (ONE, TWO)
    held = dict(zip(block.areas, block.is_held.tolist(), strict=True))
    assert held["E06000003"] == [True, False]
    assert held["E12000002"] == [True, False]
    assert held["E06000001"] == [True, True]


def test_counts_nought_where_an_extract_lacks_a_column(few_areas):
    block = stack({ONE: counts(E06000001=(1, 1))}, areas=few_areas)
    assert block.count("blue:yes").tolist() == [[0], [0], [0]]


def make_ages(layout, *ages):
    names = {f"age_{n}": n for n in range(layout.current_days + 1)}
    numbers = np.zeros((1, 1, len(names)), dtype=np.int64)
    for age in ages:
        numbers[0, 0, age] += 1
    return Block(areas=("A",), dates=(ONE,), names=names, numbers=numbers, is_held=np.ones((1, 1), dtype=bool))


def test_finds_the_median_age_from_how_many_homes_there_are_of_each(layout):
    for ages in ([3], [1, 2], [0, 0, 7], [1, 1, 4, 28], [5, 6, 7, 8, 9], [0, 28]):
        assert median_age(make_ages(layout, *ages), layout)[0, 0] == np.median(ages)


def test_gives_no_age_where_no_answer_is_current(layout):
    assert np.isnan(median_age(make_ages(layout), layout)[0, 0])
