"""The difference between two snapshots in words: inputs, versions, figures, verdicts, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
from rich.console import RenderableType
from rich.table import Table

from etl.compare_snapshots import Comparison, FigureChange, IndicatorChange, InputChange
from etl.report.words import make_table, say_count

MOST_INPUTS = 20
COUNTS = {
    "added": "added",
    "removed": "removed",
    "value": "value changed",
    "status": "status changed",
    "other": "only counts or limits",
    "verdicts": "verdicts changed",
}
VERSIONS = {"schema_version": "layout of the tables", "method_version": "method"}
STATUSES = {"": "a value", "c": "confidential", "x": "unavailable", "z": "not applicable"}
CAUSES = {
    "lookups": "a lookup changed",
    "method": "the method changed",
    "layout": "the layout of the tables changed",
    "code": "no input and no version changed, so the program did: METHOD_VERSION should have been raised",
}
AGAINST = {"versus_england": "England", "versus_region": "the region"}


@dataclass(frozen=True)
class Names:
    """What areas and indicators are called, and the unit of each indicator."""

    areas: dict[str, str]
    units: dict[str, str]


def read_names(*snapshots: Path) -> Names:
    """Return the names that the snapshots give, those of the last first."""
    areas: dict[str, str] = {}
    units: dict[str, str] = {}
    for snapshot in snapshots:
        places = pq.read_table(snapshot / "areas.parquet", columns=["code", "name"]).to_pydict()
        areas |= dict(zip(places["code"], places["name"], strict=True))
        measures = pq.read_table(snapshot / "indicators.parquet", columns=["id", "unit"]).to_pydict()
        units |= dict(zip(measures["id"], measures["unit"], strict=True))
    return Names(areas=areas, units=units)


def describe_comparison(comparison: Comparison, names: Names) -> list[RenderableType]:
    """Return what differs and why, the counts first and then the largest changes."""
    shown: list[RenderableType] = [f"From {comparison.before} to {comparison.after}"]
    if comparison.before == comparison.after:
        return [*shown, "It is the same snapshot."]
    shown += [
        f"The version of the {VERSIONS[name]} went from {was} to {now}."
        for name, (was, now) in comparison.versions.items()
    ]
    if comparison.inputs:
        shown.append(_describe_inputs(comparison.inputs))
    if comparison.tables:
        shown.append(_describe_tables(comparison))
    if comparison.indicators:
        shown.append(_describe_indicators(comparison))
        shown += [table for table in _list_changes(comparison.indicators, names) if table.row_count]
    return [*shown, _conclude(comparison)]


def say_causes(change: IndicatorChange, comparison: Comparison) -> str:
    """Return why an indicator's figures may have changed."""
    own = [entry for entry in comparison.inputs if f"{entry.id} ".startswith(f"{change.source_id} ")]
    said = [_say_inputs(own) if cause == "inputs" else CAUSES[cause] for cause in change.causes]
    only = "only " if change.causes in (("method",), ("layout",), ("lookups",)) else ""
    return only + "; ".join(said)


def _say_inputs(changes: Sequence[InputChange]) -> str:
    kinds = [_kind(change) for change in changes]
    counts = [f"{kinds.count(kind)} {kind}" for kind in ("added", "removed", "with other content") if kind in kinds]
    return f"inputs changed: {', '.join(counts)}"


def _kind(change: InputChange) -> str:
    if change.before is None:
        return "added"
    return "removed" if change.after is None else "with other content"


def _describe_inputs(changes: Sequence[InputChange]) -> Table:
    shown = make_table("Inputs that changed", "input", "change", "file before", "file after")
    for change in changes[:MOST_INPUTS]:
        shown.add_row(change.id, _kind(change), change.before or "", change.after or "")
    if len(changes) > MOST_INPUTS:
        shown.add_row(f"and {len(changes) - MOST_INPUTS} more", "", "", "")
    return shown


def _describe_tables(comparison: Comparison) -> Table:
    numbers = ("rows before", "rows after")
    shown = make_table("Tables that changed", "table", *numbers, numbers=numbers)
    for name, rows in comparison.tables.items():
        shown.add_row(name, *("none" if count is None else f"{count:,}" for count in rows))
    return shown


def _describe_indicators(comparison: Comparison) -> Table:
    shown = make_table("Figures", "indicator", *COUNTS.values(), "why", numbers=tuple(COUNTS.values()))
    for change in comparison.indicators:
        counts = [f"{count:,}" if (count := getattr(change, name)) else "" for name in COUNTS]
        shown.add_row(change.id, *counts, say_causes(change, comparison))
    return shown


def _list_changes(indicators: Sequence[IndicatorChange], names: Names) -> Iterator[Table]:
    values = make_table(
        "Largest changes of value", "indicator", "area", "date", "before", "after", "change",
        numbers=("before", "after", "change"),
    )  # fmt: skip
    verdicts = make_table("Newest changed verdicts", "indicator", "area", "date", "against", "before", "after")
    statuses = make_table("Changes of status", "indicator", "figures", "before", "after", numbers=("figures",))
    for indicator in indicators:
        unit = names.units.get(indicator.id, "")
        for change in indicator.largest:
            values.add_row(indicator.id, *_place(change, names), *_say_values(change, unit))
        for change in indicator.newest_verdicts:
            said = [word or "no comparison" for word in (change.before, change.after)]
            verdicts.add_row(indicator.id, *_place(change, names), AGAINST[change.what], *said)
        for (before, after), count in indicator.statuses.items():
            statuses.add_row(indicator.id, f"{count:,}", STATUSES.get(before, before), STATUSES.get(after, after))
    yield from (values, verdicts, statuses)


def _place(change: FigureChange, names: Names) -> tuple[str, str]:
    return f"{change.area_code} {names.areas.get(change.area_code, '')}".strip(), change.date.isoformat()


def _say_values(change: FigureChange, unit: str) -> tuple[str, str, str]:
    moved = change.after - change.before
    sign, points = "+" if moved > 0 else "", " points" if unit == "percent" else ""
    return _say_number(change.before), _say_number(change.after), f"{sign}{_say_number(moved)}{points}"


def _say_number(number: float) -> str:
    """Return a number with at most three decimals, or two digits where that would show nothing."""
    text = f"{number:,.3f}".rstrip("0").rstrip(".")
    return f"{number:.2g}" if text in ("0", "-0") else text


def _conclude(comparison: Comparison) -> str:
    changed = sum(
        change.added + change.removed + change.value + change.status + change.other for change in comparison.indicators
    )
    verdicts = sum(change.verdicts for change in comparison.indicators)
    same = f"{say_count(comparison.same, 'figure')} {'is' if comparison.same == 1 else 'are'} the same in everything"
    if not comparison.indicators:
        return f"No figure changed: {same}."
    return f"{say_count(changed, 'figure')} and {say_count(verdicts, 'verdict')} changed; {same}."
