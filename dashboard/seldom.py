"""What happens often and is said seldom: a thousand refusals in a minute are one line of the log, with their number."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

SECONDS = 60
"""Between one line and the next."""


class Seldom:
    """Counts what is the same, for any number of threads; the first is said at once, those after it a minute later."""

    def __init__(self, log: logging.Logger, text: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._log = log
        self._text = text
        self._clock = clock
        self._lock = threading.Lock()
        self._unsaid = 0
        self._said: float | None = None

    def count(self) -> None:
        """Count once, and say how often it was since the last line where that is a minute ago. The text has a %s."""
        with self._lock:
            self._unsaid += 1
            now = self._clock()
            if self._said is not None and now - self._said < SECONDS:
                return
            number, self._unsaid, self._said = self._unsaid, 0, now
        self._log.warning(self._text, number)
