"""The document of a page: its text and charts in place, and what Dash would otherwise ask for, to start from.

Dash asks three times before it shows a page: for the layout, for the list of callbacks, for the page. The document has
the answers; assets/ahead.js gives them to Dash. What stands still is in it once, as HTML, and Dash's page takes it over
with the charts already drawn in it (assets/still.js).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import dash
import flask
from dash import Dash
from dash._utils import to_json
from markupsafe import escape

from dashboard.addresses import Address
from dashboard.components.shell import EARLY, make_layout
from dashboard.components.still import Pieces, write_early
from dashboard.pages import KINDS, not_found
from dashboard.statics import STATICS, Statics

FRAME = "asc_frame"
TITLE = re.compile(r"<title>.*?</title>", re.S)
STYLE = re.compile(r'\s*<link rel="stylesheet" href="/assets/[^>]*>')
SCRIPT = re.compile(r'<script src="[^"]*"></script>\s*')
RENDERER = re.compile(r'<script id="_dash-renderer"[^>]*>[^<]*</script>')
END = "</head>"


def attach_frame(app: Dash) -> None:
    """Make what all documents of the app share, once its set-up is finished and its static files are collected."""
    with app.server.test_request_context("/"):
        app.server.extensions[FRAME] = make_frame(app.index(), app.server.extensions[STATICS])


def make_frame(index: str, statics: Statics) -> str:
    """Return Dash's document with our two scripts and one style sheet. assets/start.js brings Dash's own scripts.

    These are fetched at once and run once the charts in sight are drawn.
    """
    bare = RENDERER.sub("", SCRIPT.sub("", STYLE.sub("", index)))
    ahead = "".join(f'<link rel="preload" as="script" href="{address}">' for address in statics.dash_scripts)
    head = (
        f'<link rel="stylesheet" href="{statics.style}"><script src="{statics.first_script}"></script>'
        f'<script src="{statics.script}" defer></script>'
    )
    wanted = "".join(f'<template data-script src="{address}"></template>' for address in statics.dash_scripts)
    return bare.replace(END, f"{head}{ahead}{END}").replace("<footer>", f'<footer id="_dash-renderer">{wanted}')


def write_document(app: Dash, address: Address, query: Mapping[str, str]) -> str:
    """Return the document of the page at an address."""
    path = {"code": address.code} if address.code else {}
    # A query may not say again what the path says.
    kind = "" if path.keys() & query.keys() else address.kind
    page = dash.page_registry[KINDS.get(kind, not_found).__name__ if kind else "not_found_404"]
    path = path if kind else {}
    drawn = page["layout"](**path, **query)
    title = page["title"](**path) if callable(page["title"]) else page["title"]
    pieces = Pieces()
    early = write_early(make_layout(), places={"_pages_content": drawn}, pieces=pieces)
    start = {
        "asked": flask.request.full_path.rstrip("?"),
        "layout": pieces.refer(json.loads(to_json(app.get_layout()))),
        "dependencies": json.loads(to_json(app._callback_list)),
        "page": answer_callback(pieces.refer(json.loads(to_json(drawn))), title=title),
    }
    # A closing tag or a comment inside the text would end the script.
    written = json.dumps(start, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")
    data = f'</div><script type="application/json" id="start">{written}</script>'
    frame = flask.current_app.extensions[FRAME]
    frame = TITLE.sub(lambda _: f"<title>{escape(title)}</title>", frame, count=1)
    return frame.replace(f"{EARLY}</div>", early + data)


def answer_callback(drawn: object, *, title: str) -> dict[str, object]:
    """Return what Dash's callback for pages answers: the page and its title."""
    return {
        "multi": True,
        "response": {"_pages_content": {"children": drawn}, "_pages_store": {"data": {"title": title}}},
    }
