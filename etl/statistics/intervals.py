"""Intervals for shares and counts, as public health guidance in England gives them.

Source: PHE Technical Guide, "Confidence intervals"; Wilson (1927); Byar's approximation in Breslow and Day (1987),
with exact Poisson limits below 10 events.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2, norm

EXACT_BELOW = 10


def wilson(events: ArrayLike, *, trials: ArrayLike, confidence: float) -> tuple[NDArray, NDArray]:
    """Return lower and upper limits of a share (0 to 1) by Wilson's score method.

    `events` and `trials` are arrays of one shape; null in either gives null limits.
    Raises ValueError unless 0 <= events <= trials and trials > 0 wherever both are given.
    """
    x, n = np.broadcast_arrays(np.asarray(events, dtype=float), np.asarray(trials, dtype=float))
    given = ~(np.isnan(x) | np.isnan(n))
    if np.any((x[given] < 0) | (x[given] > n[given]) | (n[given] <= 0)):
        raise ValueError("a share needs more than no trials, and events from 0 to the number of trials")
    z = _z(confidence)
    spread = z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    middle, width = 2 * x + z**2, 2 * (n + z**2)
    # At 0 and n events the formula is exact but for rounding; say so exactly.
    lower = np.where(x == 0, 0.0, (middle - spread) / width)
    upper = np.where(x == n, 1.0, (middle + spread) / width)
    return np.where(given, lower, np.nan), np.where(given, upper, np.nan)


def byar(events: ArrayLike, *, confidence: float) -> tuple[NDArray, NDArray]:
    """Return lower and upper limits of a count by Byar's method, exact (chi-squared) below 10 events.

    `events` is an array of counts; null gives null limits. Raises ValueError for a negative count.
    """
    x = np.asarray(events, dtype=float)
    given = ~np.isnan(x)
    if np.any(x[given] < 0):
        raise ValueError("a count cannot be negative")
    z, tail = _z(confidence), (1 - confidence) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3
        upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3
    exact_lower = np.where(x > 0, chi2.ppf(tail, 2 * np.where(x > 0, x, 1)) / 2, 0.0)
    exact_upper = chi2.ppf(1 - tail, 2 * (x + 1)) / 2
    few = x < EXACT_BELOW
    limits = np.where(few, exact_lower, lower), np.where(few, exact_upper, upper)
    return np.where(given, limits[0], np.nan), np.where(given, limits[1], np.nan)


def _z(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError("confidence lies between 0 and 1, such as 0.95")
    return float(norm.ppf(confidence + (1 - confidence) / 2))
