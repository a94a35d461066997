"""Turnout: which homes give or renew their answers on a day, and when each did so last."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from etl.synthesise.chance import Chance
from etl.synthesise.homes import CareHomes
from etl.synthesise.request import BREAK_DATE, ORIGIN, count_days
from etl.synthesise.targets import completion_on

CURRENT_DAYS = 28
"""Answers older than this do not count; the readers' rule."""
LONG_SILENCE, LATER_LONG_SILENCE, SILENT_DAYS = 0.003, 0.006, (29, 50)
"""How often a home that has answered then lets its answers grow stale, up to 10 August and after; for how many days.
Assumed: under 1 % of the homes are in such a silence at any time."""
OLDEST_AT_START = 15
"""No answer of the first day is older: the questions were new."""
NEVER = -1


class Turnout:
    """The state that goes from day to day: the day of each home's last answers and the day of its next."""

    def __init__(
        self,
        homes: CareHomes,
        *,
        chance: Chance,
        is_accepted: NDArray[np.bool_],
        closes_on: NDArray[np.int64],
        is_early: NDArray[np.bool_],
    ) -> None:
        """Begin with no home having answered.

        `is_accepted` says which homes the readers accept, `closes_on` the day on which each closes, `is_early` which
        must have answered by the first day.
        """
        self._homes, self._chance, self._accepted, self._closes_on = homes, chance, is_accepted, closes_on
        self._order = np.argsort(np.where(is_early, -np.inf, homes.pace), kind="stable")
        self._due = np.full(len(homes), np.iinfo(np.int64).max)
        self.answered_on = np.full(len(homes), NEVER, dtype=np.int64)

    def advance(self, day: int) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Let homes answer on a day; return which did, and for which of them it was the first time."""
        is_open = self._closes_on > day
        renewing = np.flatnonzero((self._due == day) & is_open)
        self._answer(renewing, day)
        entering = self._choose_entrants(day, is_open)
        if day == count_days(ORIGIN):
            self._begin(entering, day)
        else:
            self._answer(entering, day)
        rows = np.concatenate([renewing, entering])
        return rows, np.arange(len(rows)) >= len(renewing)

    def answer_again(self, rows: NDArray[np.intp], day: int) -> None:
        """Let these homes, which have answered before, renew their answers ahead of time."""
        self._answer(rows, day)

    def is_counted(self, day: int) -> NDArray[np.bool_]:
        """Return which homes count among those that have answered: accepted, open, and with current answers."""
        is_current = (self.answered_on != NEVER) & (day - self.answered_on <= CURRENT_DAYS)
        return is_current & self._accepted & (self._closes_on > day)

    def _choose_entrants(self, day: int, is_open: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Return the homes next in order, as many as it takes to reach the day's completion.

        Homes whose answers are stale come back, so they are made up for on the second published date only: with others
        in their place completion would overshoot.
        """
        is_there = is_open & self._accepted
        has_answered = self.is_counted(day) if day == count_days(BREAK_DATE) else self.answered_on != NEVER
        lacking = round(completion_on(day) * int(is_there.sum())) - int((has_answered & is_there).sum())
        waiting = self._order[(self.answered_on[self._order] == NEVER) & is_open[self._order]]
        reached = np.cumsum(self._accepted[waiting])
        return waiting[reached <= max(lacking, 0)] if lacking > 0 else waiting[:0]

    def _answer(self, rows: NDArray[np.intp], day: int) -> None:
        self.answered_on[rows] = day
        self._due[rows] = day + self._draw_wait(rows, day)

    def _begin(self, rows: NDArray[np.intp], day: int) -> None:
        """Give homes that have answered by the first day an age of their answers that fits their habit."""
        habit = self._homes.habit_days[rows]
        age = (np.minimum(habit, OLDEST_AT_START) * self._chance.draw("age at start", rows)).astype(np.int64)
        self.answered_on[rows] = day - age
        self._due[rows] = day - age + habit

    def _draw_wait(self, rows: NDArray[np.intp], day: int) -> NDArray[np.int64]:
        """Return the days until each home answers again: its habit, a day or so off, and now and then far longer."""
        off = (3 * self._chance.draw("day off", rows, day)).astype(np.int64) - 1
        fewest, most = SILENT_DAYS
        silence = fewest + ((most - fewest) * self._chance.draw("silence", rows, day)).astype(np.int64)
        often = LONG_SILENCE if day <= count_days(BREAK_DATE) else LATER_LONG_SILENCE
        is_silent = self._chance.draw("falls silent", rows, day) < often
        return np.where(is_silent, silence, self._homes.habit_days[rows] + off)
