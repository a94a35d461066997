"""Workforce (`/workforce`): vacancies, turnover, absence and zero-hours: what is held, where, and plainly where not."""

from __future__ import annotations

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
from dashboard.components.steps import step_rows
from dashboard.components.trends import turnover_card
from dashboard.format import format_value
from dashboard.measures import STAFF
from dashboard.pages.page import drawn_from_address, page
from dashboard.selection import Selection, read_selection
from dashboard.store import Snapshot
from dashboard.text import lead_workforce, title_vacancy

NOT_PUBLISHED = "vacancies, absence and zero-hours contracts by region; "
NOT_RETURNED = "absence and agency staff by council; "
NOT_FOR_YEARS = "vacancies by council for any year but 2019-20, and for county councils in any year."
NEVER_HELD = "vacancies and zero-hours contracts by region; "


def register() -> None:
    """Register the page at /workforce."""
    dash.register_page(
        __name__,
        path="/workforce",
        title="Workforce: adult social care COVID-19 dashboard",
        layout=drawn_from_address(layout),
    )


def layout(snapshot: Snapshot, **query: str) -> Component:
    """Return the page for the measure in the query."""
    selection = read_selection(snapshot, query, page="workforce")
    figures = views.VIEWS["workforce"](snapshot, selection)
    return page(
        title="Workforce",
        lead=lead_workforce(figures),
        children=[
            headline_row(figures),
            held_banner(snapshot),
            illustrative_banner() if views.show_map(snapshot, selection)["is_illustrative"].any() else None,
            html.Div(
                [vacancy_card(snapshot, selection), turnover_card(snapshot, selection)],
                className="two-columns even",
            ),
            measure_picker(snapshot, page="workforce", chosen=selection.measure),
            html.Div(
                [ranking_card(snapshot, selection), map_card(snapshot, selection)],
                className="two-columns even",
            ),
            home_care_card(snapshot, selection),
        ],
    )


def held_banner(snapshot: Snapshot) -> html.P:
    """Return what is not held on this page's subject, and what only returns give."""
    from_returns = [word for word in STAFF if STAFF[word] in snapshot.by_indicator]
    if not from_returns:
        return html.P([html.Strong("Not held: "), NOT_PUBLISHED, NOT_RETURNED, NOT_FOR_YEARS], className="banner")
    made_up = " and illustrative" if snapshot.is_illustrative else ""
    more = f" Absence and agency staff by region and council are counted from returns{made_up}: choose them below."
    return html.P([html.Strong("Not held: "), NEVER_HELD, NOT_FOR_YEARS, more], className="banner")


def vacancy_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the report's two vacancy rates."""
    frame = views.show_vacancy(snapshot, selection)
    card = Card(
        view="vacancy",
        title=title_vacancy(frame),
        subtitle="Share of adult social care jobs in England that were vacant. Lower is better.",
        summary="; ".join(f"{format_value(row)} {row['date_text']}" for row in frame.to_dict("records")) + ".",
        frame=frame,
        picture=step_rows(frame),
    )
    return chart_card(card, snapshot, selection)
