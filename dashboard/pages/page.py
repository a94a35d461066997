"""What every page shares: its layout is drawn from the address, and a bad address gets a page that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import metrics
from dashboard.components.contents import contents
from dashboard.components.still import hold_page_still
from dashboard.faults import record_fault
from dashboard.ready import do_not_keep
from dashboard.selection import SelectionError
from dashboard.shelf import Shelf
from dashboard.store import Snapshot, StoreError, current_snapshot

Layout = Callable[..., Component]
PAGES_KEPT = 2
"""Drawn pages that each kind of page keeps, for what else is asked of one just drawn; its bytes are kept elsewhere."""


def drawn_from_address(layout: Callable[..., Component]) -> Layout:
    """Return a layout that gets the live snapshot first, and explains an address that asks for what is not there."""

    def draw_anew(snapshot: Snapshot, address: Mapping[str, str]) -> Component:
        metrics.MADE.labels("pages").inc()
        return hold_page_still(layout(snapshot, **address))

    @wraps(layout)
    def draw(**address: str) -> Component:
        try:
            snapshot = current_snapshot()
            metrics.ASKED.labels("pages").inc()
            # A page is a function of snapshot and address alone, so what was drawn once is drawn for everyone.
            shelf = snapshot.drawn.setdefault(layout, Shelf(PAGES_KEPT))
            return shelf.get(urlencode(sorted(address.items())), lambda: draw_anew(snapshot, address))
        except SelectionError as error:
            do_not_keep()
            return explain(str(error))
        except StoreError:
            do_not_keep(status=503)
            text = "The dashboard has no published figures to show just now. Try again in a few minutes."
            return explain(text, title="The figures are not ready")
        except Exception:  # noqa: BLE001 - logged with a reference; a person gets a page, not a blank
            do_not_keep(status=500)
            reference = record_fault(f"page {layout.__module__}")
            text = f"It is our fault, not yours. If it happens again, quote the reference {reference}."
            return explain(text, title="Something went wrong here")

    return draw


def explain(text: str, *, title: str = "Page not found") -> Component:
    """Return a page that says what is wrong and where to go."""
    return html.Div(
        className="width page explained",
        children=[
            html.H1(title),
            html.P(text, className="lead"),
            html.P(["Choose an area above, or ", dcc.Link("go to the England page", href="/"), "."]),
        ],
    )


def page(*, title: str, lead: str, children: list[Component | None]) -> html.Div:
    """Return a page: heading, the sentence that says where things stand, then its parts."""
    return html.Div(
        className="width page",
        children=[html.H1(title), html.P(lead, className="lead"), contents(children), *children],
    )


def arrange(
    *, trends: list[Component], picker: Component, ranking: Component, places: Component, chosen: Component | None
) -> list[Component]:
    """Return the middle of a region's or an authority's page: the picker before the cards that follow it.

    With a trend of the chosen measure these come first; without one, the trends that no choice changes do.
    """
    if chosen is None:
        fixed, following = html.Div(trends, className="two-columns even"), [ranking, places]
        return [fixed, picker, html.Div(following, className="two-columns even")]
    following = html.Div([html.Div([chosen, places]), ranking], className="two-columns even")
    return [picker, following, html.Div(trends, className="two-columns even")]
