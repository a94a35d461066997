"""Files: made-up extracts written whole or not at all, and an earlier made-up set removed before."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from etl.errors import EtlError

MARK = "Is_Illustrative"
FOLDERS = {
    "capacity-tracker-care-homes": "capacity_tracker_care_homes",
    "capacity-tracker-home-care": "capacity_tracker_home_care",
    "cqc-active-locations": "cqc_active_locations",
}
"""The folder of each kind of file, and what its files' names begin with."""
LINES_LOOKED_AT = 6
"""The headings of a register stand under four lines."""
TABLES = (".csv", ".ods", ".xlsx")
UNFINISHED = ".unfinished-"


def clear_earlier(target: Path) -> None:
    """Remove the files of an earlier made-up set; EtlError, and nothing removed, where a file is not made up."""
    for folder in FOLDERS:
        for file in sorted((target / folder).glob("*")):
            if file.suffix.lower() in TABLES and not file.name.startswith(".") and not _is_made_up(file):
                raise EtlError(
                    f"{file} is not marked as made up ({MARK}), so nothing was written or removed. Made-up extracts "
                    "never stand among real ones: name another folder with --to-folder, or move this file."
                )
    for folder, stem in FOLDERS.items():
        for file in _list_own(target / folder, stem):
            _do(file, file.unlink)


def write_file(folder: Path, name: str, content: bytes, *, rows: int) -> None:
    """Write a file with its checksum and its number of rows beside it; the file appears last, and whole.

    EtlError when the folder cannot be written.
    """
    _do(folder, lambda: folder.mkdir(parents=True, exist_ok=True))
    digest = hashlib.sha256(content).hexdigest()
    parts = {
        f"{name}.sha256": f"{digest}  {name}\n".encode(),
        f"{name}.rows": f"{rows}\n".encode(),
        name: content,
    }
    for part, held in parts.items():
        unfinished = folder / f"{UNFINISHED}{part}"
        _do(folder, lambda path=unfinished, held=held: path.write_bytes(held))
        _do(folder, lambda path=unfinished, part=part: path.replace(folder / part))


def _list_own(folder: Path, stem: str) -> list[Path]:
    """Return the files in the folder that have a name this command gives, unfinished ones among them."""
    own = re.compile(rf"(?:{re.escape(UNFINISHED)})?{stem}_\d{{4}}-\d{{2}}-\d{{2}}\.csv(?:\.sha256|\.rows)?")
    return sorted(file for file in folder.glob("*") if own.fullmatch(file.name) and file.is_file())


def _is_made_up(file: Path) -> bool:
    with _do(file, lambda: file.open("rb")) as stream:
        return any(MARK.encode() in stream.readline() for _ in range(LINES_LOOKED_AT))


def _do(place: Path, act: Callable[[], Any]) -> Any:
    try:
        return act()
    except OSError as error:
        raise EtlError(
            f"{place} cannot be used: {error.strerror}. Make room or mend the permissions, and make the set again."
        ) from error
