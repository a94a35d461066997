"""The carried tables are those that were carried: one edited or cut does not pass for the publisher's figures."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from etl.pipeline import Folders, prepare
from etl.publish import read_current

SOURCES = [
    *("taskforce_indicators", "taskforce_workforce", "phe_outbreaks"),
    *("cqc_deaths", "oflog_turnover", "redcross_workforce"),
]
EDITED = "it was edited or cut"
ENGLAND = "E92000001"


def drop_line(file, *, number):
    lines = file.read_bytes().splitlines(keepends=True)
    del lines[number]
    file.write_bytes(b"".join(lines))


@pytest.mark.parametrize("source_id", SOURCES)
@pytest.mark.parametrize("number", [1, -1])
def test_refuses_a_table_that_lost_a_row(live_data, refuse, source_id, number):
    drop_line(live_data / "published" / f"{source_id}.csv", number=number)
    refuse(f"published/{source_id}.csv is refused: 1 problem", EDITED, "python -m etl carry --extracts FOLDER")


def test_refuses_a_table_with_another_figure_and_names_its_origin(spoil_carried, refuse):
    spoil_carried("taskforce_indicators.csv", old=",81,", new=",80,")
    refuse("published/taskforce_indicators.csv", "not the table that was carried from indicators.csv", EDITED)


def test_names_the_row_first_where_a_row_is_at_fault(spoil_carried, refuse):
    spoil_carried("taskforce_indicators.csv", old=",81,", new=",181,")
    message = refuse("published/taskforce_indicators.csv", "row 2: 1.1 181 for E92000001", "is above 100 per cent")
    assert EDITED not in message


def test_names_every_table_that_was_edited(live_data, refuse):
    for source_id in SOURCES:
        drop_line(live_data / "published" / f"{source_id}.csv", number=1)
    assert refuse(*(f"{source_id}.csv is refused" for source_id in SOURCES)).count(EDITED) == len(SOURCES)


def test_refuses_a_table_without_its_line_in_origins(live_data, refuse):
    drop_line(live_data / "published" / "origins.csv", number=1)
    refuse("published/origins.csv is refused: 1 problem", "it has no line for taskforce_indicators")


def test_says_a_fault_that_all_sources_share_once(live_data, refuse):
    file = live_data / "published" / "origins.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",carried_sha256", "", 1), encoding="utf-8")
    message = refuse("published/origins.csv is refused")
    assert message.count("is refused") == message.count("What to do: ") == 1


def test_builds_another_snapshot_from_a_table_that_was_carried_again(
    live_data, spoil_carried, recarry, command, snapshot_folder
):
    spoil_carried("taskforce_indicators.csv", old=",81,", new=",80,")
    recarry(live_data, "taskforce_indicators")
    result = command("build", "--yes", data=live_data)
    assert result.exit_code == 0, result.output
    assert read_current(live_data / "snapshots") != snapshot_folder.name


def test_asks_nothing_of_a_carried_table_where_the_original_is_there(live_data, write_csv, spoil_carried, command):
    spoil_carried("taskforce_indicators.csv", old=",81,", new=",80,")
    write_csv("taskforce-report/indicators.csv")
    result = command("check", data=live_data)
    assert result.exit_code == 0, result.output


@pytest.fixture
def edit_deaths(data_copy, recarry, today):
    """A function that edits the rows of the whole table of deaths and returns the tables made from it."""

    def edit(change):
        file = data_copy / "published" / "cqc_deaths.csv"
        change(pd.read_csv(file, dtype=str, keep_default_na=False)).to_csv(file, index=False, lineterminator="\n")
        recarry(data_copy, "cqc_deaths")
        return prepare(Folders.below(data_copy), today=today).tables

    return edit


def test_reports_a_published_total_that_differs_from_its_parts(edit_deaths):
    def change(rows):
        wrong = (rows["area_name"] == "England") & (rows["date"] == "2020-04-10") & (rows["measure"] == "deaths_covid")
        assert wrong.sum() == 1
        return rows.assign(value=rows["value"].mask(wrong, "99"))

    quality = edit_deaths(change)["quality"].to_pylist()
    findings = [row for row in quality if row["source_id"] == "cqc_deaths" and row["rule"] == "totals_differ"]
    assert [row["rows"] for row in findings] == [1, 1], "against the regions, and against the authorities"
    assert all(row["severity"] == "warning" and "deaths_covid" in row["finding"] for row in findings)


def test_gives_no_region_a_total_that_lacks_an_authority(edit_deaths):
    observations = edit_deaths(lambda rows: rows[rows["area_name"] != "Birmingham"])["observations"].to_pandas()
    own = observations[observations["indicator_id"] == "deaths_covid_day_count"]
    first = own[own["date"] == dt.date(2020, 4, 10)].set_index("area_code")
    assert first.loc[["E12000005", "E12000001", ENGLAND], "status"].tolist() == ["x", "", ""]
    assert pd.isna(first.loc["E12000005", "value"])
    assert first.loc[ENGLAND, "value"] == 147, "as published"
    total = observations[observations["indicator_id"] == "deaths_covid_total_rate_per_1000"].set_index("area_code")
    assert total.loc[["E12000005", "E12000001"], "status"].tolist() == ["x", ""]
