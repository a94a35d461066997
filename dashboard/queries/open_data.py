"""Queries of open data: rows of a snapshot's tables in its own columns and order, for the API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from dashboard.store import Snapshot


def filter_observations(
    snapshot: Snapshot,
    *,
    indicators: Sequence[str] = (),
    areas: Sequence[str] = (),
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> pd.DataFrame:
    """Return the observations of these indicators, areas and dates. What is not given limits nothing.

    By indicator, area and date, as in the snapshot.
    """
    frame = snapshot.observations
    if indicators:  # what is kept apart for the screen spares a look at every row
        parts = [snapshot.by_indicator[name] for name in sorted(set(indicators)) if name in snapshot.by_indicator]
        frame = pd.concat(parts) if parts else frame.iloc[:0]
    if areas:
        frame = frame[frame["area_code"].isin(areas)]
    if first is None and last is None:
        return frame
    # Few days stand in many rows: to look each up is ten times as quick as to compare each.
    days = [day for day in frame["date"].unique() if (first or day) <= day <= (last or day)]
    return frame[frame["date"].isin(days)]


def filter_rows(frame: pd.DataFrame, **wanted: Sequence[str]) -> pd.DataFrame:
    """Return the rows that have one of the words in each of the named columns; a name without words asks nothing."""
    for name, words in wanted.items():
        if words:
            frame = frame[frame[name].isin(words)]
    return frame
