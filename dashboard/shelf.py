"""A shelf: the last used of what is dear to make, for any number of threads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any


class Shelf:
    """The last used of what is dear to make. It is made once, however many ask; what is there, others get meanwhile."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._making = threading.Lock()
        self._kept: OrderedDict[str, Any] = OrderedDict()

    def get(self, name: str, make: Callable[[], Any]) -> Any:
        """Return what is kept under the name, made now if it is not there."""
        found = self.look(name)
        if found is None:
            with self._making:
                found = self.look(name)
                if found is None:
                    found = make()
                    self.put(name, found)
        return found

    def look(self, name: str) -> Any:
        """Return what is kept under the name, or None."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def put(self, name: str, made: Any) -> None:
        """Keep what was made under the name; what was not used for longest goes."""
        with self._lock:
            self._kept[name] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
