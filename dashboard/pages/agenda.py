"""Agenda (`/agenda?region=<code>`): what a regional call talks about this week, with the questions and who acts."""

from __future__ import annotations

import dash
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.agenda import PATH, agenda_path, make_agenda, read_agenda
from dashboard.components.agenda import list_parts
from dashboard.components.banner import illustrative_banner
from dashboard.format import format_date
from dashboard.pages.page import drawn_from_address, page
from dashboard.selection import ENGLAND, area_path
from dashboard.store import Snapshot
from dashboard.support import support_path
from dashboard.text.agenda import lead_agenda


def register() -> None:
    """Register the page at /agenda."""
    dash.register_page(
        __name__,
        path=PATH,
        title="Agenda: adult social care COVID-19 dashboard",
        layout=drawn_from_address(layout),
    )


def layout(snapshot: Snapshot, /, **query: str) -> Component:
    """Return the agenda of the region in the query, of the week before the newest figures unless it says otherwise."""
    view = read_agenda(snapshot, query)
    if view.area_code == ENGLAND:
        return _choose(snapshot)
    agenda = make_agenda(snapshot, view.area_code, since=view.since)
    code, since = agenda.area_code, agenda.since
    files = [
        html.A(f"Agenda as {name}", href=f"{PATH}/pack.{kind}?region={code}&since={since.word}", download="")
        for kind, name in (("pdf", "PDF"), ("pptx", "slides"))
    ]
    links = [
        dcc.Link(f"Page of {agenda.area_name}", href=area_path(snapshot, code)),
        dcc.Link("All signals of the region, and the rules", href=support_path(code)),
        *files,
    ]
    lead = lead_agenda(agenda.open, len(agenda.new), area=agenda.area_name, fixes=len(agenda.fixes))
    return page(
        title=f"Agenda: {agenda.area_name}",
        lead=lead,
        children=[
            html.P(
                f"From {format_date(since.day)} to {format_date(snapshot.data_date)}, snapshot {snapshot.id}.",
                className="made-from",
            ),
            html.Nav(html.Ul([html.Li(link) for link in links]), className="choices", **{"aria-label": "Agenda"}),
            illustrative_banner() if agenda.is_illustrative else None,
            *list_parts(agenda),
        ],
    )


def _choose(snapshot: Snapshot) -> Component:
    """Return the page that offers the agenda of each region."""
    links = [
        html.Li(dcc.Link(snapshot.areas.at[code, "name"], href=agenda_path(code)))
        for code in queries.list_regions(snapshot)
    ]
    return page(
        title="Agenda of the regional call",
        lead="What each region's call talks about this week: signals to ask about, what to watch, data to put right.",
        children=[html.Nav(html.Ul(links), className="choices", **{"aria-label": "Region"})],
    )
