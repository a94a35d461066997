"""Sound originals in the publishers' layouts: what the refusals are measured against."""

from __future__ import annotations

import datetime as dt

import pyarrow.parquet as pq
import pytest

from etl.extract.files import hash_file
from etl.publish import read_manifest

TURNOVER = "adult-social-care-outcomes/ASC_data.csv"
WORKFORCE = "workforce-2019-20/adult-social-care-workforce.csv"
INDICATORS = "taskforce-report/indicators.csv"


@pytest.fixture
def built(live_data, command):
    """A function that builds and returns a table of the new live snapshot as rows."""

    def build(table: str) -> list[dict]:
        result = command("build", "--yes", data=live_data)
        assert result.exit_code == 0, result.output
        current = (live_data / "snapshots" / "CURRENT").read_text(encoding="utf-8").strip()
        return pq.read_table(live_data / "snapshots" / current / f"{table}.parquet").to_pylist()

    return build


def test_reads_a_deaths_workbook_in_place_of_the_carried_table(write_deaths, built):
    write_deaths(cells={"B4": 10, "B5": 7})
    rows = [row for row in built("observations") if row["indicator_id"] == "deaths_covid_day_count"]
    first = {row["area_code"]: (row["value"], row["status"]) for row in rows if row["date"] == dt.date(2020, 4, 10)}
    # England, Birmingham, Kent, York, and the three regions that they lie in, of which most authorities have no row.
    assert first == {
        "E92000001": (10, ""),
        "E08000025": (7, ""),
        "E10000016": (2, ""),
        "E06000014": (1, ""),
        "E12000005": (None, "x"),
        "E12000008": (None, "x"),
        "E12000003": (None, "x"),
    }


def test_never_takes_a_number_from_the_response_rate_column(write_csv, built):
    write_csv(INDICATORS)
    rows = [row for row in built("observations") if row["source_id"] == "taskforce_indicators"]
    assert sorted(row["value"] for row in rows) == [78, 81, 92, 94]
    assert not {value for row in rows for value in row.values()} & {11, 12}


def test_sets_aside_only_what_a_declared_rule_names(write_csv, built):
    write_csv(TURNOVER)
    write_csv(WORKFORCE)
    counts = {
        row["id"]: (row["rows_read"], row["rows_accepted"], row["rows_refused"], row["file"])
        for row in built("sources")
    }
    assert counts["oflog_turnover"] == (4, 3, 1, "ASC_data.csv")
    assert counts["redcross_workforce"] == (4, 2, 2, "adult-social-care-workforce.csv")


def test_sets_aside_what_is_not_of_england(write_csv, built):
    write_csv("dhsc-headlines/headlines.csv", old="count,England", new="count,Wales")
    own = [row for row in built("observations") if row["source_id"] == "dhsc_headlines"]
    assert [(row["indicator_id"], row["value"]) for row in own] == [("dhsc_visiting_percent", 91.9)]
    findings = {row["rule"]: row["rows"] for row in built("quality") if row["source_id"] == "dhsc_headlines"}
    assert findings == {"other_geography": 1}


CASES = "cases/covid-19-cases-uk.csv"
JUNE_5, JUNE_12 = dt.date(2020, 6, 5), dt.date(2020, 6, 12)


def weeks_of_cases(rows):
    """Value and status by area and week, of the authorities in the small file."""
    own = [row for row in rows if row["source_id"] == "phe_cases_to_july_2020" and row["area_code"][:3] == "E06"]
    own += [row for row in rows if row["source_id"] == "phe_cases_to_july_2020" and row["area_code"][:3] == "E09"]
    counts = [row for row in own if row["indicator_id"] == "cases_week_count"]
    return {(row["area_code"], row["date"]): (row["value"], row["status"]) for row in counts}


def test_reads_weeks_from_running_totals_that_leave_out_unchanged_days(write_csv, built):
    write_csv(CASES)
    assert weeks_of_cases(built("observations")) == {
        ("E06000014", JUNE_5): (2, ""),
        ("E06000014", JUNE_12): (3, ""),
        ("E09000012", JUNE_5): (0, ""),
        ("E09000012", JUNE_12): (4, ""),
        ("E09000001", JUNE_5): (None, "z"),
        ("E09000001", JUNE_12): (None, "z"),
    }


def test_shows_no_count_for_a_running_total_that_falls_and_reports_it(write_csv, built):
    write_csv(CASES, old="York,12", new="York,9")
    weeks = weeks_of_cases(built("observations"))
    assert weeks["E06000014", JUNE_5] == (None, "x")
    assert weeks["E06000014", JUNE_12] == (6, "")
    (fell,) = (row for row in built("quality") if row["rule"] == "running_total_fell" and "july" in row["source_id"])
    assert (fell["area_code"], fell["severity"]) == ("E06000014", "warning")
    assert "falls by 1 in the week to 5 June 2020" in fell["finding"]


def test_reports_every_total_that_its_parts_cannot_confirm(write_deaths, built):
    write_deaths()
    findings = [row for row in built("quality") if row["source_id"] == "cqc_deaths"]
    assert {(row["rule"], row["severity"], row["rows"]) for row in findings} == {("totals_unchecked", "warning", 8)}
    assert len(findings) == 4, "two measures, against the regions and against the authorities"


def test_names_the_publishers_file_as_the_origin(write_csv, live_data, built):
    file = write_csv(INDICATORS)
    files = {row["id"]: (row["file"], row["sha256"]) for row in built("sources")}
    assert files["taskforce_indicators"] == ("indicators.csv", hash_file(file))
    assert files["cqc_deaths"][0] == "cqc_mortality_care_homes.xlsx"
    current = (live_data / "snapshots" / "CURRENT").read_text(encoding="utf-8").strip()
    listed = {entry["id"]: entry["file"] for entry in read_manifest(live_data / "snapshots" / current)["inputs"]}
    assert listed == {name: file for name, (file, _) in files.items()} | {
        "lookup areas": "areas.csv",
        "lookup boundaries": "boundaries.csv",
        "lookup councils": "councils.csv",
        "lookup districts": "districts.csv",
    }
