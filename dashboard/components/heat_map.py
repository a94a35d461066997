"""The heat map: an area a row, an indicator a column; each cell has its number and the shade of its band."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html

from dashboard.figures.classes import Band, find_color
from dashboard.figures.theme import SEQUENCE
from dashboard.format import SHORT, Row, describe_period, describe_polarity, format_bare, format_unit
from dashboard.rows import list_rows
from dashboard.selection import area_path
from dashboard.store import Snapshot

Bands = dict[str, list[Band]]


def heat_map(frame: pd.DataFrame, *, bands: Bands, snapshot: Snapshot, caption: str) -> html.Div:
    """Return the table in a region that scrolls where many indicators are wider than the window.

    Each column has a scale, a unit and a date of its own: shades compare areas, never indicators.
    """
    heads = [rows.iloc[0] for _, rows in frame.groupby("indicator_id", sort=False)]
    rows = {"area": [], "comparator": []}
    for code, cells in frame.groupby("area_code", sort=False):
        held = {row["indicator_id"]: row for row in list_rows(cells)}
        name = dcc.Link(cells["area_name"].iloc[0], href=area_path(snapshot, code))
        row = [_make_cell(held.get(head["indicator_id"]), bands=bands) for head in heads]
        rows[cells["role"].iloc[0]].append(html.Tr([html.Th(name, scope="row"), *row]))
    table = html.Table(
        [
            html.Caption(caption, className="hidden"),
            html.Thead(html.Tr([html.Th("Area", scope="col"), *[_make_head(head) for head in heads]])),
            html.Tbody(rows["area"]),
            html.Tbody(rows["comparator"], className="comparators"),
        ],
        className="heat",
    )
    return html.Div(table, className="scroll heat-scroll", tabIndex=0, role="region", **{"aria-label": caption})


def heat_key() -> html.Ul:
    """Return the shades from the lowest to the highest fifth, in words."""
    words = ("lowest fifth", "", "middle", "", "highest fifth")
    return html.Ul(
        [html.Li([html.Span(className=f"swatch band-{place}"), word]) for place, word in enumerate(words)],
        className="legend heat-key",
    )


def _make_head(head: Row) -> html.Th:
    return html.Th(
        [
            html.Span(head["short_name"], className="what"),
            html.Span(f"{format_unit(head['unit'])}, {describe_period(head)}", className="when"),
            html.Span(describe_polarity(head["polarity"]), className="when"),
        ],
        scope="col",
    )


def _make_cell(row: Row | None, *, bands: Bands) -> html.Td:
    if row is None or pd.isna(row["value"]):
        return html.Td(SHORT["" if row is None else row["status"]][0], className="none")
    if row["role"] == "comparator":
        return html.Td(format_bare(row))
    color = find_color(row["value"], bands[row["indicator_id"]], decimals=int(row["decimals"]))
    return html.Td(format_bare(row), className=f"band-{SEQUENCE.index(color)}" if color in SEQUENCE else "")
