"""Councils: from the names that returns give to codes, by the table of declared spellings."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from etl.conform.areas import load_areas
from etl.conform.councils import load_councils
from etl.errors import CatalogueError

LOOKUPS = Path(__file__).resolve().parents[4] / "data" / "lookups"
AREAS = load_areas(LOOKUPS / "areas.csv")
COUNCILS = load_councils(LOOKUPS / "councils.csv", AREAS)
BEFORE_2019, AFTER_2019, IN_2020 = dt.date(2019, 3, 31), dt.date(2019, 4, 1), dt.date(2020, 8, 10)


def find(*names, on=IN_2020):
    return COUNCILS.find(names, on=on)


@pytest.fixture
def load(tmp_path):
    """Loads a table of one row an authority, each under its ONS name, after `change` has been at its rows."""

    def load_changed(change=lambda rows: None, heading=("code", "name", "spelling")):
        authorities = AREAS[AREAS["kind"] == "authority"]
        rows = [[code, name, name] for code, name in zip(authorities["code"], authorities["name"], strict=True)]
        change(rows)
        with (tmp_path / "councils.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([heading, *rows])
        return load_councils(tmp_path / "councils.csv", AREAS)

    return load_changed


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["Barnsley", "Barnsley Metropolitan Borough Council", "BARNSLEY MBC", "Barnsley M.B.C."], "E08000016"),
        (["Kingston upon Hull, City of", "Hull", "Kingston-upon-Hull City Council"], "E06000010"),
        (["Herefordshire, County of", "Herefordshire", "Herefordshire Council"], "E06000019"),
        (["Bristol, City of", "Bristol", "Bristol City Council", "City of Bristol"], "E06000023"),
        (["Durham", "County Durham", "Durham County Council"], "E06000047"),
        (["St. Helens", "St Helens", "ST HELENS COUNCIL", "Saint Helens"], "E08000013"),
        (["City of York Council", "York"], "E06000014"),
        (["Telford & Wrekin", "Telford&Wrekin Council", "Borough of Telford and Wrekin"], "E06000020"),
        (["Southend-on-Sea City Council", "Southend on Sea Borough Council", "Southend–on–Sea"], "E06000033"),
        (["London Borough of Camden", "LB Camden", "L.B. Camden", "Camden"], "E09000007"),
        (["Royal Borough of Kensington and Chelsea", "RBKC", "Kensington & Chelsea"], "E09000020"),
        (["Royal Borough of Kingston upon Thames", "Kingston-upon-Thames"], "E09000021"),
        (["Royal Borough of Windsor & Maidenhead", "RBWM"], "E06000040"),
        (["City of London Corporation", "City of London"], "E09000001"),
        (["Westminster City Council", "City of Westminster"], "E09000033"),
        (["Council of the Isles of Scilly"], "E06000053"),
        (["BCP Council", "Bournemouth, Christchurch and Poole Council"], "E06000058"),
        (["Nottingham City Council", "Nottingham CC"], "E06000018"),
        (["Nottinghamshire County Council", "Nottinghamshire CC"], "E10000024"),
        (["City of Bradford Metropolitan District Council", "Bradford MDC"], "E08000032"),
        (["Northumberland County Council"], "E06000057"),
        (["Medway Council"], "E06000035"),
    ],
)
def test_finds_the_council_under_each_of_its_names(names, code):
    assert find(*names) == [code] * len(names)


def test_keeps_the_order_of_the_names_and_gives_none_for_what_it_does_not_know():
    assert find("Leeds", "Leedz", "", "Total", "England", "North West", "Kent") == (
        ["E08000035", None, None, None, None, None, "E10000016"]
    )


def test_never_matches_by_likeness():
    assert find("Barnsly MBC", "Leeds City Counci", "Camden Borough of London", "Northampton") == [None] * 4


def test_ignores_every_kind_of_space_hyphen_and_apostrophe():
    assert find("\u00a0st\u2019. helens  council\t", "STOKE\u2011ON\u2013TRENT", "Stoke-on - Trent'") == (
        ["E08000013", "E06000021", "E06000021"]
    )


@pytest.mark.parametrize(
    ("date", "code"), [(BEFORE_2019, "E10000009"), (AFTER_2019, "E06000059"), (dt.date(2024, 1, 1), "E06000059")]
)
def test_tells_the_two_dorsets_apart_by_the_day(date, code):
    assert find("Dorset", on=date) == [code]


def test_finds_a_name_that_one_area_bore_on_any_day():
    # Northamptonshire had split by then, and was still listed; Poole had merged.
    assert find("Northamptonshire", "Poole", "Dorset County Council", on=dt.date(2021, 5, 9)) == (
        ["E10000021", "E06000029", "E10000009"]
    )
    assert find("Cumberland", "Dorset Council", on=BEFORE_2019) == ["E06000063", "E06000059"]


@pytest.mark.parametrize("date", [BEFORE_2019, IN_2020, dt.date(2023, 4, 1)])
@pytest.mark.parametrize(
    ("area", "code"), [("Buckinghamshire", "E06000060"), ("North Yorkshire", "E10000023"), ("Somerset", "E10000027")]
)
def test_gives_the_code_that_both_codes_of_one_outline_are_shown_under(area, code, date):
    assert find(area, f"{area} County Council", f"{area} Council", on=date) == [code] * 3


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [
        ("Barnsly MBC", "Barnsley MBC"),
        ("Kent County Counsil", "Kent County Council"),
        ("Kent Counsil", "Kent Council"),
        ("LB Cambden", "LB Camden"),
        ("Middlesborough", "Middlesbrough"),
        ("Bornemouth, Christchurch & Pool", "Bournemouth, Christchurch & Poole"),
        ("Newcastle", "Newcastle City Council"),
    ],
)
def test_suggests_the_nearest_declared_name_first(wrong, nearest):
    assert COUNCILS.suggest(wrong)[0] == nearest


def test_suggests_each_council_once_and_no_more_than_asked():
    assert COUNCILS.suggest("Cheshire", most=2) == ["Cheshire West", "Cheshire East"]
    assert len(COUNCILS.suggest("Bornemouth", most=1)) == 1
    assert COUNCILS.suggest("East Sussx Council") == ["East Sussex Council", "West Sussex Council"]


@pytest.mark.parametrize("name", ["", "Total", "Nowhere Borough Council", "County Council", "Cardiff", "Atlantis MBC"])
def test_suggests_nothing_when_nothing_is_near(name):
    assert COUNCILS.suggest(name) == []


def test_loads_a_table_that_holds_only_the_names_of_the_ons(load):
    assert load().find(["Leeds", "Leeds City Council"], on=IN_2020) == ["E08000035", None]


def test_lets_two_areas_share_a_spelling_when_they_never_stood_together(load):
    def share(rows):
        rows += [["E06000028", "Bournemouth", "BCP"], ["E06000058", "Bournemouth, Christchurch and Poole", "B.C.P."]]

    councils = load(share)
    found = [councils.find(["bcp"], on=day)[0] for day in (BEFORE_2019, AFTER_2019)]
    assert found == ["E06000028", "E06000058"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["E08000099", "Nowhere", "Nowhere"], "row 163: 'E08000099' is not the code of an authority in areas.csv"),
        (["E12000001", "North East", "North East"], "row 163: 'E12000001' is not the code of an authority"),
        (["E08000035", "Leeds City", "LCC"], "row 163: E08000035 is 'Leeds' in areas.csv, not 'Leeds City'. Correct"),
        (["E08000035", "Leeds", " - "], "row 163: the spelling is blank. Fill it in or remove the row"),
        (["E08000035", "Leeds", "Leeds"], "row 163: repeats row 100. Remove one of them"),
        (["E08000035", "Leeds", "KENT"], "rows 147 and 163: 'KENT' would mean both E10000016 and E08000035 on the"),
        (["E08000035", "Leeds"], "row 163: has 2 cells where the columns are 3. Put a name that holds a comma in quo"),
    ],
)
def test_refuses_a_table_with_a_faulty_row(load, row, message):
    with pytest.raises(CatalogueError) as caught:
        load(lambda rows: rows.append(row))
    assert "councils.csv" in str(caught.value)
    assert message in str(caught.value)


def test_refuses_a_table_without_the_ons_name_of_an_authority_and_lists_all_such(load):
    def lose(rows):
        rows[:] = [[code, name, "The " + name] if name in ("Leeds", "Kent") else [code, name, name]
                   for code, name, _ in rows]  # fmt: skip

    with pytest.raises(CatalogueError, match="no row gives E08000035 its ONS name 'Leeds'") as caught:
        load(lose)
    assert "E10000016 its ONS name 'Kent'" in str(caught.value)


def test_says_how_many_more_rows_are_wrong_when_there_are_many(load):
    with pytest.raises(CatalogueError, match="and 141 more of the same kinds"):
        load(lambda rows: rows.clear())


def test_refuses_a_table_with_other_columns(load):
    with pytest.raises(CatalogueError, match="row 1: the columns must be code, name, spelling; found: code, name, a"):
        load(heading=("code", "name", "alias"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "is missing. Restore it"),
        (b"", "the columns must be code, name, spelling; found: none"),
        (b"code,name,spelling\nE08000035,Leeds,L\xe9eds\n", "is not a sound UTF-8 CSV"),
        (b'code,name,spelling\nE08000035,Leeds,"Lee\n', "is not a sound UTF-8 CSV"),
    ],
)
def test_refuses_a_table_that_cannot_be_read(tmp_path, content, message):
    file = tmp_path / "councils.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CatalogueError, match=message) as caught:
        load_councils(file, AREAS)
    assert str(file) in str(caught.value)
