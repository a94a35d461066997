"""Briefing (`/briefing`): a pack on an area, or of collected cards, as it prints, with its PDF and its slides.

Query: `area`, an ONS code (England without); `snapshot`, the id of an older one; or `cards`, collected ones.
"""

from __future__ import annotations

import dash
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.addresses import read_briefing
from dashboard.archive import ArchiveError, current_archive
from dashboard.briefing.collected import collect, draw_collected
from dashboard.briefing.pack import make_pack
from dashboard.briefing.request import PATH, Wanted
from dashboard.briefing.sheets import draw_pack
from dashboard.pages.page import drawn_from_address
from dashboard.selection import ENGLAND, SelectionError
from dashboard.store import Snapshot

LEAD = (
    "Six pages at most: the line to take, the 13 measures, what moved, contrary evidence, signals, workforce, caveats "
    "and definitions. Choose an area, or collect charts with “Add to briefing” on any page."
)
COLLECTED = "The charts that you collected, each from the snapshot from which you took it."


def register() -> None:
    """Register the page at /briefing."""
    dash.register_page(
        __name__,
        path=PATH,
        title="Briefing: adult social care COVID-19 dashboard",
        layout=drawn_from_address(layout),
    )


def layout(snapshot: Snapshot, /, **query: str) -> Component:
    """Return the page of the pack that the query asks for."""
    wanted = read_briefing(snapshot, query)
    if wanted.cards:
        sheets = draw_collected(collect(wanted.cards, archive=current_archive()), level=2)
    else:
        sheets = draw_pack(make_pack(open_pinned(wanted), wanted.area_code), level=2)
    return html.Div(
        className="width page",
        children=[
            html.H1("Briefing"),
            html.P(COLLECTED if wanted.cards else LEAD, className="lead"),
            _list_areas(snapshot, wanted),
            _make_basket(),
            _list_actions(wanted, live=snapshot.id),
            html.Div(sheets, className="pack-place"),
        ],
    )


def open_pinned(wanted: Wanted) -> Snapshot:
    """Return the snapshot that a pack is pinned to; SelectionError where this version cannot read it."""
    try:
        return current_archive().open(wanted.snapshot_id)
    except ArchiveError as error:
        raise SelectionError(str(error)) from error


def _list_areas(snapshot: Snapshot, wanted: Wanted) -> html.Nav:
    """Return links to the packs of England, the regions and, folded, the councils."""
    wide = [ENGLAND, *queries.list_regions(snapshot)]
    councils = queries.list_authorities(snapshot)
    here = [wanted.area_code] if wanted.area_code and wanted.area_code not in wide else []
    folded = html.Details(
        [html.Summary(f"Councils ({len(councils)})"), html.Ul(_link_areas(snapshot, councils, wanted))],
    )
    return html.Nav(
        [html.Ul(_link_areas(snapshot, [*wide, *here], wanted)), folded],
        className="briefing-areas",
        **{"aria-label": "Area of the briefing"},
    )


def _link_areas(snapshot: Snapshot, codes: list[str], wanted: Wanted) -> list[html.Li]:
    links = []
    for code in codes:
        name = str(snapshot.areas.at[code, "name"])
        is_here = code == wanted.area_code
        shown = html.Span(name, **{"aria-current": "true"}) if is_here else dcc.Link(name, href=f"{PATH}?area={code}")
        links.append(html.Li(shown))
    return links


def _make_basket() -> html.Section:
    """Return the place of the collected cards, which the browser alone knows (assets/briefing.js)."""
    return html.Section(
        [
            html.H2("Collected charts", id="basket-title"),
            html.Ol(id="basket-cards"),
            html.P(
                [
                    html.A("Show as a pack", href=PATH, id="basket-show"),
                    " ",
                    html.Button("Empty the briefing", type="button", className="link-button basket-empty"),
                ]
            ),
        ],
        className="basket",
        **{"aria-labelledby": "basket-title"},
    )


def _list_actions(wanted: Wanted, *, live: str) -> html.Div:
    """Return the pack as files and in print, each of just this snapshot."""
    query = wanted.query
    pinned = (
        "" if wanted.cards or wanted.snapshot_id == live else f" Made from the older snapshot {wanted.snapshot_id}."
    )
    same = "This link always shows the same pack"
    return html.Div(
        [
            html.A("PDF", href=f"{PATH}/pack.pdf?{query}", download="", className="button"),
            html.A("Slides (pptx)", href=f"{PATH}/pack.pptx?{query}", download="", className="button"),
            html.A("Print view", href=f"{PATH}/print?{query}", target="_blank"),
            dcc.Link(same, href=f"{PATH}?{query}"),
            html.Span(pinned) if pinned else None,
        ],
        className="briefing-actions",
    )
