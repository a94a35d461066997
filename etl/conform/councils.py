"""Councils: the declared spellings of each authority, and the step from a council's name to its code.

A name leads to a code only when its spelling stands in data/lookups/councils.csv, give or take the folding
below. Nothing is matched by likeness; the likeness of `Councils.suggest` only helps a person to mend a name.
"""

from __future__ import annotations

import csv
import datetime as dt
import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path

import pandas as pd

from etl.errors import SHOWN_AT_MOST, CatalogueError

COLUMNS = ("code", "name", "spelling")
NEAR = 0.7
"""How alike two names must be, from 0 to 1, for one to be suggested for the other."""

APOSTROPHES = "'`\N{ACUTE ACCENT}\N{PRIME}\N{MODIFIER LETTER APOSTROPHE}‘’"
HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}"
FOLDED = str.maketrans({"&": " and "} | dict.fromkeys("." + APOSTROPHES, "") | dict.fromkeys(HYPHENS, " "))
STYLES = (
    *("the", "of", "council", "corporation", "authority", "county", "city", "borough", "district", "metropolitan"),
    *("royal", "london", "unitary", "mbc", "mdc", "mc", "bc", "cc", "dc", "ua", "lb", "lbc", "rb"),
)
"""Words that say what kind of council it is, not which: "Nowhere Borough Council" is near no other borough."""


def fold(name: str) -> str:
    """Return the name without what spellings differ in: case, spaces, "&", full stops, apostrophes, hyphens."""
    return " ".join(name.translate(FOLDED).casefold().split())


@dataclass(frozen=True)
class Bearer:
    """An area that bore a name: the code its figures stand under, and the days it was in force (None: no end)."""

    shown_as: str
    valid_from: dt.date | None
    valid_to: dt.date | None

    def is_valid_on(self, date: dt.date) -> bool:
        """Return True when the area was in force on the date."""
        return (self.valid_from or dt.date.min) <= date <= (self.valid_to or dt.date.max)

    def overlaps(self, other: Bearer) -> bool:
        """Return True when both areas were in force on some day."""
        starts = max(self.valid_from or dt.date.min, other.valid_from or dt.date.min)
        return starts <= min(self.valid_to or dt.date.max, other.valid_to or dt.date.max)


@dataclass(frozen=True)
class Councils:
    """The alias table, ready to look up: who bore each folded spelling, and what to suggest for a wrong one."""

    bearers: Mapping[str, tuple[Bearer, ...]]
    declared: Mapping[str, tuple[tuple[str, str], ...]]
    """For each council's name without its style: the ONS name and the spelling of every row that comes to it."""

    def find(self, names: Sequence[str], *, on: dt.date) -> list[str | None]:
        """Return the shown code of each name, or None where the table does not have it.

        A name that two areas bore (Dorset) means the one in force on the day. A name that one area bore means
        that area on any day: publishers list an area after its end.
        """
        return [self._find_one(name, on=on) for name in names]

    def _find_one(self, name: str, *, on: dt.date) -> str | None:
        bearers = self.bearers.get(fold(name), ())
        codes = {bearer.shown_as for bearer in bearers}
        if len(codes) > 1:
            codes = {bearer.shown_as for bearer in bearers if bearer.is_valid_on(on)}
        return codes.pop() if len(codes) == 1 else None

    def suggest(self, name: str, *, most: int = 3) -> list[str]:
        """Return the nearest declared spellings, one a council, best first; empty when none is near."""
        # The same wrong name stands in many rows and many files, and looking is slow.
        if (name, most) not in self._suggested:
            self._suggested[name, most] = self._find_nearest(name, most=most)
        return self._suggested[name, most]

    @cached_property
    def _suggested(self) -> dict[tuple[str, int], list[str]]:
        return {}

    def _find_nearest(self, name: str, *, most: int) -> list[str]:
        near = difflib.get_close_matches(_drop_style(_mend_style(name)), self.declared, n=most * 3, cutoff=NEAR)
        best: dict[str, str] = {}
        for key in near:
            for council in dict(self.declared[key]):
                spellings = [spelling for owner, spelling in self.declared[key] if owner == council]
                best.setdefault(council, max(spellings, key=lambda spelling: _measure_likeness(name, spelling)))
        return list(best.values())[:most]


def load_councils(file: Path, areas: pd.DataFrame) -> Councils:
    """Return the table of spellings, checked against the areas; `areas` is what `load_areas` returns.

    Raises CatalogueError that lists every faulty row and what to do about it.
    """
    rows = _read_rows(file)
    authorities = {
        area.code: (area.name, Bearer(area.shown_as, _as_day(area.valid_from), _as_day(area.valid_to)))
        for area in areas[areas["kind"] == "authority"].itertuples(index=False)
    }
    problems = list(_find_faulty_rows(rows, authorities)) + list(_find_unnamed(rows, authorities))
    problems = problems or list(_find_ambiguous(rows, authorities))
    if problems:
        more = len(problems) - SHOWN_AT_MOST
        lines = problems[:SHOWN_AT_MOST] + ([f"and {more} more of the same kinds"] if more > 0 else [])
        raise CatalogueError(f"{file} cannot be used:\n" + "\n".join(f"  - {line}" for line in lines))
    bearers: dict[str, dict[str, Bearer]] = {}
    declared: dict[str, list[tuple[str, str]]] = {}
    for _, code, name, spelling in rows:
        bearers.setdefault(fold(spelling), {})[code] = authorities[code][1]
        declared.setdefault(_drop_style(spelling), []).append((name, spelling))
    return Councils(
        bearers={spelling: tuple(found.values()) for spelling, found in bearers.items()},
        declared={key: tuple(found) for key, found in declared.items()},
    )


Row = tuple[int, str, str, str]
Authorities = Mapping[str, tuple[str, Bearer]]


def _read_rows(file: Path) -> list[Row]:
    """Return each row with its number in the file."""
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            first, *rows = list(csv.reader(stream, strict=True)) or [[]]
    except FileNotFoundError as error:
        raise CatalogueError(f"{file} is missing. Restore it from the repository.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise CatalogueError(f"{file} is not a sound UTF-8 CSV: {error}. Restore it from the repository.") from error
    if tuple(first) != COLUMNS:
        found = ", ".join(first) or "none"
        raise CatalogueError(f"{file}, row 1: the columns must be {', '.join(COLUMNS)}; found: {found}. Restore them.")
    for number, row in enumerate(rows, 2):
        if len(row) != len(COLUMNS):
            raise CatalogueError(
                f"{file}, row {number}: has {len(row)} cells where the columns are {len(COLUMNS)}. "
                "Put a name that holds a comma in quotation marks."
            )
    return [(number, *row) for number, row in enumerate(rows, 2)]


def _find_faulty_rows(rows: Sequence[Row], authorities: Authorities) -> Iterator[str]:
    """Yield a sentence for each row that contradicts the areas or says what an earlier row says."""
    seen: dict[tuple[str, str], int] = {}
    for number, code, name, spelling in rows:
        if code not in authorities:
            yield f"row {number}: {code!r} is not the code of an authority in areas.csv. Correct the code."
        elif name != authorities[code][0]:
            yield f"row {number}: {code} is {authorities[code][0]!r} in areas.csv, not {name!r}. Correct the name."
        elif not fold(spelling):
            yield f"row {number}: the spelling is blank. Fill it in or remove the row."
        elif (code, spelling) in seen:
            yield f"row {number}: repeats row {seen[code, spelling]}. Remove one of them."
        seen.setdefault((code, spelling), number)


def _find_unnamed(rows: Sequence[Row], authorities: Authorities) -> Iterator[str]:
    """Yield a sentence for each authority whose ONS name is not among its spellings."""
    given = {(code, spelling) for _, code, _, spelling in rows}
    for code, (name, _) in authorities.items():
        if (code, name) not in given:
            yield f"no row gives {code} its ONS name {name!r} as a spelling. Add that row."


def _find_ambiguous(rows: Sequence[Row], authorities: Authorities) -> Iterator[str]:
    """Yield a sentence for each two rows whose spelling would mean two areas on the same day."""
    alike: dict[str, list[tuple[int, str, Bearer]]] = {}
    for number, code, _, spelling in rows:
        alike.setdefault(fold(spelling), []).append((number, spelling, authorities[code][1]))
    for found in alike.values():
        for (one, _, first), (other, spelling, second) in combinations(found, 2):
            if first.shown_as != second.shown_as and first.overlaps(second):
                yield (
                    f"rows {one} and {other}: {spelling!r} would mean both {first.shown_as} and {second.shown_as} "
                    "on the same day. Keep it for one of them."
                )


def _as_day(day: object) -> dt.date | None:
    return None if pd.isna(day) else day


def _drop_style(name: str) -> str:
    """Return the folded name without the words that say what kind of council it is, unless nothing is left."""
    folded = fold(name.replace(",", " "))
    return " ".join(word for word in folded.split() if word not in STYLES) or folded


def _mend_style(name: str) -> str:
    """Return the folded name with each misspelt word of style put right: "Kent County Counsil" is near Kent."""
    likely = (difflib.get_close_matches(word, STYLES, n=1, cutoff=0.8) for word in fold(name).split())
    return " ".join(style[0] if style else word for style, word in zip(likely, fold(name).split(), strict=True))


def _measure_likeness(name: str, spelling: str) -> float:
    return difflib.SequenceMatcher(None, fold(name), fold(spelling)).ratio()
