"""Support (`/support`): which councils need a conversation first, on what, since when, and what would clear it."""

from __future__ import annotations

import dash
from dash import html
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.banner import illustrative_banner
from dashboard.components.support import all_card, first_list, region_choice, rule_card, wider_list
from dashboard.pages.page import drawn_from_address, page
from dashboard.selection import ENGLAND
from dashboard.store import Snapshot
from dashboard.support import PATH, read_support
from dashboard.text.signals import describe_limit, lead_support


def register() -> None:
    """Register the page at /support."""
    dash.register_page(
        __name__,
        path=PATH,
        title="Who to ask first: adult social care COVID-19 dashboard",
        layout=drawn_from_address(layout),
    )


def layout(snapshot: Snapshot, /, **query: str) -> Component:
    """Return the page for the region and the filters in the query."""
    view = read_support(snapshot, query)
    signals = views.LISTS["signals"](snapshot, view.selection)
    name = snapshot.areas.at[view.area_code, "name"]
    where = "England" if view.area_code == ENGLAND else name
    return page(
        title="Who to ask first" if view.area_code == ENGLAND else f"Who to ask first: {name}",
        lead=lead_support(signals, snapshot.signal_rules, area=name),
        children=[
            region_choice(snapshot, view),
            illustrative_banner() if signals["is_illustrative"].any() else None,
            html.H2("Ask first this week", id="first", className="part"),
            html.P(describe_limit(snapshot.signal_rules)),
            first_list(snapshot, view),
            html.H2(f"{where} as a whole" if view.area_code != ENGLAND else "England and its regions", id="wider",
                    className="part"),
            *wider_list(snapshot, view),
            html.H2("All signals", id="all", className="part"),
            all_card(snapshot, view),
            html.H2("What was tried", id="tried", className="part"),
            rule_card(snapshot, view),
        ],
    )  # fmt: skip
