"""The store: opens and verifies snapshots, and is the only reader of parquet in the dashboard.

It looks at CURRENT on each use and swaps when that has moved. A snapshot that fails its check is refused, and
the one before it stays.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import flask
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard import metrics
from dashboard.snapshot import Snapshot

log = logging.getLogger(__name__)

SCHEMA_VERSION = 3
TABLES = (
    "observations",
    "indicators",
    "areas",
    "boundaries",
    "sources",
    "recommendations",
    "spotlights",
    "breaks",
    "changes",
    "quality",
    "limits",
    "similar_areas",
    "spread",
    "funnels",
    "contributions",
    "projection",
    "signals",
    "signal_rules",
    "enquiries",
)
EXTENSION = "asc_store"


class StoreError(Exception):
    """No snapshot can be shown; the message says what to do."""


def open_snapshot(folder: Path) -> Snapshot:
    """Return the snapshot in the folder; StoreError when a file is missing, changed or of an unknown version."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if manifest["schema_version"] != SCHEMA_VERSION:
            raise StoreError(f"Snapshot {folder.name} has schema {manifest['schema_version']}, not {SCHEMA_VERSION}.")
        if make_id(manifest) != folder.name:
            raise StoreError(f"manifest.json in snapshot {folder.name} is not as it was published.")
        hashes = {output["file"]: output["sha256"] for output in manifest["outputs"]}
        frames = {name: _read_table(folder / f"{name}.parquet", hashes[f"{name}.parquet"]) for name in TABLES}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"Snapshot {folder.name} cannot be opened: {error}") from error
    for name in ("indicators", "areas", "sources", "signal_rules"):
        frames[name] = frames[name].set_index("code" if name == "areas" else "id", drop=False)
    return Snapshot(
        id=manifest["id"],
        data_date=dt.date.fromisoformat(manifest["data_date"]),
        **frames,
        release=read_release(folder),
    )


def read_release(folder: Path) -> dict[str, Any]:
    """Return the release record of a snapshot; it lies beside the snapshots and a snapshot stands without it."""
    try:
        record = json.loads((folder.parent / "releases" / f"{folder.name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def make_id(manifest: dict) -> str:
    """Return the id that a manifest should have: its data date, and the hash of all it says but the id."""
    content = {key: value for key, value in manifest.items() if key != "id"}
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return f"{content['data_date']}-{digest[:12]}"


def _read_table(file: Path, sha256: str) -> pd.DataFrame:
    if hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
        raise StoreError(f"{file.name} in snapshot {file.parent.name} is not as it was published.")
    table = pq.read_table(file)
    words = [field.name for field in table.schema if pa.types.is_string(field.type)]
    frame = table.drop_columns(words).to_pandas()
    columns = {name: _read_words(table[name]) if name in words else frame[name] for name in table.column_names}
    # In one block a kind of column rather than forty: whatever picks rows takes a fifth of the time.
    return pd.DataFrame(columns).copy()


def _read_words(column: pa.ChunkedArray) -> pd.Series:
    """Return a column of text as Python strings, one string for each different text however often it stands there.

    Plain strings: the frames of one view are small, and there Arrow-backed columns cost more than they save.
    """
    encoded = column.combine_chunks().dictionary_encode()
    words = np.array([*encoded.dictionary.to_pylist(), np.nan], dtype=object)
    places = encoded.indices.fill_null(len(words) - 1).to_numpy(zero_copy_only=False)
    return pd.Series(words[places], dtype=object)


def read_schema(file: Path) -> pa.Schema:
    """Return a table's schema; what its columns mean, where it says so, is in their metadata."""
    return pq.read_schema(file)


def read_batches(file: Path, *, columns: Sequence[str] | None = None, rows: int = 8192) -> Iterator[pa.RecordBatch]:
    """Return a table's rows in batches, so that a file of any length takes the same memory. OSError if it is gone."""
    opened = pq.ParquetFile(file)
    return opened.iter_batches(batch_size=rows, columns=None if columns is None else list(columns))


class Store:
    """The live snapshot of a folder of snapshots."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._mark: tuple[int, int] | None = (0, 0)  # no file's: the first use looks, also where there is no CURRENT
        self._snapshot: Snapshot | None = None
        self.problem = ""

    @property
    def snapshot(self) -> Snapshot:
        """Return the live snapshot; StoreError when there has never been a sound one."""
        mark = self._read_mark()
        # One thread opens what is new. The others go on with what they have; they wait only where there is nothing yet.
        if mark != self._mark and self._lock.acquire(blocking=self._snapshot is None):
            try:
                if mark != self._mark:
                    self._swap(mark)
            finally:
                self._lock.release()
        if self._snapshot is None:
            raise StoreError(self.problem)
        if not self._snapshot.release:
            self._fetch_release()
        return self._snapshot

    def _fetch_release(self) -> None:
        """Take in the release record where it has come since: a build writes it once the snapshot is live."""
        with self._lock:
            shown = self._snapshot
            if shown is not None and (record := read_release(self.folder / shown.id)):
                self._snapshot = replace(shown, release=record)

    def _read_mark(self) -> tuple[int, int] | None:
        """Return what changes when CURRENT is replaced, or None when it is not there."""
        try:
            stat = (self.folder / "CURRENT").stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_ino

    def _swap(self, mark: tuple[int, int] | None) -> None:
        try:
            current = (self.folder / "CURRENT").read_text(encoding="utf-8").strip()
            if self._snapshot is None or current != self._snapshot.id:
                self._snapshot = open_snapshot(self.folder / current)
                metrics.OPENED.inc()
                log.info("snapshot %s is live", current)
            self.problem = ""
        except OSError as error:
            self._refuse(f"No snapshot has been published in {self.folder}: {error.strerror}.")
        except StoreError as error:
            self._refuse(str(error))
        self._mark = mark

    def _refuse(self, problem: str) -> None:
        self.problem = f"{problem} Build one with: python -m etl build"
        metrics.REFUSED.inc()
        kept = f"; {self._snapshot.id} stays" if self._snapshot else ""
        log.error("%s%s", self.problem, kept)


def attach_store(server: flask.Flask, store: Store) -> None:
    """Make the store the one that `current_snapshot` and `current_store` find while the server answers."""
    server.extensions[EXTENSION] = store


def current_store() -> Store:
    """Return the store of the app that is answering; StoreError while the app is being set up."""
    return find_store(flask.current_app)


def find_store(server: flask.Flask) -> Store:
    """Return the store of an app; StoreError while the app is being set up."""
    store = server.extensions.get(EXTENSION)
    if store is None:
        raise StoreError("The dashboard is starting and has no figures yet.")
    return store


def current_snapshot() -> Snapshot:
    """Return the live snapshot of the app that is answering; StoreError when there is none."""
    return current_store().snapshot
