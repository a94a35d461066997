"""The pack as documents: /briefing/print, /briefing/pack.pdf and /briefing/pack.pptx, of what the query asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass

import flask
from dash import html

from dashboard.addresses import read_briefing
from dashboard.archive import ArchiveError, current_archive
from dashboard.briefing.collected import TITLE, collect, describe_snapshots, draw_collected, write_collected
from dashboard.briefing.deck import write_pack
from dashboard.briefing.document import write_document
from dashboard.briefing.pack import make_pack
from dashboard.briefing.pdf import Press
from dashboard.briefing.request import PATH, Wanted
from dashboard.briefing.sheets import describe_snapshot, draw_pack
from dashboard.export.routes import TYPES
from dashboard.export.scratch import ExportError
from dashboard.selection import SelectionError
from dashboard.store import Snapshot, current_snapshot

EXTENSION = "asc_press"
SLIDES_STILL = "The same pack can be had as slides (pptx)."


def register_briefing(server: flask.Flask) -> None:
    """Add the documents to the server."""
    server.add_url_rule(f"{PATH}/print", view_func=answer_print)
    server.add_url_rule(f"{PATH}/pack.pdf", view_func=answer_pdf)
    server.add_url_rule(f"{PATH}/pack.pptx", view_func=answer_slides)


def attach_press(server: flask.Flask, press: Press) -> None:
    """Make the press the one that prints while the server answers."""
    server.extensions[EXTENSION] = press


@dataclass(frozen=True)
class Drawn:
    """A pack ready for printing: its sheets and what stands in the document's head."""

    sheets: html.Article
    title: str
    description: str
    day: str


def draw(wanted: Wanted, snapshot: Snapshot) -> Drawn:
    """Return the sheets of what is wanted; `snapshot` is that of an area's pack."""
    if wanted.cards:
        cards = collect(wanted.cards, archive=current_archive())
        day = max(card.snapshot.data_date for card in cards).isoformat()
        return Drawn(draw_collected(cards), TITLE, describe_snapshots(cards), day)
    pack = make_pack(snapshot, wanted.area_code)
    title = f"{pack.area_name}: briefing"
    return Drawn(draw_pack(pack), title, describe_snapshot(pack), pack.data_date.isoformat())


def answer_print() -> flask.Response:
    """Return the document that is printed; 404 where the query asks for what is not there."""
    wanted, snapshot = _read()
    drawn = _draw(wanted, snapshot)
    text = write_document(drawn.sheets, title=drawn.title, description=drawn.description, is_file=False)
    return flask.Response(text, mimetype="text/html")


def answer_pdf() -> flask.Response:
    """Return the PDF; 503 with a sentence where no Chromium can print it, for the slides still can be had."""
    flask.g.export_kind = "pack.pdf"
    wanted, snapshot = _read()
    press: Press = flask.current_app.extensions[EXTENSION]

    def write() -> tuple[str, str]:
        drawn = _draw(wanted, snapshot)
        return write_document(drawn.sheets, title=drawn.title, description=drawn.description, is_file=True), drawn.day

    try:
        content = press.print_once(wanted.query, write)
    except ExportError as error:
        flask.abort(503, f"A PDF cannot be made just now. {error} {SLIDES_STILL}")
    return _send(content, wanted, snapshot, kind="pdf", mimetype="application/pdf")


def answer_slides() -> flask.Response:
    """Return the pptx."""
    flask.g.export_kind = "pack.pptx"
    wanted, snapshot = _read()
    host = flask.request.host_url.rstrip("/")
    if wanted.cards:
        try:
            content = write_collected(collect(wanted.cards, archive=current_archive()), address=host)
        except SelectionError as error:
            flask.abort(404, str(error))
    else:
        address = f"{host}{PATH}?{wanted.query}"
        content = write_pack(make_pack(snapshot, wanted.area_code), snapshot, address=address)
    return _send(content, wanted, snapshot, kind="pptx", mimetype=TYPES["pptx"])


def _read() -> tuple[Wanted, Snapshot]:
    """Return what the query asks for and the snapshot of it; aborts with 404 and the reason."""
    given = flask.request.args.to_dict(flat=False)
    query = {name: words[0] if len(words) == 1 else str(words) for name, words in given.items()}
    try:
        wanted = read_briefing(current_snapshot(), query)
        return wanted, current_archive().open(wanted.snapshot_id)
    except (SelectionError, ArchiveError) as error:
        flask.abort(404, str(error))


def _draw(wanted: Wanted, snapshot: Snapshot) -> Drawn:
    try:
        return draw(wanted, snapshot)
    except SelectionError as error:
        flask.abort(404, str(error))


def _send(content: bytes, wanted: Wanted, snapshot: Snapshot, *, kind: str, mimetype: str) -> flask.Response:
    response = flask.Response(content, mimetype=mimetype)
    name = "collected" if wanted.cards else re.sub(r"[^a-z]+", "-", snapshot.areas.at[wanted.area_code, "name"].lower())
    made_up = "illustrative-" if snapshot.is_illustrative else ""
    file = f"{made_up}briefing-{name.strip('-')}-{wanted.snapshot_id}.{kind}"
    response.headers["Content-Disposition"] = f"attachment; filename={file}"
    return response
