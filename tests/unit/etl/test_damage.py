"""What was published and is no longer as it was: found, named, and mended by the next build."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from etl.errors import SnapshotError
from etl.publish import find_damage, publish, read_current
from etl.release import read_release, write_release

DAY = dt.date(2020, 8, 10)
INPUTS = [{"id": "b", "file": "b.csv", "sha256": "22"}, {"id": "a", "file": "a.csv", "sha256": "11"}]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "snapshots"


@pytest.fixture
def make_live(folder):
    def make(*values):
        tables = {"observations": pa.table({"value": list(values)}), "areas": pa.table({"code": ["E92000001"]})}
        return publish(tables, data_date=DAY, inputs=INPUTS, folder=folder)

    return make


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (lambda snapshot: (snapshot / "areas.parquet").unlink(), "areas.parquet is missing"),
        (
            lambda snapshot: (snapshot / "areas.parquet").write_bytes(b"PAR1"),
            "areas.parquet is not as it was published",
        ),
        (lambda snapshot: (snapshot / "manifest.json").unlink(), "manifest.json cannot be read"),
    ],
)
def test_finds_damage(make_live, folder, break_it, message):
    snapshot = folder / make_live(1.0)
    break_it(snapshot)
    (damage,) = find_damage(snapshot)
    assert message in damage


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (None, '{"id":', "manifest.json cannot be read"),
        (None, "[]", "manifest.json cannot be read: it is no manifest"),
        (None, "{}", "manifest.json is not as it was published"),
        (None, '{"data_date": "2020-08-10", "outputs": []}', "manifest.json is not as it was published"),
        ('"id": "2020', '"id": "2019', "manifest.json is not as it was published"),
        ('"rows": 1', '"rows": 2', "manifest.json is not as it was published"),
        ('"sha256": "11"', '"sha256": "12"', "manifest.json is not as it was published"),
        ('"2020-08-10"', '"2020-08-11"', "manifest.json is not as it was published"),
    ],
)
def test_finds_a_manifest_that_is_not_as_it_was_published(make_live, folder, old, new, message):
    snapshot = folder / make_live(1.0)
    manifest = snapshot / "manifest.json"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")
    assert manifest.read_text(encoding="utf-8") != text
    (damage,) = find_damage(snapshot)
    assert message in damage
    make_live(1.0)
    assert find_damage(snapshot) == []


def test_finds_a_snapshot_under_the_name_of_another(make_live, folder):
    first, second = make_live(1.0), make_live(2.0)
    (folder / first).rename(folder / "aside")
    (folder / second).rename(folder / first)
    (damage,) = find_damage(folder / first)
    assert "manifest.json is not as it was published" in damage


def test_lists_every_damaged_file(make_live, folder):
    snapshot = folder / make_live(1.0)
    for file in snapshot.glob("*.parquet"):
        file.unlink()
    assert len(find_damage(snapshot)) == 2


def test_says_that_the_snapshot_is_live_when_its_record_cannot_be_written(make_live, folder):
    snapshot_id = make_live(1.0)
    (folder / "releases").write_text("not a folder", encoding="utf-8")
    with pytest.raises(SnapshotError, match=rf"Snapshot {snapshot_id} is live, but its release record .*\.json could"):
        write_release(folder, snapshot_id, {})
    assert read_current(folder) == snapshot_id
    assert read_release(folder, snapshot_id) == {}


@pytest.mark.parametrize("text", ["", "{", "[]", "\x80"])
def test_reads_no_release_record_that_is_damaged(make_live, folder, text):
    snapshot_id = make_live(1.0)
    write_release(folder, snapshot_id, {})
    (folder / "releases" / f"{snapshot_id}.json").write_bytes(text.encode("latin-1"))
    assert read_release(folder, snapshot_id) == {}
