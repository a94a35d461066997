"""The 13 measures as a table that is a chart: two points a row, on one scale from 0 to 100."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard.format import Row, format_change, format_short_date
from dashboard.rows import list_rows
from dashboard.text import change_between


def dumbbell_table(plan: pd.DataFrame, *, caption: str) -> html.Table:
    """Return the measures by focus group: name, both dates on a track, both values, change in points."""
    changes = change_between(plan)
    first, last = plan["date"].min(), plan["date"].max()
    bodies = []
    for group, rows in changes.groupby("group", sort=False):
        heading = html.Tr(html.Th(group, colSpan=5, scope="rowgroup", className="group"))
        bodies.append(html.Tbody([heading, *[_make_row(row) for row in list_rows(rows)]]))
    head = html.Tr(
        [
            html.Th("Measure", scope="col"),
            html.Th(
                [html.Span("0%"), html.Span("100%")],
                scope="col",
                className="track-ends",
                **{"aria-label": "Both dates on a line from 0% to 100%"},
            ),
            html.Th(_short(first), scope="col", className="number"),
            html.Th(_short(last), scope="col", className="number"),
            html.Th("Points", scope="col", className="number"),
        ]
    )
    return html.Table([html.Caption(caption, className="hidden"), html.Thead(head), *bodies], className="dumbbell")


def _make_row(row: Row) -> html.Tr:
    before, after = row["value_before"], row["value_after"]
    low, high = sorted((before, after))
    track = html.Div(
        className="track",
        **{"aria-hidden": "true"},
        children=[
            html.Span(className="bar", style={"left": f"{low}%", "width": f"{high - low}%"}),
            html.Span(className="dot before", style={"left": f"{before}%"}),
            html.Span(className="dot after", style={"left": f"{after}%"}),
        ],
    )
    change = format_change(after - before, "count", decimals=0)
    return html.Tr(
        [
            html.Th(row["indicator_name"], scope="row"),
            html.Td(track, className="track-cell"),
            html.Td(f"{before:.0f}%", className="number"),
            html.Td(html.Strong(f"{after:.0f}%"), className="number"),
            html.Td(change, className="number"),
        ]
    )


def _short(date: object) -> str:
    return format_short_date(date).rsplit(" ", 1)[0]
