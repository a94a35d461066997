"""The page for an address that leads nowhere. The server gives it status 404."""

from __future__ import annotations

import dash
from dash.development.base_component import Component

from dashboard.pages.page import explain
from dashboard.ready import do_not_keep


def register() -> None:
    """Register the page under the name that Dash looks for."""
    dash.register_page("not_found_404", path="/404", title="Page not found", layout=layout)


def layout(**address: str) -> Component:
    """Return the page."""
    do_not_keep()
    return explain("There is no page at this address.")
