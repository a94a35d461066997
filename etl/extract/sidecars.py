"""Sidecars: a checksum or a row count that came with a file, and whether the file is what they say."""

from __future__ import annotations

from pathlib import Path

from etl.errors import InputError, Problem

FETCH_AGAIN = "Fetch the extract and what came with it again, and put both in the same place."


def check_sidecars(file: Path, *, sha256: str, rows: int) -> bool:
    """Return whether anything vouches for the file; InputError when a sidecar says something else.

    `<file>.sha256` holds the checksum as sha256sum writes it, `<file>.rows` the number of rows under the headings.
    """
    return any([_check_checksum(file, sha256), _check_rows(file, rows)])


def _check_checksum(file: Path, sha256: str) -> bool:
    said = _read_word(file.with_name(file.name + ".sha256"))
    if said is None:
        return False
    if said.lower() != sha256:
        problem = Problem("", f"its checksum is {sha256[:12]}…, and {file.name}.sha256 says {said[:12]}…")
        raise InputError(file, [problem], remedy=FETCH_AGAIN)
    return True


def _check_rows(file: Path, rows: int) -> bool:
    said = _read_word(file.with_name(file.name + ".rows"))
    if said is None:
        return False
    if not said.isdecimal() or int(said) != rows:
        problem = Problem("", f"it has {rows:,} rows, and {file.name}.rows says {said!r}")
        raise InputError(file, [problem], remedy=FETCH_AGAIN)
    return True


def _read_word(sidecar: Path) -> str | None:
    """Return the first word of a sidecar, "" when it is empty, or None when there is none."""
    try:
        words = sidecar.read_text(encoding="utf-8", errors="replace").split()
    except FileNotFoundError:
        return None
    return words[0] if words else ""
