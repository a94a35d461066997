"""ONS, "Deaths involving COVID-19 in the care sector": deaths to 1 May 2020, registered by 9 May 2020."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

ENGLAND, LONDON, EAST_OF_ENGLAND = "E92000001", "E12000007", "E12000006"
HARTLEPOOL, HACKNEY, CITY_OF_LONDON, BUCKINGHAMSHIRE = "E06000001", "E09000012", "E09000001", "E06000060"
WEEK = dt.timedelta(days=7)
MARCH_6, MAY_1 = dt.date(2020, 3, 6), dt.date(2020, 5, 1)
WEEKS = [MARCH_6 + WEEK * n for n in range(9)]

# Tables 12 and 11, row Hartlepool, weeks to 6 March to 1 May 2020. The first week of Table 11 has five days only.
HARTLEPOOL_COVID = [0, 0, 0, 0, 1, 5, 2, 9, 9]
HARTLEPOOL_ALL = [5, 9, 3, 10, 11, 13, 18, 18]
# Table 10, the seven days to 1 May 2020 of two regions, added up: deaths involving COVID-19, all deaths.
LAST_WEEK = {
    LONDON: (25 + 20 + 22 + 27 + 18 + 14 + 16, 55 + 53 + 57 + 45 + 45 + 36 + 45),
    EAST_OF_ENGLAND: (41 + 34 + 31 + 32 + 24 + 27 + 21, 105 + 95 + 99 + 77 + 78 + 80 + 73),
}
# Table 10, row "Total": deaths involving COVID-19 of the nine regions, which Table 1 gives for England as 11,989.
TOTALS = {
    "E12000006": 1066, "E12000004": 881, "E12000007": 1654, "E12000001": 827, "E12000002": 1899, "E12000008": 2109,
    "E12000009": 997, "E12000005": 1372, "E12000003": 1184,
}  # fmt: skip
# Table 1, "England (ONS data)", totals at the end of each Friday from 13 March 2020: COVID-19, all deaths, 2019.
ENGLAND_COVID = [8, 72, 312, 1222, 3395, 6522, 9626, 11989]
ENGLAND_ALL = [30435, 33216, 36594, 41575, 48857, 56855, 64096, 69709]
ENGLAND_2019 = [30146, 32689, 35052, 37498, 40024, 42607, 45071, 47498]


def rises(totals):
    return [after - before for before, after in pairwise(totals)]


def test_reproduces_an_authoritys_weeks(series):
    """Table 12 and Table 11, row Hartlepool."""
    assert series("resident_deaths_covid_week_count", area=HARTLEPOOL) == dict(
        zip(WEEKS, HARTLEPOOL_COVID, strict=True)
    )
    assert series("resident_deaths_all_week_count", area=HARTLEPOOL) == dict(
        zip(WEEKS[1:], HARTLEPOOL_ALL, strict=True)
    )


@pytest.mark.parametrize("region", LAST_WEEK)
def test_adds_a_regions_days_up(series, region):
    """Table 10, 25 April to 1 May 2020, columns London and East under "Deaths involving COVID-19" and "All deaths"."""
    covid, every = LAST_WEEK[region]
    assert series("resident_deaths_covid_week_count", area=region)[MAY_1] == covid
    assert series("resident_deaths_all_week_count", area=region)[MAY_1] == every


@pytest.mark.parametrize("region", TOTALS)
def test_reproduces_a_regions_deaths_in_all(series, region):
    """Table 10, row "Total", "Deaths involving COVID-19": 28 December 2019 to 1 May 2020, eighteen whole weeks."""
    found = series("resident_deaths_covid_week_count", area=region)
    assert len(found) == 18
    assert sum(found.values()) == TOTALS[region]


@pytest.mark.parametrize(
    ("indicator", "totals"),
    [
        ("resident_deaths_covid_week_count", ENGLAND_COVID),
        ("resident_deaths_all_week_count", ENGLAND_ALL),
        ("resident_deaths_2019_week_count", ENGLAND_2019),
    ],
)
def test_agrees_with_the_running_totals_of_england(series, indicator, totals):
    """Table 1, "England (ONS data)": Fridays from 13 March to 1 May 2020, and what they rose by."""
    found = series(indicator, area=ENGLAND)
    assert [found[week] for week in WEEKS[2:]] == rises(totals)


def test_does_not_show_a_week_of_five_days_for_authorities(select, areas):
    """Table 11 begins on Monday 2 March 2020; Table 10 has the regions' whole week."""
    rows = select("resident_deaths_all_week_count")
    kinds = set(rows.loc[rows["date"] == MARCH_6, "area_code"].map(areas["kind"]))
    assert kinds == {"region", "country"}
    assert select("resident_deaths_all_week_count", area=ENGLAND).set_index("date").loc[MARCH_6, "value"] == 2724


def test_shows_what_the_publisher_does_not_have_as_unavailable(select):
    """Table 1, "England (ONS data)", "2019 Comparison": a colon from 2 to 8 May 2020."""
    rows = select("resident_deaths_2019_week_count").set_index("date")
    assert rows.loc[dt.date(2020, 5, 8), "status"] == "x"
    assert (rows["status"] == "x").sum() == 1
    assert set(rows["area_code"]) == {ENGLAND}


def test_counts_the_city_with_hackney(select, areas):
    """Tables 11 and 12, notes 5 and 6."""
    assert set(select("resident_deaths_covid_week_count", area=CITY_OF_LONDON)["status"]) == {"z"}
    people = areas.loc[[HACKNEY, CITY_OF_LONDON], "population_65_plus"].sum()
    assert set(select("resident_deaths_covid_week_rate_per_1000", area=HACKNEY)["denominator"]) == {people}


def test_divides_by_people_aged_65_and_over(select, areas):
    """Table 1, week to 24 April 2020: 9,626 - 6,522 = 3,104 deaths; 10,464,019 people (ONS, mid-2020)."""
    row = select("resident_deaths_covid_week_rate_per_1000", area=ENGLAND).set_index("date").loc[dt.date(2020, 4, 24)]
    assert (row["numerator"], row["denominator"]) == (3104, areas.loc[ENGLAND, "population_65_plus"])
    assert row["value"] == pytest.approx(1000 * 3104 / 10464019, rel=1e-12)
    assert row["lower_95"] < row["value"] < row["upper_95"]


@pytest.fixture(scope="module")
def workbook(originals: Path):
    """Rows of cells of each sheet, by name without spaces around it."""
    file = originals / "care-sector-deaths" / "deathsinvolvingcovid19inthecaresectordataset.xlsx"
    with CalamineWorkbook.from_path(file) as opened:
        return {name.strip(): opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names}


@pytest.mark.parametrize(
    ("table", "indicator", "first"),
    [("Table 12", "resident_deaths_covid_week_count", 2), ("Table 11", "resident_deaths_all_week_count", 3)],
)
def test_holds_every_week_of_every_authority(originals: Path, workbook, select, table, indicator, first):
    """Tables 12 and 11, read here without etl, districts added up by the ONS lookup of 2020."""
    with (originals.parent / "lookups" / "ltla20-utla20.csv").open(encoding="utf-8-sig", newline="") as stream:
        upper = {row["ltla20_code"]: row["utla20_code"] for row in csv.DictReader(stream)}
    upper |= dict.fromkeys(("E07000004", "E07000005", "E07000006", "E07000007"), BUCKINGHAMSHIRE)
    cells = workbook[table]
    days = next(row for row in cells if row[0] == "Area Code")
    expected = defaultdict(float)
    for row in cells:
        if str(row[0]).startswith("E"):
            for column in range(first, len(days)):
                expected[upper[row[0]], days[column]] += row[column]
    rows = select(indicator)
    own = rows[~rows["area_code"].str.startswith(("E12", "E92")) & (rows["status"] == "")]
    assert dict(zip(zip(own["area_code"], own["date"], strict=True), own["value"], strict=True)) == expected
    assert len(expected) == 149 * (len(days) - first)


def test_holds_every_week_of_every_region(workbook, select, areas):
    """Table 10, read here without etl: 126 days of nine regions, two columns each."""
    cells = workbook["Table 10"]
    names = {"East": "East of England", "Yorkshire and the Humber": "Yorkshire and The Humber"}
    regions = areas[areas["kind"] == "region"]
    codes = dict(zip(regions["name"], regions.index, strict=True))
    covid_from = cells[3].index("Deaths involving COVID-19")
    for indicator, columns in (
        ("resident_deaths_all_week_count", range(1, covid_from)),
        ("resident_deaths_covid_week_count", range(covid_from, len(cells[4]))),
    ):
        expected = defaultdict(float)
        for row in cells[5:]:
            if isinstance(row[0], dt.date):
                friday = row[0] + dt.timedelta(days=(4 - row[0].weekday()) % 7)
                for column in columns:
                    if (name := cells[4][column]) not in ("Wales", ""):
                        expected[codes[names.get(name, name)], friday] += row[column]
        rows = select(indicator)
        own = rows[rows["area_code"].str.startswith("E12")]
        assert dict(zip(zip(own["area_code"], own["date"], strict=True), own["value"], strict=True)) == expected
        assert len(expected) == 9 * 18
