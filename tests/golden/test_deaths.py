"""ONS and CQC, cqc_mortality_care_homes.xlsx: deaths in care homes notified to CQC to 11 September 2020."""

from __future__ import annotations

import datetime as dt

import pytest

ENGLAND = "E92000001"
FIRST_DAY, LAST_DAY = dt.date(2020, 4, 10), dt.date(2020, 9, 11)

# Table 1, column "Care homes", from Friday 10 April 2020; a line is a week from Saturday to Friday after the first day.
FROM_THE_FIRST_DAY = [
    *[147],
    *[79, 107, 285, 536, 471, 453, 463],
    *[108, 101, 669, 583, 406, 451, 428],
    *[75, 96, 714, 474, 374, 360, 341],
    *[71, 53, 556, 334, 306, 292, 131],
    *[54, 79, 475, 284, 220, 192, 225],
    *[47, 45, 287, 202, 131, 133, 127],
    *[15, 31, 69, 197, 115, 83, 106],
]
# The same column, Saturday 29 August to Friday 11 September 2020.
LAST_TWO_WEEKS = [
    *[0, 1, 1, 8, 1, 4, 2],
    *[0, 1, 7, 1, 5, 4, 3],
]
PEAK = (dt.date(2020, 4, 27), 714)

# Table 4, rows "Care Home": weeks ending 17 April to 11 September 2020.
COVID_BY_WEEK = [
    *[2394, 2746, 2434, 1743, 1529, 972, 616, 487, 321, 207, 155],
    *[117, 79, 58, 41, 45, 30, 31, 26, 16, 17, 21],
]
ALL_CAUSES_BY_WEEK = [
    *[6993, 6627, 5582, 4020, 3760, 2902, 2350, 2159, 1881, 1817, 1697],
    *[1619, 1557, 1608, 1721, 1631, 1661, 1896, 1633, 1493, 1596, 1638],
]


def fridays() -> list[dt.date]:
    return [dt.date(2020, 4, 17) + dt.timedelta(days=7 * week) for week in range(22)]


def test_reproduces_englands_deaths_by_day_from_the_first(series):
    """ONS/CQC, cqc_mortality_care_homes.xlsx, Table 1, column "Care homes", 10 April to 29 May 2020."""
    found = series("deaths_covid_day_count", area=ENGLAND)
    days = [FIRST_DAY + dt.timedelta(days=offset) for offset in range(len(FROM_THE_FIRST_DAY))]
    assert min(found) == FIRST_DAY
    assert [found[day] for day in days] == FROM_THE_FIRST_DAY


def test_reproduces_englands_deaths_by_day_to_the_last(series):
    """ONS/CQC, cqc_mortality_care_homes.xlsx, Table 1, column "Care homes", 29 August to 11 September 2020."""
    found = series("deaths_covid_day_count", area=ENGLAND)
    days = [LAST_DAY - dt.timedelta(days=offset) for offset in reversed(range(len(LAST_TWO_WEEKS)))]
    assert max(found) == LAST_DAY
    assert [found[day] for day in days] == LAST_TWO_WEEKS


def test_finds_the_peak_on_the_publishers_day(series):
    """ONS/CQC, cqc_mortality_care_homes.xlsx, Table 1, column "Care homes", row 27 April 2020."""
    found = series("deaths_covid_day_count", area=ENGLAND)
    assert max(found.items(), key=lambda entry: entry[1]) == PEAK


def test_reproduces_the_printed_total(series):
    """ONS/CQC, cqc_mortality_care_homes.xlsx, Table 1, row "All Deaths", column "Care homes": 14,232."""
    daily = series("deaths_covid_day_count", area=ENGLAND)
    assert len(daily) == 155
    assert sum(daily.values()) == 14232
    assert series("deaths_covid_total_count", area=ENGLAND) == {LAST_DAY: 14232}


@pytest.mark.parametrize(
    ("indicator", "printed"),
    [("deaths_covid_week_count", COVID_BY_WEEK), ("deaths_all_week_count", ALL_CAUSES_BY_WEEK)],
)
def test_reproduces_englands_deaths_by_week(series, indicator, printed):
    """ONS/CQC, cqc_mortality_care_homes.xlsx, Table 4, rows "Care Home" under "All deaths" and "Deaths involving
    COVID-19", all 22 weeks; weeks run from Saturday to Friday, and 10 April is in none of them (its note 4)."""
    assert series(indicator, area=ENGLAND) == dict(zip(fridays(), printed, strict=True))


@pytest.mark.parametrize("cause", ["covid", "all"])
@pytest.mark.parametrize(("kind", "how_many"), [("region", 9), ("authority", 149)])
def test_adds_up_to_the_published_england_every_day(select, areas, cause, kind, how_many):
    """ONS/CQC, cqc_mortality_care_homes.xlsx, Tables 2 and 3: the row "England" against the 149 authorities under it.

    There is no difference to explain. City of London and Isles of Scilly have no row, and no home with deaths.
    """
    rows = select(f"deaths_{cause}_day_count")
    parts = rows[rows["area_code"].map(areas["kind"]) == kind]
    england = rows[rows["area_code"] == ENGLAND].set_index("date")["value"]
    assert parts["area_code"].nunique() == how_many
    assert parts.groupby("date")["value"].sum().to_dict() == england.to_dict()


def test_leaves_out_the_authorities_that_the_publisher_leaves_out(select):
    """ONS/CQC, cqc_mortality_care_homes.xlsx, Tables 2 and 3: no row for City of London or Isles of Scilly."""
    rows = select("deaths_covid_day_count")
    assert not rows["area_code"].isin(["E09000001", "E06000053"]).any()
