"""Indicators (`/indicators`): every indicator with its definition, source and caveats, to be searched."""

from __future__ import annotations

import dash
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.indicators import indicator_list
from dashboard.measures import DEFAULT_MEASURE
from dashboard.pages.page import drawn_from_address, page
from dashboard.search import PATH, read_search
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot

LEAD = (
    "What each figure counts, which way is better, where it comes from and what to be careful with. "
    "Open one for the whole entry."
)
NO_RETURNS = (
    "Only published figures are held. What is counted from home-level returns is not listed: no returns are loaded."
)


def register() -> None:
    """Register the page at /indicators."""
    dash.register_page(
        __name__,
        path=PATH,
        title="Indicators: adult social care COVID-19 dashboard",
        layout=drawn_from_address(layout),
    )


def layout(snapshot: Snapshot, /, **query: str) -> Component:
    """Return the page for the search in the query."""
    search = read_search(snapshot, query)
    frame = views.LISTS["indicators"](snapshot, Selection(area_code=ENGLAND, measure=DEFAULT_MEASURE))
    csv = f"/download/indicators.csv?area={ENGLAND}"
    return page(
        title="Indicators",
        lead=LEAD,
        children=[
            None if (frame["kind"] == "returns").any() else html.P(NO_RETURNS, className="banner"),
            indicator_list(snapshot, frame, search),
            html.P(
                [
                    html.A(f"Download all as CSV ({len(frame)} rows)", href=csv, download=""),
                    ". Where the figures come from, and what was refused of them: ",
                    dcc.Link("data quality", href="/quality"),
                    ".",
                ]
            ),
        ],
    )
