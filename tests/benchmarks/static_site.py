"""The reference: one static HTML file with the same figures, served by the same gunicorn, compressed and kept alike."""

from __future__ import annotations

import os
from pathlib import Path

import flask

from dashboard.compression import BUILT, File, choose_encoding

FOLDER = Path(os.environ.get("STATIC_SITE", "."))
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Static</title></head><body>{places}
<script src="/{library}"></script><script src="/draw.js"></script></body></html>"""
DRAW = """const figures = {figures};
Promise.all(figures.map((figure, at) => Plotly.newPlot("chart-" + at, figure.data, figure.layout,
  {{ displayModeBar: false, responsive: true }}))).then(() => performance.mark("asc:drawn:all"));"""
KEPT = "public, max-age=31536000, immutable"


def write_site(folder: Path, figures: list[str], *, library: Path) -> None:
    """Write the page, its script and its plotly.js; figures are JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    places = "".join(f'<div id="chart-{at}" style="height:320px"></div>' for at in range(len(figures)))
    (folder / "index.html").write_text(PAGE.format(places=places, library="plotly.js"), encoding="utf-8")
    (folder / "draw.js").write_text(DRAW.format(figures=f"[{','.join(figures)}]"), encoding="utf-8")
    (folder / "plotly.js").write_bytes(library.read_bytes())
    for file in folder.glob("*.js"):
        File(file.read_bytes(), "text/javascript").build("br")


def make_server() -> flask.Flask:
    """Return the server of a folder, its files in memory and ready compressed."""
    server = flask.Flask(__name__, static_folder=None)
    kinds = {".html": "text/html", ".js": "text/javascript"}
    files = {file.name: File(file.read_bytes(), kinds[file.suffix], built=BUILT) for file in sorted(FOLDER.glob("*.*"))}

    @server.get("/", defaults={"name": "index.html"})
    @server.get("/<name>")
    def answer(name: str) -> flask.Response:
        file = files.get(name) or flask.abort(404)
        encoding = choose_encoding(len(file.body))
        response = flask.Response(file.variant(encoding), mimetype=file.mimetype)
        response.headers["Cache-Control"] = "no-cache" if name == "index.html" else KEPT
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.set_etag(file.digest[:16], weak=True)
        return response.make_conditional(flask.request)

    return server
