"""Vaccination as a table that is a chart: the two doses of each group on one track, the area beside England."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard.format import MISSING, Row, format_short_date, format_value
from dashboard.rows import list_rows
from dashboard.text.community import GROUP_NAMES, split_id


def dose_table(frame: pd.DataFrame, *, caption: str) -> html.Table:
    """Return a row a group and dose: the share on a line from 0 to 100%, its value, England's and the date."""
    own, beside = frame[frame["role"] == "area"], frame[frame["role"] == "comparator"]
    england = {row["indicator_id"]: row for row in list_rows(beside)}
    area = own["area_name"].iloc[0]
    heads = [area, *(["England"] if england else []), "As at"]
    bodies = []
    for group, rows in own.groupby(own["indicator_id"].map(lambda name: split_id(name)[0]), sort=False):
        heading = html.Tr(html.Th(GROUP_NAMES[group], colSpan=len(heads) + 2, scope="rowgroup", className="group"))
        made = [_make_row(row, england.get(row["indicator_id"]), heads=heads) for row in list_rows(rows)]
        bodies.append(html.Tbody([heading, *made]))
    head = html.Tr(
        [
            html.Th("Dose", scope="col"),
            html.Th(
                [html.Span("0%"), html.Span("100%")],
                scope="col",
                className="track-ends",
                **{"aria-label": "The share on a line from 0% to 100%"},
            ),
            *[html.Th(name, scope="col", className="number") for name in heads],
        ]
    )
    return html.Table([html.Caption(caption, className="hidden"), html.Thead(head), *bodies], className="doses")


def _make_row(row: Row, england: Row | None, *, heads: list[str]) -> html.Tr:
    shown = [html.Strong(format_value(row)) if pd.notna(row["value"]) else MISSING[row["status"]]]
    if "England" in heads[1:]:
        shown.append(format_value(england) if england else MISSING[""])
    return html.Tr(
        [
            html.Th(split_id(row["indicator_id"])[1].capitalize(), scope="row"),
            html.Td(_draw_track(row, england), className="track-cell"),
            *[html.Td(part, className="number") for part in [*shown, format_short_date(row["date"])]],
        ]
    )


def _draw_track(row: Row, england: Row | None) -> html.Div:
    marks = []
    if pd.notna(row["value"]):
        marks.append(html.Span(className="stem", style={"left": "0", "width": f"{row['value']:.1f}%"}))
        marks.append(html.Span(className="dot after", style={"left": f"{row['value']:.1f}%"}))
    if england is not None and pd.notna(england["value"]):
        marks.append(html.Span(className="england", style={"left": f"{england['value']:.1f}%"}))
    return html.Div(marks, className="track", **{"aria-hidden": "true"})
