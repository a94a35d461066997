"""The application: one Dash app, its pages, its store and its serving, put together."""

from __future__ import annotations

from dash import Dash

from dashboard import NAME
from dashboard.archive import Archive, attach_archive
from dashboard.briefing.pdf import Press
from dashboard.briefing.routes import attach_press
from dashboard.components.comparison_controls import register_comparing
from dashboard.components.footer import FEEDBACK
from dashboard.components.shell import DESCRIPTION, DOCUMENT, make_layout, register_navigation
from dashboard.document import attach_frame
from dashboard.export.chromium import SETTING as CHROMIUM
from dashboard.pages import PAGES
from dashboard.serving import register_serving
from dashboard.settings import ROOT, Settings
from dashboard.statics import attach_statics
from dashboard.store import Store, attach_store


def create_app(settings: Settings) -> Dash:
    """Return the app, ready to serve; it opens the snapshot at the first request, not here."""
    app = Dash(
        __name__,
        title=NAME,
        description=DESCRIPTION,
        update_title=None,
        use_pages=True,
        pages_folder="",
        assets_folder=str(ROOT / "assets"),
        assets_ignore=r"^(theme|printed)\.js$",  # stands in the document's head; in printed documents
        include_pages_meta=False,  # would put the address that was asked for into the document
        index_string=DOCUMENT,
        suppress_callback_exceptions=True,
        compress=True,
        serve_locally=True,
    )
    for page in PAGES:
        page.register()
    app.layout = make_layout
    register_navigation(app)
    register_comparing(app)
    register_serving(app, settings)
    finish_setup(app)
    attach_statics(app)
    attach_frame(app)
    store = Store(settings.snapshots)
    attach_store(app.server, store)
    attach_archive(app.server, Archive(store))
    app.server.config[FEEDBACK] = settings.feedback_url
    app.server.config[CHROMIUM] = settings.chromium
    attach_press(app.server, Press(settings.chromium))
    return app


def finish_setup(app: Dash) -> None:
    """Let Dash finish its set-up now, with one request, before there is a store to read from.

    Dash registers its scripts and callbacks during the first request of a process. Two threads of a new worker would
    race, and the one that comes second be told that the scripts do not exist; a layout that fails then, for want of
    figures, would leave the set-up undone for good.
    """
    app.server.test_client().get("/_dash-dependencies")
