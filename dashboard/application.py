"""The application: one Dash app, its pages, its store and its serving, put together."""

from __future__ import annotations

from dash import Dash

from dashboard.components.shell import DOCUMENT, make_shell, register_navigation
from dashboard.pages import PAGES
from dashboard.serving import register_serving
from dashboard.settings import ROOT, Settings
from dashboard.store import Store, attach_store

NAME = "Adult social care COVID-19 dashboard"


def create_app(settings: Settings) -> Dash:
    """Return the app, ready to serve; it opens the snapshot at the first request, not here."""
    app = Dash(
        __name__,
        title=NAME,
        update_title=None,
        use_pages=True,
        pages_folder="",
        assets_folder=str(ROOT / "assets"),
        index_string=DOCUMENT,
        suppress_callback_exceptions=True,
        compress=True,
        serve_locally=True,
    )
    attach_store(app.server, Store(settings.snapshots))
    for page in PAGES:
        page.register()
    app.layout = make_shell
    register_navigation(app)
    register_serving(app)
    return app
