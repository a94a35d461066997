"""Where an area stands among all areas: percentiles, quartiles and its position.

Percentiles interpolate straight between the sorted values at h = (N - 1) p + 1 (Hyndman and Fan's seventh kind; the
PHE Technical Guide's, and numpy's own).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

FEWEST_VALUES = 4
FEWEST_AREAS = 5
QUARTILES = (0.25, 0.5, 0.75)
TOO_FEW_VALUES = f"Fewer than {FEWEST_VALUES} areas have a figure: too few for percentiles."
TOO_FEW_AREAS = f"Fewer than {FEWEST_AREAS} areas have a figure: too few to rank."
NO_FIGURE = "This area has no figure to rank."


@dataclass(frozen=True)
class Position:
    """Positions of areas, arrays of the shape of the values; null and a reason where there is none.

    `position` counts from 1, and areas with the same figure share the better one. `sharing` is how many have it,
    `ranked` how many areas have a figure. `quarter` is 1 for a figure up to the lower quartile, 4 for one above the
    upper: by the figure's size, whatever comes first in the ranking.
    """

    position: NDArray[np.float64]
    sharing: NDArray[np.float64]
    quarter: NDArray[np.float64]
    ranked: NDArray[np.int64]
    reason: NDArray[np.str_]


def find_percentiles(values: ArrayLike, *, shares: ArrayLike = QUARTILES) -> tuple[NDArray[np.float64], NDArray]:
    """Return percentiles of areas' values, and why there are none, empty where there are.

    `values` has areas along its last axis, null where there is no figure; `shares`, from 0 to 1, is one-dimensional.
    The first result has the percentiles along its last axis in place of the areas, in the unit of the values; the
    second lacks that axis. Fewer than 4 values give null. Raises ValueError for a share outside 0 to 1, or values
    without an axis.
    """
    x, wanted = _read(values), np.atleast_1d(np.asarray(shares, dtype=float))
    if not np.all((wanted >= 0) & (wanted <= 1)):
        raise ValueError("percentiles are asked for as shares between 0 and 1: 0.25, not 25")
    is_enough = np.sum(~np.isnan(x), axis=-1) >= FEWEST_VALUES
    filled = np.where(is_enough[..., None], x, 0.0)
    if not x.shape[-1]:
        filled = np.zeros((*x.shape[:-1], 1))
    found = np.moveaxis(np.nanquantile(filled, wanted, axis=-1, method="linear"), 0, -1)
    return np.where(is_enough[..., None], found, np.nan), np.where(is_enough, "", TOO_FEW_VALUES)


def find_position(values: ArrayLike, *, is_highest_first: bool) -> Position:
    """Return the position of each area among those with a figure, one table or many.

    `values` has areas along its last axis, null where there is no figure. Fewer than 5 areas with a figure have no
    positions. Raises ValueError for values without an axis.
    """
    x = _read(values)
    given = ~np.isnan(x)
    ranked = np.broadcast_to(np.sum(given, axis=-1, keepdims=True), x.shape)
    is_placed = given & (ranked >= FEWEST_AREAS)
    # A place past the end keeps the missing out of the others' way; they are blanked below.
    order = np.where(given, -x if is_highest_first else x, np.inf)
    first, last = (_rank(order, method) for method in ("min", "max"))
    quartiles = find_percentiles(x)[0]
    quarter = 1 + np.sum(x[..., None] > quartiles[..., None, :], axis=-1)
    return Position(
        position=np.where(is_placed, first, np.nan),
        sharing=np.where(is_placed, last - first + 1, np.nan),
        quarter=np.where(is_placed, quarter, np.nan),
        ranked=ranked,
        reason=np.select([ranked < FEWEST_AREAS, ~given], [TOO_FEW_AREAS, NO_FIGURE], default=""),
    )


def _rank(order: NDArray, method: str) -> NDArray[np.float64]:
    return rankdata(order, method=method, axis=-1).astype(float) if order.size else order


def _read(values: ArrayLike) -> NDArray[np.float64]:
    x = np.asarray(values, dtype=float)
    if x.ndim == 0:
        raise ValueError("positions need an axis of areas")
    return x
