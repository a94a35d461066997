"""An authority (`/area/<code>`): its headlines, its trends beside region and England, its place in its region."""

from __future__ import annotations

import dash
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import queries, views
from dashboard.components.banner import history_banner, returns_banner
from dashboard.components.headline import headline_row
from dashboard.components.links import similar_line
from dashboard.components.measure_picker import measure_picker
from dashboard.components.places import map_card, ranking_card
from dashboard.components.returns import changes_card, findings_card, profile_card, trend_card
from dashboard.components.trends import deaths_card, outbreaks_card, turnover_card
from dashboard.format import with_the
from dashboard.measures import MEASURES, RETURNED
from dashboard.pages.page import arrange, drawn_from_address, page
from dashboard.pages.region import title
from dashboard.selection import Selection, area_path, read_area, read_selection
from dashboard.store import Snapshot
from dashboard.text import lead_authority


def register() -> None:
    """Register the page at /area/<code>."""
    dash.register_page(__name__, path_template="/area/<code>", title=title, layout=drawn_from_address(layout))


def layout(snapshot: Snapshot, code: str = "", **query: str) -> Component:
    """Return the page of the authority for the measure in the query."""
    selection = read_selection(snapshot, query, page="authority", area=read_area(snapshot, code, kind="authority"))
    area = snapshot.areas.loc[code]
    region = views.region_of(snapshot, code)
    region_name = snapshot.areas.at[region, "name"]
    has_returns = views.has_returns(snapshot, area=code)
    rate = queries.select_headline(snapshot, MEASURES["deaths"], area=code)
    return page(
        title=area["name"],
        lead=lead_authority(area["name"], region=region_name, rate=rate),
        children=[
            html.P(dcc.Link(f"See all councils in {with_the(region_name)}", href=area_path(snapshot, region))),
            similar_line(snapshot, views.similar_areas(snapshot, code)),
            history_banner(snapshot, code),
            headline_row(views.show_headlines(snapshot, selection)),
            returns_banner(snapshot, is_shown=has_returns or selection.measure in RETURNED),
            *(list_returns(snapshot, selection) if has_returns else []),
            *arrange(
                trends=[deaths_card(snapshot, selection), outbreaks_card(snapshot, selection)],
                picker=measure_picker(snapshot, page="authority", chosen=selection.measure, has_trend=has_returns),
                ranking=ranking_card(snapshot, selection, highlight=code),
                places=map_card(snapshot, selection, highlight=code, height=420),
                chosen=trend_card(snapshot, selection) if has_returns else None,
            ),
            turnover_card(snapshot, selection),
        ],
    )


def list_returns(snapshot: Snapshot, selection: Selection) -> list[Component]:
    """Return the cards of the area's own returns: where it stands, what moved, what to put right."""
    return [card(snapshot, selection) for card in (profile_card, changes_card, findings_card)]
