"""The footer: which software and figures these are, whom to tell of an error, licences, and the colours."""

from __future__ import annotations

import flask
from dash import dcc, html

from dashboard import __version__
from dashboard.format import format_date
from dashboard.store import Snapshot
from dashboard.text.returns import describe_tracker

THEMES = {"device": "As my device", "light": "Light", "dark": "Dark", "contrast": "High contrast"}
FEEDBACK = "FEEDBACK_URL"
REPORTING = "/about#report-an-error"
LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0. Contains National Statistics "
    "data © Crown copyright and database right. Contains OS data © Crown copyright and database right 2020. "
    "Vacancies by authority: British Red Cross, from Skills for Care data, CC BY 4.0."
)
MADE_UP = "This snapshot holds illustrative figures, which are made up and marked so. "


def make_footer(snapshot: Snapshot, *, feedback: str = "", is_newest: bool = True) -> html.Footer:
    """Return the snapshot's id and date, the links that every page needs, the attribution, and the choice of colours.

    `feedback` is where a reader's message goes; without one, the page that says how to report an error. Where the
    snapshot is not the newest, for that one was refused, a line says so.
    """
    links = [
        dcc.Link("Sources, definitions and limits", href="/about"),
        dcc.Link("Accessibility", href="/about#accessibility"),
        html.A("Give feedback", href=feedback) if feedback else dcc.Link("Report an error", href=REPORTING),
    ]
    made_up = html.Strong(MADE_UP) if snapshot.is_illustrative else None
    return html.Footer(
        html.Div(
            [
                None if is_newest else html.P(describe_refusal(snapshot), className="refused", role="status"),
                html.P([f"Snapshot {snapshot.id}. ", html.Span(f"{describe_tracker(snapshot)} "), made_up]),
                html.Ul([html.Li(link) for link in links], className="footer-links"),
                html.P(LICENCE),
                html.P(f"Version {__version__} of the software.", className="version"),
                html.P(make_theme_picker(), className="colours"),
            ],
            className="width",
        ),
        className="page-footer",
    )


def describe_refusal(snapshot: Snapshot) -> str:
    """Return what a reader must know when the newest figures are refused or cannot be read."""
    return (
        "New figures cannot be shown at the moment: what was published last did not pass its check, or cannot be read. "
        f"You see figures up to {format_date(snapshot.data_date)}. The people who run the dashboard are told."
    )


def read_feedback() -> str:
    """Return the address for feedback of the app that is answering, or nothing."""
    return str(flask.current_app.config.get(FEEDBACK, ""))


def make_theme_picker() -> html.Label:
    """Return the choice of colours; the browser remembers it (assets/theme.js)."""
    options = [html.Option(words, value=name) for name, words in THEMES.items()]
    # A plain list of the browser's own: Dash has no business with it.
    return html.Label(["Colours ", html.Select(options, id="theme")], className="theme-picker")
