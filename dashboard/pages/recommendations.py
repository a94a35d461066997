"""Recommendations (`/recommendations`): the taskforce's 52, who must act, and what figures show of each."""

from __future__ import annotations

import dash
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.banner import illustrative_banner
from dashboard.components.recommendation_cards import figures_card, seen_card
from dashboard.components.recommendations import recommendation_list
from dashboard.measures import DEFAULT_MEASURE
from dashboard.pages.page import drawn_from_address, page
from dashboard.recommendations import PATH, read_recommendations
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.text.recommendations import lead_recommendations


def register() -> None:
    """Register the page at /recommendations."""
    dash.register_page(
        __name__,
        path=PATH,
        title="Recommendations: adult social care COVID-19 dashboard",
        layout=drawn_from_address(layout),
    )


def layout(snapshot: Snapshot, /, **query: str) -> Component:
    """Return the page for the search in the query."""
    search = read_recommendations(snapshot, query)
    selection = Selection(area_code=ENGLAND, measure=DEFAULT_MEASURE)
    return page(
        title="Recommendations",
        lead=lead_recommendations(views.LISTS["recommendations"](snapshot, selection)),
        children=[
            html.P(
                [
                    "The summaries are ours; they do not replace the report's words. A figure beside a recommendation "
                    "shows how things stand, not that the recommendation caused it. What each figure counts stands "
                    "under ",
                    dcc.Link("Indicators", href="/indicators"),
                    ".",
                ]
            ),
            illustrative_banner() if snapshot.is_illustrative else None,
            seen_card(snapshot, selection),
            recommendation_list(snapshot, selection, search),
            figures_card(snapshot, selection),
        ],
    )
