"""Drawing ahead: one worker draws every page of a new snapshot, one by one, so that no reader has to wait for it."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import threading
import time

import flask

from dashboard import queries
from dashboard.addresses import PATHS
from dashboard.faults import record_fault
from dashboard.measures import list_offered
from dashboard.ready import CALLBACK, READY, ReadyAnswers, Source, find_source
from dashboard.selection import area_path
from dashboard.store import Snapshot

log = logging.getLogger(__name__)
SECONDS_BETWEEN_LOOKS = 2
ENCODED = {"Accept-Encoding": "br", "Host": "localhost"}


def start_drawing(server: flask.Flask) -> None:
    """Draw ahead in a thread of this process for as long as it lives, unless another process of the server does."""
    answers: ReadyAnswers = server.extensions[READY]
    if answers.shared is not None:
        threading.Thread(target=keep_drawing, args=(server, answers), name="drawing ahead", daemon=True).start()


def keep_drawing(server: flask.Flask, answers: ReadyAnswers) -> None:
    """Draw each new snapshot's pages. Only one process has the lock; when it ends, the next one that looks gets it."""
    drawn = None
    try:
        with (answers.shared.folder / "drawing").open("w", encoding="utf-8") as lock:
            while True:
                with contextlib.suppress(BlockingIOError):  # another worker draws
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    drawn = draw_new(server, drawn)
                time.sleep(SECONDS_BETWEEN_LOOKS)
    except OSError as error:
        log.warning("drawing ahead stops: %s", error)


def draw_new(server: flask.Flask, drawn: Source | None) -> Source | None:
    """Draw the pages of what is live if they are not drawn yet; return what was drawn last."""
    source = look_up(server)
    if source is None or source.is_same(drawn):
        return drawn
    try:
        addresses = list_addresses(source.snapshot)
    except Exception:  # noqa: BLE001 - logged and counted; readers wait for their pages, and the next snapshot is drawn
        record_fault("drawing ahead")
    else:
        draw_pages(server, addresses)
    return source


def draw_pages(server: flask.Flask, addresses: list[str]) -> None:
    """Ask for each page as a browser does, until another snapshot is live; rest as long as each one took.

    As Dash does, and as a document too where the address has no query: a measure is chosen on a page that is there.
    """
    client = server.test_client()
    begun, asked, source = time.monotonic(), 0, look_up(server)
    for address in addresses:
        if source is not None and not source.is_same(look_up(server)):
            break
        started = time.monotonic()
        path, _, query = address.partition("?")
        if not query:
            client.get(path, headers=ENCODED)
        client.post(CALLBACK, json=ask_for(path, search=query and f"?{query}"), headers=ENCODED)
        asked += 1
        time.sleep(time.monotonic() - started)
    log.info("%s pages drawn ahead in %.0f seconds", asked, time.monotonic() - begun)


def look_up(server: flask.Flask) -> Source | None:
    """Return what pages are drawn from now, or None while there are no figures."""
    with server.app_context():
        return find_source()


def list_addresses(snapshot: Snapshot) -> list[str]:
    """Return the addresses of all that readers are likely to ask for, the likeliest first.

    Every page without a query: the general ones, the regions, the councils; then each measure that England's page and
    theirs offer. That is some four thousand.
    """
    regions = [area_path(snapshot, code) for code in queries.list_regions(snapshot)]
    councils = [area_path(snapshot, code) for code in queries.list_authorities(snapshot)]
    pages = {"/": "country"} | dict.fromkeys(regions, "region") | dict.fromkeys(councils, "authority")
    choices = [
        f"{path}?measure={word}" for path, page in pages.items() for word in list_offered(snapshot, page=page)[1:]
    ]
    return [*PATHS, *regions, *councils, *choices]


def ask_for(path: str, *, search: str = "") -> dict[str, object]:
    """Return what Dash in the browser sends when it asks for a page."""
    where = {"pathname": path, "search": search}
    return {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
        "inputs": [{"id": "_pages_location", "property": name, "value": value} for name, value in where.items()],
        "changedPropIds": ["_pages_location.pathname"],
    }
