"""An authority (`/area/<code>`): where it differs from region, England, its own usual range and areas like it."""

from __future__ import annotations

import dash
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.banner import history_banner, returns_banner
from dashboard.components.community import cases_card, vaccination_card
from dashboard.components.headline import headline_row
from dashboard.components.leads import write_lead
from dashboard.components.links import briefing_line, feed_line, similar_line
from dashboard.components.measure_picker import measure_picker
from dashboard.components.places import map_card, ranking_card
from dashboard.components.practice import practice_card
from dashboard.components.ranges import control_card, ranges_card
from dashboard.components.returns import changes_card, findings_card, profile_card
from dashboard.components.signal_card import signals_card
from dashboard.components.similar import similar_card, similar_questions_card
from dashboard.components.since import since_card, watch_line
from dashboard.components.staff import jobs_card, staff_card
from dashboard.components.trends import deaths_card, outbreaks_card, turnover_card
from dashboard.format import with_the
from dashboard.measures import RETURNED
from dashboard.pages.page import drawn_from_address, page
from dashboard.pages.region import title
from dashboard.selection import Selection, area_path, read_area
from dashboard.since import read_area_view
from dashboard.store import Snapshot


def register() -> None:
    """Register the page at /area/<code>."""
    dash.register_page(__name__, path_template="/area/<code>", title=title, layout=drawn_from_address(layout))


def layout(snapshot: Snapshot, /, code: str = "", **query: str) -> Component:
    """Return the page of the authority for the measure in the query."""
    selection = read_area_view(snapshot, query, page="authority", area=read_area(snapshot, code, kind="authority"))
    region = views.region_of(snapshot, code)
    has_returns = views.has_returns(snapshot, area=code)
    return page(
        title=snapshot.areas.at[code, "name"],
        lead=write_lead(snapshot, selection),
        children=[
            watch_line(snapshot, selection),
            html.P(
                dcc.Link(
                    f"See all councils in {with_the(snapshot.areas.at[region, 'name'])}",
                    href=area_path(snapshot, region),
                )
            ),
            similar_line(snapshot, views.similar_areas(snapshot, code)),
            briefing_line(snapshot, code),
            history_banner(snapshot, code),
            returns_banner(snapshot, is_shown=has_returns or selection.measure in RETURNED),
            headline_row(views.show_headlines(snapshot, selection)),
            signals_card(snapshot, selection),
            since_card(snapshot, selection),
            feed_line(snapshot, code),
            *([profile_card(snapshot, selection), ranges_card(snapshot, selection)] if has_returns else []),
            measure_picker(snapshot, page="authority", chosen=selection.measure, has_trend=has_returns),
            *_list_chosen(snapshot, selection, has_returns=has_returns),
            *([changes_card(snapshot, selection), findings_card(snapshot, selection)] if has_returns else []),
            _set_side_by_side(outbreaks_card(snapshot, selection), deaths_card(snapshot, selection)),
            _set_side_by_side(cases_card(snapshot, selection), vaccination_card(snapshot, selection)),
            staff_card(snapshot, selection),
            jobs_card(snapshot, selection),
            turnover_card(snapshot, selection),
            _set_side_by_side(ranking_card(snapshot, selection, highlight=code), _draw_places(snapshot, selection)),
        ],
    )


def _list_chosen(snapshot: Snapshot, selection: Selection, *, has_returns: bool) -> list[Component]:
    """Return the cards that the choice of a measure changes, those nearest to it."""
    similar = similar_card(snapshot, selection)
    if not has_returns:
        return [similar]
    pair = _set_side_by_side(control_card(snapshot, selection), similar)
    more = (practice_card(snapshot, selection), similar_questions_card(snapshot, selection))
    return [part for part in (pair, *more) if part is not None]


def _draw_places(snapshot: Snapshot, selection: Selection) -> Component:
    return map_card(snapshot, selection, highlight=selection.area_code, height=420)


def _set_side_by_side(*cards: Component) -> html.Div:
    return html.Div(list(cards), className="two-columns even")
