"""The same inputs give the same bytes, on any day, in any place, under any setting of the machine."""

from __future__ import annotations

import datetime as dt
import shutil

import pyarrow.parquet as pq

from etl.pipeline import Folders, build
from etl.publish import read_current, read_manifest


def test_gives_the_same_bytes_for_the_same_inputs(small_data, tmp_path, shell, fingerprint):
    elsewhere = shutil.copytree(small_data, tmp_path / "elsewhere")
    first = build(Folders.below(small_data), today=dt.date(2026, 11, 23)).snapshot_id
    result = shell("build", "--yes", data=elsewhere, PYTHONHASHSEED="7", TZ="Pacific/Auckland", LC_ALL="C")
    assert result.returncode == 0, result.stderr
    assert read_current(elsewhere / "snapshots") == first
    assert fingerprint(elsewhere / "snapshots" / first) == fingerprint(small_data / "snapshots" / first)


def test_changes_nothing_when_built_again(small_data, command, fingerprint):
    command("build", "--yes", data=small_data)
    before = fingerprint(small_data)
    result = command("build", "--yes", data=small_data)
    assert result.exit_code == 0
    assert "was live already: nothing has changed" in result.stdout
    assert fingerprint(small_data) == before, "the release record too: the first publication counts"


def test_gives_another_id_when_one_figure_changes(live_data, write_csv, command, snapshot_folder):
    write_csv("taskforce-report/indicators.csv", old=",81,", new=",80,")
    result = command("build", "--yes", data=live_data)
    assert result.exit_code == 0, result.output
    assert read_current(live_data / "snapshots") != snapshot_folder.name
    assert (live_data / "snapshots" / snapshot_folder.name).is_dir(), "older snapshots stay and can be opened again"


def test_leaves_no_staging_behind(snapshots_folder, snapshot_folder):
    names = {path.name for path in snapshots_folder.iterdir()}
    assert names == {"CURRENT", ".lock", "releases", snapshot_folder.name}


def test_names_the_snapshot_by_its_newest_tracker_date(snapshot_folder):
    manifest = read_manifest(snapshot_folder)
    assert manifest["id"] == snapshot_folder.name
    assert manifest["data_date"] == "2020-08-10"
    assert snapshot_folder.name.startswith("2020-08-10-")


def test_lists_every_table_and_its_rows_in_the_manifest(snapshot_folder):
    listed = {output["file"]: output["rows"] for output in read_manifest(snapshot_folder)["outputs"]}
    found = {file.name: pq.read_metadata(file).num_rows for file in snapshot_folder.glob("*.parquet")}
    assert listed == found


def test_keeps_clock_times_and_commits_out_of_the_snapshot(snapshot_folder):
    manifest = read_manifest(snapshot_folder)
    assert set(manifest) == {"id", "data_date", "schema_version", "method_version", "inputs", "outputs"}
    assert {key for entry in manifest["inputs"] for key in entry} == {"id", "file", "sha256"}
    assert {key for entry in manifest["outputs"] for key in entry} == {"file", "rows", "sha256"}
