"""About (`/about`): what the dashboard is, how to read it, its method in brief, its limits."""

from __future__ import annotations

import dash
import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.components.banner import ILLUSTRATIVE
from dashboard.components.footer import LICENCE
from dashboard.pages.page import drawn_from_address, page
from dashboard.selection import read_selection
from dashboard.store import Snapshot
from dashboard.text.about import (
    ACCESSIBILITY,
    AREAS,
    BREAKS,
    ERRORS,
    HOW_ILLUSTRATIVE_IS_SHOWN,
    HOW_TO_READ,
    LIMITS,
    METHOD,
    VERDICTS,
    WHAT,
)


def register() -> None:
    """Register the page at /about."""
    dash.register_page(
        __name__,
        path="/about",
        title="About the data: adult social care COVID-19 dashboard",
        layout=drawn_from_address(layout),
    )


def layout(snapshot: Snapshot, /, **query: str) -> Component:
    """Return the page; it takes no query."""
    read_selection(snapshot, query, page="about")
    parts = _list_parts(snapshot)
    links = [html.Li(html.A(name, href=f"#{anchor}")) for anchor, name, _ in parts]
    return page(
        title="About the data",
        lead=WHAT,
        children=[
            html.P(
                [
                    "What each figure counts: ",
                    dcc.Link("indicators", href="/indicators"),
                    ". Where it comes from, and what was refused: ",
                    dcc.Link("data quality", href="/quality"),
                    ".",
                ],
                className="prose",
            ),
            html.Nav([html.Ul(links)], className="contents", **{"aria-label": "On this page"}),
            *[part for anchor, name, told in parts for part in (html.H2(name, id=anchor), *told)],
        ],
    )


def _list_parts(snapshot: Snapshot) -> list[tuple[str, str, list[Component]]]:
    """Return the parts of the page: the anchor, the heading and what stands below; made-up figures only where shown."""
    illustrative = [html.P(ILLUSTRATIVE, className="prose"), _list(HOW_ILLUSTRATIVE_IS_SHOWN)]
    return [
        ("how-to-read", "How to read a chart", [_list(HOW_TO_READ)]),
        ("verdicts", "How to read a verdict", [_list(VERDICTS)]),
        *([("illustrative", "Illustrative figures", illustrative)] if snapshot.is_illustrative else []),
        ("method", "Method in brief", [_list(METHOD)]),
        ("breaks", "Breaks in the series", [html.P(BREAKS, className="prose"), _list_breaks(snapshot.breaks)]),
        ("areas", "Areas", [html.P(AREAS, className="prose")]),
        ("limits", "Limits", [_list(LIMITS)]),
        ("licence", "Licence", [html.P(LICENCE, className="prose")]),
        ("report-an-error", "Report an error", [_list(ERRORS), html.P(f"Snapshot: {snapshot.id}.", className="prose")]),
        ("accessibility", "Accessibility", [_list(ACCESSIBILITY)]),
    ]


def _list(lines: tuple[str, ...]) -> html.Ul:
    return html.Ul([html.Li(line) for line in lines], className="prose")


def _list_breaks(breaks: pd.DataFrame) -> html.Div:
    rows = [
        html.Tr([html.Th(row.date_text, scope="row"), html.Td(row.what), html.Td(row.effect)])
        for row in breaks.itertuples()
    ]
    head = html.Tr([html.Th(text, scope="col") for text in ("When", "What changed", "What not to do")])
    table = html.Table(
        [html.Caption("Breaks in the series", className="hidden"), html.Thead(head), html.Tbody(rows)],
        className="data-table words",
    )
    return html.Div(
        table,
        className="scroll",
        tabIndex=0,
        role="region",
        **{"aria-label": "Breaks in the series"},
    )
