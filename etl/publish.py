"""Publish: staging, then a snapshot named by its content, then one atomic replacement of CURRENT.

Layout of the snapshots folder:
    CURRENT                      the id of the live snapshot
    <data date>-<hash>/          a snapshot: its tables and manifest.json; never changed once there
    releases/                    when and why each went live: see etl.release; outside the hash
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl.errors import SnapshotError
from etl.locks import lock_file
from etl.schema import METHOD_VERSION, SCHEMA_VERSION

CURRENT = "CURRENT"
MANIFEST = "manifest.json"
LOCK = ".lock"
STAGING = ".staging-"
HASH_LENGTH = 12


@contextmanager
def hold_lock(folder: Path) -> Iterator[None]:
    """Keep every other build out until this one is done; SnapshotError when one is running. A killed build lets go."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / LOCK).open("w")
    except OSError as error:
        raise SnapshotError(
            f"{folder} cannot be written: {error.strerror}. Make it writable for the user who builds."
        ) from error
    with handle:
        try:
            lock_file(handle)
        except OSError as error:
            raise SnapshotError(
                "Another build is running, and two must not publish at once. Wait until it ends, then run this again."
            ) from error
        yield


def publish(
    tables: dict[str, pa.Table],
    *,
    data_date: dt.date,
    inputs: list[dict[str, str]],
    folder: Path,
    confirm: Callable[[str], None] = lambda snapshot_id: None,
) -> str:
    """Return the id of the snapshot that is now live; all or nothing, and the same content gives the same id.

    `confirm` is called with that id before anything is live, and raises to keep things as they are.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(STAGING + "*"):  # of a build that was killed
            shutil.rmtree(left, ignore_errors=True)
        staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder))
    except OSError as error:
        raise SnapshotError(
            f"{folder} cannot be written: {error.strerror}. Make it writable for the user who builds."
        ) from error
    try:
        snapshot_id = _stage(tables, data_date=data_date, inputs=inputs, staging=staging)
        confirm(snapshot_id)
        _move_into_place(staging, folder / snapshot_id)
        make_current(folder, snapshot_id)
    except OSError as error:
        live = read_current(folder)
        raise SnapshotError(
            f"The snapshot could not be written to {folder}: {error.strerror}. Live is: {live or 'nothing'}. "
            "Make room or mend the permissions, then build again."
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return snapshot_id


def _stage(tables: dict[str, pa.Table], *, data_date: dt.date, inputs: list[dict[str, str]], staging: Path) -> str:
    outputs = []
    for name, table in tables.items():
        file = staging / f"{name}.parquet"
        pq.write_table(table, file, compression="zstd")
        outputs.append({"file": file.name, "rows": table.num_rows, "sha256": _flush_and_hash(file)})
    content = {
        "data_date": data_date.isoformat(),
        "schema_version": SCHEMA_VERSION,
        "method_version": METHOD_VERSION,
        "inputs": sorted(inputs, key=lambda entry: entry["id"]),
        "outputs": sorted(outputs, key=lambda entry: entry["file"]),
    }
    snapshot_id = make_id(content)
    manifest = staging / MANIFEST
    manifest.write_text(json.dumps({"id": snapshot_id} | content, indent=2) + "\n", encoding="utf-8")
    _flush_and_hash(manifest)
    staging.chmod(0o755)  # mkdtemp makes it private; the web process may run as somebody else
    return snapshot_id


def make_id(content: dict) -> str:
    """Return a snapshot's id: its data date and the first of the sha256 of its manifest without the id."""
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return f"{content['data_date']}-{digest[:HASH_LENGTH]}"


def _move_into_place(staging: Path, target: Path) -> None:
    if target.exists() and not find_damage(target):
        return
    if target.exists():  # damaged since: the staged copy has the same content, whole
        shutil.rmtree(target)
    staging.rename(target)
    _flush_folder(target.parent)


def make_current(folder: Path, snapshot_id: str) -> None:
    """Make the snapshot live by one atomic replacement of CURRENT; OSError when that cannot be written."""
    pointer = folder / f".{CURRENT}.new"
    pointer.write_text(snapshot_id + "\n", encoding="utf-8")
    _flush_and_hash(pointer)
    pointer.replace(folder / CURRENT)
    _flush_folder(folder)


def read_current(folder: Path) -> str | None:
    """Return the id of the live snapshot, or None when nothing has been published."""
    try:
        return (folder / CURRENT).read_text(encoding="utf-8").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None


def read_manifest(snapshot: Path) -> dict:
    """Return a snapshot's manifest; SnapshotError when it is missing or not readable."""
    try:
        manifest = json.loads((snapshot / MANIFEST).read_text(encoding="utf-8"))
        if not isinstance(manifest, dict):
            raise ValueError("it is no manifest")
    except (OSError, ValueError) as error:
        raise SnapshotError(
            f"{snapshot / MANIFEST} cannot be read: {error}. Build again: python -m etl build"
        ) from error
    return manifest


def list_live_inputs(folder: Path) -> set[str]:
    """Return the hashes of the inputs of the live snapshot; none when there is no sound one."""
    live = read_current(folder)
    if live is None or find_damage(folder / live):
        return set()
    return {entry["sha256"] for entry in read_manifest(folder / live)["inputs"]}


def find_damage(snapshot: Path) -> list[str]:
    """Return a sentence for each file of the snapshot that is missing or not as its manifest says."""
    try:
        manifest = read_manifest(snapshot)
    except SnapshotError as error:
        return [str(error)]
    content = {key: value for key, value in manifest.items() if key != "id"}
    is_whole = "outputs" in content and "data_date" in content
    if not is_whole or {manifest.get("id"), make_id(content)} != {snapshot.name}:
        return [f"{snapshot / MANIFEST} is not as it was published"]
    damage = []
    for output in content["outputs"]:
        file = snapshot / output["file"]
        if not file.is_file():
            damage.append(f"{file} is missing")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != output["sha256"]:
            damage.append(f"{file} is not as it was published")
    return damage


def _flush_and_hash(file: Path) -> str:
    """Flush the file to disk, so that a power cut cannot leave a name without its content, and return its sha256."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder to flush it
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
