"""Locks on files: one process at a time, on every system. The system lets go when the process ends, however it ends."""

from __future__ import annotations

from typing import IO


def lock_file(handle: IO[str], *, waits: bool = False) -> None:
    """Lock an open file for this process alone; OSError where another holds it and nobody waits."""
    try:
        import fcntl
    except ImportError:  # Windows: a byte is locked, the first, wherever the next line is written
        import msvcrt

        place = handle.tell()
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK if waits else msvcrt.LK_NBLCK, 1)
        handle.seek(place)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
