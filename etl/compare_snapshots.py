"""Compare snapshots: which figures and verdicts changed between two of them, and whether inputs or method did.

A pure function of two folders. Figures are matched by indicator, area, date and period.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from etl.match_rows import encode, is_equal, join_keys, match, take
from etl.publish import read_manifest

KEYS = ("indicator_id", "area_code", "date", "period")
VERDICTS = ("versus_england", "versus_region")
LOOKUP = "lookup "
Cause = Literal["inputs", "lookups", "method", "layout", "code"]


@dataclass(frozen=True)
class InputChange:
    """An input that only one of the two has, or that has other content; a file is None where there is none."""

    id: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class FigureChange:
    """One figure before and after: a number, a status or a verdict."""

    area_code: str
    date: dt.date
    what: str
    before: Any
    after: Any


@dataclass(frozen=True)
class IndicatorChange:
    """How many of an indicator's figures changed in which way; each changed figure counts in one of the first five."""

    id: str
    source_id: str
    added: int
    removed: int
    status: int
    value: int
    other: int
    """Same value, but another number beside it: a count, a limit, a bound, a mark."""
    verdicts: int
    largest: tuple[FigureChange, ...]
    """The values that moved most."""
    newest_verdicts: tuple[FigureChange, ...]
    statuses: dict[tuple[str, str], int]
    """How many figures went from which status to which."""
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two snapshots."""

    before: str
    after: str
    inputs: tuple[InputChange, ...]
    versions: dict[str, tuple[int, int]]
    """Schema and method version, before and after, where they differ."""
    tables: dict[str, tuple[int | None, int | None]]
    """Rows of each table whose content differs."""
    indicators: tuple[IndicatorChange, ...]
    """Only those with a change."""
    same: int
    """Figures that are the same in everything."""


def compare_snapshots(before: Path, after: Path, *, most: int = 5) -> Comparison:
    """Return what differs; of each indicator at most `most` changes of values and of verdicts are listed."""
    manifests = read_manifest(before), read_manifest(after)
    inputs = tuple(_compare_inputs(*manifests))
    versions = {
        name: (was, now)
        for name in ("schema_version", "method_version")
        if (was := manifests[0][name]) != (now := manifests[1][name])
    }
    pair = _Pair(*(pq.read_table(folder / "observations.parquet") for folder in (before, after)))
    return Comparison(
        before=before.name,
        after=after.name,
        inputs=inputs,
        versions=versions,
        tables=_compare_tables(*manifests),
        indicators=tuple(pair.compare(inputs=inputs, versions=versions, most=most)),
        same=pair.count_same(),
    )


def _compare_inputs(before: dict[str, Any], after: dict[str, Any]) -> Iterator[InputChange]:
    was, now = ({entry["id"]: entry for entry in manifest["inputs"]} for manifest in (before, after))
    for name in sorted(was.keys() | now.keys()):
        old, new = was.get(name, {}), now.get(name, {})
        if old.get("sha256") != new.get("sha256"):
            yield InputChange(id=name, before=old.get("file"), after=new.get("file"))


def _compare_tables(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[int | None, int | None]]:
    was, now = ({entry["file"]: entry for entry in manifest["outputs"]} for manifest in (before, after))
    return {
        name.removesuffix(".parquet"): (was.get(name, {}).get("rows"), now.get(name, {}).get("rows"))
        for name in sorted(was.keys() | now.keys())
        if was.get(name, {}).get("sha256") != now.get(name, {}).get("sha256")
    }


class _Pair:
    """The observations of two snapshots, their figures matched: row `left[i]` is the same figure as `right[i]`."""

    def __init__(self, before: pa.Table, after: pa.Table) -> None:
        self.tables = before, after
        codes = [encode(before.column(name), after.column(name)) for name in KEYS]
        keys = join_keys(codes)
        self.indicators = codes[0][2]
        self.owner = codes[0][0], codes[0][1]
        self.left, self.right = match(*keys)
        self.values, self.statuses = self._read("value"), self._read("status")
        self.verdicts = {name: self._read(name) for name in VERDICTS if self._has(name)}
        is_same_value, is_same_status = is_equal(*self.values), is_equal(*self.statuses)
        self.is_status, self.is_value = ~is_same_status, is_same_status & ~is_same_value
        self.is_verdict = {name: ~is_equal(*pair) for name, pair in self.verdicts.items()}
        self.is_other = self._find_other(taken={*KEYS, "value", "status", *VERDICTS})

    def _has(self, name: str) -> bool:
        return all(name in table.column_names for table in self.tables)

    def _read(self, name: str) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
        rows = self.left, self.right
        return tuple(take(table.column(name), row) for table, row in zip(self.tables, rows, strict=True))

    def _find_other(self, *, taken: set[str]) -> NDArray[np.bool_]:
        is_other = np.zeros(len(self.left), dtype=bool)
        for name in self.tables[1].column_names:
            if name not in taken and self._has(name):
                is_other |= ~is_equal(*self._read(name))
        return is_other & ~self.is_status & ~self.is_value

    def count_same(self) -> int:
        """Return how many figures are the same in everything, verdicts too."""
        changed = self.is_status | self.is_value | self.is_other
        for is_changed in self.is_verdict.values():
            changed = changed | is_changed
        return int((~changed).sum())

    def compare(
        self, *, inputs: tuple[InputChange, ...], versions: dict[str, tuple[int, int]], most: int
    ) -> Iterator[IndicatorChange]:
        """Yield each indicator with a change."""
        both = self.owner[0][self.left]
        totals = [np.bincount(owner, minlength=len(self.indicators)) for owner in self.owner]
        matched = np.bincount(both, minlength=len(self.indicators))
        for place, name in enumerate(self.indicators):
            own = np.flatnonzero(both == place)
            counts = {
                "added": int(totals[1][place] - matched[place]),
                "removed": int(totals[0][place] - matched[place]),
                "status": int(self.is_status[own].sum()),
                "value": int(self.is_value[own].sum()),
                "other": int(self.is_other[own].sum()),
                "verdicts": sum(int(is_changed[own].sum()) for is_changed in self.is_verdict.values()),
            }
            if not any(counts.values()):
                continue
            source_id = self._find_source(place)
            yield IndicatorChange(
                id=name,
                source_id=source_id,
                **counts,
                largest=self._list_largest(own[self.is_value[own]], most),
                newest_verdicts=self._list_verdicts(own, most),
                statuses=self._count_statuses(own[self.is_status[own]]),
                causes=find_causes(source_id, inputs=inputs, versions=versions),
            )

    def _find_source(self, place: int) -> str:
        for owner, table in zip(reversed(self.owner), reversed(self.tables), strict=True):
            rows = np.flatnonzero(owner == place)
            if len(rows):
                return str(table.column("source_id")[int(rows[0])].as_py())
        return ""

    def _list_largest(self, rows: NDArray[np.intp], most: int) -> tuple[FigureChange, ...]:
        before, after = (take(column, rows).to_numpy() for column in self.values)
        order = np.argsort(-np.abs(after - before), kind="stable")[:most]
        return tuple(self._describe(int(rows[n]), "value", before[n].item(), after[n].item()) for n in order)

    def _list_verdicts(self, own: NDArray[np.intp], most: int) -> tuple[FigureChange, ...]:
        found = []
        for name, is_changed in self.is_verdict.items():
            rows = self._keep_newest(own[is_changed[own]], most)
            before, after = (take(column, rows).to_pylist() for column in self.verdicts[name])
            found += [self._describe(int(row), name, *pair) for row, *pair in zip(rows, before, after, strict=True)]
        found.sort(key=lambda change: (-change.date.toordinal(), change.area_code, change.what))
        return tuple(found[:most])

    def _keep_newest(self, rows: NDArray[np.intp], most: int) -> NDArray[np.intp]:
        """Return the rows of the newest dates, `most` of them or more: a new method changes a hundred thousand."""
        if len(rows) <= most:
            return rows
        dates = take(self.tables[1].column("date"), self.right[rows]).to_numpy()
        return rows[dates >= np.sort(dates)[-most]]

    def _count_statuses(self, rows: NDArray[np.intp]) -> dict[tuple[str, str], int]:
        before, after = (take(column, rows).to_pylist() for column in self.statuses)
        counts: dict[tuple[str, str], int] = {}
        for pair in zip(before, after, strict=True):
            counts[pair] = counts.get(pair, 0) + 1
        return dict(sorted(counts.items()))

    def _describe(self, row: int, what: str, before: Any, after: Any) -> FigureChange:
        own = int(self.right[row])
        area, date = (self.tables[1].column(name)[own].as_py() for name in ("area_code", "date"))
        return FigureChange(area_code=area, date=date, what=what, before=before, after=after)


def find_causes(
    source_id: str, *, inputs: tuple[InputChange, ...], versions: dict[str, tuple[int, int]]
) -> tuple[Cause, ...]:
    """Return everything that may have moved a source's figures; only where nothing declared did, the code."""
    own = any(change.id == source_id or change.id.startswith(f"{source_id} ") for change in inputs)
    found: list[tuple[Cause, bool]] = [
        ("inputs", own),
        ("lookups", any(change.id.startswith(LOOKUP) for change in inputs)),
        ("method", "method_version" in versions),
        ("layout", "schema_version" in versions),
    ]
    return tuple(cause for cause, is_one in found if is_one) or ("code",)
