"""The Social Care Taskforce's final report (DHSC, October 2020), figure by figure."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow.parquet as pq
import pytest

ENGLAND = "E92000001"
MAY, AUGUST = dt.date(2020, 5, 29), dt.date(2020, 8, 10)

# Tables "Focus 1" to "Focus 5": the columns "29 May 2020" and "10 Aug 2020".
INDICATORS = {
    "ipc_1_1_isolate_yes_percent": (81, 94),
    "ipc_1_2_restrict_movement_yes_percent": (78, 92),
    "ipc_1_3_full_wages_yes_percent": (37, 68),
    "ipc_2_1_testing_portal_yes_percent": (66, 94),
    "ipc_2_2_testing_access_yes_percent": (34, 82),
    "ipc_2_3_discharge_testing_yes_percent": (63, 83),
    "ipc_3_1_ppe_yes_percent": (86, 99),
    "ipc_3_2_clinical_equipment_yes_percent": (72, 86),
    "ipc_4_1_ppe_training_yes_percent": (82, 94),
    "ipc_4_2_equipment_training_yes_percent": (66, 79),
    "ipc_4_3_extra_capacity_yes_percent": (50, 66),
    "ipc_5_1_clinical_lead_yes_percent": (59, 85),
    "ipc_5_2_mutual_aid_yes_percent": (81, 94),
}

# Names as the same tables print them, without their numbers.
NAMES = {
    "ipc_1_3_full_wages_yes_percent": "Paying staff full wages while isolating following a positive test",
    "ipc_3_1_ppe_yes_percent": "Access to sufficient PPE to meet needs",
    "ipc_5_2_mutual_aid_yes_percent": "Access to mutual aid offer (primary and community health support)",
}


@pytest.mark.parametrize("indicator", INDICATORS)
def test_reproduces_both_shares_of_an_indicator(series, indicator):
    """DHSC, Social Care Taskforce final report, tables "Focus 1" to "Focus 5", columns "29 May 2020", "10 Aug 2020"."""
    may, august = INDICATORS[indicator]
    assert series(indicator, area=ENGLAND) == {MAY: may, AUGUST: august}


def test_holds_the_26_shares_and_nothing_more_from_those_tables(observations):
    """DHSC, Social Care Taskforce final report, tables "Focus 1" to "Focus 5": 13 rows by two dates."""
    rows = observations[observations["source_id"] == "taskforce_indicators"]
    assert set(rows["indicator_id"]) == set(INDICATORS)
    assert len(rows) == 26
    assert set(rows["area_code"]) == {ENGLAND}
    assert not rows["is_illustrative"].any()
    assert (rows["status"] == "").all()


def test_names_the_indicators_as_the_report_does(snapshot_folder: Path):
    """DHSC, Social Care Taskforce final report, tables "Focus 1" to "Focus 5", first column."""
    rows = pq.read_table(snapshot_folder / "indicators.parquet").to_pylist()
    named = {row["id"]: row["name"] for row in rows}
    assert {indicator: named[indicator] for indicator in NAMES} == NAMES


def test_leaves_out_the_column_that_is_mislabelled_a_response_rate(snapshot_folder: Path, observations):
    """DHSC, Social Care Taskforce final report, same tables, column "Response rate from care homes, 10 Aug"."""
    for file in snapshot_folder.glob("*.parquet"):
        assert not [name for name in pq.read_schema(file).names if "response" in name], file.name
    indicators = pq.read_table(snapshot_folder / "indicators.parquet").to_pylist()
    shown = [row[key] for row in indicators for key in ("id", "name", "short_name", "definition", "numerator")]
    assert not [text for text in shown if "response rate" in text.lower()]
    tracker = observations[observations["source_id"] == "taskforce_indicators"]
    for column in ("numerator", "denominator", "not_answered", "lower_bound", "upper_bound", "lower_95", "upper_95"):
        assert tracker[column].isna().all(), column


def test_says_why_that_column_is_left_out(snapshot_folder: Path):
    """DHSC, Social Care Taskforce final report, same tables and column; the text says completion reached 99 %."""
    sources = {row["id"]: row for row in pq.read_table(snapshot_folder / "sources.parquet").to_pylist()}
    note = next(line for line in sources["taskforce_indicators"]["notes"].splitlines() if "Response rate" in line)
    assert "cannot be the response rate" in note
    assert "99%" in note


# Sentences of the report's text: the value, and what it says in place of a date.
WORKFORCE = {
    "vacancy_percent": [(8.1, "before the pandemic"), (6.7, "when the report was written")],
    "turnover_care_assistants_percent": [(40, "2019")],
    "absence_care_staff_percent": [(9.6, "latest survey when the report was written")],
    "zero_hours_care_homes_percent": [(10, "when the report was written")],
    "zero_hours_home_care_percent": [(40, "when the report was written")],
    "tracker_completion_percent": [(45, "early in the support plan"), (99, "by 10 August 2020")],
}


@pytest.mark.parametrize("indicator", WORKFORCE)
def test_reproduces_a_figure_of_the_text_with_its_words_for_the_date(select, indicator):
    """DHSC, Social Care Taskforce final report, workforce section ("vacancy rates have reduced from 8.1%
    (pre-pandemic) to 6.7%" and the sentences after it) and Infection Control Fund section ("from 45% to 99%")."""
    rows = select(indicator)
    assert set(rows["area_code"]) == {ENGLAND}
    assert list(zip(rows["value"], rows["date_text"], strict=True)) == WORKFORCE[indicator]
