"""Publishing is all or nothing, whatever fails on the way."""

from __future__ import annotations

import datetime as dt
import errno
import os
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.errors import SnapshotError
from etl.publish import find_damage, publish, read_current

OLD = {"a": pa.table({"value": [1, 2]}), "b": pa.table({"value": [3]})}
NEW = {"a": pa.table({"value": [4, 5]}), "b": pa.table({"value": [6]})}
STEPS = [
    (tempfile, "mkdtemp"),
    (pq, "write_table"),
    (os, "fsync"),
    (Path, "write_text"),
    (Path, "chmod"),
    (Path, "rename"),
    (Path, "replace"),
]


def put_live(tables: dict[str, pa.Table], *, folder: Path) -> str:
    return publish(tables, data_date=dt.date(2020, 8, 10), inputs=[], folder=folder)


def fail_at(monkeypatch: pytest.MonkeyPatch, *, owner: object, name: str, call: int, error: BaseException) -> list[int]:
    """Make one call of a function fail, counted from 1, and return the list of calls made so far."""
    sound, calls = getattr(owner, name), []

    def fail(*arguments, **options):
        calls.append(len(calls) + 1)
        if len(calls) == call:
            raise error
        return sound(*arguments, **options)

    monkeypatch.setattr(owner, name, fail)
    return calls


@pytest.mark.parametrize(("owner", "name"), STEPS, ids=[name for _, name in STEPS])
def test_keeps_the_live_snapshot_when_a_step_fails(tmp_path, monkeypatch, fingerprint, owner, name):
    with monkeypatch.context() as counting:
        calls = fail_at(counting, owner=owner, name=name, call=0, error=OSError())
        put_live(NEW, folder=tmp_path / "rehearsal")
    assert calls, "publishing no longer takes this step"

    for call in calls:
        folder = tmp_path / str(call)
        old = put_live(OLD, folder=folder)
        before = fingerprint(folder / old)
        with monkeypatch.context() as failing:
            error = OSError(errno.ENOSPC, "No space left on device")
            fail_at(failing, owner=owner, name=name, call=call, error=error)
            with pytest.raises(SnapshotError, match="No space left on device") as raised:
                put_live(NEW, folder=folder)
        assert raised.value.exit_code == 4
        # The very last flush comes after CURRENT was replaced: the new snapshot is live then, and whole.
        is_last_flush = name == "fsync" and call == calls[-1]
        live = read_current(folder)
        assert (live == old) is not is_last_flush
        # mkdtemp fails before anything is tried, and its message is of the folder alone.
        assert name == "mkdtemp" or f"Live is: {live}." in str(raised.value)
        assert fingerprint(folder / old) == before
        assert not list(folder.glob(".staging-*"))

        new = put_live(NEW, folder=folder)
        assert read_current(folder) == new != old
        assert not find_damage(folder / new)


def test_clears_up_when_it_is_interrupted(tmp_path, monkeypatch):
    old = put_live(OLD, folder=tmp_path)
    with monkeypatch.context() as failing:
        fail_at(failing, owner=pq, name="write_table", call=2, error=KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            put_live(NEW, folder=tmp_path)
    assert read_current(tmp_path) == old
    assert {path.name for path in tmp_path.iterdir()} == {"CURRENT", old}


@pytest.mark.parametrize("harm", ["change", "remove", "forget", "empty", "rewrite"])
def test_replaces_a_damaged_snapshot_of_the_same_content(tmp_path, fingerprint, harm):
    live = put_live(OLD, folder=tmp_path)
    sound = fingerprint(tmp_path)
    if harm == "change":
        (tmp_path / live / "a.parquet").write_bytes(b"PAR1 nonsense PAR1")
    elif harm == "remove":
        (tmp_path / live / "b.parquet").unlink()
    elif harm == "rewrite":
        manifest = tmp_path / live / "manifest.json"
        text = manifest.read_text(encoding="utf-8")
        manifest.write_text(text.replace('"rows": 2', '"rows": 9'), encoding="utf-8")
    else:
        text = {"forget": "{", "empty": "{}"}[harm]
        (tmp_path / live / "manifest.json").write_text(text, encoding="utf-8")
    assert find_damage(tmp_path / live)
    assert put_live(OLD, folder=tmp_path) == live
    assert fingerprint(tmp_path) == sound


def test_leaves_a_sound_snapshot_of_the_same_content_alone(tmp_path):
    live = put_live(OLD, folder=tmp_path)
    file = tmp_path / live / "a.parquet"
    before = file.stat()
    put_live(OLD, folder=tmp_path)
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_goes_back_to_an_older_snapshot_when_its_content_comes_again(tmp_path):
    old = put_live(OLD, folder=tmp_path)
    new = put_live(NEW, folder=tmp_path)
    assert read_current(tmp_path) == new
    assert put_live(OLD, folder=tmp_path) == old == read_current(tmp_path)


def test_lets_another_user_read_what_it_published(tmp_path):
    live = tmp_path / put_live(OLD, folder=tmp_path)
    assert live.stat().st_mode & 0o055 == 0o055
    assert all(file.stat().st_mode & 0o044 == 0o044 for file in live.iterdir())
