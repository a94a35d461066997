"""Ingest: bring the restricted store up to the files that lie in the folders, reading only what is new."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection
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
    """Pairs of an earlier record, read before or still live, and the one of its corrected issue."""
    read_now: dict[str, int]
    """How many files were read now, by source; none is left out for a file that is known."""


def ingest(
    files: ReturnFiles,
    *,
    catalogue: Catalogue,
    store: RestrictedStore,
    lookups: Path,
    known: Collection[str] = (),
    scheduler: str | None = None,
    progress: Progress = lambda stage: None,
) -> Ingested:
    """Return the records of all extracts; EtlError lists every extract that is refused, and keeps the sound ones.

    `known` holds the hashes of the extracts that are live: a correction is news until it is live itself.
    """
    records: dict[str, list[dict[str, Any]]] = {}
    tasks, just_before = [], {}
    for layout in (*catalogue.returns, *catalogue.registers):
        found = files.by_source[layout.id]
        records[layout.id] = []
        if not found:
            continue
        store.prepare(layout.id)
        key = make_key(layout, catalogue, lookups=lookups)
        for extract in found:
            read_before = _find_known(
                extract, layout=layout, store=store, key=key, is_illustrative=files.is_illustrative
            )
            if read_before:
                records[layout.id].append(read_before)
                continue
            earlier = store.find(layout.id, extract.date)
            if earlier:
                just_before[layout.id, extract.date.isoformat()] = earlier
            tasks.append(_make_task(extract, layout, store=store, lookups=lookups, key=key, files=files))
    read_now, faults = Counter(), []
    for done, record in enumerate(run(tasks, scheduler=scheduler), 1):
        progress(f"read extracts: {done} of {len(tasks)} new")
        if "error" in record:
            faults.append(record["error"])
            continue
        read_now[record["source_id"]] += 1
        records[record["source_id"]].append(record)
    if faults:
        raise EtlError("\n\n".join(sorted(faults)))
    ordered = {source_id: sorted(kept, key=lambda record: record["date"]) for source_id, kept in records.items()}
    pairs = [
        (_find_corrected(record, just_before.get((source_id, record["date"])), known=known), record)
        for source_id, kept in ordered.items()
        for record in kept
    ]
    return Ingested(records=ordered, replaced=tuple(pair for pair in pairs if pair[0]), read_now=dict(read_now))


def _find_corrected(
    record: dict[str, Any], just_before: dict[str, Any] | None, *, known: Collection[str]
) -> dict[str, Any] | None:
    """Return the record that this one corrects: the one that is still live, or the one that stood here until now.

    The live one counts first: a build may have read the correction and then been refused or killed.
    """
    live = [earlier for earlier in record.get("earlier", ()) if earlier["sha256"] in known]
    if live and record["sha256"] not in known:
        return live[0]
    is_other = just_before is not None and just_before["sha256"] != record["sha256"]
    return just_before if is_other and just_before["is_illustrative"] == record["is_illustrative"] else None


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
