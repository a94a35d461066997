"""Sources of which every file is an edition: each adds its date, and the publisher's file stands before ours."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from etl.carry import carry
from etl.errors import EtlError, InputError
from etl.extract import extract
from etl.extract.editions import read_editions

MAY, JUNE, JULY = dt.date(2020, 5, 29), dt.date(2020, 6, 26), dt.date(2020, 7, 31)
AWAY = {"rule": "no_area", "column": "area", "one_of": ["Mars"], "reason": "The row names no area."}
TABLE = {
    "shape": "by_meaning",
    "period": "point",
    "as_at": "^period",
    "refuse": [AWAY],
    "block": [{"name": "deaths", "sheet": "deaths", "says": ["area"], "group": [{"name": "home", "says": ["homes"]}]}],
    "kind": [{"name": "deaths", "says": ["deaths"]}],
}


@pytest.fixture
def source(make_source):
    return make_source(TABLE, file="*.xlsx", takes_every_file=True)


@pytest.fixture
def catalogue(make_catalogue, make_indicator, source):
    return make_catalogue(
        sources=(source,), indicators=(make_indicator(id="home_deaths_count", measure="home_deaths", period="point"),)
    )


@pytest.fixture
def put(tmp_path, monkeypatch):
    """Write an edition: a file whose content is its hash, read as a sheet of two or more rows."""
    sheets = {}
    monkeypatch.setattr("etl.extract.by_meaning.read_sheets", lambda file, *, wanted: {"Deaths": sheets[file.name]})

    def write(name, date, *rows, content="", headings=("Area", "Deaths in homes")):
        file = tmp_path / "extracts" / "made-up" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content or name, encoding="utf-8")
        sheets[name] = [["Period:", f"to {date:%d %B %Y}"], list(headings), *map(list, rows)]
        return file

    return write


@pytest.fixture
def read(tmp_path, source):
    return lambda: extract(source, extracts=tmp_path / "extracts", published=tmp_path / "published")


@pytest.fixture
def carried(tmp_path, put, catalogue):
    """The editions of May and June, carried; the folder of originals is empty again."""
    files = [put("b.xlsx", MAY, ["Leeds", 1], ["Mars", 5]), put("a.xlsx", JUNE, ["Leeds", 2], ["Mars", 6])]
    folders = {"extracts": tmp_path / "extracts", "published": tmp_path / "published"}
    assert carry(catalogue, today=JULY, **folders) == {"made_up": 2}
    for file in files:
        file.unlink()
    return tmp_path / "published" / "made_up.csv"


def values(found):
    return {date: int(raw) for date, raw in zip(found.figures["date"], found.figures["raw"], strict=True)}


def test_reads_every_edition_and_orders_them_by_their_own_dates(put, read):
    put("b.xlsx", MAY, ["Leeds", 1])
    put("a.xlsx", JUNE, ["Leeds", 2], ["York", 3], ["Mars", 6])
    found = read()
    assert list(found.figures["date"]) == [MAY, JUNE, JUNE]
    assert found.origin == "b.xlsx; a.xlsx"
    assert len(found.sha256.split("; ")) == 2
    assert (found.rows_read, found.rows_refused, found.is_carried) == (4, 1, False)
    assert found.figures["place"].iloc[0] == "b.xlsx, sheet 'Deaths', row 3, column B"
    assert found.file.name == "made-up"


def test_refuses_two_editions_of_one_date(put, read):
    put("a.xlsx", MAY, ["Leeds", 1])
    put("b.xlsx", MAY, ["Leeds", 2])
    with pytest.raises(InputError) as caught:
        read()
    assert [str(problem) for problem in caught.value.problems] == [
        "a.xlsx: is one of 2 editions as at 29 May 2020",
        "b.xlsx: is one of 2 editions as at 29 May 2020",
    ]
    assert caught.value.remedy == "Keep the newest of each date and move the others away."


def test_refuses_an_edition_whose_tables_are_of_two_days(make_extract, tmp_path):
    rows = [{"date": MAY, "place": "row 5"}, {"date": MAY, "place": "row 6"}, {"date": JUNE, "place": "row 7"}]
    with pytest.raises(InputError) as caught:
        read_editions([tmp_path / "a.xlsx"], read=lambda file: make_extract(*rows, file=file))
    assert [str(problem) for problem in caught.value.problems] == [
        "row 5: these figures are as at 29 May 2020",
        "row 7: these figures are as at 26 June 2020",
    ]


def test_reports_every_faulty_edition(put, read):
    put("a.xlsx", MAY, ["Leeds", 1], headings=("Area", "Births in homes"))
    put("b.xlsx", JUNE, ["Leeds", 2], headings=("Area", "Births in homes"))
    put("c.xlsx", JULY, ["Leeds", 2])
    with pytest.raises(EtlError) as caught:
        read()
    assert str(caught.value).count("is refused") == 2
    assert str(caught.value).count("'Births in homes' does not say what its figures are") == 2


def test_carries_each_edition_with_its_own_file_and_date(carried):
    origins = pd.read_csv(carried.parent / "origins.csv", dtype=str)
    assert origins[["file", "rows_read", "as_at"]].to_numpy().tolist() == [
        ["b.xlsx", "2", "2020-05-29"],
        ["a.xlsx", "2", "2020-06-26"],
    ]
    assert origins["carried_sha256"].nunique() == 1
    refused = pd.read_csv(carried.parent / "refused.csv", dtype=str)
    assert refused[["rule", "rows", "as_at"]].to_numpy().tolist() == [
        ["no_area", "1", "2020-05-29"],
        ["no_area", "1", "2020-06-26"],
    ]


@pytest.mark.usefixtures("carried")
def test_reads_the_carried_editions_as_it_would_the_files(read, put):
    from_carried = read()
    put("b.xlsx", MAY, ["Leeds", 1], ["Mars", 5])
    put("a.xlsx", JUNE, ["Leeds", 2], ["Mars", 6])
    from_files = read()
    for found in (from_carried, from_files):
        assert values(found) == {MAY: 1, JUNE: 2}
        assert found.origin == "b.xlsx; a.xlsx"
        assert [(refusal.rule, refusal.rows) for refusal in found.refusals] == [("no_area", 2)]
        assert found.rows_read == 4
    assert from_carried.sha256 == from_files.sha256
    assert (from_carried.is_carried, from_files.is_carried) == (True, False)


@pytest.mark.usefixtures("carried")
def test_adds_a_new_edition_to_those_that_are_carried(read, put):
    put("new.xlsx", JULY, ["Leeds", 9])
    found = read()
    assert values(found) == {MAY: 1, JUNE: 2, JULY: 9}
    assert found.origin == "b.xlsx; a.xlsx; new.xlsx"
    assert (found.rows_read, found.rows_refused, found.is_carried) == (5, 2, False)


@pytest.mark.usefixtures("carried")
def test_puts_an_original_in_place_of_the_carried_edition_of_its_date(read, put):
    put("revised.xlsx", MAY, ["Leeds", 7])
    found = read()
    assert values(found) == {MAY: 7, JUNE: 2}
    assert found.origin == "revised.xlsx; a.xlsx"
    assert (found.rows_read, found.rows_refused) == (3, 1)


def test_adds_nothing_of_a_carried_table_that_was_edited(carried, read, put):
    put("new.xlsx", JULY, ["Leeds", 9])
    text = carried.read_text(encoding="utf-8")
    carried.write_text(text.replace("point,1,", "point,8,"), encoding="utf-8")
    with pytest.raises(InputError, match=r"carried from b\.xlsx; a\.xlsx: it was edited or cut"):
        read()


def test_names_an_origin_that_lost_its_date(carried, read, put):
    origins = carried.parent / "origins.csv"
    origins.write_text(origins.read_text(encoding="utf-8").replace("2020-06-26", ""), encoding="utf-8")
    put("new.xlsx", JULY, ["Leeds", 9])
    with pytest.raises(InputError, match=r"its line for made_up, a\.xlsx, has no as-at date"):
        read()


def test_asks_nothing_of_a_carried_table_of_which_every_date_is_there(carried, read, put):
    carried.write_text(carried.read_text(encoding="utf-8").replace("point,1,", "point,8,"), encoding="utf-8")
    put("b.xlsx", MAY, ["Leeds", 1])
    put("a.xlsx", JUNE, ["Leeds", 2])
    assert values(read()) == {MAY: 1, JUNE: 2}
