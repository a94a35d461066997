"""What is asked for: the span, the step and the size of a made-up set, checked before anything is written."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from etl.errors import EtlError

ORIGIN = dt.date(2020, 5, 29)
"""The first date of the 13 published shares, and the day on which every set begins to be worked out."""
BREAK_DATE = dt.date(2020, 8, 10)
"""The second date of the published shares; on its evening the 13 questions moved to a page of their own."""
FEWEST_HOMES = 300
"""With fewer, 45 % of the homes are no more than about 100, and no number of them gives each published per cent."""
MOST_HOMES = 100_000
MOST_DIRT = 0.2
"""A fifth of the faulty rows are of kinds that are refused, and a file with more than 5 % of such rows is refused."""
EVERY = re.compile(r"([1-9]\d{0,2})([dw])")
DAYS = {"d": 1, "w": 7}


@dataclass(frozen=True)
class Request:
    """What a made-up set is to hold."""

    homes: int
    first: dt.date
    last: dt.date
    every: dt.timedelta
    seed: int
    dirt: float

    def check(self) -> None:
        """Raise one EtlError that lists everything that cannot be done, each with its remedy."""
        faults = [words for is_wrong, words in self._find_faults() if is_wrong]
        if faults:
            raise EtlError("The set cannot be made.\n" + "\n".join(f"  - {words}" for words in faults))

    def _find_faults(self) -> list[tuple[bool, str]]:
        return [
            (
                not FEWEST_HOMES <= self.homes <= MOST_HOMES,
                f"--homes {self.homes}: give a number from {FEWEST_HOMES} to {MOST_HOMES:,}. With fewer homes no "
                "numbers of answers give the published per cents.",
            ),
            (self.first > self.last, f"--from {self.first} is after --to {self.last}: give the earlier date first."),
            (
                self.first < ORIGIN,
                f"--from {self.first}: the 13 questions are known from {ORIGIN} on. Begin there or later.",
            ),
            (self.every < dt.timedelta(days=1), "--every: give at least one day, such as 1d, 7d or 1w."),
            (self.seed < 0, f"--seed {self.seed}: give a whole number from 0 up."),
            (not 0 <= self.dirt <= MOST_DIRT, f"--dirt {self.dirt}: give a share of the rows from 0 to {MOST_DIRT}."),
        ]

    def list_dates(self) -> list[dt.date]:
        """Return the dates of the extracts: the regular ones from the first, and 10 August 2020 if it lies between."""
        count = (self.last - self.first) // self.every + 1
        dates = {self.first + step * self.every for step in range(count)}
        if self.first <= BREAK_DATE <= self.last:
            dates.add(BREAK_DATE)
        return sorted(dates)


def parse_every(text: str) -> dt.timedelta:
    """Return the time between two extracts from words such as 1d, 7d or 1w; EtlError for anything else."""
    found = EVERY.fullmatch(text.strip().lower())
    if not found:
        raise EtlError(f"--every {text}: give a number of days or weeks, such as 1d, 7d or 1w.")
    return dt.timedelta(days=int(found[1]) * DAYS[found[2]])


def count_days(date: dt.date) -> int:
    """Return the days from 1970 to the date: how days are counted in arrays here."""
    return (date - dt.date(1970, 1, 1)).days
