"""The department's later statistics: newest figure with its date, the one before with its own, the change."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard.format import Row, describe_polarity, format_number, format_short_date, format_value
from dashboard.rows import list_rows
from dashboard.text.national import describe_later_change, pair_newest

SUFFIX = ", DHSC bulletins"
"""What the catalogue adds to some names; the card says it once for all of them."""
COLUMNS = ("Newest", "At", "Before", "At", "Change", "Polarity")


def later_table(frame: pd.DataFrame, *, caption: str) -> html.Table:
    """Return a row a measure, by group."""
    bodies = []
    for group, rows in pair_newest(frame).groupby("group", sort=False):
        heading = html.Tr(html.Th(group, colSpan=len(COLUMNS) + 1, scope="rowgroup", className="group"))
        bodies.append(html.Tbody([heading, *[_make_row(row) for row in list_rows(rows)]]))
    numbers = {"Newest", "Before", "Change"}
    heads = [html.Th(name, scope="col", className="number" if name in numbers else "when") for name in COLUMNS]
    head = html.Tr([html.Th("Measure", scope="col"), *heads])
    return html.Table([html.Caption(caption, className="hidden"), html.Thead(head), *bodies], className="later")


def _make_row(row: Row) -> html.Tr:
    has_before = pd.notna(row["value_before"])
    before = format_number(row["value_before"], row["unit"], decimals=int(row["decimals"])) if has_before else ""
    return html.Tr(
        [
            html.Th(str(row["indicator_name"]).removesuffix(SUFFIX), scope="row"),
            html.Td(html.Strong(format_value(row)), className="number", **{"data-label": "Newest"}),
            html.Td(format_short_date(row["date"]), className="when"),
            html.Td(before, className="number", **{"data-label": "Before"}),
            html.Td(format_short_date(row["date_before"]) if has_before else "", className="when"),
            html.Td(describe_later_change(row), className="number", **{"data-label": "Change"}),
            html.Td(describe_polarity(row["polarity"]).removesuffix("."), className="when polarity"),
        ]
    )
