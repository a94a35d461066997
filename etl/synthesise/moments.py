"""Moments: when each row of an extract was last updated, in seconds since 1970 in UTC."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.synthesise.chance import Chance

SECONDS_A_DAY, SECONDS_AN_HOUR = 86_400, 3_600
NEVER = -1
OPENS, CLOSES = 6.5, 21.5
"""Hours UTC between which homes answer, so that no moment falls on the next day in British Summer Time either."""
EVENING_ANSWERS = 0.1
DAYTIME = (7.0, 16.5)


@dataclass(frozen=True)
class Rounds:
    """Updates at regular days, each home's own: every `period` days, `phase` days after a day all have in common."""

    period: NDArray[np.int64]
    phase: NDArray[np.int64]

    def find_last(self, day: NDArray[np.int64] | int) -> NDArray[np.int64]:
        """Return each home's last regular day up to a day."""
        return day - (day + self.phase) % self.period


def make_rounds(
    count: int, *, periods: tuple[int, ...], shares: tuple[float, ...], name: str, chance: Chance
) -> Rounds:
    """Return regular days for `count` homes, with periods in these shares."""
    draws = chance.generator(name)
    period = draws.choice(periods, count, p=shares)
    return Rounds(period=period, phase=draws.integers(0, max(periods), count))


def find_seconds(day: NDArray[np.int64], *, who: NDArray[np.int64], name: str, chance: Chance) -> NDArray[np.int64]:
    """Return the second at which each home did something on its day; NEVER where the day is negative."""
    is_evening = chance.draw(f"{name}: evening", who, np.maximum(day, 0)) < EVENING_ANSWERS
    where = chance.draw(f"{name}: hour", who, np.maximum(day, 0))
    hour = np.where(is_evening, OPENS + (CLOSES - OPENS) * where, DAYTIME[0] + (DAYTIME[1] - DAYTIME[0]) * where)
    return np.where(day < 0, NEVER, day * SECONDS_A_DAY + (hour * SECONDS_AN_HOUR).astype(np.int64))
