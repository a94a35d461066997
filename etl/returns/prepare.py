"""Prepare: everything that a snapshot holds of the home-level returns, from the restricted store's counts."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from etl.catalogue.return_model import Layout, Register, Return
from etl.catalogue.whole import Catalogue
from etl.disclose import disclose_changes, disclose_figures
from etl.disclosure.places import Places, find_places
from etl.returns.change import compare_extracts, describe_changes
from etl.returns.figures import make_figures, repeat
from etl.returns.files import ReturnFiles, find_files
from etl.returns.findings import find_in_files, find_in_newest
from etl.returns.ingest import Ingested, ingest
from etl.returns.levels import stack
from etl.returns.register import compare_with_register
from etl.returns.store import RestrictedStore
from etl.returns.tolerance import check_totals

Progress = Callable[[str], None]
MADE_UP = "Made up to show how the dashboard works. These are real councils' names beside answers that no home gave."


@dataclass(frozen=True)
class ReturnFolders:
    """Where the returns lie and where the restricted store keeps what was read."""

    extracts: Path
    illustrative: Path
    restricted: Path
    lookups: Path


@dataclass(frozen=True)
class Prepared:
    """What a snapshot holds of the returns: area figures by indicator, changes, findings, sources and inputs."""

    ingested: Ingested
    figures: dict[str, pd.DataFrame]
    changes: pd.DataFrame
    findings: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    inputs: list[dict[str, str]]
    newest: dt.date | None
    is_illustrative: bool


def prepare_returns(
    folders: ReturnFolders,
    *,
    catalogue: Catalogue,
    areas: pd.DataFrame,
    known: set[str],
    is_accepted: bool,
    scheduler: str | None,
    progress: Progress,
) -> Prepared:
    """Return all of it; EtlError lists every extract that is refused, or the totals that jump and are not accepted."""
    every = (*catalogue.returns, *catalogue.registers)
    files = find_files(every, extracts=folders.extracts, illustrative=folders.illustrative)
    store = RestrictedStore(folders.restricted)
    ingested = ingest(
        files,
        catalogue=catalogue,
        store=store,
        lookups=folders.lookups,
        known=known,
        scheduler=scheduler,
        progress=progress,
    )
    places = find_places(areas)
    figures, changes, findings, sources, inputs = {}, [], [], [], []
    for layout in catalogue.returns:
        records = ingested.records[layout.id]
        if not records:
            continue
        if not is_accepted:
            folder = str((folders.illustrative if files.is_illustrative else folders.extracts) / layout.folder)
            check_totals(records, layout=layout, catalogue=catalogue, known=known, folder=folder)
        progress(f"count {layout.place}s")
        own, changed = _calculate(
            store, layout=layout, catalogue=catalogue, areas=areas, places=places, records=records
        )
        figures |= own
        changes.append(changed)
        dates = [dt.date.fromisoformat(record["date"]) for record in records]
        findings += find_in_newest(store, layout=layout, catalogue=catalogue, dates=dates)
        findings += find_in_files(records, layout=layout, catalogue=catalogue)
        for register in catalogue.registers if layout.is_on_register else ():
            findings += compare_with_register(
                store,
                layout=layout,
                register=register,
                catalogue=catalogue,
                extract_date=dates[-1],
                register_dates=[dt.date.fromisoformat(record["date"]) for record in ingested.records[register.id]],
            )
        sources.append(_describe_source(layout, records, files))
        inputs += [_describe_input(record) for record in records]
    for register in catalogue.registers:
        records = ingested.records[register.id]
        if records:
            figures |= _count_register(store, register, catalogue=catalogue, areas=areas, records=records)
            sources.append(_describe_source(register, records, files))
            inputs += [_describe_input(record) for record in records]
    return Prepared(
        ingested=ingested,
        figures={name: frame.assign(is_illustrative=files.is_illustrative) for name, frame in figures.items()},
        changes=pd.concat(changes, ignore_index=True) if changes else pd.DataFrame(),
        findings=[row | {"is_illustrative": files.is_illustrative} for row in findings],
        sources=sources,
        inputs=inputs,
        newest=max((source["data_to"] for source in sources), default=None),
        is_illustrative=files.is_illustrative,
    )


def _calculate(
    store: RestrictedStore,
    *,
    layout: Return,
    catalogue: Catalogue,
    areas: pd.DataFrame,
    places: Places,
    records: list[dict[str, Any]],
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Return the disclosed figures of each indicator and the disclosed changes of one return."""
    dates = [dt.date.fromisoformat(record["date"]) for record in records]
    block = stack({date: store.read_counts(layout.id, date) for date in dates}, areas=areas)
    figures = disclose_figures(
        make_figures(block, layout=layout, indicators=catalogue.indicators),
        indicators=[indicator for indicator in catalogue.indicators if indicator.source_id == layout.id],
        places=places,
    )
    figures = {name: frame.assign(source_id=repeat(layout.id, len(frame))) for name, frame in figures.items()}
    counts = compare_extracts(
        store,
        layout=layout,
        indicators=catalogue.indicators,
        breaks=catalogue.breaks,
        dates=dates,
        areas=list(places.regions),
    )
    if counts.empty:
        return figures, counts
    changes = describe_changes(disclose_changes(counts, figures=figures, places=places))
    return figures, changes.assign(source_id=layout.id)


def _count_register(
    store: RestrictedStore,
    register: Register,
    *,
    catalogue: Catalogue,
    areas: pd.DataFrame,
    records: list[dict[str, Any]],
) -> dict[str, pd.DataFrame]:
    """Return the figures of a register, which are public: nothing of them is hidden."""
    dates = [dt.date.fromisoformat(record["date"]) for record in records]
    block = stack({date: store.read_counts(register.id, date) for date in dates}, areas=areas)
    made = make_figures(block, layout=register, indicators=catalogue.indicators)
    return {
        name: frame.drop(columns="homes").assign(source_id=repeat(register.id, len(frame)))
        for name, frame in made.items()
    }


def _describe_source(layout: Layout, records: list[dict[str, Any]], files: ReturnFiles) -> dict[str, Any]:
    """Return the source's row: what was read, accepted and refused over all its extracts."""
    hashes = "".join(record["sha256"] for record in records)
    made_up = files.is_illustrative
    return {
        "id": layout.id,
        "title": f"Illustrative: {layout.title}" if made_up else layout.title,
        "publisher": "The dashboard team" if made_up else layout.publisher,
        "licence": "none: made up" if made_up else getattr(layout, "licence", "none: area figures worked out here"),
        "edition": f"{len(records)} extract{'s' if len(records) > 1 else ''}",
        "published": "never published" if made_up or isinstance(layout, Return) else "monthly",
        "received": layout.received,
        "next_expected": layout.next_expected,
        "file": records[-1]["file"],
        "sha256": hashlib.sha256(hashes.encode()).hexdigest() if len(records) > 1 else records[0]["sha256"],
        "data_from": dt.date.fromisoformat(records[0]["date"]),
        "data_to": dt.date.fromisoformat(records[-1]["date"]),
        "rows_read": sum(record["rows_read"] for record in records),
        "rows_accepted": sum(record["rows_accepted"] for record in records),
        "rows_refused": sum(record["rows_refused"] for record in records),
        "notes": "\n".join([MADE_UP, *layout.notes] if made_up else layout.notes),
        "is_illustrative": made_up,
    }


def _describe_input(record: dict[str, Any]) -> dict[str, str]:
    return {"id": f"{record['source_id']} {record['date']}", "file": record["file"], "sha256": record["sha256"]}
