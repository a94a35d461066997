"""Targets: the share of yes that England must show on each day, and the share of homes that have answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from etl.conform.areas import ENGLAND
from etl.errors import EtlError
from etl.synthesise.request import BREAK_DATE, ORIGIN, count_days

QUESTIONS = ("1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2", "4.1", "4.2", "4.3", "5.1", "5.2")

COMPLETION = (0.45, 0.99)
"""Share of open homes that have answered on the two dates. The taskforce report gives both and dates neither: that
they belong to these dates is an assumption."""
LATER_COMPLETION = 0.98
"""Later on no more homes are brought in unless completion falls below this: assumed, no figure is published."""
LATER_COMPLETION_DATE = dt.date(2020, 9, 14)

AUTUMN = (dt.date(2020, 9, 1), dt.date(2020, 10, 31))
AUTUMN_SHIFT = dict.fromkeys(QUESTIONS, -0.05) | {"2.1": -0.2, "2.2": -0.35, "2.3": -0.15, "5.1": 0.15, "5.2": 0.05}
"""Change of the log odds over the autumn, assumed: nothing is published after August. Testing was short in September,
and each home had been promised a named clinical lead."""


@dataclass(frozen=True)
class Targets:
    """The published shares on the two dates, as log odds in the order of QUESTIONS."""

    start: NDArray[np.float64]
    end: NDArray[np.float64]

    def shares_on(self, day: int) -> NDArray[np.float64]:
        """Return the share of yes, from 0 to 1, of each question on a day: straight on the log odds, then held."""
        autumn = np.interp(day, [count_days(date) for date in AUTUMN], [0, 1])
        shift = np.array([AUTUMN_SHIFT[question] for question in QUESTIONS]) * autumn
        return to_share(self.start + (self.end - self.start) * _measure_progress(day) + shift)


def load_targets(file: Path) -> Targets:
    """Return the 26 published shares; EtlError when the table is missing or lacks one of them."""
    if not file.is_file():
        raise EtlError(f"{file} is missing. Restore it from the repository: a made-up set is set by its 26 shares.")
    figures = pd.read_csv(file, dtype=str, keep_default_na=False)
    lacking = [column for column in ("measure", "area_code", "date", "value") if column not in figures.columns]
    if lacking:
        raise EtlError(f"{file} lacks the column {', '.join(lacking)}. Restore it from the repository.")
    england = figures[figures["area_code"] == ENGLAND]
    values = pd.to_numeric(england["value"], errors="coerce")
    found = dict(zip(zip(england["measure"], england["date"], strict=True), values, strict=True))
    wanted = [(question, date.isoformat()) for date in (ORIGIN, BREAK_DATE) for question in QUESTIONS]
    wrong = [f"{question} on {date}" for question, date in wanted if not 0 < found.get((question, date), 0) < 100]
    if wrong:
        raise EtlError(
            f"{file} gives no share between 0 and 100 for {', '.join(wrong)}. Restore it from the repository."
        )
    shares = np.array([found[key] for key in wanted]).reshape(2, len(QUESTIONS)) / 100
    return Targets(start=to_log_odds(shares[0]), end=to_log_odds(shares[1]))


def completion_on(day: int) -> float:
    """Return the share, from 0 to 1, of open homes whose answers are to be current on a day."""
    start, end = to_log_odds(np.array(COMPLETION))
    rising = to_share(start + (end - start) * _measure_progress(day))
    later = [count_days(BREAK_DATE), count_days(LATER_COMPLETION_DATE)]
    return float(rising + np.interp(day, later, [0, LATER_COMPLETION - COMPLETION[1]]))


def to_log_odds(share: ArrayLike) -> NDArray[np.float64]:
    """Return the log odds of shares strictly between 0 and 1."""
    share = np.asarray(share, dtype=np.float64)
    return np.log(share / (1 - share))


def to_share(log_odds: ArrayLike) -> NDArray[np.float64]:
    """Return the shares that have these log odds."""
    return 1 / (1 + np.exp(-np.asarray(log_odds, dtype=np.float64)))


def _measure_progress(day: int) -> float:
    """Return how far a day is from the first published date (0) to the second (1)."""
    start, end = count_days(ORIGIN), count_days(BREAK_DATE)
    return min(max((day - start) / (end - start), 0.0), 1.0)
