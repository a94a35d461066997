"""Disks: how much room there is where the server reads and writes, and what is wrong there."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

log = logging.getLogger(__name__)
LOW_DISK = 200 * 1024 * 1024
"""Bytes below which a disk counts as nearly full: a snapshot and what is written while it is made."""
SNAPSHOTS, TEMPORARY = "snapshots", "temporary files"


def measure_disks(snapshots: Path) -> dict[str, int]:
    """Return the free bytes where the snapshots lie and where temporary files go; a folder that is gone is left out."""
    free = {}
    for name, folder in list_folders(snapshots).items():
        try:
            free[name] = shutil.disk_usage(folder).free
        except OSError:
            continue
    return free


def list_folders(snapshots: Path) -> dict[str, Path]:
    """Return the folders that the server uses, by name; that of temporary files is left out where none can be had."""
    folders = {SNAPSHOTS: snapshots}
    try:
        folders[TEMPORARY] = Path(tempfile.gettempdir())
    except OSError:  # each place that the system knows for them was tried, and none could be written
        return folders
    return folders


def find_writable(snapshots: Path) -> dict[str, bool]:
    """Tell of each folder whether this server may write there. It need not, where the snapshots are."""
    folders = list_folders(snapshots)
    return {name: name in folders and os.access(folders[name], os.W_OK) for name in (SNAPSHOTS, TEMPORARY)}


def list_warnings(snapshots: Path) -> list[str]:
    """Return what is wrong with the disks, a sentence each."""
    warnings = [
        f"The disk of {name} is nearly full." for name, left in measure_disks(snapshots).items() if left < LOW_DISK
    ]
    if not find_writable(snapshots)[TEMPORARY]:
        warnings.append("No temporary file can be written: without them there are no pictures and no PDFs.")
    return warnings


class Told:
    """Writes what is wrong with the disks into the log when it begins, and not again while it lasts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._told: set[str] = set()

    def tell(self, warnings: Sequence[str]) -> None:
        """Log those warnings that the last look did not have."""
        with self._lock:
            new, self._told = [text for text in warnings if text not in self._told], set(warnings)
        for text in new:
            log.warning(text)
