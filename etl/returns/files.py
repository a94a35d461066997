"""Files: which extracts lie in the folders, which of them count, and whether they are made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from etl.catalogue.return_model import Layout, Register
from etl.errors import InputError, Problem

SIDECARS = (".sha256", ".rows")
PASSED_OVER = ("README.md", "LICENCE.md")


@dataclass(frozen=True)
class ExtractFile:
    """An extract that counts: the newest issue for its date."""

    file: Path
    date: dt.date


@dataclass(frozen=True)
class ReturnFiles:
    """The extracts of each return, by its id and in order of date; all are made up or none is."""

    is_illustrative: bool
    by_source: dict[str, tuple[ExtractFile, ...]]

    def count(self) -> int:
        """Return how many extracts there are."""
        return sum(map(len, self.by_source.values()))


def find_files(returns: tuple[Layout, ...], *, extracts: Path, illustrative: Path) -> ReturnFiles:
    """Return the extracts that count: the real ones if there is any, else the made-up set.

    Real extracts replace the made-up set whole: the two never stand side by side.
    """
    real = {layout.id: list_extracts(layout, extracts) for layout in returns}
    if any(real.values()):
        return ReturnFiles(is_illustrative=False, by_source=real)
    made_up = {layout.id: list_extracts(layout, illustrative) for layout in returns}
    return ReturnFiles(is_illustrative=True, by_source=made_up)


def list_extracts(layout: Layout, folder: Path) -> tuple[ExtractFile, ...]:
    """Return the extracts in the return's folder by date, the highest version of each; InputError for other files."""
    pattern, newest, strangers = layout.name_pattern(), {}, []
    for file in sorted((folder / layout.folder).glob("*")):
        if file.name.endswith(SIDECARS) or file.name in PASSED_OVER or file.name.startswith((".", "~$")):
            continue
        named = pattern.match(file.name)
        date = _read_date(named["date"]) if named else None
        if date is None:
            strangers.append(file)
            continue
        version = int(named["version"] or 1)
        if date not in newest or version > newest[date][0]:
            newest[date] = (version, file)
    if strangers:
        ending = f".{layout.endings[0]}" if isinstance(layout, Register) else ""
        example = layout.file.replace("{date}", "2020-08-10") + ending
        problems = [Problem(file.name, f"is not named like {example}") for file in strangers]
        remedy = "Name each extract by its date, and move everything else out of the folder."
        raise InputError(folder / layout.folder, problems, remedy=remedy)
    return tuple(ExtractFile(file=file, date=date) for date, (_, file) in sorted(newest.items()))


def _read_date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
