"""Publishing: named by content, whole or not at all, one atomic swap."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from etl import publish as publishing
from etl.errors import SnapshotError
from etl.publish import find_damage, make_id, publish, read_current, read_manifest

DAY = dt.date(2020, 8, 10)
INPUTS = [{"id": "b", "file": "b.csv", "sha256": "22"}, {"id": "a", "file": "a.csv", "sha256": "11"}]


def make_tables(*values):
    return {"observations": pa.table({"value": list(values)}), "areas": pa.table({"code": ["E92000001"]})}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "snapshots"


@pytest.fixture
def make_live(folder):
    return lambda *values: publish(make_tables(*values), data_date=DAY, inputs=INPUTS, folder=folder)


def list_names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_makes_the_snapshot_live(make_live, folder):
    snapshot_id = make_live(1.0)
    assert snapshot_id.startswith("2020-08-10-")
    assert read_current(folder) == snapshot_id
    assert list_names(folder) == sorted([snapshot_id, "CURRENT"])
    assert list_names(folder / snapshot_id) == ["areas.parquet", "manifest.json", "observations.parquet"]
    assert find_damage(folder / snapshot_id) == []


def test_says_in_the_manifest_what_went_in_and_came_out(make_live, folder):
    manifest = read_manifest(folder / make_live(1.0, 2.0))
    assert manifest["data_date"] == "2020-08-10"
    assert [entry["id"] for entry in manifest["inputs"]] == ["a", "b"]
    assert [(entry["file"], entry["rows"]) for entry in manifest["outputs"]] == [
        ("areas.parquet", 1),
        ("observations.parquet", 2),
    ]


def test_names_the_same_content_the_same(make_live, folder, tmp_path):
    first = make_live(1.0)
    assert make_live(1.0) == first
    other = tmp_path / "elsewhere"
    tables = dict(reversed(make_tables(1.0).items()))
    assert publish(tables, data_date=DAY, inputs=INPUTS[::-1], folder=other) == first
    for file in (folder / first).iterdir():
        assert file.read_bytes() == (other / first / file.name).read_bytes()


def test_names_other_content_otherwise_and_keeps_the_old(make_live, folder):
    first, second = make_live(1.0), make_live(2.0)
    assert first != second
    assert read_current(folder) == second
    assert find_damage(folder / first) == []


def test_names_other_inputs_otherwise(make_live, folder):
    other = publish(make_tables(1.0), data_date=DAY, inputs=INPUTS[:1], folder=folder)
    assert other != make_live(1.0)


def test_goes_back_to_an_older_snapshot_that_is_built_again(make_live, folder):
    first, _ = make_live(1.0), make_live(2.0)
    assert make_live(1.0) == first == read_current(folder)


def test_mends_a_damaged_snapshot(make_live, folder):
    snapshot = folder / make_live(1.0)
    (snapshot / "areas.parquet").write_bytes(b"PAR1")
    make_live(1.0)
    assert find_damage(snapshot) == []


def test_can_be_read_by_whoever_serves(make_live, folder):
    assert (folder / make_live(1.0)).stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("step", ["_stage", "_move_into_place", "make_current"])
def test_leaves_the_live_snapshot_alone_when_it_cannot_write(make_live, folder, monkeypatch, step):
    first = make_live(1.0)

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"etl.publish.{step}", fail)
    with pytest.raises(SnapshotError, match=rf"No space left on device\. Live is: {first}\."):
        make_live(2.0)
    assert read_current(folder) == first
    assert find_damage(folder / first) == []
    assert not [name for name in list_names(folder) if name.startswith(".staging")]


def test_says_that_the_new_snapshot_is_live_when_the_last_flush_fails(make_live, folder, monkeypatch):
    first, sound = make_live(1.0), publishing._flush_folder

    def fail(flushed):
        sound(flushed)
        if read_current(folder) != first:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(publishing, "_flush_folder", fail)
    with pytest.raises(SnapshotError) as caught:
        make_live(2.0)
    assert read_current(folder) != first
    assert f"Live is: {read_current(folder)}." in str(caught.value)


def test_says_that_nothing_is_live_when_the_first_cannot_be_written(make_live, monkeypatch):
    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "_stage", fail)
    with pytest.raises(SnapshotError, match=r"Live is: nothing\."):
        make_live(1.0)


def test_says_so_when_the_folder_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SnapshotError, match=r"cannot be written: .* Make it writable"):
        publish(make_tables(1.0), data_date=DAY, inputs=INPUTS, folder=tmp_path / "file" / "snapshots")


def test_names_a_snapshot_by_its_manifest_without_the_id(make_live, folder):
    snapshot_id = make_live(1.0)
    content = read_manifest(folder / snapshot_id)
    assert content.pop("id") == snapshot_id == make_id(content)
    assert make_id(dict(reversed(content.items()))) == snapshot_id
    assert make_id(content | {"schema_version": "0"}) != snapshot_id


def test_knows_that_nothing_is_live(tmp_path):
    assert read_current(tmp_path) is None
    (tmp_path / "CURRENT").write_text("\n", encoding="utf-8")
    assert read_current(tmp_path) is None
