from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from dashboard.store import Snapshot, Store, StoreError, make_id, open_snapshot


@pytest.fixture
def folder(snapshot_folder: Path, tmp_path: Path) -> Path:
    """A private folder of snapshots with one of them, live."""
    shutil.copytree(snapshot_folder, tmp_path / snapshot_folder.name)
    point(tmp_path, snapshot_folder.name)
    return tmp_path


def point(folder: Path, name: str) -> None:
    """Replace CURRENT in one step, as a build does."""
    (folder / ".new").write_text(name + "\n", encoding="utf-8")
    (folder / ".new").replace(folder / "CURRENT")


def copy_as_of(folder: Path, day: str, **changed: object) -> Path:
    """Return a second snapshot, sound, that says it is of another day or whatever else is changed in its manifest."""
    source = next(path for path in folder.iterdir() if path.is_dir())
    manifest = json.loads((source / "manifest.json").read_text(encoding="utf-8")) | {"data_date": day} | changed
    manifest["id"] = make_id(manifest)
    target = folder / manifest["id"]
    shutil.copytree(source, target)
    (target / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return target


def test_opens_the_snapshot_that_current_names(folder: Path):
    snapshot = Store(folder).snapshot
    assert snapshot.id == (folder / "CURRENT").read_text(encoding="utf-8").strip()
    assert len(snapshot.observations) > 10_000


def test_opens_a_snapshot_once_while_current_stays(folder: Path):
    store = Store(folder)
    assert store.snapshot is store.snapshot


def test_swaps_when_current_is_replaced(folder: Path):
    store = Store(folder)
    before = store.snapshot
    other = copy_as_of(folder, "2020-08-11").name
    point(folder, other)
    assert store.snapshot.id == other
    assert before.id != other
    assert store.problem == ""


def test_takes_in_a_release_record_that_comes_after_the_snapshot_went_live(folder: Path):
    store = Store(folder)
    before = store.snapshot
    assert before.release == {}
    (folder / "releases").mkdir()
    (folder / "releases" / f"{before.id}.json").write_text('{"previous": null}', encoding="utf-8")
    after = store.snapshot
    assert after.release == {"previous": None}
    assert after != before, "pages that were drawn without it are drawn again"
    assert store.snapshot is after


def test_refuses_a_damaged_snapshot_and_keeps_the_one_before(folder: Path):
    store = Store(folder)
    before = store.snapshot
    damaged = copy_as_of(folder, "2020-08-11")
    with (damaged / "areas.parquet").open("ab") as stream:
        stream.write(b"x")
    point(folder, damaged.name)
    assert store.snapshot is before
    assert "areas.parquet" in store.problem
    assert "python -m etl build" in store.problem


def test_recovers_when_a_sound_snapshot_follows_a_refused_one(folder: Path):
    store = Store(folder)
    first = store.snapshot.id
    point(folder, "nowhere")
    assert store.snapshot.id == first
    assert store.problem
    point(folder, first)
    assert store.snapshot.id == first
    assert store.problem == ""


@pytest.mark.parametrize("missing", ["manifest.json", "observations.parquet", "breaks.parquet"])
def test_refuses_a_snapshot_with_a_file_missing(folder: Path, missing: str):
    partial = copy_as_of(folder, "2020-08-11")
    (partial / missing).unlink()
    with pytest.raises(StoreError, match=partial.name):
        open_snapshot(partial)


def test_refuses_a_schema_it_does_not_know(folder: Path):
    with pytest.raises(StoreError, match="99"):
        open_snapshot(copy_as_of(folder, "2020-08-11", schema_version=99))


@pytest.mark.parametrize("manifest", ["", "[]", "{}", "3", "<html>"])
def test_refuses_a_manifest_that_is_none(folder: Path, manifest: str):
    broken = copy_as_of(folder, "2020-08-11")
    (broken / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(StoreError):
        open_snapshot(broken)


def test_says_what_to_do_when_nothing_has_been_published(tmp_path: Path):
    with pytest.raises(StoreError, match="python -m etl build"):
        _ = Store(tmp_path).snapshot


def test_refuses_a_manifest_that_was_changed(folder: Path):
    changed = copy_as_of(folder, "2020-08-11")
    manifest = json.loads((changed / "manifest.json").read_text(encoding="utf-8"))
    (changed / "manifest.json").write_text(json.dumps(manifest | {"data_date": "2020-08-12"}), encoding="utf-8")
    with pytest.raises(StoreError, match=r"manifest\.json"):
        open_snapshot(changed)


def test_refuses_a_damaged_first_snapshot_at_every_request(folder: Path):
    point(folder, "nowhere")
    store = Store(folder)
    for _ in range(2):
        with pytest.raises(StoreError, match="nowhere"):
            _ = store.snapshot


def test_carries_closed_outlines_largest_ring_first(snapshot: Snapshot):
    for code, rings in snapshot.outlines.items():
        assert code in snapshot.areas.index
        for ring in rings:
            assert len(ring) >= 4
            assert tuple(ring.iloc[0]) == tuple(ring.iloc[-1])
