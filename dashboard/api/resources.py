"""Resources: what the API lists. One declaration each; routes, checks and the OpenAPI document are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa

from dashboard import queries
from dashboard.api.parameters import (
    Formatted,
    ListAreas,
    ListIndicators,
    ListObservations,
    ListRules,
    ListSignals,
    ListSnapshots,
    ListSources,
    Pinned,
)
from dashboard.api.problems import Fault, Problem
from dashboard.archive import Archive, Record
from dashboard.store import Snapshot


@dataclass(frozen=True)
class Resource:
    """A list of rows: where they come from, what chooses among them, and what finds one by its id."""

    name: str
    summary: str
    row: str
    """What one row is called in the OpenAPI document."""
    parameters: type[Formatted]
    pick: Callable[[Snapshot, Any], pd.DataFrame]
    key: str = ""
    """The column that finds one row in an address; empty where rows have no id."""
    sample: str = ""
    """A query that shows what the list is for."""

    @property
    def path(self) -> str:
        """Return the path of the list."""
        return f"/api/v1/{self.name}"


def pick_areas(snapshot: Snapshot, asked: ListAreas) -> pd.DataFrame:
    """Return the areas of these kinds and regions."""
    _refuse_unknown("region", asked.region, known=queries.list_regions(snapshot), listed="/api/v1/areas?kind=region")
    return queries.filter_rows(snapshot.areas, kind=asked.kind, region_code=asked.region)


def pick_indicators(snapshot: Snapshot, asked: ListIndicators) -> pd.DataFrame:
    """Return the indicators of these groups, in the order of the catalogue."""
    groups = list(snapshot.indicators["group"].unique())
    _refuse_unknown("group", asked.group, known=groups, listed="/api/v1/indicators")
    return queries.filter_rows(snapshot.indicators, group=asked.group)


def pick_observations(snapshot: Snapshot, asked: ListObservations) -> pd.DataFrame:
    """Return the observations of these indicators, areas and dates."""
    _refuse_unknown("indicator", asked.indicator, known=snapshot.indicators.index, listed="/api/v1/indicators")
    _refuse_unknown("area", asked.area, known=snapshot.areas.index, listed="/api/v1/areas")
    for code in asked.area:
        shown = snapshot.areas.at[code, "shown_as"]
        if shown != code:
            raise _refuse("area", f"the figures of {code} stand under {shown}, the same outline. Ask for that.")
    if asked.first and asked.last and asked.first > asked.last:
        raise _refuse("from", f"it is {asked.first}, after `to`, {asked.last}. Exchange them.")
    return queries.filter_observations(
        snapshot, indicators=asked.indicator, areas=asked.area, first=asked.first, last=asked.last
    )


def pick_signals(snapshot: Snapshot, asked: ListSignals) -> pd.DataFrame:
    """Return the signals of these areas, rules, strengths and states."""
    _refuse_unknown("area", asked.area, known=snapshot.areas.index, listed="/api/v1/areas")
    _refuse_unknown("rule", asked.rule, known=snapshot.signal_rules.index, listed="/api/v1/signal_rules")
    wanted = {"area_code": asked.area, "rule": asked.rule, "strength": asked.strength, "state": asked.state}
    return queries.filter_rows(snapshot.signals, **wanted)


def _refuse_unknown(name: str, words: Sequence[str], *, known: Iterable[str], listed: str) -> None:
    unknown = sorted(set(words) - set(known))
    if unknown:
        raise _refuse(name, f"the snapshot has no {name} {', '.join(unknown)[:100]!r}. {listed} lists those it has.")


def _refuse(name: str, reason: str) -> Problem:
    return Problem("bad-parameter", f"{name}: {reason}", errors=[Fault(parameter=name, reason=reason)])


RESOURCES = {
    resource.name: resource
    for resource in (
        Resource(
            "observations", "Figures: an indicator in an area on a date.", "Observation", ListObservations,
            pick_observations, sample="area=E08000027&indicator=deaths_covid_week_count&from=2020-05-01&limit=2",
        ),
        Resource(
            "indicators", "What is measured: names, units, definitions, caveats.", "Indicator", ListIndicators,
            pick_indicators, key="id", sample="group=Deaths&limit=1",
        ),
        Resource(
            "areas", "England, its regions and councils, past and present.", "Area", ListAreas, pick_areas,
            key="code", sample="kind=region&limit=2",
        ),
        Resource(
            "sources", "Where figures come from: publisher, licence, file, dates.", "Source", ListSources,
            lambda snapshot, asked: snapshot.sources, key="id", sample="limit=1",
        ),
        Resource(
            "signals", "Reasons to look at an area, each with its numbers and what speaks against it.", "Signal",
            ListSignals, pick_signals, key="signal_id", sample="limit=1",
        ),
        Resource(
            "signal_rules", "The rules that find signals: what each looks for, and how many figures it was tried on.",
            "SignalRule", ListRules, lambda snapshot, asked: snapshot.signal_rules, key="id", sample="limit=1",
        ),
    )
}  # fmt: skip
"""What lies in a snapshot, by the name that it has in addresses and among the snapshot's tables."""

SNAPSHOT_COLUMNS = pa.schema(
    [
        pa.field(name, kind, metadata={"meaning": meaning})
        for name, kind, meaning in (
            ("id", pa.string(), "The snapshot's id: its data date and a part of its hash. It never changes."),
            ("data_date", pa.date32(), "Date of its newest extract."),
            ("published_at", pa.string(), "When it was first published, with the time zone; empty where not kept."),
            ("previous", pa.string(), "The snapshot that it replaced; empty where none was or none was noted."),
            ("observations", pa.int64(), "How many observations it holds."),
            ("is_illustrative", pa.bool_(), "True when any of its figures was made up."),
            ("is_latest", pa.bool_(), "True for the one that the dashboard shows."),
        )
    ]
)
SNAPSHOTS = Resource(
    "snapshots", "The snapshots that can be asked for, the last published first.", "Snapshot", ListSnapshots,
    lambda snapshot, asked: snapshot.observations, key="id", sample="limit=2",
)  # fmt: skip


def list_snapshots(archive: Archive, live: Snapshot) -> pd.DataFrame:
    """Return the snapshots in the folder, a row each, in `SNAPSHOT_COLUMNS`."""
    rows = [_describe_snapshot(record, live) for record in archive.list_records()]
    return pd.DataFrame(rows, columns=SNAPSHOT_COLUMNS.names)


def _describe_snapshot(record: Record, live: Snapshot) -> dict[str, Any]:
    return {
        "id": record.id,
        "data_date": record.manifest_date,
        "published_at": record.published_at,
        "previous": str(record.release.get("previous") or ""),
        "observations": record.observations,
        "is_illustrative": record.is_illustrative,
        "is_latest": record.id == live.id,
    }


ONE = {SNAPSHOTS.name: Formatted}


def parameters_of_one(resource: Resource) -> type[Formatted]:
    """Return what the address of one row takes."""
    return ONE.get(resource.name, Pinned)
