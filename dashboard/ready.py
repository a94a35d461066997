"""Ready-made answers: the bytes of a page or a callback, compressed, as they were sent the first time.

An answer depends on the snapshot and on what was asked, and on nothing else, so what was made once is sent to everyone
until the snapshot moves. What is not kept goes through Dash, with all its checks.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import flask

from dashboard import metrics
from dashboard.addresses import OURS
from dashboard.compression import choose_encoding, compress
from dashboard.store import StoreError, current_store

READY = "asc_ready"
MOST_BYTES = 8 * 1024 * 1024
"""What each worker keeps in memory: about two hundred pages. The rest it reads from where workers share them."""
PATIENCE = 20
"""Seconds to wait for what another thread makes, before making it oneself."""
LONGEST_ASKED = 4096
"""Bytes of a callback's request; ours have 400."""
CALLBACK = "/_dash-update-component"

CHANGED = {"changedPropIds", "parsedChangedPropsIds"}

Key = tuple[str, str, bytes]
"""Method, path, and what else was asked."""


@dataclass(frozen=True)
class Ready:
    """An answer as it goes over the wire."""

    body: bytes
    encoding: str
    mimetype: str
    etag: str
    kind: str = ""
    """The kind of page, for who counts requests."""


@dataclass(frozen=True, eq=False)
class Source:
    """What answers were made from: the snapshot itself, not its id, for its release record may come late."""

    snapshot: object
    problem: str

    @property
    def token(self) -> str:
        """Return a name for it that every worker finds."""
        has_record = bool(getattr(self.snapshot, "release", None))
        return hashlib.sha256(repr((self.snapshot.id, has_record, self.problem)).encode()).hexdigest()[:16]

    def is_same(self, other: Source | None) -> bool:
        """Tell whether answers from the other are still true."""
        return other is not None and self.snapshot is other.snapshot and self.problem == other.problem


class Shared(Protocol):
    """Where answers of other workers are found (dashboard/shared.py)."""

    folder: Path

    def look(self, key: Key, encoding: str, *, source: Source) -> Ready | None:
        """Return an answer, or None."""

    def keep(self, key: Key, answer: Ready, *, source: Source) -> None:
        """Leave an answer."""


class ReadyAnswers:
    """The last used answers, up to a number of bytes, for any number of threads."""

    def __init__(self, most_bytes: int = MOST_BYTES, *, shared: Shared | None = None) -> None:
        self._most = most_bytes
        self.shared = shared
        self._making: dict[Key, threading.Lock] = {}
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Key, str], Ready] = OrderedDict()
        self._source: Source | None = None
        self.bytes = 0

    def look(self, key: Key, encoding: str, *, source: Source) -> Ready | None:
        """Return the answer to what was asked, if it is kept and was made from this source."""
        with self._lock:
            if not source.is_same(self._source):
                return None
            found = self._kept.get((key, encoding))
            if found is not None:
                self._kept.move_to_end((key, encoding))
            return found

    def keep(self, key: Key, answer: Ready, *, source: Source) -> None:
        """Keep an answer; those from another source go, and those not used for longest where there is no room."""
        with self._lock:
            if not source.is_same(self._source):
                self._kept.clear()
                self._source, self.bytes = source, 0
            before = self._kept.pop((key, answer.encoding), None)
            self.bytes += len(answer.body) - (len(before.body) if before else 0)
            self._kept[key, answer.encoding] = answer
            while self.bytes > self._most:
                _, gone = self._kept.popitem(last=False)
                self.bytes -= len(gone.body)

    def find(self, key: Key, encoding: str, *, source: Source) -> Ready | None:
        """Return the answer from here, or from what another worker has left, which is kept here from then on."""
        found = self.look(key, encoding, source=source)
        if found is None and self.shared is not None:
            found = self.shared.look(key, encoding, source=source)
            if found is not None:
                self.keep(key, found, source=source)
        return found

    def begin(self, key: Key) -> threading.Lock:
        """Return once nobody else in this process makes the answer; whoever begins must end."""
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        making.acquire(timeout=PATIENCE)
        return making

    def end(self, key: Key, making: threading.Lock) -> None:
        """Let the others look whether the answer is there now."""
        with self._lock:
            self._making.pop(key, None)
        if making.locked():
            making.release()

    def __len__(self) -> int:
        return len(self._kept)


def attach_ready(server: flask.Flask, *, shared: Shared | None = None) -> None:
    """Give the server a place for ready-made answers; it keeps what its pages answer from then on."""
    server.extensions[READY] = ReadyAnswers(shared=shared)
    server.before_request(answer_ready)
    server.teardown_request(end_making)


def answer_ready() -> flask.Response | None:
    """Return the ready-made answer to a page or a page's callback; None where there is none, to make it.

    Whoever asks for what is being made waits for it: four at once would take four times as long.
    """
    answers, key = flask.current_app.extensions[READY], name_asked()
    source = find_source() if key else None
    if key is None or source is None:
        return None
    metrics.ASKED.labels("answers").inc()
    encoding = choose_encoding(LONGEST_ASKED)
    found = answers.find(key, encoding, source=source)
    if found is None:
        flask.g.making = (key, answers.begin(key))
        found = answers.find(key, encoding, source=source)
    flask.g.ready = (key, source)
    return None if found is None else send(found)


def end_making(_error: BaseException | None = None) -> None:
    """Let those go on who wait for what this request made, or failed to make."""
    if "making" in flask.g:
        flask.current_app.extensions[READY].end(*flask.g.pop("making"))


def find_source() -> Source | None:
    """Return what answers are made from now, or None while there are no figures."""
    try:
        store = current_store()
        return Source(store.snapshot, store.problem)
    except StoreError:
        return None


def name_asked() -> Key | None:
    """Return what is asked: a page by its address, a callback by what it names and is given; None for anything else."""
    asked = flask.request
    if asked.method == "POST" and asked.path == CALLBACK and set(asked.args) <= {"endId"} and asked.is_json:
        if (asked.content_length or LONGEST_ASKED + 1) > LONGEST_ASKED:
            return None
        body = asked.get_json(silent=True)
        if not isinstance(body, dict):
            return None
        # What changed in the browser changes no page.
        what = {name: given for name, given in body.items() if name not in CHANGED}
        return "POST", CALLBACK, json.dumps(what, sort_keys=True).encode()
    if asked.method in ("GET", "HEAD") and not asked.path.startswith(OURS):
        return "GET", asked.path, asked.query_string
    return None


def do_not_keep(*, status: int = 0) -> None:
    """Say that what is being answered holds for this once only: a fault's reference, an address that leads nowhere.

    A document of it has the status, where one is given.
    """
    if flask.has_request_context():
        flask.g.is_once = True
        flask.g.page_status = status


def keep_ready(response: flask.Response) -> flask.Response:
    """Return the response as it is kept from now on, if it is a page or a page's callback that was made in full."""
    key, source = flask.g.get("ready", (None, None))
    is_page = response.status_code == 200 and response.mimetype in ("text/html", "application/json")
    if key is None or flask.g.get("is_once") or not is_page or "is_ready" in flask.g or response.is_streamed:
        return response
    if key[0] == "GET" and "page_kind" not in flask.g:
        return response
    body = response.get_data()
    encoding = choose_encoding(len(body))
    etag = hashlib.sha256(body).hexdigest()[:16]
    made = Ready(compress(body, encoding), encoding, response.mimetype, etag, flask.g.get("page_kind", ""))
    metrics.MADE.labels("answers").inc()
    answers = flask.current_app.extensions[READY]
    answers.keep(key, made, source=source)
    if answers.shared is not None:
        answers.shared.keep(key, made, source=source)
    return send(made)


def send(answer: Ready) -> flask.Response:
    """Return the response of a ready-made answer, or 304 where the browser has it already."""
    flask.g.is_ready = True
    if answer.kind:
        flask.g.page_kind = answer.kind
    response = flask.Response(answer.body, mimetype=answer.mimetype)
    response.headers["Vary"] = "Accept-Encoding"
    if answer.encoding:
        response.headers["Content-Encoding"] = answer.encoding
    if flask.request.method != "POST":
        response.headers["Cache-Control"] = "no-cache"
        response.set_etag(answer.etag, weak=True)
        response.make_conditional(flask.request)
    return response
