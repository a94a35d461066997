"""A few dated figures as rows of bars on one scale from zero, for a measure with too few dates for a line."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard.format import describe_period, format_value, sentence
from dashboard.rows import list_rows


def step_rows(frame: pd.DataFrame) -> html.Table:
    """Return one row a date: when, a bar, the value."""
    top = frame["value"].max()
    rows = [
        html.Tr(
            [
                html.Th(sentence(describe_period(row)), scope="row"),
                html.Td(
                    html.Div(
                        html.Span(className="block", style={"width": f"{100 * row['value'] / top:.1f}%"}),
                        className="track",
                        **{"aria-hidden": "true"},
                    ),
                    className="track-cell",
                ),
                html.Td(html.Strong(format_value(row)), className="number"),
            ]
        )
        for row in list_rows(frame)
    ]
    head = html.Tr(
        [
            html.Th("When", scope="col"),
            html.Th("", **{"aria-hidden": "true"}),
            html.Th("Value", scope="col", className="number"),
        ]
    )
    return html.Table([html.Thead(head, className="hidden"), html.Tbody(rows)], className="steps")
