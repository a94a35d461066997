"""Exports of a card or a whole page: /export/<view>.xlsx, .ods, .pptx and .png, of the page that the address names."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import flask
import pandas as pd
from dash.development.base_component import Component

from dashboard import metrics
from dashboard.addresses import find_page
from dashboard.export.chromium import SETTING
from dashboard.export.convert import convert_to_ods
from dashboard.export.csv import DOWNLOADS, find_rows
from dashboard.export.image import draw_image
from dashboard.export.scratch import ExportError
from dashboard.export.shown import Shown, list_shown
from dashboard.export.slides import write_slides
from dashboard.export.spreadsheet import Sheet, write_spreadsheet
from dashboard.format import sentence
from dashboard.pages import KINDS
from dashboard.selection import SelectionError
from dashboard.shelf import Shelf
from dashboard.store import Snapshot, current_snapshot
from dashboard.text.contents import LABELS

WHOLE = "page"
"""The name that stands for every card of a page."""

OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "png": "image/png",
}
PICTURES = Shelf(64)
"""The last pictures drawn, by snapshot, address and card: each takes a second and half a megabyte."""
NO_PICTURE = "Where a card offers “Download image”, the browser draws it without the server; tables can be copied."

Cards = list[tuple[Shown, pd.DataFrame]]


def register_exports(server: flask.Flask) -> None:
    """Add /export/<view>.<kind> to the server."""
    server.add_url_rule("/export/<view>.<kind>", view_func=answer_export)
    server.add_url_rule("/export/<view>.png", view_func=answer_image)


def answer_export(view: str, kind: str) -> flask.Response:
    """Return the file; 404 for an unknown page, view or kind with what there is, 503 where no converter is there."""
    snapshot = current_snapshot()
    flask.g.export_kind = kind if kind in WRITERS else "unknown"
    if kind not in WRITERS:
        flask.abort(404, f"There is no export of that kind. There are: {', '.join(TYPES)}.")
    address = flask.request.args.get("page", "")
    title, cards = find_cards(snapshot, address, view)
    try:
        content = WRITERS[kind](cards, snapshot, title, _link(address))
    except ExportError as error:
        flask.abort(503, str(error))
    response = flask.Response(content, mimetype=TYPES[kind])
    is_made_up = any(frame["is_illustrative"].any() for _, frame in cards)
    name = _name_file(snapshot, address, view, is_made_up=is_made_up)
    response.headers["Content-Disposition"] = f"attachment; filename={name}.{kind}"
    return response


def answer_image(view: str) -> flask.Response:
    """Return a card's picture; 404 as for every export, 503 where no Chromium draws it. It may stand in a page."""
    snapshot = current_snapshot()
    flask.g.export_kind = "png"
    address = flask.request.args.get("page", "")
    key = hashlib.sha256(f"{snapshot.id} {view} {_link(address)}".encode()).hexdigest()
    kept = PICTURES.look(key)
    metrics.ASKED.labels("pictures").inc()
    if kept is None:
        if view == WHOLE:
            flask.abort(404, "A picture is of one card. Name it: /export/<card>.png")
        card, frame = find_cards(snapshot, address, view)[1][0]
        try:
            named = flask.current_app.config.get(SETTING, "")
            content = draw_image(card, snapshot, address=_link(address), chromium=named)
        except ExportError as error:
            flask.abort(503, f"{error} {NO_PICTURE}")
        kept = content, _name_file(snapshot, address, view, is_made_up=bool(frame["is_illustrative"].any()))
        PICTURES.put(key, kept)
        metrics.MADE.labels("pictures").inc()
    content, name = kept
    response = flask.Response(content, mimetype=TYPES["png"])
    response.headers["Content-Disposition"] = f"inline; filename={name}.png"
    response.headers["Cache-Control"] = "no-cache"  # asked for anew, since the address does not name the snapshot
    response.set_etag(key)
    return response.make_conditional(flask.request)


def _link(address: str) -> str:
    return flask.request.host_url.rstrip("/") + address


def _name_file(snapshot: Snapshot, address: str, view: str, *, is_made_up: bool) -> str:
    place = urlsplit(address).path.strip("/").replace("/", "-") or "england"
    return f"{'illustrative-' if is_made_up else ''}{place}-{view}-{snapshot.id}"


def find_cards(snapshot: Snapshot, address: str, view: str) -> tuple[str, Cards]:
    """Return the title of a page and its cards with their rows: the one of the view, or all; aborts with 404."""
    try:
        title, layout = draw_page(snapshot, address)
    except SelectionError as error:
        flask.abort(404, str(error))
    shown = list_shown(layout)
    wanted = [card for card in shown if view in (WHOLE, card.view)]
    if not wanted:
        names = ", ".join([WHOLE, *[card.view for card in shown]])
        flask.abort(404, f"The page has no card of that name. It has: {names}.")
    return title, [(card, find_frame(snapshot, card)) for card in wanted]


def draw_page(snapshot: Snapshot, address: str) -> tuple[str, Component]:
    """Return the title and the tree of the page at an address; SelectionError where there is none."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    found = find_page(snapshot, parts.path, query)
    if not parts.path or parts.scheme or parts.netloc or found.status != 200:
        raise SelectionError("There is no such page. Give ?page= and its address, such as /region/E12000005.")
    layout = KINDS[found.kind].layout(snapshot, **({"code": found.code} if found.code else {}), **query)
    return snapshot.areas.at[found.code, "name"] if found.code else layout.children[0].children, layout


def find_frame(snapshot: Snapshot, card: Shown) -> pd.DataFrame:
    """Return the rows that a card shows, from the address of its download."""
    parts = urlsplit(card.download)
    name = parts.path.removeprefix(DOWNLOADS).removesuffix(".csv")
    return find_rows(snapshot, name, dict(parse_qsl(parts.query, keep_blank_values=True)))


def _write_xlsx(cards: Cards, snapshot: Snapshot, title: str, link: str) -> bytes:
    sheets = [
        Sheet(
            name=LABELS.get(card.view, sentence(card.view.replace("-", " "))),
            title=card.title,
            subtitle=card.subtitle,
            source=card.source,
            frame=frame,
            caveats=(*card.notes, *card.caveats),
        )
        for card, frame in cards
    ]
    return write_spreadsheet(sheets, snapshot, title=title, address=link)


def _write_ods(cards: Cards, snapshot: Snapshot, title: str, link: str) -> bytes:
    return convert_to_ods(_write_xlsx(cards, snapshot, title, link))


def _write_pptx(cards: Cards, snapshot: Snapshot, title: str, link: str) -> bytes:
    return write_slides(cards, snapshot, title=title, address=link)


WRITERS: dict[str, Callable[[Cards, Snapshot, str, str], bytes]] = {
    "xlsx": _write_xlsx,
    "ods": _write_ods,
    "pptx": _write_pptx,
}
