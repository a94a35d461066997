"""Deaths per 1,000 people aged 65 and over, worked out again with plain arithmetic."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGLAND = "E92000001"
LAST_DAY, FIRST_FRIDAY = dt.date(2020, 9, 11), dt.date(2020, 4, 17)

# Sums of rows of Tables 2 and 3: the whole series (COVID-19, all causes), and COVID-19 from 11 to 17 April 2020.
COUNTS = {
    "E08000025": (193, 752, 54),  # Birmingham
    "E10000016": (363, 1813, 61),  # Kent
    "E06000060": (141, 558, 37),  # Buckinghamshire
    ENGLAND: (14232, 58362, 2394),
}


@pytest.fixture(scope="module")
def people() -> dict[str, int]:
    """People aged 65 and over, mid-2020; England is the 149 authorities that the deaths cover."""
    with (ROOT / "data" / "lookups" / "areas.csv").open(encoding="utf-8", newline="") as stream:
        rows = [
            row
            for row in csv.DictReader(stream)
            if row["kind"] == "authority"
            and row["valid_from"] <= "2020-08-10"
            and (not row["valid_to"] or row["valid_to"] >= "2020-08-10")
            and row["name"] not in {"City of London", "Isles of Scilly"}
        ]
    assert len(rows) == 149
    counted = {row["code"]: int(row["population_65_plus"]) for row in rows}
    return counted | {ENGLAND: sum(counted.values())}


def test_knows_how_many_older_people_the_deaths_cover(people):
    """ONS mid-2020 population estimates, in data/lookups/areas.csv: England's 10,464,019 people aged 65 and over
    less City of London's 1,731 and Isles of Scilly's 617."""
    assert people[ENGLAND] == 10464019 - 1731 - 617


@pytest.mark.parametrize("area", COUNTS)
@pytest.mark.parametrize(("cause", "column"), [("covid", 0), ("all", 1)])
def test_divides_the_whole_series_by_people_aged_65_and_over(series, people, area, cause, column):
    """ONS/CQC, cqc_mortality_care_homes.xlsx, Tables 2 and 3 (rows summed), by ONS mid-2020 population estimates."""
    expected = 1000 * COUNTS[area][column] / people[area]
    assert series(f"deaths_{cause}_total_rate_per_1000", area=area) == {LAST_DAY: pytest.approx(expected, rel=1e-12)}


@pytest.mark.parametrize("area", COUNTS)
def test_divides_a_week_by_people_aged_65_and_over(select, people, area):
    """ONS/CQC, cqc_mortality_care_homes.xlsx, Table 2, 11 to 17 April 2020, by ONS mid-2020 population estimates."""
    row = select("deaths_covid_week_rate_per_1000", area=area).iloc[0]
    deaths = COUNTS[area][2]
    assert (row["date"], row["numerator"], row["denominator"]) == (FIRST_FRIDAY, deaths, people[area])
    assert row["value"] == pytest.approx(1000 * deaths / people[area], rel=1e-12)
    assert row["lower_998"] < row["lower_95"] < row["value"] < row["upper_95"] < row["upper_998"]
