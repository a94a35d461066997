"""Release records and the log of what went live: beside the snapshots, whole, and only ever added to."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

from etl.errors import SnapshotError
from etl.release import NOT_NOTED, describe_release, note_live, read_log, read_release, write_release

FIRST, SECOND, THIRD = (f"2020-08-10-{digit * 12}" for digit in "123")


@pytest.fixture
def steps(tmp_path):
    """A function that gives the log's lines without their time."""
    return lambda: [(entry["from"], entry["to"], entry["command"]) for entry in read_log(tmp_path)]


def test_keeps_the_first_release_record(tmp_path):
    write_release(tmp_path, FIRST, {"published_at": "first"})
    write_release(tmp_path, FIRST, {"published_at": "second"})
    assert read_release(tmp_path, FIRST) == {"id": FIRST, "published_at": "first"}
    assert read_release(tmp_path, SECOND) == {}


@pytest.mark.parametrize("text", ["", '{"published_at": "fir', "[]"])
def test_writes_a_release_record_again_that_was_cut_off(tmp_path, text):
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases" / f"{FIRST}.json").write_text(text, encoding="utf-8")
    write_release(tmp_path, FIRST, {"published_at": "second"})
    assert read_release(tmp_path, FIRST)["published_at"] == "second"
    assert [path.name for path in (tmp_path / "releases").iterdir()] == [f"{FIRST}.json"]


def test_describes_a_release_by_its_rows_where_nothing_was_live(tmp_path):
    tables = {"areas": pa.table({"code": ["a", "b"]})}
    record = describe_release(tmp_path, tables, snapshot_id=FIRST, previous=None)
    assert record["rows"] == {"areas": {"now": 2, "before": None}}
    assert record["previous"] is None
    assert record["changes"] is None
    assert record["published_at"].endswith("+00:00")


def test_logs_each_time_that_another_snapshot_went_live(tmp_path, steps):
    note_live(tmp_path, FIRST, previous=None, command="build")
    note_live(tmp_path, SECOND, previous=FIRST, command="build --accept")
    note_live(tmp_path, FIRST, previous=SECOND, command="rollback")
    assert steps() == [(None, FIRST, "build"), (FIRST, SECOND, "build --accept"), (SECOND, FIRST, "rollback")]
    assert all(entry["time"].endswith("+00:00") for entry in read_log(tmp_path))


def test_logs_nothing_when_nothing_changed(tmp_path):
    note_live(tmp_path, FIRST, previous=None, command="build")
    before = (tmp_path / "releases" / "log.jsonl").read_bytes()
    note_live(tmp_path, FIRST, previous=FIRST, command="build")
    assert (tmp_path / "releases" / "log.jsonl").read_bytes() == before


def test_makes_up_for_a_line_that_a_killed_command_left_out(tmp_path, steps):
    note_live(tmp_path, FIRST, previous=None, command="build")
    note_live(tmp_path, SECOND, previous=SECOND, command="build")
    assert steps() == [(None, FIRST, "build"), (FIRST, SECOND, NOT_NOTED)]
    note_live(tmp_path, FIRST, previous=THIRD, command="rollback")
    assert steps()[2:] == [(SECOND, THIRD, NOT_NOTED), (THIRD, FIRST, "rollback")]


@pytest.mark.parametrize("torn", [b'{"time": "2020-', b"[1]\n", b"nonsense\n", b"\xff\n"])
def test_goes_on_after_a_line_that_was_cut_off(tmp_path, steps, torn):
    note_live(tmp_path, FIRST, previous=None, command="build")
    with (tmp_path / "releases" / "log.jsonl").open("ab") as stream:
        stream.write(torn)
    note_live(tmp_path, SECOND, previous=FIRST, command="build")
    assert steps() == [(None, FIRST, "build"), (FIRST, SECOND, "build")]


def test_only_adds_to_the_log(tmp_path):
    log = tmp_path / "releases" / "log.jsonl"
    note_live(tmp_path, FIRST, previous=None, command="build")
    before = log.read_bytes()
    note_live(tmp_path, SECOND, previous=FIRST, command="build")
    assert log.read_bytes().startswith(before)
    assert [set(json.loads(line)) for line in log.read_text(encoding="utf-8").splitlines()] == [
        {"time", "from", "to", "command"}
    ] * 2


def test_says_what_is_live_when_the_log_cannot_be_written(tmp_path):
    (tmp_path / "releases").write_text("not a folder", encoding="utf-8")
    with pytest.raises(SnapshotError, match=f"Snapshot {FIRST} is live, but the log"):
        note_live(tmp_path, FIRST, previous=None, command="build")
