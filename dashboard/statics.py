"""Static files: each at an address that changes with it, kept for a year, its compressed variants made once.

Our style sheets and scripts are one file of each kind; what Dash and its components need is served from memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import flask
from dash import Dash

from dashboard.compression import ENCODINGS, File, choose_encoding
from dashboard.plotly_script import find_script
from dashboard.settings import ROOT

ASSETS = ROOT / "assets"
STATICS = "asc_statics"
FOREVER = "public, max-age=31536000, immutable"
HEAD = "theme.js"
"""The script that must run before anything is shown; the others come when the document is there."""
APART = (HEAD, "printed.js")
"""Scripts that are not among those others: that one, and the one of printed documents."""
UNUSED = ("/deps/polyfill@", "/dash_table/", "/async-")
"""Scripts of Dash that no page of ours needs: for browsers of before 2017, and for a table we do not use."""
SCRIPT = re.compile(r'<script src="(/_dash-component-suites/[^"]+)"></script>')


@dataclass(frozen=True)
class Statics:
    """Every static file by its address, and the addresses that a document names."""

    files: dict[str, File]
    style: str
    first_script: str
    script: str
    dash_scripts: tuple[str, ...]


def collect_statics(app: Dash) -> Statics:
    """Return the static files of an app that has finished its set-up."""
    styles = _join(sorted(ASSETS.glob("*.css")), mimetype="text/css", between="\n")
    first = File((ASSETS / HEAD).read_bytes(), "text/javascript")
    ours = [file for file in sorted(ASSETS.glob("*.js")) if file.name not in APART]
    script = _join(ours, mimetype="text/javascript", between="\n;\n")
    named = {_name(styles, "dashboard.css"): styles, _name(first, HEAD): first, _name(script, "dashboard.js"): script}
    dash_files = _fetch_dash_scripts(app)
    plotly = find_script()
    return Statics(
        named | dash_files | {plotly.address: File(plotly.file.read_bytes(), "text/javascript")},
        *named,
        dash_scripts=tuple(dash_files),
    )


def attach_statics(app: Dash) -> None:
    """Collect the app's static files and let the server answer with them."""
    app.server.extensions[STATICS] = collect_statics(app)


def answer_static() -> flask.Response | None:
    """Return a static file, ready compressed; None where the address is none of them."""
    statics = flask.current_app.extensions.get(STATICS)
    file = statics and statics.files.get(flask.request.path)
    if not file or flask.request.method not in ("GET", "HEAD"):
        return None
    encoding = choose_encoding(len(file.body))
    response = flask.Response(file.variant(encoding), mimetype=file.mimetype)
    response.headers["Cache-Control"] = FOREVER
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(file.digest[:16], weak=True)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response.make_conditional(flask.request)


def build_variants(statics: Statics) -> None:
    """Leave every file's variants, compressed as well as can be, for servers to come."""
    for file in statics.files.values():
        for encoding in ENCODINGS:
            file.build(encoding)


def _join(files: list[Path], *, mimetype: str, between: str) -> File:
    return File(between.join(file.read_text(encoding="utf-8") for file in files).encode(), mimetype)


def _name(file: File, name: str) -> str:
    return f"/static/{file.digest[:12]}/{name}"


def _fetch_dash_scripts(app: Dash) -> dict[str, File]:
    """Return the scripts of Dash and its components by address, in the order in which they must run."""
    with app.server.test_request_context("/"):
        addresses = SCRIPT.findall(app._generate_scripts_html())
    client = app.server.test_client()
    wanted = [address for address in addresses if not any(part in address for part in UNUSED)]
    return {address: File(client.get(address).data, "text/javascript") for address in wanted}
