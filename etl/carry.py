"""Carry: write the figures of the publishers' files into our own tidy tables, by the same readers and rules."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd

from etl.catalogue.model import Source
from etl.catalogue.whole import Catalogue
from etl.errors import EtlError
from etl.extract import find_originals, read_originals
from etl.extract.carried import AS_AT, write_carried
from etl.extract.editions import join_editions
from etl.extract.files import hash_file, read_csv
from etl.extract.frame import Extract
from etl.validate import validate


def carry(catalogue: Catalogue, *, extracts: Path, published: Path, today: dt.date) -> dict[str, int]:
    """Return the rows written for each source; EtlError when an original is missing. Written only if all are sound."""
    tables, origins, refused = {}, [], []
    for source in catalogue.sources:
        if not source.file:
            typed = read_csv(published / f"{source.id}.csv")[1]
            origins.append(_describe_typed(source, published / f"{source.id}.csv", rows=len(typed)))
            continue
        originals = read_originals(source, find_originals(source, extracts))
        if not originals:
            raise EtlError(f"There is no {source.file} in {extracts / source.folder}. Put the publisher's file there.")
        folder = extracts / source.folder
        read = join_editions(originals, file=folder) if source.takes_every_file else originals[0]
        figures = validate(read, source=source, catalogue=catalogue, today=today)
        tables[source.id] = _sort(figures.assign(source_id=source.id))
        origins += [_describe_original(source, original) for original in originals]
        refused += [line for original in originals for line in _describe_refusals(source, original)]
    write_carried(published, tables=tables, origins=origins, refused=refused)
    return {source_id: len(frame) for source_id, frame in tables.items()}


def _describe_original(source: Source, original: Extract) -> dict:
    """Return the line of origins.csv for a publisher's file."""
    return {
        "source_id": source.id,
        "file": original.origin,
        "sha256": original.sha256,
        "rows_read": original.rows_read,
        "publisher": source.publisher,
        "licence": source.licence,
        AS_AT: _write_date(original),
    }


def _describe_refusals(source: Source, original: Extract) -> list[dict]:
    """Return the lines of refused.csv for a publisher's file."""
    return [
        {"source_id": source.id, "rule": r.rule, "reason": r.reason, "rows": r.rows, AS_AT: _write_date(original)}
        for r in original.refusals
    ]


def _write_date(original: Extract) -> str:
    return original.as_at.isoformat() if original.as_at else ""


def _describe_typed(source: Source, file: Path, *, rows: int) -> dict:
    """Return the line of origins.csv for a table typed by us from a text: it is its own origin."""
    return {
        "source_id": source.id,
        "file": file.name,
        "sha256": hash_file(file),
        "rows_read": rows,
        "publisher": source.publisher,
        "licence": source.licence,
        AS_AT: "",
    }


def _sort(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in an order of their own, so that a file's row order never shows in a diff."""
    return figures.sort_values(["measure", "area_name", "area_code", "date"], kind="stable")
