"""Drawing ahead: every page of each new snapshot once, by one process of the server, whatever befalls a page."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import flask
import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard import drawing
from dashboard.addresses import PATHS, find_page
from dashboard.drawing import draw_pages, keep_drawing, list_addresses, start_drawing
from dashboard.pages import about
from dashboard.ready import READY, ReadyAnswers, attach_ready
from dashboard.shared import SharedAnswers
from dashboard.store import Snapshot, attach_store

BROTLI = {"Accept-Encoding": "br"}
HOLD = """import fcntl, sys, time
held = open(sys.argv[1], "w")
fcntl.flock(held, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)"""
"""What another worker does that draws: it has the lock until it ends."""


class Moving:
    """A store whose snapshot the test changes; without one its folder cannot be read."""

    def __init__(self, snapshot: Snapshot | None) -> None:
        self.shown = snapshot
        self.problem = ""

    @property
    def snapshot(self) -> Snapshot:
        if self.shown is None:
            raise OSError("the disk is gone")
        return self.shown


@pytest.fixture
def own(snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A server without pages, its store, and the lists of addresses that were to be drawn, in order."""
    monkeypatch.setattr(drawing, "SECONDS_BETWEEN_LOOKS", 0.01)
    drawn: list[list[str]] = []
    monkeypatch.setattr(drawing, "draw_pages", lambda _, addresses, *__, **___: drawn.append(list(addresses)))
    server, store = flask.Flask("own"), Moving(snapshot)
    attach_ready(server, shared=SharedAnswers(tmp_path))
    attach_store(server, store)
    return SimpleNamespace(server=server, store=store, drawn=drawn, answers=server.extensions[READY], folder=tmp_path)


def start(own: SimpleNamespace) -> threading.Thread:
    """Start drawing as a worker does, and return its thread."""
    thread = threading.Thread(target=keep_drawing, args=(own.server, own.answers))
    thread.start()
    return thread


def wait_until(holds: Callable[[], bool]) -> None:
    """Return when the condition holds; AssertionError when it does not in five seconds."""
    deadline = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_lists_the_pages_of_the_snapshot_that_it_is_given(snapshot: Snapshot, app: Dash):
    addresses = list_addresses(snapshot)
    paths = {urlsplit(address).path for address in addresses}
    places = snapshot.areas[snapshot.areas["is_current"] & snapshot.areas["kind"].isin(["region", "authority"])]
    named = {f"/{'region' if kind == 'region' else 'area'}/{code}" for code, kind in places["kind"].items()}
    assert len(addresses) == len(set(addresses))
    assert len(named) > 150
    assert {path for path in paths if "/E" in path} == named
    assert paths - named == set(PATHS)
    with app.server.app_context():
        split = [urlsplit(address) for address in addresses]
        found = [find_page(snapshot, parts.path, dict(parse_qsl(parts.query))).status for parts in split]
    assert set(found) == {200}
    fewer = replace(snapshot, areas=snapshot.areas.drop("E08000027"))
    assert set(addresses) - set(list_addresses(fewer)) >= {"/area/E08000027"}
    assert not [address for address in list_addresses(fewer) if "E08000027" in address]


def test_draws_once_a_snapshot_and_again_when_another_is_live(own: SimpleNamespace, snapshot: Snapshot, caplog):
    thread = start(own)
    wait_until(lambda: len(own.drawn) == 1)
    time.sleep(0.1)  # ten looks more
    assert len(own.drawn) == 1
    own.store.shown = replace(snapshot, id="2021-12-31-0123456789ab", areas=snapshot.areas.drop("E08000027"))
    wait_until(lambda: len(own.drawn) == 2)
    assert own.drawn[0] == list_addresses(snapshot)
    assert own.drawn[1] == list_addresses(own.store.shown)
    with caplog.at_level(logging.WARNING):
        own.store.shown = None
        thread.join(5)
    assert not thread.is_alive()
    assert "drawing ahead stops: the disk is gone" in caplog.text


def test_leaves_it_to_the_process_that_has_the_lock_and_takes_over_when_that_is_killed(own: SimpleNamespace):
    other = subprocess.Popen([sys.executable, "-c", HOLD, str(own.folder / "drawing")], stdout=subprocess.PIPE)
    try:
        assert other.stdout.readline() == b"held\n"
        thread = start(own)
        time.sleep(0.2)  # twenty looks
        assert own.drawn == []
        other.kill()
        wait_until(lambda: len(own.drawn) == 1)
    finally:
        other.kill()
        other.wait()
        other.stdout.close()
        own.store.shown = None
        thread.join(5)
    assert not thread.is_alive()


def test_draws_nothing_where_workers_share_no_folder(monkeypatch: pytest.MonkeyPatch):
    begun: list[object] = []
    monkeypatch.setattr(drawing, "keep_drawing", lambda *given: begun.append(given))
    server = flask.Flask("alone")
    attach_ready(server, shared=None)
    start_drawing(server)
    assert begun == []
    attach_ready(server, shared=SharedAnswers(Path("anywhere")))
    start_drawing(server)
    wait_until(lambda: len(begun) == 1)


def test_goes_on_after_a_page_that_fails_and_does_not_keep_it(
    app: Dash, client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the cause")

    own = ReadyAnswers(shared=SharedAnswers(tmp_path))
    monkeypatch.setitem(app.server.extensions, READY, own)
    faulty, sound = "/area/E06000047", "/about"
    with monkeypatch.context() as broken, caplog.at_level(logging.ERROR):
        broken.setattr("dashboard.pages.area.headline_row", fail)
        draw_pages(app.server, [faulty, sound])
    assert "the cause" in caplog.text
    assert len(own) == 2  # the sound page, as a document and as Dash's answer
    with monkeypatch.context() as gone:
        gone.setattr(about, "page", fail)
        gone.setattr("dashboard.serving.write_document", fail)
        kept = client.get(sound, headers=BROTLI | {"Host": "localhost"})
    assert kept.status_code == 200
    mended = client.get(faulty)
    assert mended.status_code == 200
    assert "Something went wrong" not in mended.text
    assert "Durham" in mended.text
