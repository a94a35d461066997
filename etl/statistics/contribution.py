"""Contribution: which areas make up the gap between their aggregate and a target.

With x yes of n homes in an area, N homes in all areas and a target share T, the area's part is (n T - x) / N: the gap
T - sum x / N, divided among the areas without remainder. A part below 0 is an area that is past the target and holds
the aggregate up. Arithmetic, not cause: a large area can head the list by its size alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

ROUNDING = 1e-9
NO_COUNT = "There is no count for this area, so it has no part in the gap."


@dataclass(frozen=True)
class Contribution:
    """The gap of the aggregate, in percentage points and homes, and each area's part in it.

    `gap_points` and `gap_homes` are above 0 where the aggregate falls short. `points` and `homes` are the parts, which
    sum to them; `homes_to_move` is how many whole homes the area would have to change to reach the target by itself,
    0 where it is there. `position` is 1 for the area that holds the aggregate back most; equal parts share one.
    Null, and a `reason`, for an area without a count.
    """

    gap_points: float
    gap_homes: float
    points: NDArray[np.float64]
    homes: NDArray[np.float64]
    homes_to_move: NDArray[np.float64]
    position: NDArray[np.float64]
    reason: NDArray[np.str_]


def divide_gap(events: ArrayLike, *, trials: ArrayLike, target: float, is_lower_better: bool = False) -> Contribution:
    """Return each area's part in the gap between the areas together and a target share.

    One-dimensional arrays of counts, one entry an area, null or no homes where an area has no figure; a target from 0
    to 1. Where lower is better the gap is the other way: the share above the target. Raises ValueError for counts that
    cannot be, a target outside 0 to 1, or arrays that are not one-dimensional.
    """
    x, n = np.broadcast_arrays(np.asarray(events, dtype=float), np.asarray(trials, dtype=float))
    if x.ndim != 1:
        raise ValueError("contributions need one entry an area, in one dimension")
    if not 0 <= target <= 1:
        raise ValueError("a target share lies between 0 and 1: 0.95, not 95")
    given = ~(np.isnan(x) | np.isnan(n))
    if np.any((x[given] < 0) | (x[given] > n[given])):
        raise ValueError("events lie from 0 to the number of trials")
    given &= n > 0
    homes = np.where(given, (n * target - x) * (-1 if is_lower_better else 1), np.nan)
    everyone = n[given].sum()
    points = 100 * homes / everyone if everyone else homes
    return Contribution(
        # The gap is the exact sum of its parts, and so differs from T - sum x / N in its last digit at most.
        gap_points=fsum(points[given]) if everyone else np.nan,
        gap_homes=fsum(homes[given]) if everyone else np.nan,
        points=points,
        homes=homes,
        # 20 x 0.95 - 18 is 1, and not the 2 that its last binary digit would make of it.
        homes_to_move=np.maximum(np.ceil(homes - ROUNDING), 0.0),
        position=rankdata(-points.round(9), method="min", nan_policy="omit"),
        reason=np.where(given, "", NO_COUNT),
    )
