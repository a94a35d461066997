"""The table of council names as it stands: whole, in order, and never two-faced."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from pathlib import Path

import pytest

from etl.conform.areas import is_valid_on, load_areas
from etl.conform.councils import fold, load_councils

LOOKUPS = Path(__file__).resolve().parents[2] / "data" / "lookups"
AREAS = load_areas(LOOKUPS / "areas.csv")
AUTHORITIES = AREAS[AREAS["kind"] == "authority"]
COUNCILS = load_councils(LOOKUPS / "councils.csv", AREAS)
with (LOOKUPS / "councils.csv").open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))
CHANGES = [f"{year}-{day}" for year in range(2019, 2025) for day in ("01-01", "03-31", "04-01", "12-31")]
"""Areas change on 1 April, so between these days nothing does."""


def test_gives_every_authority_its_ons_name_and_another():
    spellings = defaultdict(set)
    for row in ROWS:
        spellings[row["code"]].add(row["spelling"])
    assert set(spellings) == set(AUTHORITIES["code"])
    for area in AUTHORITIES.itertuples():
        assert area.name in spellings[area.code]
        assert {fold(spelling) for spelling in spellings[area.code]} - {fold(area.name)}, area.name


def test_is_sorted_by_code_then_spelling_and_holds_no_stray_space():
    keys = [(row["code"], row["spelling"]) for row in ROWS]
    assert keys == sorted(set(keys))
    assert all(cell == " ".join(cell.split()) for row in ROWS for cell in row.values())


def test_changes_areas_only_on_the_days_tried():
    days = {str(day) for column in ("valid_from", "valid_to") for day in AUTHORITIES[column].dropna()}
    assert days
    assert days <= set(CHANGES)


@pytest.mark.parametrize("day", CHANGES)
def test_leads_each_spelling_to_one_area_in_force_on_any_day(day):
    date = dt.date.fromisoformat(day)
    in_force = AUTHORITIES[is_valid_on(AUTHORITIES, date)].set_index("code")["shown_as"]
    meant = defaultdict(set)
    for row in ROWS:
        if row["code"] in in_force.index:
            meant[fold(row["spelling"])].add(in_force[row["code"]])
    assert len(in_force) in (150, 151, 152, 153)
    assert [spelling for spelling, codes in meant.items() if len(codes) > 1] == []
    assert COUNCILS.find(list(meant), on=date) == [code for codes in meant.values() for code in codes]
