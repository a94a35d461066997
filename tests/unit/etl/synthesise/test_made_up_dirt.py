"""Dirt: each kind of fault that real extracts have had is in a dirty set, and none in a clean one."""

from __future__ import annotations

import pandas as pd
import pytest
from recount import AUGUST, MAY, QUESTIONS, find_file, list_weeks, read_rows, take_accepted

from etl.synthesise import soiling

MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"
EMPLOYED = ["Nurses_Employed", "Care_Workers_Employed", "Non_Care_Workers_Employed"]
AGENCY = [f"Agency_{name}" for name in EMPLOYED]
SPELLINGS = ("Essex County Council", "Essex Council", "Essex CC")


def number(rows, column):
    return pd.to_numeric(rows[column].str.replace(",", ""), errors="coerce")


FAULTS = {
    "a serial number for a date": lambda rows: rows["Last_Updated_UTC"].str.fullmatch(r"4\d{4}\.\d+"),
    "a short date": lambda rows: rows["Last_Updated_UTC"].str.fullmatch(r"\d\d/08/2020 \d\d:\d\d"),
    "thousands set apart": lambda rows: rows["Hours_Paid"].str.fullmatch(r"\d,\d{3}"),
    "a letter for an answer": lambda rows: rows["CHSP_1_1"].isin(["Y", "N"]),
    "a truth value for an answer": lambda rows: rows["CHSP_1_1"].isin(["TRUE", "FALSE"]),
    "a location twice": lambda rows: rows["CQC_ID"].duplicated() & (rows["CQC_ID"] != ""),
    "a closed location": lambda rows: rows["Overall_Status"] == "Closed",
    "no id": lambda rows: (rows["CQC_ID"] == "") & (rows["Location"] != "Total"),
    "nobody employed": lambda rows: rows["Care_Workers_Employed"] == "0",
    "over a thousand employed": lambda rows: number(rows, "Care_Workers_Employed") > 1_000,
    "agency staff only": lambda rows: (
        (rows[EMPLOYED].to_numpy() == rows[AGENCY].to_numpy()).all(axis=1) & (rows["Care_Workers_Employed"] > "0")
    ),
    "more absent than employed": lambda rows: (
        (number(rows, "Care_Workers_Absent_General") > number(rows, "Care_Workers_Employed"))
        & (rows["Care_Workers_Employed"] != "0")
    ),
    "more beds used than there are": lambda rows: number(rows, "Used_Beds") > number(rows, "Max_Capacity"),
    "an unreadable answer": lambda rows: (rows[QUESTIONS] == "Maybe").any(axis="columns"),
    "an unknown council": lambda rows: rows["LocalAuthority"] == "Borsetshire County Council",
    "a dash in a name": lambda rows: rows["Location"].str.contains("–"),
    "an accent in a name": lambda rows: rows["Location"].str.contains("é"),
}


@pytest.fixture(scope="module")
def rows(dirty):
    return read_rows(find_file(dirty, "care_homes", AUGUST))


@pytest.mark.parametrize("fault", FAULTS)
def test_has_each_fault_in_a_few_rows(rows, fault):
    assert 3 <= FAULTS[fault](rows).sum() <= 60


@pytest.mark.parametrize("fault", FAULTS)
def test_has_no_fault_in_a_clean_set(full, fault):
    assert FAULTS[fault](read_rows(find_file(full, "care_homes", AUGUST))).sum() == 0


def test_spells_some_council_in_three_ways(rows):
    assert rows.groupby("Local_Authority")["LocalAuthority"].nunique().max() >= 3


def test_touches_about_the_share_of_rows_that_is_asked_for(make, dirty):
    clean, soiled = (
        read_rows(find_file(folder, "care_homes", MAY)).drop_duplicates("Location").set_index("Location")
        for folder in (make(dirt=0.0)[0], make(dirt=0.1)[0])
    )
    names = ["LocalAuthority", "CQC_ID", "Overall_Status", "Local_Authority"]
    numbers = ["Max_Capacity", "Used_Beds", *EMPLOYED, *AGENCY, "Care_Workers_Absent_General", "Hours_Paid"]
    both = clean.index.intersection(soiled.index)
    touched = (clean.loc[both, names + numbers] != soiled.loc[both, names + numbers]).any(axis="columns").mean()
    assert 0.03 < touched < 0.1  # faults of dates and answers are not seen here


def test_refuses_a_fifth_of_the_faulty_homes(dirty):
    accepted = take_accepted(dirty, AUGUST)
    assert 15_500 - len(accepted) == pytest.approx(15_500 * 0.02 * 3 / 20, abs=3)


def test_writes_files_in_other_encodings_some_with_a_total(weekly):
    contents = {date: find_file(weekly, "care_homes", date).read_bytes() for date in list_weeks()}
    marked = [date for date, content in contents.items() if content.startswith(b"\xef\xbb\xbf")]
    foreign = [date for date, content in contents.items() if not is_utf8(content)]
    totals = [date for date, content in contents.items() if content.splitlines()[-1].startswith(b",Total,")]
    assert min(len(marked), len(foreign), len(totals)) >= 3
    assert len(marked) + len(foreign) < len(contents)
    assert all(content.endswith(b"\n") for content in contents.values())


def test_writes_clean_files_in_utf_8_without_totals(full):
    content = find_file(full, "care_homes", AUGUST).read_bytes()
    assert content.isascii()
    assert content.splitlines()[-1].endswith(b",Y")


def test_gives_the_total_of_beds_in_the_last_row(weekly):
    ends = [read_rows(find_file(weekly, "care_homes", date)) for date in list_weeks()]
    total, rows = next((rows.iloc[-1], rows.iloc[:-1]) for rows in ends if rows["Location"].iloc[-1] == "Total")
    first = rows.drop_duplicates("Location")
    assert int(total["Max_Capacity"]) == number(first, "Max_Capacity").sum()
    assert total["CQC_ID"] == ""


def test_puts_the_earlier_update_of_a_location_beside_the_newest(rows):
    twice = rows[rows["CQC_ID"].duplicated(keep=False) & (rows["CQC_ID"] != "")]
    moments = pd.to_datetime(twice["Last_Updated_UTC"]).groupby(twice["CQC_ID"])
    assert (moments.max() - moments.min() == pd.Timedelta(days=3)).all()


def test_names_a_row_by_the_column_that_its_fault_is_in():
    cells = {
        "Location": "Illustrative home 00007", "LocalAuthority": SPELLINGS[0], "Local_Authority": "Essex",
        "CHSP_1_1": "Yes", "CHSP_1_2": "Partly", "Last_Updated_UTC": "2020-08-10 09:31:00",
        "CHSP_Last_Updated_UTC": "", "Hours_Paid": "1204",
    }  # fmt: skip

    def soil(kind):
        soiled = soiling.soil(cells, kind, spellings=SPELLINGS, number=1)
        return {name: text for name, text in soiled.items() if cells[name] != text}

    assert soil("serial dates") == {"Last_Updated_UTC": "44053.39653"}
    assert soil("short dates") == {"Last_Updated_UTC": "10/08/2020 09:31"}
    assert soil("thousands") == {"Hours_Paid": "1,204"}
    assert soil("letters") == {"CHSP_1_1": "Y"}
    assert soil("third spelling") == {"LocalAuthority": "Essex CC"}
    assert soil("unreadable answer") == {"CHSP_1_2": "Maybe"}
    assert soiling.make_earlier(cells)["CHSP_1_2"] == "No"


def is_utf8(content):
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
