"""DHSC, "Adult social care monthly statistics": headline figures of four bulletins, copied from their text."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pyarrow.parquet as pq
import pytest

ENGLAND = "E92000001"
JULY_27, JULY_28, SEPTEMBER = dt.date(2021, 7, 27), dt.date(2021, 7, 28), dt.date(2021, 9, 28)
OCTOBER, MARCH = dt.date(2021, 10, 26), dt.date(2022, 3, 22)

# headlines.csv, column "value", by column "as_of": bulletins of August, October and November 2021 and April 2022.
FIGURES = {
    "visiting_percent": {JULY_28: 91.9, SEPTEMBER: 92.6, OCTOBER: 92.6, MARCH: 88.3},
    "full_wages_percent": {JULY_28: 83.3, SEPTEMBER: 82.6, OCTOBER: 82.3},
    "no_cross_working_percent": {JULY_28: 74.0, SEPTEMBER: 72.8, OCTOBER: 71.4},
    "ppe_shortage_percent": {JULY_27: 0.2, SEPTEMBER: 0.2},
    "staff_pcr_tests_count": {JULY_27: 395363, SEPTEMBER: 371145},
    "staff_lfd_tests_count": {JULY_27: 507948, SEPTEMBER: 432498, OCTOBER: 426624},
    "staff_pcr_positive_count": {JULY_27: 2602, SEPTEMBER: 2105, OCTOBER: 2542},
    "staff_lfd_positive_count": {JULY_27: 993, SEPTEMBER: 872, OCTOBER: 930},
    "resident_pcr_tests_count": {JULY_27: 99876, SEPTEMBER: 95893, OCTOBER: 100630},
    "resident_lfd_tests_count": {SEPTEMBER: 15649, OCTOBER: 16810},
    "resident_pcr_positive_count": {SEPTEMBER: 787, OCTOBER: 921},
    "resident_lfd_positive_count": {SEPTEMBER: 85, OCTOBER: 169},
    "staff_lateral_flow_positive_count": {MARCH: 17646},
    "resident_positive_count": {MARCH: 3207},
    "older_residents_two_doses_percent": {JULY_27: 93.5, SEPTEMBER: 94.8},
    "older_staff_two_doses_percent": {JULY_27: 78.0, SEPTEMBER: 86.7},
    "younger_residents_two_doses_percent": {JULY_27: 88.5, SEPTEMBER: 90.1},
    "younger_staff_two_doses_percent": {JULY_27: 75.2, SEPTEMBER: 83.2},
    "home_care_staff_two_doses_percent": {JULY_27: 64.6, SEPTEMBER: 71.4},
}


@pytest.mark.parametrize("indicator", FIGURES)
def test_reproduces_the_headline_figures(series, indicator):
    """headlines.csv: the bulletin's figure under its own date, and no figure where a bulletin gives none."""
    assert series(f"dhsc_{indicator}", area=ENGLAND) == FIGURES[indicator]


def test_holds_every_row_of_the_file_and_nothing_more(originals: Path, observations):
    """headlines.csv, all 44 rows: England, by date, with its value."""
    with (originals / "dhsc-headlines" / "headlines.csv").open(encoding="utf-8", newline="") as stream:
        printed = [(row["as_of"], float(row["value"]), row["geography"]) for row in csv.DictReader(stream)]
    own = observations[observations["source_id"] == "dhsc_headlines"]
    held = zip(own["date"].map(dt.date.isoformat), own["value"], strict=True)
    assert sorted(held) == sorted((date, value) for date, value, _ in printed)
    assert {place for _, _, place in printed} == {"England"}
    assert len(printed) == 44


def test_keeps_these_figures_apart_from_the_thirteen(snapshot_folder: Path):
    """The bulletins ask other questions: ids, group and caveats say so."""
    rows = pq.read_table(snapshot_folder / "indicators.parquet").to_pylist()
    own = [row for row in rows if row["source_id"] == "dhsc_headlines"]
    assert {f"dhsc_{name}" for name in FIGURES} == {row["id"] for row in own}
    assert {row["group"] for row in own} == {"DHSC monthly statistics"}
    practice = [row for row in own if row["unit"] == "percent" and "_doses_" not in row["id"]]
    assert len(practice) == 4
    assert all("Not comparable with the 13 infection-control indicators of 2020" in row["caveats"] for row in practice)
