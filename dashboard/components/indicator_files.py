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


def link_indicators(frame: pd.DataFrame, snapshot: Snapshot) -> list[Component]:
    """Return a link to the CSV of the frame's indicator, with its rows and size, or a list that opens of several.

    Rows that are no observations have none.
    """
    held = [name for name in frame.get("indicator_id", pd.Series(dtype=str)).unique() if name in snapshot.by_indicator]
    if len(held) == 1:
        return [_link(held[0], snapshot, words="Whole indicator, all areas and dates: CSV ({})")]
    links = [_link(name, snapshot, words=f"{snapshot.indicators.at[name, 'short_name']} ({{}})") for name in held]
    if not links:
        return []
    summary = html.Summary(f"CSV of the {len(held)} whole indicators, all areas and dates")
    return [html.Details([summary, html.Ul([html.Li(link) for link in links])], className="whole-indicators")]


def _link(name: str, snapshot: Snapshot, *, words: str) -> html.A:
    rows, size = measure_indicator(snapshot, name)
    return html.A(
        words.format(f"{count_rows(rows)}, about {format_size(size)}"),
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
