"""Districts: their figures add up to those of their authorities."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl.conform.districts import add_up_districts, load_districts
from etl.errors import CatalogueError, InputError

LOOKUP = Path(__file__).resolve().parents[4] / "data" / "lookups" / "districts.csv"
OCTOBER, LATER = dt.date(2020, 10, 16), dt.date(2021, 4, 16)
CUMBRIA = ["E07000026", "E07000027", "E07000028", "E07000029", "E07000030", "E07000031"]
BUCKINGHAMSHIRE = ["E07000004", "E07000005", "E07000006", "E07000007"]
NORTHAMPTONSHIRE = [f"E0700015{n}" for n in range(7)]


@pytest.fixture(scope="module")
def districts():
    return load_districts(LOOKUP)


@pytest.fixture
def add_up(make_figures, districts):
    """Value and status by authority, from (code, value) pairs or rows."""

    def run(*rows, **options):
        given = [
            row if isinstance(row, dict) else {"area_code": row[0], "value": row[1], "date": OCTOBER} for row in rows
        ]
        made = add_up_districts(make_figures(*given), districts, file=Path("cases.xlsx"), **options)
        return {row.area_code: (row.value if row.value == row.value else None, row.status) for row in made.itertuples()}

    return run


def test_adds_districts_up_to_their_county(add_up):
    assert add_up(*((code, n) for n, code in enumerate(CUMBRIA, 1))) == {"E10000006": (21, "")}


def test_keeps_a_unitary_authority_as_it_is(add_up):
    assert add_up(("E08000035", 7), ("E06000014", 0)) == {"E08000035": (7, ""), "E06000014": (0, "")}


def test_has_no_sum_where_a_district_has_no_row_or_no_figure(add_up):
    assert add_up(*((code, 1) for code in CUMBRIA[1:])) == {"E10000006": (None, "x")}
    without = {"area_code": CUMBRIA[0], "value": None, "status": "c", "date": OCTOBER}
    assert add_up(without, *((code, 1) for code in CUMBRIA[1:])) == {"E10000006": (None, "x")}


def test_goes_by_the_districts_that_the_source_still_lists(add_up):
    """Buckinghamshire's four ended in March 2020, and stand under the county's code of then."""
    assert add_up(*((code, 2) for code in BUCKINGHAMSHIRE)) == {"E10000002": (8, "")}
    assert add_up(*((code, 2) for code in BUCKINGHAMSHIRE[1:])) == {"E10000002": (None, "x")}
    assert add_up(("E06000060", 8)) == {"E06000060": (8, "")}


def test_keeps_a_county_together_after_it_was_divided(add_up):
    rows = [{"area_code": code, "value": 1, "date": LATER} for code in NORTHAMPTONSHIRE]
    assert add_up(*rows) == {"E10000021": (7, "")}


def test_leaves_wider_areas_as_they_are(add_up):
    assert add_up(("E12000002", 50), ("E92000001", 90), ("E08000035", 7)) == {
        "E12000002": (50, ""),
        "E92000001": (90, ""),
        "E08000035": (7, ""),
    }


def test_adds_each_date_and_measure_by_itself(make_figures, districts):
    rows = [{"area_code": code, "value": 1, "date": date} for code in CUMBRIA for date in (OCTOBER, LATER)]
    rows += [{"area_code": code, "value": 2, "date": OCTOBER, "measure": "homes"} for code in CUMBRIA]
    made = add_up_districts(make_figures(*rows), districts, file=Path("cases.xlsx"))
    assert {(row.measure, row.date): row.value for row in made.itertuples()} == {
        ("deaths", OCTOBER): 6,
        ("deaths", LATER): 6,
        ("homes", OCTOBER): 12,
    }


def test_names_every_district_that_is_not_known(add_up):
    with pytest.raises(InputError) as caught:
        add_up(("E07000999", 1), ("E07000999", 2), ("W06000001", 1), ("E08000035", 1))
    assert [problem.what.split("(")[1].split(")")[0] for problem in caught.value.problems] == ["E07000999", "W06000001"]
    assert "data/lookups/districts.csv" in str(caught.value)


@pytest.mark.parametrize(("old", "new", "message"), [("", "", "is missing"), ("valid_to", "until", "lacks")])
def test_stops_without_its_lookup(tmp_path, old, new, message):
    file = tmp_path / "districts.csv"
    if old:
        file.write_text(LOOKUP.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=message):
        load_districts(file)
