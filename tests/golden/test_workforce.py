"""Workforce figures of authorities: Oflog's turnover and the British Red Cross's vacancy rates."""

from __future__ import annotations

import datetime as dt
from statistics import median

import pytest

# ASC_data.csv, rows with Code ASC7, column Value, by the year that ends on 31 March.
TURNOVER = {
    ("E08000025", 2017): 28.6447595,  # Birmingham
    ("E08000025", 2023): 27.25804198,
    ("E08000035", 2020): 34.49634454,  # Leeds
    ("E10000016", 2022): 30.84513022,  # Kent
    ("E06000060", 2020): 38.00713711,  # Buckinghamshire, printed as E10000002
    ("E06000060", 2021): 32.69856465,  # Buckinghamshire, printed as E06000060
    ("E06000028", 2019): 27.01858441,  # Bournemouth, the last year before its merger
    ("E06000029", 2019): 41.08251542,  # Poole, likewise
    ("E10000009", 2019): 31.81952972,  # Dorset before its boundary moved
    ("E06000058", 2020): 36.42566545,  # Bournemouth, Christchurch and Poole
    ("E06000059", 2020): 35.87457654,  # Dorset since
    ("E10000021", 2021): 37.19768127,  # Northamptonshire, the last year before its split
    ("E06000061", 2022): 26.0838403,  # North Northamptonshire
    ("E06000062", 2023): 29.82981368,  # West Northamptonshire
    ("E09000001", 2023): 17.16187501,  # City of London, its only figure
}
UNAVAILABLE = {("E06000059", 2022), ("E09000001", 2017), ("E06000053", 2023)}  # Dorset, City of London, Isles of Scilly

# ASC_data.csv, ASC7: authorities with a figure and without, by the year that ends on 31 March.
YEARS = {
    2017: (110, 42),
    2018: (112, 40),
    2019: (115, 37),
    2020: (112, 39),
    2021: (103, 48),
    2022: (106, 46),
    2023: (151, 1),
}

# adult-social-care-workforce.csv, column "Vacancy rate", times 100.
VACANCY = {
    "E06000001": 3.87873302487971,  # Hartlepool
    "E08000016": 6.335498816327145,  # Barnsley
    "E08000025": 4.601649337566423,  # Birmingham
    "E09000033": 12.565319307253886,  # Westminster
}


@pytest.mark.parametrize(("area", "year"), TURNOVER, ids=lambda part: str(part))
def test_reproduces_an_authoritys_turnover(series, area, year):
    """Oflog, ASC_data.csv, Code ASC7 (workforce turnover rate), column Value."""
    found = series("turnover_percent", area=area)[dt.date(year, 3, 31)]
    assert found == pytest.approx(TURNOVER[area, year], rel=1e-6)


@pytest.mark.parametrize(("area", "year"), sorted(UNAVAILABLE), ids=lambda part: str(part))
def test_says_that_a_turnover_left_blank_is_unavailable(select, area, year):
    """Oflog, ASC_data.csv, Code ASC7, a blank in column Value."""
    rows = select("turnover_percent", area=area)
    row = rows[rows["date"] == dt.date(year, 3, 31)].iloc[0]
    assert row["status"] == "x"
    assert row["value"] != row["value"], "null, and never zero"


def test_follows_buckinghamshire_across_its_change_of_code(series, observations):
    """Oflog, ASC_data.csv, Code ASC7: E10000002 up to 2019-20 and E06000060 after, one outline and one series."""
    found = series("turnover_percent", area="E06000060")
    assert [day.year for day in found] == [2017, 2018, 2019, 2020, 2021, 2022, 2023]
    assert not (observations["area_code"] == "E10000002").any()


def test_ends_and_begins_series_where_outlines_changed(series):
    """Oflog, ASC_data.csv, Code ASC7: mergers of April 2019 and the split of April 2021 are new areas."""
    years = {area: [day.year for day in series("turnover_percent", area=area)] for area, _ in TURNOVER}
    assert years["E06000028"] == years["E10000009"] == [2017, 2018, 2019]
    assert years["E06000058"] == years["E06000059"] == [2020, 2021, 2022, 2023]
    assert years["E10000021"] == [2017, 2018, 2019, 2020, 2021]
    assert years["E06000061"] == years["E06000062"] == [2022, 2023]


def test_counts_the_authorities_with_and_without_a_turnover(select):
    """Oflog, ASC_data.csv, Code ASC7, column Value, filled and blank by financial year."""
    rows = select("turnover_percent")
    found = {
        year.year: (int(own["value"].notna().sum()), int((own["status"] == "x").sum()))
        for year, own in rows.groupby("date")
    }
    assert found == YEARS


def test_gives_england_the_median_authority(series, select):
    """Oflog, ASC_data.csv, Code ASC7: no England figure is printed; ours is the median of the authorities'."""
    rows = select("turnover_percent").dropna(subset="value")
    expected = {day: pytest.approx(median(own["value"])) for day, own in rows.groupby("date")}
    assert series("turnover_median_percent", area="E92000001") == expected


@pytest.mark.parametrize("area", VACANCY)
def test_reproduces_an_authoritys_vacancy_rate(series, area):
    """British Red Cross, adult-social-care-workforce.csv (Skills for Care, 2019-20), column "Vacancy rate"."""
    assert series("vacancy_local_percent", area=area) == {dt.date(2020, 3, 31): pytest.approx(VACANCY[area])}


def test_shows_vacancies_of_single_tier_authorities_only_and_as_unreliable(select, areas):
    """British Red Cross, adult-social-care-workforce.csv: 123 single-tier authorities, of which three implausible."""
    rows = select("vacancy_local_percent")
    assert len(rows) == rows["area_code"].nunique() == 120
    assert (rows["quality"] == "u").all()
    assert set(rows["area_code"].str[:3]) == {"E06", "E08", "E09"}
    assert set(rows["area_code"].map(areas["kind"])) == {"authority"}
    implausible = {"E09000001", "E06000053", "E06000017"}  # City of London, Isles of Scilly, Rutland
    assert not implausible & set(rows["area_code"])
