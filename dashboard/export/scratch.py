"""The folder in which an export is made: its own, gone afterwards, and with a plain word where the disk is full."""

from __future__ import annotations

import contextlib
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

log = logging.getLogger(__name__)


class ExportError(Exception):
    """A file cannot be made just now; the message says why and what to do, in plain English."""


class ScratchError(ExportError):
    """The disk of temporary files takes no more, or cannot be written."""


@contextlib.contextmanager
def open_scratch() -> Iterator[Path]:
    """Give a new folder for the files of one export; ScratchError where they cannot be written, or were cut short."""
    try:
        with tempfile.TemporaryDirectory(prefix="export-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    except OSError as error:
        log.error("the files of an export cannot be written or read: %s", error)
        raise ScratchError("The disk has no room for the files that this takes. Try again later.") from error
