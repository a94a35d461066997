"""Paired change: the same homes at two dates, by McNemar's test.

Source: McNemar (1947), "Note on the sampling error of the difference between correlated proportions"; exact binomial
tails where few homes moved.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binom, chi2

EXACT_BELOW = 25


def mcnemar(gained: ArrayLike, *, lost: ArrayLike) -> NDArray[np.float64]:
    """Return the two-sided p value of as many moves one way (`gained`) as the other (`lost`).

    Arrays of counts of one shape. With moves m = gained + lost: exact binomial(m, 1/2) tails below 25 moves,
    otherwise (gained - lost)^2 / m against chi-squared with one degree of freedom. No move at all gives 1; null in
    either gives null. Raises ValueError for a negative count.
    """
    up, down = np.broadcast_arrays(np.asarray(gained, dtype=float), np.asarray(lost, dtype=float))
    given = ~(np.isnan(up) | np.isnan(down))
    if np.any(up[given] < 0) or np.any(down[given] < 0):
        raise ValueError("a count cannot be negative")
    moves = np.where(given, up + down, 0)
    exact = np.minimum(1.0, 2 * binom.cdf(np.where(given, np.minimum(up, down), 0), moves, 0.5))
    with np.errstate(divide="ignore", invalid="ignore"):
        approximate = chi2.sf(np.where(given, up - down, 0) ** 2 / moves, 1)
    return np.where(given, np.where(moves < EXACT_BELOW, exact, approximate), np.nan)
