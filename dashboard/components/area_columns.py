"""Areas beside each other: an area a row, a measure a column, every column sortable in the browser."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.components.verdict import show_marked
from dashboard.format import Row, describe_period, format_value
from dashboard.rows import list_rows
from dashboard.selection import area_path
from dashboard.store import Snapshot

SHORT = {"c": "hidden", "x": "none", "z": "none", "": "not held"}


def area_columns(frame: pd.DataFrame, *, snapshot: Snapshot, measure: str, caption: str) -> html.Table:
    """Return the table. A region leads to its councils on this page, a council to its own page."""
    own = frame[frame["role"] == "area"]
    heads = list_rows(own.drop_duplicates("indicator_id"))
    names = [head["indicator_id"] for head in heads]
    bodies = {}
    for role in ("area", "comparator"):
        # The widest area stands last, whichever way the names fall in the alphabet.
        held = frame[frame["role"] == role].sort_values("area_name", kind="stable")
        held = held.sort_values("area_kind", key=lambda kinds: kinds == "country", kind="stable")
        bodies[role] = [
            _make_row(rows, names, snapshot=snapshot, measure=measure)
            for _, rows in held.groupby("area_code", sort=False)
        ]
    what = "Region" if own["area_kind"].iloc[0] == "region" else "Council"
    head = html.Tr([_make_head(what, "", is_number=False), *[_make_measure(one) for one in heads]])
    return html.Table(
        [
            html.Caption(caption, className="hidden"),
            html.Thead(head),
            html.Tbody(bodies["area"], className="sorted"),
            html.Tbody(bodies["comparator"], className="comparators"),
        ],
        className="areas-by-measure sortable",
    )


def _make_measure(row: Row) -> html.Th:
    way = {"lower is better": "lower is better", "higher is better": "higher is better"}.get(row["polarity"], "")
    made_up = "illustrative" if row["is_illustrative"] else ""
    return _make_head(row["short_name"], ", ".join(filter(None, [describe_period(row), way, made_up])), is_number=True)


def _make_head(name: str, below: str, *, is_number: bool) -> html.Th:
    button = html.Button(name, className="sort", type="button")
    small = html.Span(below, className="how") if below else None
    order = "none" if is_number else "ascending"
    return html.Th([button, small], scope="col", className="number" if is_number else "", **{"aria-sort": order})


def _make_row(rows: pd.DataFrame, names: list[str], *, snapshot: Snapshot, measure: str) -> html.Tr:
    held = {row["indicator_id"]: row for row in list_rows(rows)}
    first = rows.iloc[0]
    path = area_path(snapshot, first["area_code"])
    if first["area_kind"] == "region" and first["role"] == "area":
        path = f"/workforce?measure={measure}&region={first['area_code']}"
    name = dcc.Link(first["area_name"], href=path)
    return html.Tr([html.Th(name, scope="row"), *[_make_cell(held.get(one)) for one in names]])


def _make_cell(row: Row | None) -> Component:
    if row is None or pd.isna(row["value"]):
        return html.Td(SHORT[row["status"] if row else ""], className="number none")
    shown = show_marked(format_value(row), verdict=row["versus_england"])
    return html.Td(shown, className="number", **{"data-value": repr(float(row["value"]))})
