"""Ready-made answers that the workers of one server share: files in a folder of their own, gone when the server ends.

A page takes a second to draw. It is drawn by one worker, and the others read it. Where no folder can be made, each
worker draws for itself.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import json
import logging
import os
import shutil
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from dashboard import metrics
from dashboard.ready import Key, Ready, Source

try:
    import fcntl
except ImportError:  # Windows, where one process serves one person and shares with nobody
    fcntl = None

log = logging.getLogger(__name__)
MOST_FILES = 6000
"""Some 230 MB on disk, of which two thirds are drawn ahead; what comes after that is kept in memory only."""
SETTLED = 60
"""Seconds after which nobody adds to a former source's answers any more."""
PREFIX, MARK = "asc-ready-", "in-use"


def make_folder() -> Path | None:
    """Return a new folder that goes when this process ends, or None where none can be made.

    What was left behind by servers that were killed goes too.
    """
    if fcntl is None:
        return None
    try:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        claim(folder)
        remove_left_behind(folder.parent)
    except OSError as error:
        metrics.UNSHARED.inc()
        log.warning("workers will not share what they draw: %s", error)
        return None
    owner = os.getpid()
    # Workers leave by the same door, and must not take it with them.
    atexit.register(lambda: os.getpid() == owner and shutil.rmtree(folder, ignore_errors=True))
    return folder


def claim(folder: Path) -> None:
    """Mark the folder as in use, for as long as this process lives or one that was forked from it."""
    mark = folder / "claimed"
    fcntl.flock(os.open(mark, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600), fcntl.LOCK_EX)
    mark.replace(folder / MARK)  # with the lock: nobody sees the mark without it


def remove_left_behind(beside: Path) -> None:
    """Remove the folders of this user's servers that nobody uses any more."""
    for mark in beside.glob(f"{PREFIX}*/{MARK}"):
        try:
            if mark.parent.is_symlink() or mark.parent.stat().st_uid != os.geteuid():
                continue
            with mark.open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(mark.parent, ignore_errors=True)
        except OSError:
            continue  # in use


class SharedAnswers:
    """Answers in a folder: a part of it for each source, the parts of former sources removed when a new one begins."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def look(self, key: Key, encoding: str, *, source: Source) -> Ready | None:
        """Return the answer that some worker has left, or None; also where what is left is no whole answer."""
        try:
            head, _, body = self._place(key, encoding, source).read_bytes().partition(b"\n")
            said = json.loads(head)
            is_whole = said.pop("bytes") == len(body)
            return Ready(body=body, **said) if is_whole else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def keep(self, key: Key, answer: Ready, *, source: Source) -> None:
        """Leave an answer for the other workers, if there is room; the log and the metrics say where that fails."""
        place = self._place(key, answer.encoding, source)
        head = {name: value for name, value in asdict(answer).items() if name != "body"} | {"bytes": len(answer.body)}
        part = place.with_suffix(f".{os.getpid()}-{id(answer)}")
        try:
            if not place.parent.exists():
                self._begin(place.parent)
            if sum(1 for _ in place.parent.iterdir()) < MOST_FILES:
                part.write_bytes(json.dumps(head).encode() + b"\n" + answer.body)
                part.replace(place)
        except OSError as error:
            metrics.UNSHARED.inc()
            log.warning("an answer is not shared: %s", error)
            with contextlib.suppress(OSError):
                part.unlink()  # what came before the disk was full

    def _begin(self, part: Path) -> None:
        for former in self.folder.glob("from-*"):
            # While snapshots change, one worker ends an answer from the last as another begins with the next.
            if time.time() - former.stat().st_mtime > SETTLED:
                shutil.rmtree(former, ignore_errors=True)
        # Not the folder itself: where that is gone, whoever made it anew could have put pages of his own there.
        part.mkdir(exist_ok=True)

    def _place(self, key: Key, encoding: str, source: Source) -> Path:
        return self.folder / f"from-{source.token}" / hashlib.sha256(repr((key, encoding)).encode()).hexdigest()
