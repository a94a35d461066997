"""Areas: from a publisher's codes and names to ours."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from etl.conform.areas import (
    REFERENCE_DATE,
    conform_areas,
    find_list_day,
    is_valid_on,
    list_last_days,
    load_areas,
)
from etl.errors import CatalogueError, InputError

LOOKUP = Path(__file__).resolve().parents[4] / "data" / "lookups" / "areas.csv"
BEFORE_2019, AFTER_2019 = dt.date(2019, 3, 31), dt.date(2019, 4, 1)


@pytest.fixture
def conform(make_figures, areas):
    """The codes found for rows given by what they change."""
    return lambda *rows: conform_areas(make_figures(*rows), areas, file="deaths.xlsx")["area_code"].tolist()


def test_keeps_a_code_that_is_ours(conform):
    codes = ["E08000035", "E12000001", "E92000001"]
    assert conform(*({"area_code": code} for code in codes)) == codes


def test_finds_the_code_of_a_name_with_stray_spaces(conform):
    assert conform({"area_name": " Leeds "}, {"area_name": "North East"}) == ["E08000035", "E12000001"]


def test_believes_the_code_where_a_name_stands_beside_it(conform):
    assert conform({"area_code": "E08000035", "area_name": "Leeds City Council"}) == ["E08000035"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("E10000002", "E06000060"),  # Buckinghamshire: the new code was in force on the reference date
        ("E06000060", "E06000060"),
        ("E06000065", "E10000023"),  # North Yorkshire and Somerset: the old one was
        ("E10000023", "E10000023"),
        ("E06000066", "E10000027"),
    ],
)
def test_shows_two_codes_of_one_outline_under_that_of_the_reference_date(conform, given, shown):
    assert conform({"area_code": given}) == [shown]


@pytest.mark.parametrize("date", [dt.date(2020, 3, 31), dt.date(2020, 4, 1)])
def test_finds_buckinghamshire_by_name_before_and_after_its_new_code(conform, date):
    assert conform({"area_name": "Buckinghamshire", "date": date}) == ["E06000060"]


def test_tells_the_two_dorsets_apart_by_date(conform):
    dorset = {"area_name": "Dorset"}
    rows = [dorset | {"date": AFTER_2019}, dorset | {"date": BEFORE_2019}, {"area_name": "Poole"}]
    assert conform(*rows) == ["E06000059", "E10000009", "E06000029"]


def test_gives_up_the_names_for_the_codes(make_figures, areas):
    given = make_figures({"area_name": "Leeds"}, {"area_code": "E06000014"})
    found = conform_areas(given, areas, file="deaths.xlsx")
    assert "area_name" not in found
    assert list(found["value"]) == list(given["value"])
    assert "" in set(given["area_code"])  # what was given is untouched


def test_lists_every_unknown_area_once_with_its_first_place(conform):
    rows = [
        {"area_name": "Narnia"},
        {"area_name": "Narnia", "place": "row 3"},
        {"area_name": "Leeds", "place": "row 4"},
        {"area_code": "W06000015", "area_name": "Cardiff", "place": "row 5"},
        {"area_code": "E07000008", "place": "row 6"},
        {"place": "row 7"},
    ]
    with pytest.raises(InputError) as caught:
        conform(*rows)
    assert [str(problem) for problem in caught.value.problems] == [
        "row 2: the area 'Narnia' is not in data/lookups/areas.csv",
        "row 5: the area 'Cardiff' (W06000015) is not in data/lookups/areas.csv",
        "row 6: the area 'E07000008' is not in data/lookups/areas.csv",
        "row 7: the area '' is not in data/lookups/areas.csv",
    ]


def test_refuses_an_unknown_code_even_beside_a_name_that_is_known(conform):
    with pytest.raises(InputError, match=r"'Leeds' \(E08000099\)"):
        conform({"area_code": "E08000099", "area_name": "Leeds"})


def test_refuses_two_codes_of_one_area_on_one_date(conform):
    with pytest.raises(InputError, match="deaths for E06000060 on 2020-05-29 is given twice") as caught:
        conform({"area_code": "E10000002"}, {"area_code": "E06000060", "place": "row 3"})
    assert [problem.place for problem in caught.value.problems] == ["row 2", "row 3"]


def test_accepts_two_codes_of_one_area_on_two_dates(conform):
    rows = [{"area_code": "E10000002", "date": BEFORE_2019}, {"area_code": "E06000060", "date": AFTER_2019}]
    assert conform(*rows) == ["E06000060"] * 2


def test_accepts_no_rows(make_figures, areas):
    assert len(conform_areas(make_figures(), areas, file="deaths.xlsx")) == 0


def test_counts_the_authorities_of_the_reference_date(areas):
    on_the_day = areas[is_valid_on(areas, REFERENCE_DATE)]
    assert (on_the_day["kind"] == "authority").sum() == 151


@pytest.mark.parametrize(("date", "code"), [(BEFORE_2019, "E10000009"), (AFTER_2019, "E06000059")])
def test_counts_the_first_and_the_last_day_of_a_code(areas, date, code):
    dorset = areas[areas["name"] == "Dorset"]
    assert dorset.loc[is_valid_on(dorset, date), "code"].tolist() == [code]


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (
            lambda table: table.drop(columns=["valid_to", "population_65_plus"]),
            "lacks the column valid_to, population_",
        ),
        (lambda table: table.rename(columns={"region_code": "region"}), "lacks the column region_code"),
        (lambda table: table.iloc[:0], "has no rows"),
    ],
)
def test_refuses_a_lookup_without_its_columns_or_rows(tmp_path, spoil, what):
    file = tmp_path / "areas.csv"
    spoil(pd.read_csv(LOOKUP, dtype=str, keep_default_na=False)).to_csv(file, index=False)
    with pytest.raises(CatalogueError, match=rf"areas\.csv {what}.*\. Restore it from the repository"):
        load_areas(file)


def test_says_how_to_mend_a_missing_lookup(tmp_path):
    with pytest.raises(CatalogueError, match=r"areas\.csv is missing\. Restore it from the repository"):
        load_areas(tmp_path / "areas.csv")


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("E10000021", dt.date(2021, 5, 9), dt.date(2021, 3, 31)),  # Northamptonshire: ended in March
        ("E10000021", dt.date(2021, 3, 28), dt.date(2021, 3, 28)),
        ("E06000061", dt.date(2021, 5, 9), dt.date(2021, 5, 9)),  # North Northamptonshire: began in April
        ("E10000023", dt.date(2023, 5, 9), dt.date(2023, 5, 9)),  # North Yorkshire: only its code changed
        ("E08000035", dt.date(2021, 5, 9), dt.date(2021, 5, 9)),
    ],
)
def test_finds_the_day_of_the_list_that_a_source_keeps_to(areas, code, day, expected):
    assert find_list_day(pd.Series([code, "E06000014"]), day, list_last_days(areas)) == expected
