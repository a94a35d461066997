"""Answers: rows of a snapshot as JSON or CSV. What is missing is null, with its status beside it, and never NaN."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pyarrow as pa

from dashboard.api.parameters import Formatted
from dashboard.api.resources import SNAPSHOT_COLUMNS, SNAPSHOTS, Resource, list_snapshots
from dashboard.archive import Archive
from dashboard.export.table_csv import stream_csv
from dashboard.store import Snapshot


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of one answer, the snapshot they are of, how many there are in all, and the query of those that follow."""

    frame: pd.DataFrame
    schema: pa.Schema
    snapshot_id: str
    total: int
    following: str | None = None

    @property
    def is_illustrative(self) -> bool:
        """Tell whether any of these rows was made up to show how the dashboard works."""
        return "is_illustrative" in self.frame and bool(self.frame["is_illustrative"].any())


def list_rows(archive: Archive, snapshot: Snapshot, resource: Resource, asked: Any) -> Rows:
    """Return the rows that the parameters ask for, one page of them; Problem for a value that the snapshot lacks."""
    frame, schema = read_resource(archive, snapshot, resource, asked)
    end = asked.offset + asked.limit
    return Rows(
        frame=frame.iloc[asked.offset : end][schema.names],
        schema=schema,
        snapshot_id=snapshot.id,
        total=len(frame),
        following=write_query(asked, snapshot, offset=end) if end < len(frame) else None,
    )


def find_row(archive: Archive, snapshot: Snapshot, resource: Resource, key: str) -> Rows:
    """Return one row by its id, or none."""
    frame, schema = read_resource(archive, snapshot, resource, resource.parameters())
    found = frame[frame[resource.key] == key][schema.names]
    return Rows(frame=found, schema=schema, snapshot_id=snapshot.id, total=len(found))


def read_resource(
    archive: Archive, snapshot: Snapshot, resource: Resource, asked: Any
) -> tuple[pd.DataFrame, pa.Schema]:
    """Return a resource's rows, those that the parameters choose, and the columns they have."""
    if resource is SNAPSHOTS:
        return list_snapshots(archive, snapshot), SNAPSHOT_COLUMNS
    return resource.pick(snapshot, asked), archive.columns(snapshot.id)[resource.name]


def write_query(asked: Formatted, snapshot: Snapshot, *, offset: int) -> str:
    """Return the query of the rows that follow. It names the snapshot: the next page is of the same, come what may."""
    given = asked.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"offset": offset}
    if "snapshot" in type(asked).model_fields:
        given["snapshot"] = snapshot.id
    return urlencode(given, doseq=True)


def write_list(rows: Rows, *, address: str) -> str:
    """Return the rows as JSON, with the address of those that follow."""
    body = {
        "snapshot": rows.snapshot_id,
        "is_illustrative": rows.is_illustrative,
        "total": rows.total,
        "data": make_records(rows),
        "next": f"{address}?{rows.following}" if rows.following else None,
    }
    return write_json(body)


def write_one(rows: Rows) -> str:
    """Return the one row as JSON."""
    body = {"snapshot": rows.snapshot_id, "is_illustrative": rows.is_illustrative, "data": make_records(rows)[0]}
    return write_json(body)


def write_json(body: Mapping[str, Any]) -> str:
    """Return the body as JSON text; ValueError for a number that JSON has not, so that none slips out as NaN."""
    return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def make_records(rows: Rows) -> list[dict[str, Any]]:
    """Return the rows as JSON can hold them: dates as 2020-08-10, whole numbers whole, what is missing as None."""
    columns = [_convert(rows.frame[field.name].tolist(), field.type) for field in rows.schema]
    return [dict(zip(rows.schema.names, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _convert(cells: list[Any], kind: pa.DataType) -> list[Any]:
    if pa.types.is_date(kind):
        return [cell.isoformat() if isinstance(cell, dt.date) else None for cell in cells]
    if pa.types.is_integer(kind):
        return [None if cell is None or cell != cell else int(cell) for cell in cells]
    return [None if cell is None or cell != cell else cell for cell in cells]


def write_csv(rows: Rows) -> bytes:
    """Return the rows as CSV: the cells are those of the downloads."""
    batches = pa.Table.from_pandas(rows.frame, schema=rows.schema, preserve_index=False).to_batches()
    return b"".join(stream_csv(batches, schema=rows.schema))
