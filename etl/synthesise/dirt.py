"""Dirt: which rows of a set are faulty and how. Each kind has been seen in real extracts.

A home keeps its kind for the whole set, as a slip stays until somebody mends it. Which homes carry a kind that is
refused is settled first; England's shares are then met by the others alone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.synthesise.chance import Chance
from etl.synthesise.request import ORIGIN, count_days

CLEAN = ""
REFUSED = ("no id", "unknown council", "unreadable answer")
"""Kinds whose row is refused; of "twice", only the added row is. Together a fifth: no file is then refused whole."""
KINDS = (
    *REFUSED, "twice", "closed",
    "serial dates", "short dates", "second spelling", "third spelling", "thousands", "letters", "true or false",
    "nobody employed", "over a thousand employed", "agency only", "absent above employed", "beds above capacity",
    "accented name", "serial dates", "second spelling",
)  # fmt: skip
"""Faulty rows take the kinds in turn, so that even a few of them show many."""
HOME_CARE_KINDS = (
    *REFUSED, "twice",
    "serial dates", "short dates", "second spelling", "third spelling", "thousands", "letters", "true or false",
    "nobody employed", "over a thousand employed", "absent above employed", "accented name", "serial dates",
    "short dates", "letters", "second spelling", "thousands",
)  # fmt: skip
ANSWERING_FROM_THE_START = ("unreadable answer", "twice")
"""A home without an answer could not show these."""
ALWAYS_OPEN = np.iinfo(np.int64).max
CLOSED_AT_START, CLOSING_DAYS = 0.5, (10, 140)
"""Of the homes that close, this share has closed before the first day; the others close so many days after it."""
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-8-sig")
"""Files take these in turn by day; every third day's file ends with a row of totals."""
TOTAL_EVERY = 3


@dataclass(frozen=True)
class Dirt:
    """By home: the kind of fault in its row (CLEAN for none) and the day on which it closes."""

    kinds: NDArray[np.str_]
    closes_on: NDArray[np.int64]

    @property
    def is_accepted(self) -> NDArray[np.bool_]:
        """Whether the readers accept the home's row."""
        return ~np.isin(self.kinds, REFUSED)

    @property
    def answers_from_the_start(self) -> NDArray[np.bool_]:
        """Whether the home must have answered by the first day."""
        return np.isin(self.kinds, ANSWERING_FROM_THE_START)


@dataclass(frozen=True)
class FileDirt:
    """How a file as a whole is written."""

    encoding: str = "utf-8"
    has_total: bool = False


def choose_dirt(count: int, *, share: float, kinds: tuple[str, ...], name: str, chance: Chance) -> Dirt:
    """Return which of `count` rows are faulty, and how; `share` is from 0 to 1."""
    draws = chance.generator(name)
    chosen = draws.permutation(count)[: round(share * count)]
    found = np.full(count, CLEAN, dtype=f"<U{max(map(len, kinds))}")
    found[chosen] = np.resize(np.array(kinds), len(chosen))
    closes_on = np.full(count, ALWAYS_OPEN)
    closing = found == "closed"
    days = count_days(ORIGIN) + draws.integers(*CLOSING_DAYS, count)
    before = draws.random(count) < CLOSED_AT_START
    closes_on[closing] = np.where(before, count_days(ORIGIN) - 1, days)[closing]
    return Dirt(kinds=found, closes_on=closes_on)


def choose_file_dirt(date: dt.date, *, share: float, turn: int) -> FileDirt:
    """Return how the file of a date is written; `turn` sets apart the files of one date."""
    if not share:
        return FileDirt()
    place = date.toordinal() + turn
    return FileDirt(encoding=ENCODINGS[place % len(ENCODINGS)], has_total=place % TOTAL_EVERY == 0)
