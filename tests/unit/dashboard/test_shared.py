"""Answers that workers share: whole or not at all, of one source only, and never a reason not to answer."""

from __future__ import annotations

import logging
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard import metrics, shared
from dashboard.application import create_app
from dashboard.ready import READY, Key, Ready, Source
from dashboard.settings import Settings
from dashboard.shared import SharedAnswers, make_folder

ROOT = Path(__file__).resolve().parents[3]
SERVER = """import os, time
from dashboard.shared import make_folder
folder = make_folder()
if worker := os.fork():
    print(folder, worker, flush=True)
time.sleep(60)"""
"""A server with one worker."""
KEY: Key = ("GET", "/about", b"")
BROTLI = {"Accept-Encoding": "br"}
MEGABYTE = 2**20
NOBODY = 65534


def make_source(name: str, problem: str = "") -> Source:
    """Return a source as the store gives it: all that counts is the snapshot's id, its record and the problem."""
    return Source(SimpleNamespace(id=name, release={}), problem)


def make_answer(body: bytes = b"line\nline", encoding: str = "br") -> Ready:
    """Return an answer whose etag says what its body is made of."""
    return Ready(body, encoding, "text/html", etag=body[:1].hex(), kind="about")


def count_unshared() -> float:
    """Return how many answers were not shared, by this process."""
    return metrics.REGISTRY.get_sample_value("asc_answers_unshared_total")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that another user can get to."""
    made = Path(tempfile.mkdtemp(prefix="shared-"))
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


SOURCE = make_source("2020-10-30-a")


def test_finds_what_another_worker_left_as_it_was_left(folder: Path):
    for encoding in ("br", "gzip", ""):
        SharedAnswers(folder).keep(KEY, make_answer(encoding.encode() + b"\n\n{}", encoding), source=SOURCE)
    for encoding in ("br", "gzip", ""):
        found = SharedAnswers(folder).look(KEY, encoding, source=make_source("2020-10-30-a"))
        assert found == make_answer(encoding.encode() + b"\n\n{}", encoding)
    assert SharedAnswers(folder).look(("GET", "/about", b"x"), "br", source=SOURCE) is None
    assert SharedAnswers(folder).look(("POST", "/about", b""), "br", source=SOURCE) is None


@pytest.mark.parametrize("other", [make_source("2020-10-30-b"), make_source("2020-10-30-a", problem="refused")])
def test_finds_nothing_of_another_source_and_removes_it_when_a_new_one_begins(folder: Path, other: Source):
    answers = SharedAnswers(folder)
    answers.keep(KEY, make_answer(b"old"), source=SOURCE)
    (part,) = folder.iterdir()
    os.utime(part, (time.time() - 100, time.time() - 100))
    assert answers.look(KEY, "br", source=other) is None
    answers.keep(KEY, make_answer(b"new"), source=other)
    assert answers.look(KEY, "br", source=other).body == b"new"
    assert answers.look(KEY, "br", source=SOURCE) is None
    assert len([file for file in folder.rglob("*") if file.is_file()]) == 1


def test_lets_a_worker_that_is_behind_remove_nothing_of_the_next_source(folder: Path, caplog: pytest.LogCaptureFixture):
    ahead, behind = SharedAnswers(folder), SharedAnswers(folder)
    later = make_source("2020-10-31-b")
    ahead.keep(KEY, make_answer(b"new"), source=later)
    behind.keep(KEY, make_answer(b"old"), source=SOURCE)
    assert ahead.look(KEY, "br", source=later).body == b"new"
    assert caplog.messages == []


def test_never_reads_half_an_answer_while_others_write_it(folder: Path):
    """Whoever looks while three write gets one of their answers from end to end."""
    bodies = [letter * MEGABYTE for letter in (b"a", b"b", b"c")]
    done = threading.Event()

    def write(body: bytes) -> None:
        while not done.is_set():
            SharedAnswers(folder).keep(KEY, make_answer(body), source=SOURCE)

    writers = [threading.Thread(target=write, args=(body,)) for body in bodies]
    for writer in writers:
        writer.start()
    try:
        seen = [SharedAnswers(folder).look(KEY, "br", source=SOURCE) for _ in range(150)]
    finally:
        done.set()
        for writer in writers:
            writer.join()
    found = [answer for answer in seen if answer is not None]
    assert len(found) > 50
    assert all(answer.body in bodies and answer.etag == answer.body[:1].hex() for answer in found)


@pytest.mark.parametrize("spoil", [lambda text: text[:-4], lambda text: text[:20], lambda _: b"", lambda _: b"[1]\nx"])
def test_takes_no_file_that_is_not_whole_for_an_answer(folder: Path, spoil: Callable[[bytes], bytes]):
    answers = SharedAnswers(folder)
    answers.keep(KEY, make_answer(), source=SOURCE)
    (file,) = (file for file in folder.rglob("*") if file.is_file())
    file.write_bytes(spoil(file.read_bytes()))
    assert answers.look(KEY, "br", source=SOURCE) is None
    answers.keep(KEY, make_answer(), source=SOURCE)
    assert answers.look(KEY, "br", source=SOURCE) == make_answer()


def test_keeps_no_more_files_than_it_may(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shared, "MOST_FILES", 2)
    answers = SharedAnswers(folder)
    keys = [("GET", f"/{name}", b"") for name in "abc"]
    for key in keys:
        answers.keep(key, make_answer(), source=SOURCE)
    assert [answers.look(key, "br", source=SOURCE) is not None for key in keys] == [True, True, False]


def test_leaves_nothing_behind_where_the_disk_is_full(folder: Path, caplog: pytest.LogCaptureFixture):
    """Full in earnest: this process may write no longer file than four megabytes, and the answer has five."""
    before, (soft, hard) = count_unshared(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * MEGABYTE, hard))
    try:
        SharedAnswers(folder).keep(KEY, make_answer(b"x" * 5 * MEGABYTE), source=SOURCE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "an answer is not shared: [Errno 27] File too large" in caplog.text
    assert count_unshared() == before + 1
    assert [file for file in folder.rglob("*") if file.is_file()] == []


def test_says_that_a_read_only_folder_takes_nothing(folder: Path, caplog: pytest.LogCaptureFixture):
    before, me = count_unshared(), os.geteuid()
    folder.chmod(0o555)
    if me == 0:
        os.seteuid(NOBODY)  # root may write anywhere
    try:
        SharedAnswers(folder).keep(KEY, make_answer(), source=SOURCE)
    finally:
        os.seteuid(me)
    assert "an answer is not shared: [Errno 13] Permission denied" in caplog.text
    assert count_unshared() == before + 1


def test_answers_readers_all_the_same_when_the_folder_has_gone(
    client: FlaskClient, app: Dash, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """Nor is the folder made anew, in which somebody else could leave pages."""
    gone = SharedAnswers(tmp_path / "gone")
    monkeypatch.setattr(app.server.extensions[READY], "shared", gone)
    before = count_unshared()
    with caplog.at_level(logging.WARNING):
        reply = client.get("/area/E06000036", headers=BROTLI)
    assert reply.status_code == 200
    assert "an answer is not shared: [Errno 2] No such file or directory" in caplog.text
    assert count_unshared() == before + 1
    assert not gone.folder.exists()
    assert client.get("/area/E06000036", headers=BROTLI).data == reply.data


def test_serves_without_sharing_where_no_folder_can_be_made(
    snapshots_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    before = count_unshared()
    with caplog.at_level(logging.WARNING):
        app = create_app(Settings(snapshots=snapshots_folder, host="", port=1))
    assert "workers will not share what they draw: [Errno 2]" in caplog.text
    assert count_unshared() == before + 1
    assert app.server.extensions[READY].shared is None
    assert app.server.test_client().get("/about").status_code == 200


def test_removes_what_a_killed_server_left_once_its_last_worker_has_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    environment = os.environ | {"TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen([sys.executable, "-c", SERVER], env=environment, stdout=subprocess.PIPE, text=True)
    left, worker = server.stdout.readline().split()
    server.kill()
    server.wait()
    first = make_folder()
    assert Path(left).is_dir(), "a worker still reads there"
    os.kill(int(worker), signal.SIGKILL)
    server.stdout.read()  # ends when the worker does
    server.stdout.close()
    second = make_folder()
    assert not Path(left).exists()
    assert first.is_dir()
    assert second.is_dir()


def test_makes_a_folder_that_others_cannot_enter_and_that_only_its_maker_removes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    doors: list[Callable[[], object]] = []
    monkeypatch.setattr(shared.atexit, "register", doors.append)
    folder = make_folder()
    assert folder.stat().st_mode & 0o077 == 0
    me = os.getpid()
    with monkeypatch.context() as worker:
        worker.setattr(os, "getpid", lambda: me + 1)
        doors[0]()
    assert folder.exists()
    doors[0]()
    assert not folder.exists()
