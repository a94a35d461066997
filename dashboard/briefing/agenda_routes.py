"""The agenda of a regional call as a file: /agenda/pack.pdf and /agenda/pack.pptx."""

from __future__ import annotations

import re

import flask

from dashboard.agenda import PATH, agenda_path, make_agenda, read_agenda
from dashboard.briefing.agenda import WHAT, make_agenda_pack
from dashboard.briefing.deck import write_pack
from dashboard.briefing.document import write_document
from dashboard.briefing.part import Pack
from dashboard.briefing.routes import EXTENSION, SLIDES_STILL
from dashboard.briefing.sheets import describe_snapshot, draw_pack
from dashboard.export.routes import TYPES
from dashboard.export.scratch import ExportError
from dashboard.selection import ENGLAND, SelectionError
from dashboard.store import Snapshot, current_snapshot


def register_agenda(server: flask.Flask) -> None:
    """Add the documents to the server."""
    server.add_url_rule(f"{PATH}/pack.pdf", endpoint="agenda pdf", view_func=answer_pdf)
    server.add_url_rule(f"{PATH}/pack.pptx", endpoint="agenda slides", view_func=answer_slides)


def answer_pdf() -> flask.Response:
    """Return the PDF; 503 with a sentence where no Chromium can print it."""
    flask.g.export_kind = "agenda.pdf"
    pack, _, since = _read()
    press = flask.current_app.extensions[EXTENSION]

    def write() -> tuple[str, str]:
        document = write_document(draw_pack(pack), title=pack.title, description=describe_snapshot(pack), is_file=True)
        return document, pack.data_date.isoformat()

    try:
        content = press.print_once(f"{WHAT} {pack.snapshot_id} {pack.area_code} {since}", write)
    except ExportError as error:
        flask.abort(503, f"{error} {SLIDES_STILL}")
    return _send(content, pack, kind="pdf", mimetype="application/pdf")


def answer_slides() -> flask.Response:
    """Return the pptx."""
    flask.g.export_kind = "agenda.pptx"
    pack, snapshot, since = _read()
    address = flask.request.host_url.rstrip("/") + agenda_path(pack.area_code, since=since)
    return _send(write_pack(pack, snapshot, address=address), pack, kind="pptx", mimetype=TYPES["pptx"])


def _read() -> tuple[Pack, Snapshot, str]:
    """Return the pack that the query asks for, its snapshot and since when; aborts with 404 and the reason."""
    snapshot = current_snapshot()
    try:
        view = read_agenda(snapshot, flask.request.args.to_dict())
    except SelectionError as error:
        flask.abort(404, str(error))
    if view.area_code == ENGLAND:
        flask.abort(404, f"An agenda is of a region. Give its code: {PATH}/pack.pdf?region=E12000005")
    return make_agenda_pack(make_agenda(snapshot, view.area_code, since=view.since)), snapshot, view.since


def _send(content: bytes, pack: Pack, *, kind: str, mimetype: str) -> flask.Response:
    response = flask.Response(content, mimetype=mimetype)
    made_up = "illustrative-" if pack.is_illustrative else ""
    name = re.sub(r"[^a-z]+", "-", pack.area_name.lower()).strip("-")
    response.headers["Content-Disposition"] = f"attachment; filename={made_up}{WHAT}-{name}-{pack.snapshot_id}.{kind}"
    return response
