"""Exports of a card or of a whole page: /export/<view>.xlsx, .ods and .pptx, of the page that the address names."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import flask
import pandas as pd

from dashboard.addresses import find_page
from dashboard.export.convert import ConversionError, convert_to_ods
from dashboard.export.csv import DOWNLOADS, find_rows
from dashboard.export.shown import Shown, list_shown
from dashboard.export.slides import write_slides
from dashboard.export.spreadsheet import Sheet, write_spreadsheet
from dashboard.pages import KINDS
from dashboard.store import Snapshot, current_snapshot
from dashboard.text.contents import LABELS

WHOLE = "page"
"""The name that stands for every card of a page."""

OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pptx": f"{OFFICE}.presentationml.presentation",
}
Cards = list[tuple[Shown, pd.DataFrame]]


def register_exports(server: flask.Flask) -> None:
    """Add /export/<view>.<kind> to the server."""
    server.add_url_rule("/export/<view>.<kind>", view_func=answer_export)


def answer_export(view: str, kind: str) -> flask.Response:
    """Return the file; 404 for an unknown page, view or kind with what there is, 503 where no converter is there."""
    snapshot = current_snapshot()
    flask.g.export_kind = kind if kind in TYPES else "unknown"
    if kind not in TYPES:
        flask.abort(404, f"There is no export of that kind. There are: {', '.join(TYPES)}.")
    address = flask.request.args.get("page", "")
    title, cards = find_cards(snapshot, address, view)
    link = flask.request.host_url.rstrip("/") + address
    try:
        content = WRITERS[kind](cards, snapshot, title, link)
    except ConversionError as error:
        flask.abort(503, str(error))
    made_up = "illustrative-" if any(frame["is_illustrative"].any() for _, frame in cards) else ""
    place = urlsplit(address).path.strip("/").replace("/", "-") or "england"
    response = flask.Response(content, mimetype=TYPES[kind])
    response.headers["Content-Disposition"] = f"attachment; filename={made_up}{place}-{view}-{snapshot.id}.{kind}"
    return response


def find_cards(snapshot: Snapshot, address: str, view: str) -> tuple[str, Cards]:
    """Return the title of a page and its cards with their rows: the one of the view, or all; aborts with 404."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    found = find_page(snapshot, parts.path, query)
    if not parts.path or parts.scheme or parts.netloc or found.status != 200:
        flask.abort(404, "There is no such page. Give ?page= and its address, such as /region/E12000005.")
    layout = KINDS[found.kind].layout(snapshot, **({"code": found.code} if found.code else {}), **query)
    shown = list_shown(layout)
    wanted = [card for card in shown if view in (WHOLE, card.view)]
    if not wanted:
        names = ", ".join([WHOLE, *[card.view for card in shown]])
        flask.abort(404, f"The page has no card of that name. It has: {names}.")
    title = snapshot.areas.at[found.code, "name"] if found.code else layout.children[0].children
    return title, [(card, _find_frame(snapshot, card)) for card in wanted]


def _find_frame(snapshot: Snapshot, card: Shown) -> pd.DataFrame:
    parts = urlsplit(card.download)
    name = parts.path.removeprefix(DOWNLOADS).removesuffix(".csv")
    return find_rows(snapshot, name, dict(parse_qsl(parts.query, keep_blank_values=True)))


def _write_xlsx(cards: Cards, snapshot: Snapshot, title: str, link: str) -> bytes:
    sheets = [
        Sheet(
            name=LABELS.get(card.view, card.view),
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
