"""Audit: a line for each list of homes, written before the list is. Only ever added to, and closed to others."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

from etl.errors import EtlError

LOG = "audit.log"


def note_listing(restricted: Path, entry: dict[str, Any]) -> None:
    """Add a line to the audit log of the restricted store; EtlError, and so no list, where it cannot be written."""
    log = restricted / LOG
    line = json.dumps({"time": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "user": find_user()} | entry)
    try:
        handle = os.open(log, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.fchmod(handle, 0o600)
            end = os.lseek(handle, 0, os.SEEK_END)
            # Whatever was cut off before: each entry begins on a line of its own.
            is_torn = end > 0 and os.pread(handle, 1, end - 1) != b"\n"
            os.write(handle, (("\n" if is_torn else "") + line + "\n").encode())
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise EtlError(
            f"No home was listed: the audit log {log} cannot be written: {error.strerror}. Mend that, then ask again."
        ) from error


def find_user() -> str:
    """Return who runs this, as the operating system knows them; no setting can say otherwise."""
    if os.name == "nt":
        return os.getlogin()
    import pwd  # not there on Windows

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
