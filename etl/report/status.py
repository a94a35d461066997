"""The status: what is live, how old it is, which extracts are in it and what was refused."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from rich.console import RenderableType
from rich.table import Table

from etl.catalogue import load_catalogue
from etl.catalogue.whole import Catalogue
from etl.errors import SnapshotError
from etl.publish import find_damage, read_current, read_manifest
from etl.release import read_release
from etl.report.building import COUNTS, describe_refusals
from etl.report.words import MADE_UP, make_table, say_date, say_moment

Rows = list[dict[str, Any]]


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
    catalogue = load_catalogue()
    returns = {layout.id for layout in (*catalogue.returns, *catalogue.registers)}
    sources = pq.read_table(snapshots / current / "sources.parquet").to_pylist()
    findings = pq.read_table(snapshots / current / "quality.parquet").to_pylist()
    shown: list[RenderableType] = [
        _describe_live(snapshots, current, sources, now=now),
        _describe_sources([row for row in sources if row["id"] not in returns]),
    ]
    extracts = [row for row in sources if row["id"] in returns]
    if extracts:
        shown.append(_describe_extracts(extracts))
    refused, found = _divide(findings, catalogue)
    return [*shown, *describe_refusals(refused, catalogue), _describe_findings(found)]


def _describe_live(snapshots: Path, current: str, sources: Rows, *, now: dt.datetime) -> str:
    data_date = say_date(read_manifest(snapshots / current)["data_date"])
    published_at = read_release(snapshots, current).get("published_at")
    published = say_moment(published_at) + (f", {_say_age(published_at, now)}" if published_at else "")
    lines = [f"Live: {current}", f"Newest Capacity Tracker figure: {data_date}", f"Published: {published}"]
    made_up = [row["id"] for row in sources if row.get("is_illustrative")]
    if made_up:
        lines.append(f"Some figures are {MADE_UP}: {', '.join(made_up)}")
    return "\n".join(lines)


def _say_age(published_at: str, now: dt.datetime) -> str:
    days = max((now - dt.datetime.fromisoformat(published_at)).days, 0)  # this machine's clock may be behind
    return "today" if days == 0 else f"{days} day{'s' if days != 1 else ''} ago"


def _describe_sources(sources: Rows) -> Table:
    shown = make_table("Sources", "source", "data to", "next expected", *COUNTS, numbers=COUNTS)
    for row in sources:
        counts = [f"{row[f'rows_{name}']:,}" for name in COUNTS]
        shown.add_row(row["id"], f"{row['data_to']:%d %b %Y}", row["next_expected"], *counts)
    return shown


def _describe_extracts(sources: Rows) -> Table:
    columns = ("source", "extracts", "first", "newest", "newest file", *COUNTS)
    shown = make_table("Extracts", *columns, numbers=COUNTS)
    for row in sources:
        counts = [f"{row[f'rows_{name}']:,}" for name in COUNTS]
        dates = [f"{row[name]:%d %b %Y}" for name in ("data_from", "data_to")]
        shown.add_row(row["id"], row["edition"].partition(" ")[0], *dates, row["file"], *counts)
    return shown


def _divide(findings: Rows, catalogue: Catalogue) -> tuple[dict[tuple[str, str], int], Rows]:
    """Return refused rows by source and rule of the returns, and the other findings."""
    rules = {rule.id for rule in catalogue.return_rules if rule.effect == "row refused"}
    returns = {layout.id for layout in (*catalogue.returns, *catalogue.registers)}
    refused: dict[tuple[str, str], int] = defaultdict(int)
    others = []
    for row in findings:
        if row["source_id"] in returns and row["rule"] in rules:
            refused[row["source_id"], row["rule"]] += row["rows"]
        else:
            others.append(row)
    return dict(refused), others


def _describe_findings(findings: Rows) -> Table:
    """Return the findings; those of many areas by one rule as one line, for there may be hundreds."""
    shown = make_table("Findings", "source", "rule", "rows", "finding", numbers=("rows",))
    by_rule: dict[tuple[str, str], Rows] = defaultdict(list)
    for row in findings:
        by_rule[row["source_id"], row["rule"]].append(row)
    for (source_id, rule), rows in by_rule.items():
        areas = {row["area_code"] for row in rows}
        if len(areas) > 1:
            finding = f"Found in {len(areas)} areas; see quality.parquet. {rows[0]['what_to_do']}"
            shown.add_row(source_id, rule, f"{sum(row['rows'] for row in rows):,}", finding)
            continue
        for row in rows:
            shown.add_row(source_id, rule, f"{row['rows']:,}", row["finding"])
    return shown
