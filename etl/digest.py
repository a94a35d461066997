"""Digests: what changed between two snapshots, short enough for a release record and for a page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from etl.compare_snapshots import Comparison, IndicatorChange

MOST = 6
"""Revised figures and changed verdicts that a digest names; the rest it counts."""
VERDICT = ["indicator_id", "area_code", "date", "versus_england"]
SAME = ["indicator_id", "area_code"]


def digest_comparison(comparison: Comparison, *, before: Path, after: Path) -> dict[str, Any]:
    """Return what is new, what was revised and whose verdict changed, as JSON can hold it.

    A figure is revised where its value, or the reason for having none, changed. Of each indicator the value that moved
    most is named, of the indicators with most revised figures first: changes in different units cannot be ranked.
    """
    changed = comparison.indicators
    return {
        "versions": {name: list(pair) for name, pair in comparison.versions.items()},
        "sources": _list_moved(before, after),
        "added": sum(one.added for one in changed),
        "removed": sum(one.removed for one in changed),
        "revised": sum(map(_count_revised, changed)),
        "same": comparison.same,
        "largest": _list_largest(changed),
        **_compare_standing(before, after),
    }


def _count_revised(change: IndicatorChange) -> int:
    return change.value + change.status


def _list_largest(changed: tuple[IndicatorChange, ...]) -> list[dict[str, Any]]:
    moved = sorted((one for one in changed if one.largest), key=lambda one: (-_count_revised(one), one.id))
    return [
        {
            "indicator_id": one.id,
            "area_code": one.largest[0].area_code,
            "date": one.largest[0].date.isoformat(),
            "before": one.largest[0].before,
            "after": one.largest[0].after,
        }
        for one in moved[:MOST]
    ]


def _compare_standing(before: Path, after: Path) -> dict[str, Any]:
    """Return how many verdicts against England differ between the newest figures of then and of now; clear ones first.

    Only where both were compared: a first verdict is no change.
    """
    pair = _read_standing(before).merge(_read_standing(after), on=SAME, suffixes=("_before", "_after"))
    names = ["versus_england_before", "versus_england_after"]
    differs = pair[pair[names[0]] != pair[names[1]]]
    is_clear = differs[names].apply(lambda words: words.str.startswith("clearly")).any(axis=1)
    ordered = differs.assign(rank=~is_clear).sort_values(["rank", *SAME], kind="stable")
    return {
        "verdicts": len(differs),
        "clear_verdicts": int(is_clear.sum()),
        "newest_verdicts": [
            {
                "indicator_id": row.indicator_id,
                "area_code": row.area_code,
                "date": row.date_after.isoformat(),
                "before": row.versus_england_before,
                "after": row.versus_england_after,
            }
            for row in ordered.head(MOST).itertuples()
        ],
    }


def _read_standing(snapshot: Path) -> pd.DataFrame:
    """Return the verdict against England of each indicator and area at the indicator's newest date."""
    file = snapshot / "observations.parquet"
    if not set(VERDICT) <= set(pq.read_schema(file).names):
        return pd.DataFrame({name: pd.Series(dtype=object) for name in VERDICT})
    frame = pq.read_table(file, columns=VERDICT, read_dictionary=SAME).to_pandas()
    newest = frame["date"] == frame.groupby("indicator_id", observed=True)["date"].transform("max")
    return frame[newest & (frame["versus_england"] != "")].astype(dict.fromkeys(SAME, object))


def _list_moved(before: Path, after: Path) -> list[dict[str, str | None]]:
    """Return the sources whose newest figure has another date than before, or that are new or gone."""
    was, now = _read_newest(before), _read_newest(after)
    return [
        {"source_id": name, "before": _write(was.get(name)), "after": _write(now.get(name))}
        for name in sorted(was.keys() | now.keys())
        if was.get(name) != now.get(name)
    ]


def _read_newest(snapshot: Path) -> dict[str, dt.date]:
    table = pq.read_table(snapshot / "sources.parquet", columns=["id", "data_to"]).to_pydict()
    return dict(zip(table["id"], table["data_to"], strict=True))


def _write(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()
