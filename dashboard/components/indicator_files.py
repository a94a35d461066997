"""Links from a card to the whole files of its indicators: every area and every date, as /downloads offers them."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
from dash import html
from dash.development.base_component import Component

from dashboard.export.table_csv import stream_csv
from dashboard.format import count_rows, format_size
from dashboard.store import Snapshot

SAMPLED = 40
"""Rows from which the size of a file is estimated."""
MOST_SIDE_BY_SIDE = 2
"""Files named in the row of actions; more stand in a list that opens."""


def link_indicators(frame: pd.DataFrame, snapshot: Snapshot) -> list[Component]:
    """Return links to the CSV of each indicator that the frame holds, with its rows and size; none for other rows."""
    held = [name for name in frame.get("indicator_id", pd.Series(dtype=str)).unique() if name in snapshot.by_indicator]
    if len(held) == 1:
        return [_link(held[0], "Whole indicator", snapshot)]
    links = [_link(name, snapshot.indicators.at[name, "short_name"], snapshot) for name in held]
    if len(held) <= MOST_SIDE_BY_SIDE:
        return links
    items = html.Ul([html.Li(link) for link in links])
    return [html.Details([html.Summary(f"Whole indicators ({len(held)})"), items], className="whole-indicators")]


def _link(name: str, words: str, snapshot: Snapshot) -> html.A:
    rows, size = measure_indicator(snapshot, name)
    return html.A(
        f"{words}, all areas and dates: CSV ({count_rows(rows)}, about {format_size(size)})",
        href=f"/downloads/{snapshot.id}/indicators/{name}.csv",
        download="",
    )


def measure_indicator(snapshot: Snapshot, name: str) -> tuple[int, int]:
    """Return how many rows an indicator's file has, and about how many bytes, from rows taken all along it."""
    if name not in snapshot.measured:
        snapshot.measured[name] = _measure(snapshot.by_indicator[name])
    return snapshot.measured[name]


def _measure(whole: pd.DataFrame) -> tuple[int, int]:
    part = whole.iloc[:: max(1, len(whole) // SAMPLED)]
    table = pa.Table.from_pandas(part, preserve_index=False)
    heading, *pieces = stream_csv(table.to_batches(), schema=table.schema)
    return len(whole), len(heading) + sum(map(len, pieces)) * len(whole) // len(part)
