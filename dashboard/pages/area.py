"""An authority (`/area/<code>`): its headlines, its trends beside region and England, its place in its region."""

from __future__ import annotations

import dash
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import queries, views
from dashboard.components.banner import history_banner, plan_banner
from dashboard.components.headline import headline_row
from dashboard.components.measure_picker import measure_picker
from dashboard.components.places import map_card, ranking_card
from dashboard.components.trends import deaths_card, outbreaks_card, turnover_card
from dashboard.format import with_the
from dashboard.pages.page import drawn_from_address, page
from dashboard.pages.region import title
from dashboard.selection import MEASURES, Selection, area_path, read_area, read_measure
from dashboard.store import Snapshot
from dashboard.text import lead_authority


def register() -> None:
    """Register the page at /area/<code>."""
    dash.register_page(__name__, path_template="/area/<code>", title=title, layout=drawn_from_address(layout))


def layout(snapshot: Snapshot, code: str = "", **query: str) -> Component:
    """Return the page of the authority for the measure in the query."""
    selection = Selection(
        area_code=read_area(snapshot, code, kind="authority"), measure=read_measure(query, page="authority")
    )
    area = snapshot.areas.loc[code]
    region = views.region_of(snapshot, code)
    region_name = snapshot.areas.at[region, "name"]
    rate = queries.select_headline(snapshot, MEASURES["deaths"], area=code)
    return page(
        title=area["name"],
        lead=lead_authority(area["name"], region=region_name, rate=rate),
        children=[
            html.P(dcc.Link(f"See all councils in {with_the(region_name)}", href=area_path(snapshot, region))),
            history_banner(snapshot, code),
            headline_row(views.show_headlines(snapshot, selection)),
            plan_banner(),
            html.Div(
                [deaths_card(snapshot, selection), outbreaks_card(snapshot, selection)],
                className="two-columns even",
            ),
            measure_picker(snapshot, page="authority", chosen=selection.measure),
            html.Div(
                [
                    ranking_card(snapshot, selection, highlight=code),
                    map_card(snapshot, selection, highlight=code, height=420),
                ],
                className="two-columns even",
            ),
            turnover_card(snapshot, selection),
        ],
    )
