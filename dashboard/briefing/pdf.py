"""PDF: a document printed by the system's Chromium, which writes tags, language and title, and charts as vectors."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from dashboard.export.chromium import ChromiumError, find_chromium, run_chromium
from dashboard.export.scratch import open_scratch
from dashboard.shelf import Shelf

log = logging.getLogger(__name__)
SECONDS = 25
"""How long one print may take."""
FLAGS = (
    "--window-size=1280,1800",  # a sheet is drawn at the width of A4 before it is printed at it
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--allow-file-access-from-files",
    "--virtual-time-budget=10000",  # milliseconds of the document's own clock, which runs ahead while it draws itself
)
MOST_KEPT = 24
"""Printed packs kept in memory by each process, about 350 kB each."""
PDF_END = b"%%EOF"
CLOCK = re.compile(rb"/(CreationDate|ModDate) \(D:(\d{14})([^)]*)\)")


class Press:
    """Prints documents and keeps the last ones. Any number of threads may ask; one print runs at a time."""

    def __init__(self, chromium: str = "") -> None:
        self._chromium = chromium
        self._kept = Shelf(MOST_KEPT)

    def print_once(self, key: str, write: Callable[[], tuple[str, str]]) -> bytes:
        """Return the PDF kept under the key, or print the document that `write` gives; ExportError where that fails.

        `write` also gives the day, as 2020-10-30, that stands in the file in place of the moment of printing.
        """
        kept = self._kept.look(key)
        if kept is None:
            find_chromium(self._chromium)  # before anything is drawn in vain
            document, day = write()
            kept = print_document(document, day=day, chromium=self._chromium)
            self._kept.put(key, kept)
        return kept


def print_document(document: str, *, day: str, chromium: str = "") -> bytes:
    """Return the document as a PDF; ExportError when the disk is full, or the browser fails or takes too long."""
    with open_scratch() as folder:
        source, target = folder / "pack.html", folder / "pack.pdf"
        source.write_text(document, encoding="utf-8")
        arguments = [*FLAGS, f"--print-to-pdf={target}", source.as_uri()]
        run_chromium(arguments, seconds=SECONDS, named=chromium)
        printed = target.read_bytes() if target.is_file() else b""
        if not printed.rstrip().endswith(PDF_END):  # nothing, or cut short by a full disk
            log.error("Chromium left no whole PDF: %s bytes", len(printed))
            raise ChromiumError("Chromium made no PDF of this. Try again in a minute.")
        return set_clock(printed, day=day)


def set_clock(content: bytes, *, day: str) -> bytes:
    """Return the PDF with the day in place of the moments in it, which keep their length: places in the file stay."""
    moment = day.replace("-", "").encode() + b"000000"
    return CLOCK.sub(lambda found: b"/" + found[1] + b" (D:" + moment + found[3] + b")", content)
