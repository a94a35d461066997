"""The archive: every snapshot that lies in the folder, found by its id: its record, its files, its frames.

An id from an address is never made into a path: it must look like an id, and the folder must list it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import flask
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.shelf import Shelf
from dashboard.store import (
    SCHEMA_VERSION,
    TABLES,
    Snapshot,
    Store,
    StoreError,
    make_id,
    open_snapshot,
    read_batches,
    read_release,
    read_schema,
)

EXTENSION = "asc_archive"
LATEST = "latest"
SHAPE = r"\d{4}-\d{2}-\d{2}-[0-9a-f]{12}"
"""What every snapshot's id looks like: its data date and a part of its hash."""
MOST_OPEN = 2
"""Older snapshots whose frames stay in memory, the last used: each takes as much as the live one."""
MOST_HELD = 32
"""Snapshots whose files stay checked."""


class ArchiveError(LookupError):
    """There is no such snapshot, or it is damaged; the message says which and what to do."""


@dataclass(frozen=True, eq=False)
class Record:
    """What is known of a snapshot without opening it: its manifest and its release record."""

    folder: Path
    manifest: Mapping[str, Any]
    release: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Return the snapshot's id."""
        return self.folder.name

    @property
    def data_date(self) -> str:
        """Return the date of its newest extract, as 2020-08-10."""
        return str(self.manifest["data_date"])

    @property
    def manifest_date(self) -> dt.date:
        """Return the same as a date."""
        return dt.date.fromisoformat(self.data_date)

    @property
    def observations(self) -> int:
        """Return how many observations it holds."""
        rows = {output["file"]: output["rows"] for output in self.manifest["outputs"]}
        return int(rows.get("observations.parquet", 0))

    @property
    def published_at(self) -> str:
        """Return when it was first published, with the time zone; empty where no release record was kept."""
        return str(self.release.get("published_at") or "")

    @cached_property
    def is_illustrative(self) -> bool:
        """Tell whether any of its figures was made up to show how the dashboard works."""
        return any_illustrative(self.folder / "observations.parquet")


@dataclass(frozen=True, eq=False)
class TableFile:
    """One table of a snapshot, in its parquet file."""

    name: str
    file: Path
    rows: int
    size: int
    sha256: str
    schema: pa.Schema

    @property
    def meaning(self) -> str:
        """Return what a row is, in a sentence; empty in snapshots older than that was kept."""
        return read_meaning(self.schema)


@dataclass(frozen=True, eq=False)
class Holding:
    """A snapshot's files, each checked against its manifest."""

    record: Record
    tables: Mapping[str, TableFile]

    @property
    def id(self) -> str:
        """Return the snapshot's id."""
        return self.record.id


def read_meaning(described: pa.Schema | pa.Field) -> str:
    """Return what a table's row or a column means, which travels with it as metadata; empty where it does not."""
    return ((described.metadata or {}).get(b"meaning") or b"").decode()


def any_illustrative(file: Path, *, column: str = "", value: str = "") -> bool:
    """Tell whether a table holds a row that was made up, among those with this value in the column if one is given."""
    if "is_illustrative" not in read_schema(file).names:
        return False
    names = ["is_illustrative", *([column] if column else [])]
    for batch in read_batches(file, columns=names):
        rows = batch.filter(pc.equal(batch[column], value)) if column else batch
        if pc.any(rows["is_illustrative"]).as_py():
            return True
    return False


class Archive:
    """The snapshots of a store's folder. Any number of threads may ask at once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._records: dict[str, Record] = {}
        self._holdings = Shelf(MOST_HELD)
        self._columns = Shelf(MOST_HELD)
        self._snapshots = Shelf(MOST_OPEN)

    def list_records(self) -> list[Record]:
        """Return the snapshots in the folder, the last published first. One that cannot be read is left out."""
        try:
            names = [entry.name for entry in self._store.folder.iterdir() if re.fullmatch(SHAPE, entry.name)]
        except OSError as error:
            raise StoreError(f"The snapshots in {self._store.folder} cannot be listed: {error.strerror}.") from error
        records = [record for name in names if (record := self._find_record(name))]
        return sorted(records, key=lambda record: (record.published_at, record.id), reverse=True)

    def _find_record(self, name: str) -> Record | None:
        kept = self._records.get(name)
        if kept and kept.release:  # a release record is written after its snapshot, and does not change then
            return kept
        folder = self._store.folder / name
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            is_sound = make_id(manifest) == name and {"outputs", "schema_version"} <= set(manifest)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        if not is_sound:
            return None
        self._records[name] = Record(folder=folder, manifest=manifest, release=read_release(folder))
        return self._records[name]

    def find(self, snapshot_id: str) -> Record:
        """Return the record of a snapshot by its id, or of the live one by "latest"; ArchiveError if there is none."""
        wanted = self._store.snapshot.id if snapshot_id == LATEST else snapshot_id
        if found := next((record for record in self.list_records() if record.id == wanted), None):
            return found
        raise ArchiveError(f"There is no snapshot {wanted[:40]!r} here. /api/v1/snapshots lists those that there are.")

    def find_id(self, snapshot_id: str) -> str:
        """Return the id of a snapshot that can be opened; the live one, or "latest", needs no look into the folder."""
        live = self._store.snapshot.id
        return live if snapshot_id in (LATEST, live) else self.find(snapshot_id).id

    def hold(self, snapshot_id: str) -> Holding:
        """Return a snapshot's files once they are checked; ArchiveError when there is none or one is damaged."""
        record = self.find(snapshot_id)
        return self._holdings.get(record.id, lambda: check_files(record))

    def columns(self, snapshot_id: str) -> dict[str, pa.Schema]:
        """Return the columns of each of a snapshot's tables; those once read are there when the folder is not."""
        return self._columns.get(
            snapshot_id, lambda: {name: table.schema for name, table in self.hold(snapshot_id).tables.items()}
        )

    def open(self, snapshot_id: str) -> Snapshot:
        """Return a snapshot's frames; ArchiveError when there is none, or this version cannot read it."""
        live = self._store.snapshot
        if snapshot_id in (LATEST, live.id):
            return live
        record = self.find(snapshot_id)
        if not is_readable(record.manifest):
            raise ArchiveError(
                f"Snapshot {record.id} was made by another version of the dashboard, and this one cannot read it. "
                f"Its files are as they were published: /downloads?snapshot={record.id}"
            )
        try:
            return self._snapshots.get(record.id, lambda: open_snapshot(record.folder))
        except StoreError as error:
            raise ArchiveError(str(error)) from error


def is_readable(manifest: Mapping[str, Any]) -> bool:
    """Tell whether a snapshot has the tables that this version of the dashboard reads."""
    files = {output["file"] for output in manifest["outputs"]}
    return manifest["schema_version"] == SCHEMA_VERSION and {f"{name}.parquet" for name in TABLES} <= files


def check_files(record: Record) -> Holding:
    """Return the tables of a snapshot; ArchiveError when a file is missing or not as it was published."""
    tables = {}
    for output in record.manifest["outputs"]:
        file = record.folder / output["file"]
        try:
            with file.open("rb") as stream:
                is_sound = hashlib.file_digest(stream, "sha256").hexdigest() == output["sha256"]
        except OSError as error:
            raise ArchiveError(f"{file.name} of snapshot {record.id} cannot be read: {error.strerror}.") from error
        if not is_sound:
            raise ArchiveError(f"{file.name} of snapshot {record.id} is not as it was published, so it is not given.")
        tables[file.stem] = TableFile(
            name=file.stem,
            file=file,
            rows=output["rows"],
            size=file.stat().st_size,
            sha256=output["sha256"],
            schema=read_schema(file),
        )
    return Holding(record=record, tables=tables)


def attach_archive(server: flask.Flask, archive: Archive) -> None:
    """Make the archive the one that `current_archive` finds while the server answers."""
    server.extensions[EXTENSION] = archive


def current_archive() -> Archive:
    """Return the archive of the app that is answering; StoreError while the app is being set up."""
    archive = flask.current_app.extensions.get(EXTENSION)
    if archive is None:
        raise StoreError("The dashboard is starting and has no figures yet.")
    return archive
