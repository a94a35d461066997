"""What every page shares: its layout is drawn from the address, and a bad address gets a page that says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.selection import SelectionError
from dashboard.store import StoreError, current_snapshot

Layout = Callable[..., Component]


def drawn_from_address(layout: Callable[..., Component]) -> Layout:
    """Return a layout that gets the live snapshot first, and explains an address that asks for what is not there."""

    @wraps(layout)
    def draw(**address: str) -> Component:
        try:
            return layout(current_snapshot(), **address)
        except SelectionError as error:
            return explain(str(error))
        except StoreError:
            return explain("The dashboard has no published figures to show just now. Try again in a few minutes.")

    return draw


def explain(text: str) -> Component:
    """Return a page that says what is wrong with the address and where to go."""
    return html.Div(
        className="width page",
        children=[
            html.H1("Page not found"),
            html.P(text, className="lead"),
            html.P("If you typed the address, check it. If you followed a link, the area or the page may have moved."),
            html.P("Choose an area above, or "),
            html.P(dcc.Link("go to the England page", href="/")),
        ],
    )


def page(*, title: str, lead: str, children: list[Component | None]) -> html.Div:
    """Return a page: heading, the sentence that says where things stand, then its parts."""
    return html.Div(
        className="width page",
        children=[html.H1(title), html.P(lead, className="lead"), *children],
    )
