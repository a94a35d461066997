"""Compare (`/compare`): any indicators in any areas, over time or on one date, as the chart the address asks for."""

from __future__ import annotations

import dash
import flask
from dash import html
from dash.development.base_component import Component

from dashboard.comparison import PATH, read_comparison
from dashboard.components.banner import illustrative_banner
from dashboard.components.comparing import comparison_card
from dashboard.components.comparison_controls import comparison_controls
from dashboard.components.comparison_dates import date_slider
from dashboard.components.still import write_html
from dashboard.pages.page import drawn_from_address, page
from dashboard.selection import SelectionError
from dashboard.store import Snapshot, current_snapshot
from dashboard.text.comparing import LEAD


def register() -> None:
    """Register the page at /compare."""
    dash.register_page(
        __name__,
        path=PATH,
        title="Compare: adult social care COVID-19 dashboard",
        layout=drawn_from_address(layout),
    )


def layout(snapshot: Snapshot, /, **query: str) -> Component:
    """Return the page for the comparison in the query."""
    comparison = read_comparison(snapshot, query)
    made_up = any(snapshot.by_indicator[name]["is_illustrative"].any() for name in comparison.indicators)
    return page(
        title="Compare",
        lead=LEAD,
        children=[
            comparison_controls(snapshot, comparison),
            date_slider(snapshot, comparison) or html.Div(className="no-slider"),
            illustrative_banner() if made_up else html.Div(className="no-banner"),
            html.Div(comparison_card(snapshot, comparison), id="compare-card"),
        ],
    )


def answer_card() -> flask.Response:
    """Return the card of the comparison in the query as HTML, for the slider's next date; 400 for a bad query."""
    snapshot = current_snapshot()
    try:
        comparison = read_comparison(snapshot, flask.request.args.to_dict())
    except SelectionError as error:
        flask.abort(400, str(error))
    return flask.Response(write_html(comparison_card(snapshot, comparison)), mimetype="text/html")
