"""`homes`: the very homes behind a published figure, a line in the audit log, and nothing without that line."""

from __future__ import annotations

import csv
import io
import json
import os
import pwd
import stat
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from etl.publish import read_current
from tests.made_up_homes import COUNCILS, DAYS, make_rows, write_extract

ROOT = Path(__file__).resolve().parents[3]
NEWEST = DAYS[-1]
CLINICAL_LEAD = "ipc_5_1_clinical_lead_yes_of_answered_percent"
ANSWERS = ("yes", "no", "partly", "not_applicable", "none")


@pytest.fixture
def data(homes_data):
    """A data folder with a live snapshot of four made-up extracts."""
    return homes_data


@pytest.fixture
def ask(command):
    """A function that lists homes and returns the rows and what was said besides."""

    def run(data, *, area="E08000025", indicator="ipc_5_1", answer="no", more=()):
        asked = ("--area", area, "--indicator", indicator, "--answer", answer, *more)
        result = command("homes", *asked, data=data)
        rows = list(csv.DictReader(io.StringIO(result.stdout))) if result.exit_code == 0 else None
        return rows, result

    return run


def read_log(data):
    return [json.loads(line) for line in (data / "restricted" / "audit.log").read_text(encoding="utf-8").splitlines()]


def published(data, indicator, area, date):
    snapshot = data / "snapshots" / read_current(data / "snapshots")
    rows = pq.read_table(snapshot / "observations.parquet").to_pandas()
    keys = (rows["indicator_id"] == indicator) & (rows["area_code"] == area) & (rows["date"] == date)
    (row,) = rows[keys].itertuples()
    return row


@pytest.mark.parametrize("area", ["E08000025", "E12000005", "E92000001"])
@pytest.mark.parametrize("date", [DAYS[0], NEWEST])
def test_lists_as_many_homes_as_are_published(data, ask, area, date):
    count = {}
    for answer in ANSWERS:
        rows, _ = ask(data, area=area, answer=answer, more=("--date", date.isoformat()))
        count[answer] = len(rows)
    row = published(data, CLINICAL_LEAD, area, date)
    assert row.status == ""
    assert count["yes"] == row.numerator > 0
    assert count["yes"] + count["no"] + count["partly"] == row.denominator
    assert count["none"] == row.not_answered
    assert count["not_applicable"] == row.not_applicable
    answering = published(data, "homes_answering_percent", area, date)
    assert sum(count.values()) == answering.denominator, "each open home stands in exactly one list"
    dated = {"indicator": "answering", "more": ("--date", date.isoformat())}
    on, off = (ask(data, area=area, answer=answer, **dated)[0] for answer in ("yes", "no"))
    assert (len(on), len(on) + len(off)) == (answering.numerator, answering.denominator)


def test_lists_the_homes_that_gave_the_answer(data, ask):
    rows, result = ask(data, area="E92000001", answer="no")
    own = {row["CQC_ID"]: row for row in make_rows(NEWEST)}
    assert rows
    for row in rows:
        source = own[row["location_id"]]
        assert source["CHSP_5_1"] == "No"
        assert source["Overall_Status"] == "Open"
        assert row["location_name"] == source["Location"]
        assert row["answered_at"] == source["CHSP_Last_Updated_UTC"][:16] + " UTC"
        assert COUNCILS[row["area_code"]] == source["LocalAuthority"]
        assert int(row["age_days"]) <= 28
        assert (row["answer"], row["is_current"], row["is_illustrative"]) == ("no", "True", "True")
    assert "made up (illustrative)" in result.stderr


def test_shows_the_last_answer_of_a_home_that_has_no_current_one(data, ask):
    rows, _ = ask(data, area="E92000001", answer="none", more=("--date", DAYS[1].isoformat()))
    own = {row["CQC_ID"]: row for row in make_rows(DAYS[1])}
    stale = [row for row in rows if row["answer"]]
    assert stale
    for row in stale:
        assert row["answer"] == own[row["location_id"]]["CHSP_5_1"].lower().replace(" ", "_")
        assert (row["is_current"], row["age_days"]) == ("False", "40")
    never = [row for row in rows if not any(own[row["location_id"]][f"CHSP_{n}"] for n in ("1_1", "2_1", "3_1", "5_2"))]
    assert {(row["answer"], row["answered_at"], row["age_days"]) for row in never} == {("", "", "")}


@pytest.mark.parametrize("text", ["ipc_5_1", CLINICAL_LEAD, "ipc_5_1_clinical_lead_yes_percent", "ipc_5_1_c"])
def test_knows_a_question_by_the_beginning_of_its_indicators(data, ask, text):
    rows, _ = ask(data, area="E12000008", indicator=text)
    assert rows == ask(data, area="E12000008")[0]
    assert {entry["indicator"] for entry in read_log(data)} == {CLINICAL_LEAD}


def test_writes_to_a_file_that_only_its_owner_can_read(data, ask, tmp_path):
    file = tmp_path / "homes.csv"
    file.write_text("older", encoding="utf-8")
    file.chmod(0o644)
    _, result = ask(data, area="E92000001", more=("--output", str(file)))
    assert result.stdout == ""
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows == ask(data, area="E92000001")[0]
    assert [entry["file"] for entry in read_log(data)] == [str(file), "standard output"]


def test_notes_each_list_in_the_audit_log(data, ask):
    rows, _ = ask(data, area="E12000005", answer="yes", more=("--date", "2020-08-17"))
    ask(data, area="E08000025")
    first, second = read_log(data)
    assert first["time"].endswith("+00:00")
    assert first["user"] == pwd.getpwuid(os.getuid()).pw_name
    assert {name: first[name] for name in ("area", "indicator", "answer", "date", "rows", "file")} == {
        "area": "E12000005",
        "indicator": CLINICAL_LEAD,
        "answer": "yes",
        "date": "2020-08-17",
        "rows": len(rows),
        "file": "standard output",
    }
    assert second["area"] == "E08000025"
    log = data / "restricted" / "audit.log"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "Illustrative home" not in log.read_text(encoding="utf-8")


def test_closes_a_log_that_was_open_and_goes_on_after_half_a_line(data, ask):
    log = data / "restricted" / "audit.log"
    log.write_text('{"time": "2020', encoding="utf-8")
    log.chmod(0o644)
    ask(data)
    lines = log.read_text(encoding="utf-8").splitlines()
    assert (lines[0], json.loads(lines[1])["area"]) == ('{"time": "2020', "E08000025")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_lists_nothing_where_the_audit_log_cannot_be_written(data, ask, tmp_path):
    (data / "restricted" / "audit.log").mkdir()
    file = tmp_path / "homes.csv"
    _, result = ask(data, area="E92000001", more=("--output", str(file)))
    assert result.exit_code == 1
    assert "No home was listed: the audit log" in result.stderr
    assert not file.exists()
    assert "Illustrative home" not in ask(data, area="E92000001")[1].output


@pytest.mark.parametrize(
    ("asked", "phrases"),
    [
        ({"area": "E08000099"}, ["There is no area 'E08000099'", "E92000001 England", "151 authorities"]),
        ({"area": "Birmingham"}, ["'Birmingham' is E08000025"]),
        ({"indicator": "ipc_6"}, ["There is no indicator 'ipc_6'", "answering", CLINICAL_LEAD, "home_care_ppe_issues"]),
        ({"indicator": "ipc_5"}, ["'ipc_5' fits several", "ipc_5_1_clinical", "ipc_5_2_mutual"]),
        ({"indicator": ""}, ["There is no indicator ''"]),
        ({"answer": "maybe"}, ["There is no answer 'maybe'", "yes, no, not_applicable, partly, none"]),
        ({"indicator": "answering", "answer": "partly"}, ["yes, no, none"]),
        ({"more": ("--date", "2020-08-25")}, ["2020-08-31, 2020-08-24, 2020-08-17, 2020-08-03"]),
        ({"more": ("--date", "soon")}, ["There is no extract of 'soon'"]),
        ({"indicator": "home_care_ppe"}, ["holds no extract of capacity_tracker_home_care"]),
    ],
)
def test_names_what_there_is_when_it_does_not_know_what_is_asked(data, ask, asked, phrases):
    _, result = ask(data, **asked)
    assert result.exit_code == 2
    for phrase in phrases:
        assert phrase in result.stderr
    assert not (data / "restricted" / "audit.log").exists()


def test_needs_a_restricted_store_that_this_user_may_read(ask, data, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    _, closed = ask(data)
    assert closed.exit_code == 1
    assert "is closed to this user, so no home is listed" in closed.stderr
    (data / "restricted").rename(data / "elsewhere")
    _, gone = ask(data)
    assert gone.exit_code == 1
    assert "There is no restricted store" in gone.stderr


def test_lists_only_what_the_live_figures_were_counted_from(data, ask, command):
    rows = make_rows(NEWEST)
    rows[0]["CHSP_5_1"] = "No" if rows[0]["CHSP_5_1"] == "Yes" else "Yes"
    write_extract(data, NEWEST, rows, version=2)
    assert command("build", "--yes", data=data).exit_code == 0
    assert command("rollback", data=data).exit_code == 0
    _, result = ask(data)
    assert result.exit_code == 1
    assert "does not hold the extract of 2020-08-31 that is live" in result.stderr
    assert ask(data, more=("--date", "2020-08-24"))[0] is not None


def test_keeps_lists_of_homes_out_of_the_dashboard():
    code = [file.read_text(encoding="utf-8") for file in (ROOT / "dashboard").rglob("*.py")]
    assert len(code) > 20
    assert not [text for text in code if "restricted" in text or "audit" in text or "location_id" in text]
