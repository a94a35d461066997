"""PDF: a document printed by the system's Chromium, which writes tags, language and title, and charts as vectors."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from dashboard.shelf import Shelf

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The names under which a Chromium is looked for, where the settings name none."""
SECONDS = 25
"""How long one print may take, and how long a request waits for its turn."""
DRAWING_MILLISECONDS = 10_000
"""How much of its own time the browser gives a document to draw itself. It is not waited for: time is run ahead."""
FLAGS = (
    "--headless",
    "--no-sandbox",  # it opens nothing but our own file; in a container as root its sandbox cannot start
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--window-size=1280,1800",  # a sheet is drawn at the width of A4 before it is printed at it
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--allow-file-access-from-files",
    f"--virtual-time-budget={DRAWING_MILLISECONDS}",
)
MOST_KEPT = 24
"""Printed packs kept in memory by each process, about 200 kB each."""
CLOCK = re.compile(rb"/(CreationDate|ModDate) \(D:(\d{14})([^)]*)\)")


class PrintError(Exception):
    """No PDF could be made; the message says why and what still works."""


def find_chromium(named: str = "") -> str:
    """Return the path of a Chromium: the one that is named, or the first on the PATH; PrintError without one."""
    candidates = (named,) if named else CHROMIUMS
    found = next(filter(None, map(shutil.which, candidates)), None)
    if found is None:
        what = f"CHROMIUM names {named!r}, which is no program here" if named else "this machine has no Chromium"
        raise PrintError(f"A PDF cannot be made: {what}. The same pack as slides (pptx) needs none.")
    return found


class Press:
    """Prints documents, one at a time in a process, and keeps the last ones. Any number of threads may ask."""

    def __init__(self, chromium: str = "") -> None:
        self._chromium = chromium
        self._turn = threading.Lock()
        self._kept = Shelf(MOST_KEPT)

    def print_once(self, key: str, write: Callable[[], tuple[str, str]]) -> bytes:
        """Return the PDF kept under the key, or print the document that `write` gives; PrintError where that fails.

        `write` also gives the day, as 2020-10-30, that stands in the file in place of the moment of printing.
        """
        kept = self._kept.find(key)
        if kept is not None:
            return kept
        program = find_chromium(self._chromium)
        if not self._turn.acquire(timeout=SECONDS):
            raise PrintError("Other packs are being printed. Try again in a minute; slides (pptx) do not wait.")
        try:
            return self._kept.get(key, lambda: _print(*write(), program=program))
        finally:
            self._turn.release()


def _print(document: str, day: str, *, program: str) -> bytes:
    return print_document(document, program=program, day=day)


def print_document(document: str, *, program: str, day: str) -> bytes:
    """Return the document as a PDF; PrintError when the browser fails or takes too long, which ends it."""
    with tempfile.TemporaryDirectory(prefix="pack-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "pack.html", Path(folder) / "pack.pdf"
        source.write_text(document, encoding="utf-8")
        profile = f"--user-data-dir={Path(folder) / 'profile'}"
        command = [program, *FLAGS, profile, f"--print-to-pdf={target}", source.as_uri()]
        said = _run(command, folder=folder)
        if not target.is_file() or not target.stat().st_size:
            raise PrintError(f"Chromium made no PDF. It said: {said[-300:].strip() or 'nothing'}")
        return set_clock(target.read_bytes(), day=day)


def set_clock(content: bytes, *, day: str) -> bytes:
    """Return the PDF with the day in place of the moments in it, which keep their length: places in the file stay."""
    moment = day.replace("-", "").encode() + b"000000"
    return CLOCK.sub(lambda found: b"/" + found[1] + b" (D:" + moment + found[3] + b")", content)


def _run(command: list[str], *, folder: str) -> str:
    """Run the browser with a home of its own and return what it said; PrintError when it does not end in time."""
    environment = {"HOME": folder, "XDG_CONFIG_HOME": folder, "XDG_CACHE_HOME": folder, "TMPDIR": folder}
    with subprocess.Popen(  # noqa: S603 - a program of this machine with a file of ours
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={"PATH": os.defpath, "LANG": "en_GB.UTF-8", **environment},
        start_new_session=True,
    ) as running:
        try:
            return running.communicate(timeout=SECONDS)[1].decode("utf-8", "replace")
        except subprocess.TimeoutExpired as error:
            raise PrintError(f"Chromium did not print the pack in {SECONDS} seconds and was stopped.") from error
        finally:
            # Its helpers are in its group: none may outlive the print.
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
