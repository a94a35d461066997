"""Answers: each home's 13 answers, kept from day to day and changed by few homes at a time.

Only a home that answers on a day can change its answers on that day. England's share is met by the choice of the
homes that change, never by adding noise.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from etl.synthesise.chance import Chance
from etl.synthesise.homes import CareHomes
from etl.synthesise.levels import Levels
from etl.synthesise.request import BREAK_DATE, count_days
from etl.synthesise.targets import QUESTIONS, Targets, to_log_odds, to_share
from etl.synthesise.turnout import Turnout

WORDS = ("", "Yes", "No", "Not applicable", "Partly")
BLANK, YES, NO, NOT_APPLICABLE, PARTLY = range(5)

CHANGES_BACK = 0.004
"""Share of yes answers that a home takes back at an update for reasons of its own, and as many others give anew.
Assumed: an answer then lasts for years, while the published rise alone changes one answer in six within 73 days."""
CATCHING_UP = 1.5
"""How much of the gap between an authority's share and its level the homes that answer on a day close, at most all."""
MOST_CHANGING = 0.6
DEAD_BAND = 0.6
"""A gap of less than this many homes is no gap: otherwise small authorities would sway to and fro."""
KEEN_TO_SAY_YES = 0.7
"""Standard deviation of the homes of one authority, in log odds."""
MARGIN_SECONDS = 60
PARTLY_FROM = count_days(BREAK_DATE) * 86_400 + 17 * 3_600 + MARGIN_SECONDS
"""18:00 on 10 August 2020 in British Summer Time, in seconds UTC; a minute on, as some times are written in minutes."""


class Answers:
    """The state that goes from day to day: whether each home says yes to each question."""

    def __init__(self, homes: CareHomes, *, levels: Levels, targets: Targets, chance: Chance) -> None:
        """Begin with no home saying yes; `advance` gives homes their answers when they first answer."""
        self._homes, self._levels, self._targets, self._chance = homes, levels, targets, chance
        self._by_authority = np.bincount(homes.authority, minlength=len(levels.base))
        self._held = np.flatnonzero(self._by_authority)
        self._starts = np.searchsorted(homes.authority, self._held)
        self._is_asked = ~(homes.is_not_applicable | homes.is_passed_over)
        self._eagerness = np.exp(KEEN_TO_SAY_YES * homes.keenness)
        self.is_yes = np.zeros(homes.is_partly.shape, dtype=bool)

    def advance(self, day: int, *, turnout: Turnout) -> None:
        """Let homes answer on a day, so that England's share of yes is as near to its target as whole homes allow."""
        rows, is_first = turnout.advance(day)
        is_counted = self._is_asked & turnout.is_counted(day)[:, None]
        wanted = self._levels.shares_on(day, targets=self._targets, homes=self._by_authority)
        draws = self._chance.generator("answers", day)
        is_older = is_counted.copy()
        is_older[rows[is_first]] = False
        rise, fall = self._find_rates(is_older, wanted)
        self._change(rows, is_first, wanted=wanted, rise=rise, fall=fall, draws=draws)

        is_today = np.zeros(len(self._homes), dtype=bool)
        is_today[rows] = True
        may_change = ~self._homes.is_copied
        may_change[rows[is_first]] = True
        for question, share in enumerate(self._targets.shares_on(day)):
            counted = is_counted[:, question]
            is_yes = self.is_yes[:, question]
            lacking = int(share * counted.sum() + 0.5) - int((is_yes & counted).sum())
            fit = counted & may_change & (is_yes == (lacking < 0))
            if lacking > 0:
                weights = rise[self._homes.authority, question] * self._eagerness
            else:
                weights = fall[self._homes.authority, question] / self._eagerness
            chosen = _choose(abs(lacking), fit=fit, first=is_today, weights=weights, draws=draws)
            is_yes[chosen] = lacking > 0
            turnout.answer_again(chosen[~is_today[chosen]], day)

    def code(self, turnout: Turnout, *, answered_at: NDArray[np.int64]) -> NDArray[np.int8]:
        """Return the place in WORDS of each answer, given the second at which each home answered."""
        homes = self._homes
        other = np.where(homes.is_partly & (answered_at >= PARTLY_FROM)[:, None], PARTLY, NO)
        codes = np.where(homes.is_not_applicable, NOT_APPLICABLE, np.where(self.is_yes, YES, other))
        codes[homes.is_passed_over | (turnout.answered_on < 0)[:, None]] = BLANK
        return codes.astype(np.int8)

    def _find_rates(
        self, is_counted: NDArray[np.bool_], wanted: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return, by authority and question, how likely a no turns to yes at an update, and a yes to no."""
        answers = np.maximum(self._add_up(is_counted), 1)
        nothing_yet = self._add_up(is_counted) == 0
        share = np.where(nothing_yet, wanted, self._add_up(is_counted & self.is_yes) / answers)
        gap = wanted - share
        gap = np.sign(gap) * np.maximum(np.abs(gap) - DEAD_BAND / answers, 0)
        yes, no = np.maximum(share, 0.01), np.maximum(1 - share, 0.01)
        rise = CHANGES_BACK * yes / no + CATCHING_UP * np.maximum(gap, 0) / no
        fall = CHANGES_BACK + CATCHING_UP * np.maximum(-gap, 0) / yes
        return np.minimum(rise, MOST_CHANGING), np.minimum(fall, MOST_CHANGING)

    def _add_up(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the number of chosen homes by authority and question."""
        sums = np.zeros((len(self._by_authority), len(QUESTIONS)), dtype=np.int64)
        sums[self._held] = np.add.reduceat(chosen, self._starts, axis=0, dtype=np.int64)
        return sums

    def _change(
        self,
        rows: NDArray[np.intp],
        is_first: NDArray[np.bool_],
        *,
        wanted: NDArray[np.float64],
        rise: NDArray[np.float64],
        fall: NDArray[np.float64],
        draws: np.random.Generator,
    ) -> None:
        """Give first answers by the authority's level, and let a few of the others change theirs."""
        place = self._homes.authority[rows]
        eagerness = self._eagerness[rows, None]
        rate = np.where(self.is_yes[rows], fall[place] / eagerness, rise[place] * eagerness)
        rate[self._homes.is_copied[rows]] = 0
        drawn = draws.random(rate.shape)
        says_yes = drawn < to_share(to_log_odds(wanted[place]) + np.log(eagerness))
        self.is_yes[rows] = np.where(is_first[:, None], says_yes, self.is_yes[rows] ^ (drawn < rate))


def _choose(
    count: int,
    *,
    fit: NDArray[np.bool_],
    first: NDArray[np.bool_],
    weights: NDArray[np.float64],
    draws: np.random.Generator,
) -> NDArray[np.intp]:
    """Return `count` of the homes that fit, at random by weight: those of `first` before any other."""
    if count == 0:
        return np.zeros(0, dtype=np.intp)
    found = np.flatnonzero(fit & first)
    if len(found) < count:
        rest = np.flatnonzero(fit & ~first)
        return np.concatenate([found, _draw(count - len(found), rest, weights, draws)])
    return _draw(count, found, weights, draws)


def _draw(
    count: int, found: NDArray[np.intp], weights: NDArray[np.float64], draws: np.random.Generator
) -> NDArray[np.intp]:
    """Return `count` of the rows found, or all when there are fewer: those whose exponential waits end first."""
    waits = draws.exponential(size=len(found)) / weights[found]
    return found[np.argsort(waits, kind="stable")[:count]]
