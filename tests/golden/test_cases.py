"""PHE, confirmed cases of COVID-19: running totals of two files, to July 2020 and from August 2020."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

ENGLAND, BIRMINGHAM, RUTLAND, HACKNEY, CITY_OF_LONDON = "E92000001", "E08000025", "E06000017", "E09000012", "E09000001"
CORNWALL, ISLES_OF_SCILLY, BUCKINGHAMSHIRE, RICHMOND = "E06000052", "E06000053", "E06000060", "E09000027"
WEEK = dt.timedelta(days=7)
FIRST, LAST = dt.date(2020, 1, 31), dt.date(2020, 7, 31)
FIRST_LATER, LAST_LATER = dt.date(2020, 8, 14), dt.date(2021, 3, 19)
BROKEN = {dt.date(2020, 7, 3), dt.date(2020, 11, 20)}
COMBINED = {CITY_OF_LONDON, ISLES_OF_SCILLY}

# covid-19-cases-uk.csv: totals of 26 June, 10, 17, 24 and 31 July, the last row up to each day, and what they rose by.
# Birmingham 4723, 4852, 4998, 5148, 5254; Rutland 88 (24 June), 92, 97, 100 (23 July), 100.
JULY = {
    BIRMINGHAM: {dt.date(2020, 7, 17): 4998 - 4852, dt.date(2020, 7, 24): 150, dt.date(2020, 7, 31): 106},
    RUTLAND: {dt.date(2020, 7, 17): 5, dt.date(2020, 7, 24): 3, dt.date(2020, 7, 31): 0},
}
# ltla-2020-08-12-to-2021-03-24.xlsx, sheet covid_data, column cumCasesByPublishDate, 9 and 16 October 2020: Hackney and
# City of London 2003 and 2365; Cornwall and Isles of Scilly 1634 and 1804.
OCTOBER = {HACKNEY: 362, CORNWALL: 170}


def list_fridays(first, last):
    return [first + WEEK * n for n in range((last - first).days // 7 + 1)]


@pytest.mark.parametrize("area", JULY)
def test_reproduces_the_rise_of_a_running_total(series, area):
    """covid-19-cases-uk.csv, column TotalCases, rows of Birmingham and Rutland."""
    found = series("cases_week_count", area=area)
    assert {day: found[day] for day in JULY[area]} == JULY[area]


@pytest.mark.parametrize("area", OCTOBER)
def test_reproduces_a_week_of_a_combined_area(series, area):
    """ltla-2020-08-12-to-2021-03-24.xlsx, sheet covid_data, 9 and 16 October 2020."""
    assert series("cases_week_count", area=area)[dt.date(2020, 10, 16)] == OCTOBER[area]


def test_reproduces_englands_weeks(series):
    """Both files, all areas added up by hand calculation: first wave, summer, late cases of October, the peak."""
    found = series("cases_week_count", area=ENGLAND)
    expected = {
        dt.date(2020, 4, 24): 27429,
        dt.date(2020, 7, 24): 4380,
        dt.date(2020, 7, 31): 3545,
        dt.date(2020, 8, 21): 6080,
        dt.date(2020, 10, 9): 91577,
        dt.date(2021, 1, 8): 366654,
        dt.date(2021, 3, 19): 30662,
    }
    assert {day: found[day] for day in expected} == expected


def test_has_the_weeks_of_both_files_and_none_between(select):
    """The first file ends on 1 August 2020, the second begins on 12 August: a week needs two Fridays of one file."""
    days = sorted(select("cases_week_count", area=ENGLAND)["date"])
    assert days == list_fridays(FIRST + WEEK, LAST) + list_fridays(FIRST_LATER + WEEK, LAST_LATER)


def test_gives_no_figure_for_a_week_in_which_the_way_of_counting_changed(select):
    """Breaks of 2 July and 16 November 2020; Richmond upon Thames's total falls in the second of these weeks."""
    rows = select("cases_week_count")
    unknown = rows[rows["status"] == "x"]
    assert set(unknown["date"]) == BROKEN
    assert unknown["value"].isna().all()
    assert len(unknown) == 2 * (151 + 9 + 1) - 2 * len(COMBINED)
    assert not (rows["value"] < 0).any()


def test_reports_the_running_total_that_fell(snapshot_folder: Path):
    """ltla-2020-08-12-to-2021-03-24.xlsx: Richmond upon Thames, 2,655 on 13 November and 2,636 on 20 November 2020."""
    rows = pq.read_table(snapshot_folder / "quality.parquet").to_pylist()
    (fell,) = (row for row in rows if row["rule"] == "running_total_fell")
    assert (fell["area_code"], fell["rows"]) == (RICHMOND, 1)
    assert "falls by 19 in the week to 20 November 2020" in fell["finding"]


def test_counts_the_city_with_hackney_and_scilly_with_cornwall_and_says_so(select, areas):
    """Both files: "Hackney and City of London", "Cornwall and Isles of Scilly"."""
    for code in COMBINED:
        rows = select("cases_week_rate_per_100000", area=code)
        assert set(rows["status"]) == {"z"}
        assert rows[["value", "numerator", "denominator"]].isna().all(axis=None)
    for code, other in ((HACKNEY, CITY_OF_LONDON), (CORNWALL, ISLES_OF_SCILLY)):
        people = areas.loc[code, "population"] + areas.loc[other, "population"]
        assert set(select("cases_week_rate_per_100000", area=code)["denominator"]) == {people}


def test_divides_by_people_of_all_ages(select, areas):
    """24 July 2020: Birmingham 150 of 1,140,525 people; England 4,380 of 56,550,138 (ONS, mid-2020)."""
    for code, cases in ((BIRMINGHAM, 150), (ENGLAND, 4380)):
        rows = select("cases_week_rate_per_100000", area=code)
        row = rows[rows["date"] == dt.date(2020, 7, 24)].iloc[0]
        assert (row["numerator"], row["denominator"]) == (cases, areas.loc[code, "population"])
        assert row["value"] == pytest.approx(100_000 * cases / areas.loc[code, "population"], rel=1e-12)
        assert row["lower_95"] < row["value"] < row["upper_95"]


def check_weeks(select, totals, fridays):
    """Every authority's weeks are the differences of these totals (by area, then Friday)."""
    rows = select("cases_week_count")
    own = rows[rows["date"].isin(fridays[1:]) & rows["area_code"].isin(totals)]
    assert len(own) == len(totals) * (len(fridays) - 1)
    for row in own.itertuples():
        if row.date not in BROKEN:
            assert row.value == totals[row.area_code][row.date] - totals[row.area_code][row.date - WEEK]


def test_holds_every_week_of_the_first_file(originals: Path, select):
    """covid-19-cases-uk.csv, read here without etl: the last total up to each Friday, 149 areas, 26 weeks."""
    fridays = list_fridays(FIRST, LAST)
    seen = defaultdict(dict)
    with (originals / "cases" / "covid-19-cases-uk.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["Country"] == "England":
                seen[row["AreaCode"]][dt.date.fromisoformat(row["Date"])] = int(row["TotalCases"])
    totals = {
        BUCKINGHAMSHIRE if code == "E10000002" else code: {
            friday: days[max(up_to)] if (up_to := [day for day in days if day <= friday]) else 0 for friday in fridays
        }
        for code, days in seen.items()
    }
    assert len(totals) == 149
    check_weeks(select, totals, fridays)


def test_leaves_out_only_days_without_a_rise(originals: Path):
    """covid-19-cases-uk.csv: no English row but the last of an area repeats the total before it, and none falls."""
    before = {}
    repeated = set()
    with (originals / "cases" / "covid-19-cases-uk.csv").open(encoding="utf-8", newline="") as stream:
        rows = sorted((row for row in csv.DictReader(stream) if row["Country"] == "England"), key=lambda r: r["Date"])
    for row in rows:
        total = int(row["TotalCases"])
        assert total >= before.get(row["AreaCode"], 0)
        if total == before.get(row["AreaCode"]):
            repeated.add(row["Date"])
        before[row["AreaCode"]] = total
    assert repeated == {"2020-08-01"}


def test_holds_every_week_of_the_second_file(originals: Path, select):
    """ltla-2020-08-12-to-2021-03-24.xlsx, read here without etl, districts added up by the ONS lookup of 2020."""
    with (originals.parent / "lookups" / "ltla20-utla20.csv").open(encoding="utf-8-sig", newline="") as stream:
        upper = {row["ltla20_code"]: row["utla20_code"] for row in csv.DictReader(stream)}
    upper |= dict.fromkeys(("E07000004", "E07000005", "E07000006", "E07000007"), BUCKINGHAMSHIRE)
    with CalamineWorkbook.from_path(originals / "cases" / "ltla-2020-08-12-to-2021-03-24.xlsx") as workbook:
        cells = workbook.get_sheet_by_name("covid_data").to_python()
    at = {name: cells[0].index(name) for name in ("date", "areaCode", "cumCasesByPublishDate")}
    fridays = list_fridays(FIRST_LATER, LAST_LATER)
    totals = defaultdict(lambda: dict.fromkeys(fridays, 0))
    for row in cells[1:]:
        code, total = row[at["areaCode"]], row[at["cumCasesByPublishDate"]]
        if code.startswith("E") and total != "" and (day := dt.date.fromisoformat(row[at["date"]])) in fridays:
            totals[upper[code]][day] += total
    assert len(totals) == 149
    check_weeks(select, totals, fridays)
