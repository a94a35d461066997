"""A region (`/region/<code>`): its councils by measure, trend, funnel, map, ranking, and what surrounds the homes."""

from __future__ import annotations

import dash
from dash import html
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.banner import returns_banner
from dashboard.components.community import cases_card, vaccination_card
from dashboard.components.headline import headline_row
from dashboard.components.home_care import home_care_card
from dashboard.components.leads import write_lead
from dashboard.components.links import agenda_line, briefing_line, feed_line
from dashboard.components.measure_picker import measure_picker
from dashboard.components.places import map_card, ranking_card
from dashboard.components.returns import matrix_card, trend_card
from dashboard.components.signal_card import signals_card
from dashboard.components.since import since_card, watch_line
from dashboard.components.trends import deaths_card, outbreaks_card, turnover_card
from dashboard.components.variation import contributions_card, funnel_card
from dashboard.measures import RETURNED
from dashboard.pages.page import drawn_from_address, page
from dashboard.selection import read_area
from dashboard.since import read_area_view
from dashboard.store import Snapshot, current_snapshot


def register() -> None:
    """Register the page at /region/<code>."""
    dash.register_page(__name__, path_template="/region/<code>", title=title, layout=drawn_from_address(layout))


def title(code: str = "", **query: str) -> str:
    """Return the title of the browser's tab."""
    areas = current_snapshot().areas
    name = areas.at[code, "name"] if code in areas.index else "Page not found"
    return f"{name}: adult social care COVID-19 dashboard"


def layout(snapshot: Snapshot, /, code: str = "", **query: str) -> Component:
    """Return the page of the region for the measure in the query."""
    selection = read_area_view(snapshot, query, page="region", area=read_area(snapshot, code, kind="region"))
    name = snapshot.areas.at[code, "name"]
    has_returns = views.has_returns(snapshot, area=code)
    picker = measure_picker(snapshot, page="region", chosen=selection.measure, has_trend=has_returns)
    return page(
        title=name,
        lead=write_lead(snapshot, selection),
        children=[
            watch_line(snapshot, selection),
            briefing_line(snapshot, code),
            agenda_line(snapshot, code),
            headline_row(views.show_headlines(snapshot, selection)),
            returns_banner(snapshot, is_shown=has_returns or selection.measure in RETURNED),
            signals_card(snapshot, selection),
            since_card(snapshot, selection),
            feed_line(snapshot, code),
            *([matrix_card(snapshot, selection)] if has_returns else []),
            picker,
            pair(trend_card(snapshot, selection) if has_returns else None, funnel_card(snapshot, selection)),
            pair(
                html.Div(
                    [
                        map_card(snapshot, selection, height=420),
                        contributions_card(snapshot, selection) if has_returns else None,
                    ]
                ),
                ranking_card(snapshot, selection),
            ),
            pair(deaths_card(snapshot, selection), outbreaks_card(snapshot, selection)),
            pair(cases_card(snapshot, selection), vaccination_card(snapshot, selection)),
            home_care_card(snapshot, selection),
            turnover_card(snapshot, selection),
        ],
    )


def pair(*cards: Component | None) -> html.Div:
    """Return the cards side by side where the window is wide enough."""
    return html.Div([card for card in cards if card is not None], className="two-columns even")
