"""The machine's clock: no page depends on it, but logs, certificates and alarms do, so a jump is said and counted."""

from __future__ import annotations

import logging
import threading
import time

from dashboard import metrics

log = logging.getLogger(__name__)
JUMP = 60
"""Seconds that the clock may stray from the time that has passed between two requests before it is called a jump."""


class Watch:
    """Compares the clock with the time that has passed, which no setting of the clock changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._offset = time.time() - time.monotonic()

    def look(self) -> None:
        """Say and count a jump since the last look; each process sees it for itself."""
        offset = time.time() - time.monotonic()
        with self._lock:
            moved, self._offset = offset - self._offset, offset
        if abs(moved) > JUMP:
            metrics.CLOCK_JUMPS.inc()
            log.warning("the machine's clock has moved by %.0f seconds", moved)
