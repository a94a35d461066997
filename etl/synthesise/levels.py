"""Levels: how far each authority stands from England on each question, and how that drifts.

Everything is in log odds, so that a difference fits beside any national share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.synthesise.chance import Chance
from etl.synthesise.request import BREAK_DATE, ORIGIN, count_days
from etl.synthesise.targets import QUESTIONS, Targets, to_log_odds, to_share

BETWEEN_AUTHORITIES, BETWEEN_REGIONS = 0.27, 0.10
"""Standard deviations. Assumed: no value below England has been published. About the spread that councils show on
other measures of care, wide enough to see and narrow enough for most to be like England."""
IN_COMMON = 0.3
"""Share of an authority's variance that all its questions have in common."""
DRIFT, DRIFT_DAYS = 0.12, (120, 280)
"""How far a level swings to either side of its mean, and how long one swing takes."""

MOST_LUCK = 1.0
"""Authorities with the same level differ by the homes that they happen to have, as samples do: by the standard error of
their share, at most by this. Without it they would lie closer together than chance allows."""

WEAK_AUTHORITIES, WEAKNESS = 4, -1.5
"""Authorities that are markedly weak on one question each: something for the dashboard to find."""
WEAK_AT_MOST_PUBLISHED = 0.97
ONSET_DAYS = 28


@dataclass(frozen=True)
class Levels:
    """By authority and question: the level, its luck and drift, and the weakness with the day it begins."""

    base: NDArray[np.float64]
    luck: NDArray[np.float64]
    phase: NDArray[np.float64]
    length: NDArray[np.float64]
    weakness: NDArray[np.float64]
    onset: NDArray[np.float64]

    def shares_on(self, day: int, *, targets: Targets, homes: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return each authority's share of yes, from 0 to 1; weighted by `homes` they give England's."""
        swing = DRIFT * np.sin(2 * np.pi * (day / self.length + self.phase))
        begun = np.clip((day - self.onset) / ONSET_DAYS, 0, 1)
        wanted = targets.shares_on(day)
        error = 1 / np.sqrt(np.maximum(homes, 1)[:, None] * wanted * (1 - wanted))
        apart = self.base + self.luck * np.minimum(error, MOST_LUCK) + swing + self.weakness * begun
        return to_share(to_log_odds(wanted) + apart + _find_centre(apart, wanted=wanted, homes=homes))


def make_levels(regions: NDArray[np.intp], *, homes: NDArray[np.int64], targets: Targets, chance: Chance) -> Levels:
    """Return the levels of authorities, given the region and the number of homes of each."""
    draws = chance.generator("levels")
    shape = (len(regions), len(QUESTIONS))
    common = draws.standard_normal((len(regions), 1)) * np.sqrt(IN_COMMON)
    own = draws.standard_normal(shape) * np.sqrt(1 - IN_COMMON)
    by_region = draws.normal(0, BETWEEN_REGIONS, (regions.max() + 1, len(QUESTIONS)))
    weakness, onset = np.zeros(shape), np.zeros(shape)
    places, questions, days = _choose_weak(homes, targets, draws)
    weakness[places, questions], onset[places, questions] = WEAKNESS, days
    return Levels(
        base=BETWEEN_AUTHORITIES * (common + own) + by_region[regions],
        luck=draws.standard_normal(shape),
        phase=draws.random(shape),
        length=draws.uniform(*DRIFT_DAYS, shape),
        weakness=weakness,
        onset=onset,
    )


def _choose_weak(
    homes: NDArray[np.int64], targets: Targets, draws: np.random.Generator
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int64]]:
    """Return authorities of some size, a question each, and the days on which they begin to be weak.

    Half of them are weak from the start, the others from some day after the break, so that there is a "since".
    """
    large = np.flatnonzero(homes >= np.median(homes))
    fit = np.flatnonzero(to_share(targets.end) < WEAK_AT_MOST_PUBLISHED)
    days = np.full(WEAK_AUTHORITIES, count_days(ORIGIN) - ONSET_DAYS)
    late = WEAK_AUTHORITIES // 2
    days[:late] = count_days(BREAK_DATE) + draws.integers(7, 36, late)
    return (
        draws.choice(large, WEAK_AUTHORITIES, replace=False),
        draws.choice(fit, WEAK_AUTHORITIES, replace=False),
        days,
    )


def _find_centre(
    apart: NDArray[np.float64], *, wanted: NDArray[np.float64], homes: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return, for each question, what must be added to all levels for their mean to be the wanted share (Newton)."""
    weights = (homes / homes.sum())[:, None]
    centre = np.zeros(len(wanted))
    for _ in range(6):
        shares = to_share(to_log_odds(wanted) + apart + centre)
        excess = (weights * shares).sum(axis=0) - wanted
        centre -= excess / (weights * shares * (1 - shares)).sum(axis=0)
    return centre
