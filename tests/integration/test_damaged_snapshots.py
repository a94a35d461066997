"""A snapshot that is no longer as it was published: `status` names it, and a build goes on all the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.publish import read_current
from etl.release import read_release

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("text", ["{}", "[]"])
def test_names_a_damaged_manifest_and_builds_over_it(small_data, command, text):
    assert command("build", "--yes", data=small_data).exit_code == 0
    live = small_data / "snapshots" / read_current(small_data / "snapshots")
    (live / "manifest.json").write_text(text, encoding="utf-8")
    result = command("status", data=small_data)
    assert result.exit_code == 4
    assert str(live / "manifest.json") in result.stderr
    assert "Traceback" not in result.output
    assert command("build", "--yes", data=small_data).exit_code == 0
    assert command("status", data=small_data).exit_code == 0


@pytest.mark.parametrize("text", ["", "{}", "[]"])
def test_builds_after_a_snapshot_whose_manifest_is_damaged(live_data, command, snapshot_folder, text):
    (live_data / "snapshots" / snapshot_folder.name / "manifest.json").write_text(text, encoding="utf-8")
    result = command("build", "--yes", data=live_data)
    assert result.exit_code == 0, result.output
    new = read_current(live_data / "snapshots")
    assert new != snapshot_folder.name
    record = read_release(live_data / "snapshots", new)
    assert record["previous"] == snapshot_folder.name
    assert {rows["before"] for rows in record["rows"].values()} == {None}


@pytest.mark.parametrize("name", ["observations.parquet", "areas.parquet"])
def test_names_a_damaged_file_of_the_live_snapshot(live_data, command, snapshot_folder, name):
    file = live_data / "snapshots" / snapshot_folder.name / name
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    result = command("status", data=live_data)
    assert result.exit_code == 4
    assert f"{file} is not as it was published" in result.stderr
    assert "python -m etl build" in result.stderr


@pytest.mark.parametrize("text", ["", "[]"])
def test_gives_the_status_where_the_release_record_cannot_be_read(live_data, command, snapshot_folder, text):
    (live_data / "snapshots" / "releases" / f"{snapshot_folder.name}.json").write_text(text, encoding="utf-8")
    result = command("status", data=live_data)
    assert result.exit_code == 0, result.output
    assert "Published: not recorded" in result.stdout


def test_says_that_the_snapshot_is_live_when_the_log_cannot_be_written(small_data, command):
    (small_data / "snapshots").mkdir()
    (small_data / "snapshots" / "releases").write_text("not a folder", encoding="utf-8")
    result = command("build", "--yes", data=small_data)
    live = read_current(small_data / "snapshots")
    assert result.exit_code == 4
    assert f"Snapshot {live} is live, but the log" in result.stderr
    assert "Traceback" not in result.output


def test_says_that_the_snapshot_is_live_when_its_release_record_cannot_be_written(live_data, command, snapshot_folder):
    file = live_data / "snapshots" / "releases" / f"{snapshot_folder.name}.json"
    file.unlink()
    file.mkdir()
    shutil.copytree(ROOT / "data" / "published", live_data / "published", dirs_exist_ok=True)
    result = command("build", "--yes", data=live_data)
    assert result.exit_code == 4
    assert f"Snapshot {snapshot_folder.name} is live, but its release record {file}" in result.stderr
    assert "Traceback" not in result.output
