"""Similar areas: the nearest by declared characteristics, with every part of every distance in the open.

Each variable is standardised over the areas (minus its mean, over its standard deviation), so that people and per
cent count alike. The square of a distance is the weighted mean of the squared differences; two areas drawn at random
lie about the square root of 2 apart. Areas of different kinds (a London borough, a county) differ by 2 in the square,
the mean squared difference of a standardised variable, and areas of one kind by 0.
Source: the method of CIPFA's and the DfE's statistical neighbours (standardised, weighted, Euclidean), with variables
and weights declared in the open instead.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

FEWEST_AREAS = 5
DIFFERENT_KIND = 2.0
TOO_FEW_AREAS = f"Fewer than {FEWEST_AREAS} areas have every characteristic: too few to say which are alike."
INCOMPLETE = "A characteristic of this area is missing, so there is no saying which areas are like it."


@dataclass(frozen=True)
class Neighbours:
    """The nearest areas of each area, nearest first, of shape (areas, wanted).

    `nearest` is their place in the input, -1 past the last; `distance` how far they are, in standard deviations; and
    `parts`, of shape (areas, wanted, variables + kinds), what each characteristic adds to the square of the distance:
    they sum to it. Null where there is none; `reason`, of shape (areas,), says why an area has none at all.
    """

    nearest: NDArray[np.int64]
    distance: NDArray[np.float64]
    parts: NDArray[np.float64]
    reason: NDArray[np.str_]


def find_similar(
    variables: ArrayLike,
    *,
    weights: ArrayLike,
    wanted: int,
    kinds: ArrayLike | None = None,
    kind_weights: ArrayLike = (),
) -> Neighbours:
    """Return the `wanted` areas nearest to each area, with the parts of each distance.

    `variables` is (areas, variables), each in its own unit, null where missing; one that spans orders of magnitude,
    such as population, is best given as its logarithm. `kinds` is (areas, kinds), words, "" where missing. Weights,
    one a column, are scaled to sum to 1. An area that lacks anything has no neighbours and is nobody's: leaving out
    what it lacks would make it look nearer than it is. Equally near areas stand in the order of the input. A variable
    that is the same everywhere tells nothing apart. Raises ValueError for shapes or weights that do not fit.
    """
    x = np.asarray(variables, dtype=float)
    words = np.empty((len(x), 0), dtype=str) if kinds is None else np.asarray(kinds, dtype=str)
    if x.ndim != 2 or words.ndim != 2 or len(words) != len(x):
        raise ValueError("characteristics need one row an area and one column each")
    weight = np.concatenate([np.atleast_1d(np.asarray(part, dtype=float)) for part in (weights, kind_weights)])
    if weight.shape != (x.shape[1] + words.shape[1],) or not np.all(weight >= 0) or not weight.sum() > 0:
        raise ValueError("each characteristic needs a weight of 0 or more, and one of them more than 0")
    if wanted < 1:
        raise ValueError("at least one similar area must be wanted")
    is_whole = ~np.isnan(x).any(axis=1) & (words != "").all(axis=1)
    whole = np.flatnonzero(is_whole)
    found = _leave_blank(len(x), wanted, weight.size)
    if whole.size < FEWEST_AREAS:
        return Neighbours(**found, reason=np.full(len(x), TOO_FEW_AREAS))
    squares = np.concatenate([_square_differences(x[whole]), _square_kinds(words[whole])], axis=2)
    parts = squares * (weight / weight.sum())
    square = parts.sum(axis=2)
    # No area is its own neighbour, however many are just like it.
    np.fill_diagonal(square, np.inf)
    order = np.argsort(square.round(12), axis=1, kind="stable")[:, : min(wanted, whole.size - 1)]
    filled = order.shape[1]
    found["nearest"][whole, :filled] = whole[order]
    found["distance"][whole, :filled] = np.sqrt(np.take_along_axis(square, order, axis=1))
    found["parts"][whole, :filled] = np.take_along_axis(parts, order[..., None], axis=1)
    return Neighbours(**found, reason=np.where(is_whole, "", INCOMPLETE))


def standardise(variables: ArrayLike) -> NDArray[np.float64]:
    """Return each column minus its mean, over its standard deviation (of all areas); 0 where all areas are the same."""
    x = np.asarray(variables, dtype=float)
    away = x - x.mean(axis=0)
    spread = x.std(axis=0)
    is_same = x.max(axis=0) == x.min(axis=0)
    return np.where(is_same, 0.0, away / np.where(is_same, 1.0, spread))


def _square_differences(variables: NDArray) -> NDArray[np.float64]:
    z = standardise(variables)
    return (z[:, None, :] - z[None, :, :]) ** 2


def _square_kinds(words: NDArray) -> NDArray[np.float64]:
    return np.where(words[:, None, :] == words[None, :, :], 0.0, DIFFERENT_KIND)


def _leave_blank(areas: int, wanted: int, characteristics: int) -> dict[str, NDArray]:
    return {
        "nearest": np.full((areas, wanted), -1),
        "distance": np.full((areas, wanted), np.nan),
        "parts": np.full((areas, wanted, characteristics), np.nan),
    }
