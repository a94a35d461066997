"""A region (`/region/<code>`): its headlines, its trends beside England's, its authorities on a map and ranked."""

from __future__ import annotations

import dash
from dash.development.base_component import Component

from dashboard import queries, views
from dashboard.components.banner import returns_banner
from dashboard.components.headline import headline_row
from dashboard.components.measure_picker import measure_picker
from dashboard.components.places import map_card, ranking_card
from dashboard.components.returns import matrix_card, trend_card
from dashboard.components.trends import deaths_card, outbreaks_card, turnover_card
from dashboard.measures import MEASURES, RETURNED
from dashboard.pages.page import arrange, drawn_from_address, page
from dashboard.selection import read_area, read_selection
from dashboard.store import Snapshot, current_snapshot
from dashboard.text import lead_region


def register() -> None:
    """Register the page at /region/<code>."""
    dash.register_page(__name__, path_template="/region/<code>", title=title, layout=drawn_from_address(layout))


def title(code: str = "", **query: str) -> str:
    """Return the title of the browser's tab."""
    areas = current_snapshot().areas
    name = areas.at[code, "name"] if code in areas.index else "Page not found"
    return f"{name}: adult social care COVID-19 dashboard"


def layout(snapshot: Snapshot, code: str = "", **query: str) -> Component:
    """Return the page of the region for the measure in the query."""
    selection = read_selection(snapshot, query, page="region", area=read_area(snapshot, code, kind="region"))
    name = snapshot.areas.at[code, "name"]
    has_returns = views.has_returns(snapshot, area=code)
    lead = lead_region(
        name,
        authorities=len(queries.list_authorities(snapshot, region=code)),
        ranking=queries.select_headline(snapshot, MEASURES["deaths"], area=code),
        homes=queries.select_headline(snapshot, "care_homes_count", area=code),
    )
    return page(
        title=name,
        lead=lead,
        children=[
            headline_row(views.show_headlines(snapshot, selection)),
            returns_banner(snapshot, is_shown=has_returns or selection.measure in RETURNED),
            *([matrix_card(snapshot, selection)] if has_returns else []),
            *arrange(
                trends=[deaths_card(snapshot, selection), outbreaks_card(snapshot, selection)],
                picker=measure_picker(snapshot, page="region", chosen=selection.measure, has_trend=has_returns),
                ranking=ranking_card(snapshot, selection),
                places=map_card(snapshot, selection, height=420),
                chosen=trend_card(snapshot, selection) if has_returns else None,
            ),
            turnover_card(snapshot, selection),
        ],
    )
