"""Moves: whether more homes changed their answer, or more cases came, than an ordinary stretch would bring.

The same homes answer week after week and mostly as before, so neither the spread of separate samples nor the step from
one week to the next says what is ordinary. A rate of change does: with a chance r a week for a home to turn from yes
to another answer, 1 - (1 - r)^(days / 7) of n homes turn within some days, and the number that did has the binomial
tail. Two counts of separate events, one after the other, are compared by the chance of their split: given both
together, each event falls in the later one with chance a half if nothing has changed (Przyborowski and Wilenski, 1940).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binom

DAYS_A_WEEK = 7


def turn_within(rate_a_week: ArrayLike, *, days: ArrayLike) -> NDArray[np.float64]:
    """Return the chance that a home turns within some days, from its chance a week. Both 0 to 1; arrays broadcast."""
    rate = np.asarray(rate_a_week, dtype=float)
    if np.any((rate < 0) | (rate > 1)):
        raise ValueError("a rate of change lies between 0 and 1 a week: 0.01, not 1")
    return 1 - (1 - rate) ** (np.asarray(days, dtype=float) / DAYS_A_WEEK)


def rate_from(turned: ArrayLike, *, homes: ArrayLike, days: ArrayLike) -> NDArray[np.float64]:
    """Return the chance a week at which so many of the homes turn within some days; null without homes."""
    n = np.asarray(homes, dtype=float)
    share = np.asarray(turned, dtype=float) / np.where(n > 0, n, np.nan)
    return 1 - (1 - share) ** (DAYS_A_WEEK / np.asarray(days, dtype=float))


def chance_of_losses(lost: ArrayLike, *, homes: ArrayLike, chance: ArrayLike) -> NDArray[np.float64]:
    """Return the chance that so many homes or more turn, of `homes` with a `chance` each; null for null.

    Arrays that broadcast; whole numbers of homes. All homes count, also those that had not said yes: that errs on the
    side of silence, and needs only numbers that are published. Raises ValueError for more lost than homes.
    """
    b, n = np.asarray(lost, dtype=float), np.asarray(homes, dtype=float)
    if np.any((b < 0) | (b > n)):
        raise ValueError("the homes that turned are part of the homes")
    return np.where(np.isnan(b) | np.isnan(n), np.nan, binom.sf(b - 1, n, chance))


def chance_of_rise(recent: ArrayLike, *, earlier: ArrayLike) -> NDArray[np.float64]:
    """Return the chance that of two counts together so many or more fall in the later one; null for null."""
    late, early = np.asarray(recent, dtype=float), np.asarray(earlier, dtype=float)
    if np.any((late < 0) | (early < 0)):
        raise ValueError("a count cannot be negative")
    return np.where(np.isnan(late) | np.isnan(early), np.nan, binom.sf(late - 1, late + early, 0.5))


def fewest_until(clears: Callable[[int], bool], *, most: int) -> float:
    """Return the smallest whole number from 1 to `most` for which `clears` is true; null where none is."""
    return next((float(number) for number in range(1, most + 1) if clears(number)), np.nan)
