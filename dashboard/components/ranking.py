"""The ranking as a table that is a chart: a dot and its 95% interval a row, comparators as rows of their own."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.components.table import describe_limits
from dashboard.format import Row, format_value
from dashboard.rows import list_rows
from dashboard.selection import area_path
from dashboard.store import Snapshot

ENDS, SHOWN_WHOLE = 10, 40
"""A list longer than `SHOWN_WHOLE` (no region's is) shows its highest and lowest ends; the table view has all."""


def ranking_table(
    ranking: pd.DataFrame, *, snapshot: Snapshot, highlight: str = "", top: float | None = None
) -> html.Table:
    """Return the ranked areas with links to their pages; long lists show both ends.

    `top` is where the scale ends, for a ranking of one date among others; without it, at the highest figure.
    """
    areas, compared = ranking[ranking["role"] == "area"], ranking[ranking["role"] == "comparator"]
    top = ranking[["upper_95", "value"]].max().max() if top is None else top  # null where no area has an interval
    scale = 100 / (top if pd.notna(top) and top > 0 else 1)
    rows = [_make_row(row, place, scale=scale, snapshot=snapshot, highlight=highlight) for place, row in _number(areas)]
    if len(rows) > SHOWN_WHOLE:
        valued = int(areas["value"].notna().sum())
        gap = html.Tr(html.Td(f"{valued - 2 * ENDS} councils between", colSpan=4, className="gap"))
        rows = [*rows[:ENDS], gap, *rows[valued - ENDS : valued]]
    has_limits = ranking["lower_95"].notna().any()
    head = html.Tr(
        [
            html.Th("Position", scope="col", className="number"),
            html.Th("Area", scope="col"),
            html.Th("Value, with 95% interval" if has_limits else "Value", scope="col"),
            html.Th("", scope="col", **{"aria-label": "Figure"}, className="number"),
        ]
    )
    below = [_make_row(row, "", scale=scale, snapshot=snapshot, highlight="") for row in list_rows(compared)]
    return html.Table(
        [
            html.Caption("Areas ranked, highest first", className="hidden"),
            html.Thead(head),
            html.Tbody(rows),
            html.Tbody(below, className="comparators"),
        ],
        className="ranking",
    )


def _number(areas: pd.DataFrame) -> list[tuple[str, Row]]:
    """Return each row with its position; areas with one value share a position, those without have none."""
    ranks = areas["value"].rank(method="min", ascending=False)
    return [("" if pd.isna(rank) else f"{rank:.0f}", row) for rank, row in zip(ranks, list_rows(areas), strict=True)]


def _make_row(row: Row, place: str, *, scale: float, snapshot: Snapshot, highlight: str) -> html.Tr:
    is_here = row["area_code"] == highlight
    name: Component | str = dcc.Link(row["area_name"], href=area_path(snapshot, row["area_code"]))
    return html.Tr(
        className="here" if is_here else "",
        children=[
            html.Td(place, className="number place"),
            html.Th(html.Strong(row["area_name"]) if is_here else name, scope="row"),
            html.Td(draw_track(row, scale=scale), className="track-cell"),
            html.Td(
                format_value(row),
                className="number missing" if pd.isna(row["value"]) else "number",
                title=describe_limits(row),
            ),
        ],
    )


def draw_track(row: Row, *, scale: float) -> html.Div | None:
    """Return a row's dot and interval, or a stem from zero, on a line; None without a figure. `scale`: % a unit."""
    if pd.isna(row["value"]):
        return None
    marks = []
    if pd.notna(row["lower_95"]):
        width = (row["upper_95"] - row["lower_95"]) * scale
        marks.append(
            html.Span(
                className="interval",
                style={"left": f"{row['lower_95'] * scale:.2f}%", "width": f"{width:.2f}%"},
            )
        )
    else:
        marks.append(html.Span(className="stem", style={"left": "0", "width": f"{row['value'] * scale:.2f}%"}))
    marks.append(html.Span(className="dot after", style={"left": f"{row['value'] * scale:.2f}%"}))
    return html.Div(marks, className="track", **{"aria-hidden": "true"})
