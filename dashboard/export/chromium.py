"""The machine's Chromium, which draws a page on the server as picture or PDF: found, run in a time limit, put away."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path

from dashboard.export.scratch import ExportError, open_scratch

log = logging.getLogger(__name__)

NAMES = ("chromium", "chromium-browser", "google-chrome")
SETTING = "ASC_CHROMIUM"
"""Where the server's own configuration has the program that is named, if one is."""
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-breakpad",
    "--hide-scrollbars",
)  # fmt: skip
"""No window, nothing asked of the network beside the page. Pages are our own, so they need no sandbox, which containers
do not give."""

PATIENCE = 10
"""Seconds to wait for one's turn."""

_ONE_AT_A_TIME = threading.Lock()
"""A Chromium takes 200 MB and more: those who ask together wait for each other."""


class ChromiumError(ExportError):
    """There is no Chromium, or it failed or took too long; the message says so in plain English."""


def find_chromium(named: str = "") -> Path:
    """Return the Chromium or Chrome of this machine, or the program that is named; ChromiumError without one.

    Which names were tried stands in the log and in the cause: readers cannot mend a setting.
    """
    names = (named,) if named else NAMES
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        why = FileNotFoundError(f"There is no program here called {' or '.join(names)}; CHROMIUM can name another.")
        log.error("%s", why)
        raise ChromiumError("This server has no Chromium, which draws pictures and PDFs.") from why
    return Path(found)


def run_chromium(arguments: Sequence[str], *, seconds: float, named: str = "") -> None:
    """Run Chromium without a window and with a new profile until it ends; ExportError if it fails or takes longer.

    One runs at a time. A call that does not get its turn within `PATIENCE` seconds is refused: waiting threads of a
    server answer nobody else.
    """
    program = find_chromium(named)
    if not _ONE_AT_A_TIME.acquire(timeout=PATIENCE):
        raise ChromiumError("The server is busy drawing for others. Try again in a minute.")
    try:
        with open_scratch() as profile:
            _run([str(program), *QUIET, f"--user-data-dir={profile}", *arguments], profile=profile, seconds=seconds)
    finally:
        _ONE_AT_A_TIME.release()


def _run(command: Sequence[str], *, profile: Path, seconds: float) -> None:
    # Its own session: Chromium starts processes of its own, and all of them must go when it does.
    said = profile / "said.txt"
    with said.open("wb") as heard:
        try:
            process = subprocess.Popen(  # noqa: S603 - no word of the command comes from a reader
                command, stdin=subprocess.DEVNULL, stdout=heard, stderr=heard, start_new_session=True
            )
        except OSError as error:
            log.error("Chromium cannot be started: %s", error)
            raise ChromiumError("Chromium cannot be started on this server.") from error
    try:
        failed = process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        log.error("Chromium took longer than %s seconds and was ended", seconds)
        raise ChromiumError("Chromium took too long to draw this. Try again in a minute.") from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if failed:
        log.error("Chromium ended with %s: %s", failed, said.read_text(errors="replace")[-2000:])
        raise ChromiumError("Chromium could not draw this. Try again in a minute.")
