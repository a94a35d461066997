"""The controls of the heat-map: what its cells show, by what it is sorted, and the headings that sort.

They work in the browser (assets/matrix.js) and write the view into the address.
"""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from dashboard.selection import SHOWN, TableView

NAMES = {"value": "Value", "verdict": "Verdict", "change": "Change in points"}
WAYS = {
    "signal": {"desc": "most first", "asc": "fewest first"},
    "name": {"asc": "A to Z", "desc": "Z to A"},
}
FIGURES = {"asc": "lowest first", "desc": "highest first"}
"""What the two orders of a sort are called; of a sort by a column's figures, `FIGURES`."""


def sort_button(shown: str, *, word: str) -> html.Button:
    """Return a heading as a button that sorts by its column, with a place for an arrow."""
    return html.Button(
        [html.Span(shown, className="heading"), html.Span(className="arrow", **{"aria-hidden": "true"})],
        className="sort",
        type="button",
        **{"data-sort": word},
    )


def matrix_controls(columns: Mapping[str, str], *, view: TableView) -> html.Div:
    """Return the switch between value, verdict and change, the choice of sort, and its order.

    `columns` are the words of the columns with their names.
    """
    sorts = {"signal": "Marks below England", "name": "Name", **columns}
    return html.Div(
        [
            html.Div(
                [
                    html.Span("Show", id="matrix-show", className="label"),
                    html.Div(
                        [_make_switch(word, is_on=word == view.show) for word in SHOWN],
                        className="segments",
                        role="group",
                        **{"aria-labelledby": "matrix-show"},
                    ),
                ],
                className="control",
            ),
            html.Div(
                [
                    html.Label("Sort by", htmlFor="matrix-sort", className="label"),
                    html.Select(
                        [
                            html.Option(name, value=word, selected=word == view.sort or None)
                            for word, name in sorts.items()
                        ],
                        id="matrix-sort",
                        className="choice",
                    ),
                    html.Button(
                        [html.Span("Order: ", className="hidden"), html.Span(name_way(view), className="way")],
                        type="button",
                        className="order",
                        title="Reverse the order",
                    ),
                ],
                className="control",
            ),
            html.Span(className="hidden said-sort", role="status"),
        ],
        className="matrix-controls",
    )


def name_way(view: TableView) -> str:
    """Return what the order of a view is called."""
    return WAYS.get(view.sort, FIGURES)[view.order]


def heat_map(controls: Component, table: Component, *, view: TableView) -> html.Div:
    """Return the controls with the table below; how it stands is in the attributes that the browser reads."""
    return html.Div(
        [controls, table],
        className="matrix-view",
        **{"data-table-sort": view.sort, "data-table-order": view.order, "data-table-show": view.show},
    )


def _make_switch(word: str, *, is_on: bool) -> html.Button:
    return html.Button(NAMES[word], type="button", **{"data-show": word, "aria-pressed": "true" if is_on else "false"})
