"""Workforce (`/workforce`): what is held where, the winter projection, and regions and councils beside each other."""

from __future__ import annotations

from dataclasses import replace

import dash
from dash import html
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.banner import illustrative_banner
from dashboard.components.card import Card, chart_card
from dashboard.components.headline import headline_row
from dashboard.components.home_care import home_care_card
from dashboard.components.measure_picker import measure_picker
from dashboard.components.places import map_card, ranking_card
from dashboard.components.returns import trend_card
from dashboard.components.steps import step_rows
from dashboard.components.trends import turnover_card
from dashboard.components.workforce import area_cards, held_card, projection_card, region_links
from dashboard.format import format_value
from dashboard.measures import MEASURES, RETURNED, STAFF
from dashboard.pages.page import drawn_from_address, page
from dashboard.rows import list_rows
from dashboard.selection import Selection, read_workforce
from dashboard.store import Snapshot
from dashboard.text import lead_workforce, title_vacancy
from dashboard.text.workforce import lead_projection, note_contradictions


def register() -> None:
    """Register the page at /workforce."""
    dash.register_page(
        __name__,
        path="/workforce",
        title="Workforce: adult social care COVID-19 dashboard",
        layout=drawn_from_address(layout),
    )


def layout(snapshot: Snapshot, /, **query: str) -> Component:
    """Return the page for the measure and the region in the query."""
    selection = read_workforce(snapshot, query)
    figures = views.VIEWS["workforce"](snapshot, selection)
    projection = views.LISTS["projection"](snapshot, selection)
    return page(
        title="Workforce",
        lead=" ".join(filter(None, [lead_workforce(figures), lead_projection(projection)])),
        children=[
            headline_row(figures),
            illustrative_banner() if snapshot.is_illustrative else None,
            _side_by_side([projection_card(snapshot, selection), vacancy_card(snapshot, selection)]),
            held_card(snapshot, selection),
            html.H2("By region and council", className="part"),
            region_links(snapshot, selection),
            *area_cards(snapshot, selection),
            measure_picker(snapshot, page="workforce", chosen=selection.measure),
            _side_by_side([ranking_card(snapshot, selection), map_card(snapshot, selection)]),
            *_draw_trend(snapshot, selection),
            turnover_card(snapshot, selection),
            html.H2("Home care", className="part"),
            home_care_card(snapshot, selection),
        ],
    )


def vacancy_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the report's two vacancy rates, with what is odd about them in view."""
    frame = views.show_vacancy(snapshot, selection)
    card = Card(
        view="vacancy",
        title=title_vacancy(frame),
        subtitle="Share of adult social care jobs in England that were vacant. Lower is better.",
        summary="; ".join(f"{format_value(row)} {row['date_text']}" for row in list_rows(frame)) + ".",
        frame=frame,
        picture=step_rows(frame),
        notes=note_contradictions(snapshot, frame),
    )
    return chart_card(card, snapshot, selection)


def _draw_trend(snapshot: Snapshot, selection: Selection) -> list[Component]:
    """Return the weekly series of the chosen measure from returns, or else of absence; none without returns."""
    default = next(iter(STAFF))
    measure = selection.measure if selection.measure in RETURNED else default
    if MEASURES[measure] not in snapshot.by_indicator:
        return []
    return [trend_card(snapshot, replace(selection, measure=measure))]


def _side_by_side(cards: list[Component]) -> html.Div:
    return html.Div(cards, className="two-columns even")
