"""What the command line shows: a build's summary, the inputs, and what is live."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow.parquet as pq
from rich.console import Group, RenderableType
from rich.table import Table

from etl.errors import SnapshotError
from etl.pipeline import Outcome, Prepared
from etl.publish import find_damage, read_current, read_manifest, read_release


def describe_build(outcome: Outcome) -> RenderableType:
    """Return the summary of a build: inputs, tables and whether the live snapshot changed."""
    made = Table(title="Tables", title_justify="left")
    made.add_column("table")
    made.add_column("rows", justify="right")
    for name, table in outcome.prepared.tables.items():
        made.add_row(name, f"{table.num_rows:,}")
    news = "is live" if outcome.is_new else "was live already: nothing has changed"
    return Group(describe_inputs(outcome.prepared), made, f"Snapshot {outcome.snapshot_id} {news}.")


def describe_inputs(prepared: Prepared) -> Table:
    """Return a table of the sources: file, rows read, accepted and refused."""
    shown = _sources_table()
    for source_id, read in prepared.extracts.items():
        kept = read.rows_read - read.rows_refused
        origin = "carried table" if read.is_carried else "original"
        shown.add_row(source_id, read.origin, origin, f"{read.rows_read:,}", f"{kept:,}", f"{read.rows_refused:,}")
    return shown


def describe_status(snapshots: Path, *, now: dt.datetime) -> list[RenderableType]:
    """Return what is live, how old it is, whether it is whole, and what was refused; SnapshotError when nothing is."""
    current = read_current(snapshots)
    if current is None:
        raise SnapshotError(f"Nothing is live: {snapshots} has no CURRENT. Build first: python -m etl build")
    damage = find_damage(snapshots / current)
    if damage:
        raise SnapshotError(
            f"The live snapshot {current} is damaged:\n"
            + "\n".join(f"  - {entry}" for entry in damage)
            + "\nWhat to do: python -m etl build"
        )
    data_date = dt.date.fromisoformat(read_manifest(snapshots / current)["data_date"])
    release = read_release(snapshots, current)
    published = _describe_age(release.get("published_at"), now)
    lines = (
        f"Live: {current}\nNewest Capacity Tracker figure: {data_date.day} {data_date:%B %Y}\nPublished: {published}"
    )
    return [lines, _describe_sources(snapshots / current), _describe_refusals(snapshots / current)]


def _describe_age(published_at: str | None, now: dt.datetime) -> str:
    if published_at is None:
        return "not recorded"
    moment = dt.datetime.fromisoformat(published_at)
    days = max((now - moment).days, 0)  # this machine's clock may be behind
    age = "today" if days == 0 else f"{days} day{'s' if days != 1 else ''} ago"
    return f"{moment.day} {moment:%B %Y at %H:%M} UTC, {age}"


def _describe_sources(snapshot: Path) -> Table:
    shown = Table(title="Sources", title_justify="left")
    for column in ("source", "data to", "next expected"):
        shown.add_column(column, overflow="fold")
    for heading in ("read", "accepted", "refused"):
        shown.add_column(heading, justify="right")
    for row in pq.read_table(snapshot / "sources.parquet").to_pylist():
        counts = [f"{row[name]:,}" for name in ("rows_read", "rows_accepted", "rows_refused")]
        shown.add_row(row["id"], f"{row['data_to']:%d %b %Y}", row["next_expected"], *counts)
    return shown


def _describe_refusals(snapshot: Path) -> RenderableType:
    shown = Table(title="Findings", title_justify="left")
    for column in ("source", "rule", "rows", "finding"):
        shown.add_column(column, justify="right" if column == "rows" else "left", overflow="fold")
    for row in pq.read_table(snapshot / "quality.parquet").to_pylist():
        shown.add_row(row["source_id"], row["rule"], f"{row['rows']:,}", row["finding"])
    return shown


def _sources_table() -> Table:
    shown = Table(title="Sources", title_justify="left")
    for column in ("source", "file", "read from"):
        shown.add_column(column, overflow="fold")
    for column in ("read", "accepted", "refused"):
        shown.add_column(column, justify="right")
    return shown
