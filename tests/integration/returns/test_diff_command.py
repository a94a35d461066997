"""`diff`: which figures changed between two snapshots, and why."""

from __future__ import annotations

import pytest

from etl.publish import read_current
from tests.made_up_homes import DAYS, make_rows, write_extract


@pytest.fixture
def corrected(homes_data, command):
    """A data folder in which an extract was corrected, and the ids before and after."""
    before = read_current(homes_data / "snapshots")
    rows = make_rows(DAYS[2])
    for row in rows[:40]:
        row["CHSP_5_1"] = "No"
    write_extract(homes_data, DAYS[2], rows, version=2)
    assert command("build", "--yes", data=homes_data).exit_code == 0
    return homes_data, before, read_current(homes_data / "snapshots")


def lines_of(result):
    return [" ".join(line.replace("│", " ").split()) for line in result.stdout.splitlines()]


def test_says_what_a_corrected_extract_changed(corrected, command):
    data, before, after = corrected
    result = command("diff", before, "live", data=data)
    assert result.exit_code == 0, result.output
    lines = lines_of(result)
    name = "capacity_tracker_care_homes_2020-08-24"
    assert lines[0] == f"From {before} to {after}"
    assert f"capacity_tracker_care_homes 2020-08-24 with other content {name}.csv {name}_v2.csv" in lines
    question = "ipc_5_1_clinical_lead_yes_of_answered_percent"
    changed = [line for line in lines if line.startswith(question) and " 2020-08-24 " in line]
    assert 1 <= len(changed) <= 5
    assert all(line.endswith("points") for line in changed)
    assert any(line.startswith(question) and line.endswith("inputs changed: 1 with other content") for line in lines)
    assert not any(line.startswith("outbreaks") for line in lines)


def test_finds_nothing_between_one_and_itself(corrected, command):
    data, _, after = corrected
    assert "It is the same snapshot." in command("diff", "live", after, data=data).stdout


def test_names_what_there_is_when_it_does_not_know_one(corrected, command):
    data, before, after = corrected
    for texts in (("2019", "live"), ("2020", "live")):
        result = command("diff", *texts, data=data)
        assert result.exit_code == 4
        assert before in result.stderr
        assert after in result.stderr


def test_refuses_a_damaged_one(corrected, command):
    data, before, after = corrected
    (data / "snapshots" / before / "areas.parquet").unlink()
    result = command("diff", before, after, data=data)
    assert result.exit_code == 4
    assert "areas.parquet is missing" in result.stderr
    assert "python -m etl history" in result.stderr
