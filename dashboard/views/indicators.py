"""Views of the catalogue: every indicator with its source, what is held of it and where."""

from __future__ import annotations

from fnmatch import fnmatch

import pandas as pd

from dashboard.once import once_a_snapshot
from dashboard.rows import list_rows
from dashboard.search import BY_HOME
from dashboard.selection import Selection
from dashboard.store import Snapshot

ENTRY = [
    "id", "name", "short_name", "group", "unit", "decimals", "polarity", "definition", "numerator", "denominator",
    "method", "caveats", "recommendations", "author", "reviewed_on", "source_id", "period",
]  # fmt: skip
HELD = ["id", "level", "first", "last", "last_text", "dates", "areas", "source_id", "is_illustrative"]
LEVELS = {"country": "England", "region": "Regions", "authority": "Councils"}


def show_indicators(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return a row an indicator, in catalogue order: its entry, kind, where it is held, and its newest date.

    `newest` is null where the snapshot holds no figure; `publisher` is empty where it holds nothing of the source.
    """
    held = show_levels(snapshot)
    spans = held.groupby("id").agg(
        newest=("last", "max"), levels=("level", ", ".join), is_illustrative=("is_illustrative", "any")
    )
    texts = held.sort_values("last", kind="stable").groupby("id")["last_text"].last().rename("newest_text")
    frame = snapshot.indicators[["position", *ENTRY]].reset_index(drop=True)
    frame = frame.sort_values("position", kind="stable").join(spans, on="id").join(texts, on="id")
    is_home = frame["source_id"].isin(BY_HOME)
    return frame.assign(
        kind=is_home.map({True: "returns", False: "published"}),
        publisher=frame["source_id"].map(snapshot.sources["publisher"]).fillna(""),
        levels=frame["levels"].fillna(""),
        newest_text=frame["newest_text"].fillna(""),
        is_illustrative=frame["is_illustrative"].eq(True),
    ).drop(columns="position")


@once_a_snapshot
def show_levels(snapshot: Snapshot) -> pd.DataFrame:
    """Return a row an indicator, level and source of its figures: first and last date, dates, and areas with a value.

    Columns `HELD`; England first, councils last.
    """
    figures = snapshot.observations
    figures = figures[figures["value"].notna()]
    figures = figures.assign(level=figures["area_code"].map(snapshot.areas["kind"]))
    keys = ["indicator_id", "level", "source_id"]
    table = figures.groupby(keys, sort=False).agg(
        first=("date", "min"),
        last=("date", "max"),
        dates=("date", "nunique"),
        areas=("area_code", "nunique"),
        is_illustrative=("is_illustrative", "any"),
    )
    texts = figures.sort_values("date", kind="stable").groupby(keys, sort=False)["date_text"].last()
    table = table.assign(last_text=texts).reset_index().rename(columns={"indicator_id": "id"})
    order = table["level"].map({name: place for place, name in enumerate(LEVELS)})
    table = table.assign(level=table["level"].map(LEVELS), order=order)
    return table.sort_values(["id", "order", "last"], kind="stable")[HELD].reset_index(drop=True)


def list_breaks(snapshot: Snapshot) -> dict[str, list[dict]]:
    """Return the breaks across which each indicator must not be read, by date; without those that have none."""
    found: dict[str, list[dict]] = {}
    for row in list_rows(snapshot.breaks.sort_values("date")):
        patterns = row["indicators"].split()
        for name in snapshot.indicators.index:
            if any(fnmatch(name, pattern) for pattern in patterns):
                found.setdefault(name, []).append(row)
    return found


def list_recommendations(snapshot: Snapshot) -> dict[str, list[dict]]:
    """Return the taskforce's recommendations whose effect each indicator shows, by number."""
    found: dict[str, list[dict]] = {}
    for row in list_rows(snapshot.recommendations.sort_values("number")):
        for name in row["indicators"].split():
            found.setdefault(name, []).append(row)
    return found
