"""An area against a benchmark: exact tail probabilities, and the word for what they say.

The benchmark is the aggregate that holds the area: its region, or England. Nothing is taken out of it, so an area is
set beside the figure that a reader sees. That errs on the safe side: an area pulls the benchmark towards itself, and
its own verdict a little towards "similar".

Two-sided rule: twice the smaller tail, at most 1. Each side then has half the error, so "better" and "worse" are
guarded alike; and a count further out never has a larger p value. (Adding up all outcomes no likelier than the one
seen, as scipy's binomtest does, lets one side use up the whole error.)

Source: Clopper and Pearson (1934) for the tails; PHE Technical Guide, "Comparing with a benchmark", for two strengths.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binom, poisson

STRENGTHS = (0.05, 0.002)
"""A verdict needs a p value below the first; below the second it is clear. Clear is about how sure, not how large."""
SIMILAR = "similar"
CLEARLY = "clearly "
SIDES = {
    "higher is better": ("worse", "better"),
    "lower is better": ("better", "worse"),
    "neither is better": ("lower", "higher"),
}
"""By declared polarity: the word below the benchmark, and the word above it."""

ITSELF = "This is the benchmark itself."
NO_COUNT = "There is no count to compare."
NO_BENCHMARK = "There is no benchmark to compare with."
NOTHING_COUNTED = "There is nothing to count: the number below the line is 0."
NONE_EXPECTED = "There is nothing to compare: the benchmark expects none here."
TOO_FEW = "Too few to tell: chance alone could give any answer here."


@dataclass(frozen=True)
class Comparison:
    """Verdicts, as arrays of one shape: a p value (null without a verdict), a word, or the reason for no word."""

    p_value: NDArray[np.float64]
    is_above: NDArray[np.bool_]
    verdict: NDArray[np.str_]
    reason: NDArray[np.str_]


def compare_shares(
    events: ArrayLike, *, trials: ArrayLike, benchmark: ArrayLike, polarity: ArrayLike, is_itself: ArrayLike = False
) -> Comparison:
    """Return the verdict on each share `events / trials` against a benchmark share, by exact binomial tails.

    Arrays of one shape, or that broadcast to one: counts, a benchmark from 0 to 1, the catalogue's words for polarity,
    and whether the area is the benchmark. Null counts or benchmark, no trials, or too few trials for any answer to
    earn a verdict give "" and a reason. Raises ValueError for counts that are not whole or cannot be, and for a
    benchmark outside 0 to 1.
    """
    x, n, p, itself = _broadcast(events, trials, benchmark, is_itself)
    fewer, more = share_tails(x, trials=n, benchmark=p)
    # The extremes are the likeliest to differ: every event, with chance p^n, and none, with (1 - p)^n.
    is_too_few = 2 * np.minimum(p**n, (1 - p) ** n) >= STRENGTHS[0]
    reasons = {ITSELF: itself, NO_COUNT: np.isnan(x) | np.isnan(n), NOTHING_COUNTED: n == 0, NO_BENCHMARK: np.isnan(p)}
    return _conclude(fewer, more, polarity, reasons | {TOO_FEW: is_too_few})


def compare_counts(
    events: ArrayLike, *, expected: ArrayLike, polarity: ArrayLike, is_itself: ArrayLike = False
) -> Comparison:
    """Return the verdict on each count against the count expected at the benchmark's rate, by exact Poisson tails.

    `expected` is the benchmark's rate times the area's population, in the unit of the count. Null in either, or none
    expected, gives "" and a reason. Few expected can only be too many: at 1 expected even 0 is no surprise. Raises
    ValueError for a count that is not whole, or a negative number.
    """
    x, mean, itself = _broadcast(events, expected, is_itself)
    fewer, more = count_tails(x, expected=mean)
    reasons = {ITSELF: itself, NO_COUNT: np.isnan(x), NO_BENCHMARK: np.isnan(mean), NONE_EXPECTED: mean == 0}
    return _conclude(fewer, more, polarity, reasons)


def share_tails(events: ArrayLike, *, trials: ArrayLike, benchmark: ArrayLike) -> tuple[NDArray, NDArray]:
    """Return the chance of as few events or fewer, and of as many or more, at the benchmark share; null for null.

    Arrays that broadcast; counts, and a share from 0 to 1. Raises ValueError as `compare_shares` does.
    """
    x, n, p = _broadcast(events, trials, benchmark)
    given = ~(np.isnan(x) | np.isnan(n))
    if np.any((x[given] < 0) | (x[given] > n[given]) | (x[given] % 1 != 0) | (n[given] % 1 != 0)):
        raise ValueError("counts are whole numbers, and events lie from 0 to the number of trials")
    if np.any((p < 0) | (p > 1)):
        raise ValueError("a benchmark share lies between 0 and 1: 0.94, not 94")
    return binom.cdf(x, n, p), np.where(given, binom.sf(x - 1, n, p), np.nan)


def count_tails(events: ArrayLike, *, expected: ArrayLike) -> tuple[NDArray, NDArray]:
    """Return the chance of as few events or fewer, and of as many or more, with `expected` on average; null for null.

    Arrays that broadcast; counts. Raises ValueError as `compare_counts` does.
    """
    x, mean = _broadcast(events, expected)
    given = ~np.isnan(x)
    if np.any((x[given] < 0) | (x[given] % 1 != 0)):
        raise ValueError("a count is a whole number, and not negative")
    if np.any(mean < 0):
        raise ValueError("an expected count cannot be negative")
    return poisson.cdf(x, mean), np.where(given, poisson.sf(x - 1, mean), np.nan)


def two_sided(fewer: ArrayLike, *, more: ArrayLike) -> NDArray[np.float64]:
    """Return two-sided p values from two tails that both hold the count seen: twice the smaller, at most 1."""
    return np.minimum(1.0, 2 * np.minimum(np.asarray(fewer, dtype=float), np.asarray(more, dtype=float)))


def judge(p_value: ArrayLike, *, is_above: ArrayLike, polarity: ArrayLike) -> NDArray[np.str_]:
    """Return the words for p values: "similar", a side such as "worse", or "clearly worse" at the second strength.

    Arrays that broadcast. `is_above` says on which side of the benchmark; `polarity` is the catalogue's own words.
    A null p value gives "". Raises ValueError for an unknown polarity.
    """
    p, above, polarity = np.broadcast_arrays(
        np.asarray(p_value, dtype=float), np.asarray(is_above, dtype=bool), np.asarray(polarity, dtype=str)
    )
    unknown = sorted(set(np.unique(polarity)) - set(SIDES))
    if unknown:
        raise ValueError(f"unknown polarity {', '.join(map(repr, unknown))}: use one of {', '.join(SIDES)}")
    side = np.full(p.shape, "", dtype="<U32")
    for name, (below, beyond) in SIDES.items():
        side = np.where(polarity == name, np.where(above, beyond, below), side)
    with_strength = np.where(p < STRENGTHS[1], np.char.add(CLEARLY, side), np.where(p < STRENGTHS[0], side, SIMILAR))
    return np.where(np.isnan(p), "", with_strength)


def _conclude(fewer: NDArray, more: NDArray, polarity: ArrayLike, reasons: dict[str, NDArray[np.bool_]]) -> Comparison:
    reason = np.select(list(reasons.values()), list(reasons), default="")
    p_value = np.where(reason == "", two_sided(fewer, more=more), np.nan)
    # The smaller tail says the side: comparing x / n with the benchmark would add a rounding error.
    is_above = (reason == "") & (more < fewer)
    verdict = judge(p_value, is_above=is_above, polarity=polarity)
    return Comparison(p_value=p_value, is_above=is_above, verdict=verdict, reason=reason)


def _broadcast(*arrays: ArrayLike) -> list[NDArray]:
    """Return arrays of one shape: numbers as floats, yes or no as they are."""
    made = [np.asarray(array) for array in arrays]
    return list(np.broadcast_arrays(*(a if a.dtype == bool else a.astype(float) for a in made)))
