"""Ingest: bring the restricted store up to the files that lie in the folders, reading only what is new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.catalogue.return_model import Layout
from etl.catalogue.whole import Catalogue
from etl.errors import EtlError
from etl.extract.files import hash_file
from etl.returns.files import ExtractFile, ReturnFiles
from etl.returns.intake import INTAKE_VERSION
from etl.returns.store import RestrictedStore
from etl.returns.work import Task, describe_file, run

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Ingested:
    """The records of the extracts that count, by source and date, and what was replaced on the way."""

    records: dict[str, list[dict[str, Any]]]
    replaced: tuple[tuple[dict[str, Any], dict[str, Any]], ...]
    """Pairs of an earlier record and the one of its corrected issue."""
    read: int
    """How many files were read now."""


def ingest(
    files: ReturnFiles,
    *,
    catalogue: Catalogue,
    store: RestrictedStore,
    lookups: Path,
    scheduler: str | None = None,
    progress: Progress = lambda stage: None,
) -> Ingested:
    """Return the records of all extracts; EtlError lists every extract that is refused, and keeps the sound ones."""
    records: dict[str, list[dict[str, Any]]] = {}
    tasks, before = [], {}
    for layout in (*catalogue.returns, *catalogue.registers):
        found = files.by_source[layout.id]
        records[layout.id] = []
        if not found:
            continue
        store.prepare(layout.id)
        key = make_key(layout, catalogue, lookups=lookups)
        for extract in found:
            known = _find_known(extract, layout=layout, store=store, key=key, is_illustrative=files.is_illustrative)
            if known:
                records[layout.id].append(known)
                continue
            earlier = store.find(layout.id, extract.date)
            if earlier:
                before[layout.id, extract.date.isoformat()] = earlier
            tasks.append(_make_task(extract, layout, store=store, lookups=lookups, key=key, files=files))
    done, faults, replaced = 0, [], []
    for record in run(tasks, scheduler=scheduler):
        done += 1
        progress(f"read extracts: {done} of {len(tasks)} new")
        if "error" in record:
            faults.append(record["error"])
            continue
        records[record["source_id"]].append(record)
        earlier = before.get((record["source_id"], record["date"]))
        if earlier and earlier["sha256"] != record["sha256"] and earlier["is_illustrative"] == files.is_illustrative:
            replaced.append((earlier, record))
    if faults:
        raise EtlError("\n\n".join(sorted(faults)))
    ordered = {source_id: sorted(kept, key=lambda record: record["date"]) for source_id, kept in records.items()}
    return Ingested(records=ordered, replaced=tuple(sorted(replaced, key=lambda pair: pair[1]["date"])), read=done)


def make_key(layout: Layout, catalogue: Catalogue, *, lookups: Path) -> str:
    """Return what must be the same for an extract that was read before to count as read."""
    said = [layout.model_dump_json(), *(rule.model_dump_json() for rule in catalogue.return_rules)]
    said += [hash_file(lookups / name) for name in ("areas.csv", "councils.csv")]
    return hashlib.sha256(json.dumps([INTAKE_VERSION, *said]).encode()).hexdigest()


def _find_known(
    extract: ExtractFile, *, layout: Layout, store: RestrictedStore, key: str, is_illustrative: bool
) -> dict[str, Any] | None:
    """Return the record of a file that was read before and is as it was, by its name, size and time of change."""
    record = store.find(layout.id, extract.date)
    if record is None or record["key"] != key or record["is_illustrative"] != is_illustrative:
        return None
    is_same = record["file"] == extract.file.name and record["seen"] == describe_file(extract.file)
    return record if is_same else None


def _make_task(
    extract: ExtractFile,
    layout: Layout,
    *,
    store: RestrictedStore,
    lookups: Path,
    key: str,
    files: ReturnFiles,
) -> Task:
    return Task(
        source_id=layout.id,
        file=str(extract.file),
        date=extract.date.isoformat(),
        restricted=str(store.folder),
        lookups=str(lookups),
        key=key,
        is_illustrative=files.is_illustrative,
    )
