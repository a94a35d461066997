"""Change over many weeks: an XmR chart, its limits, and the special causes that stand out from ordinary variation.

Limits lie at the mean plus and minus 2.66 x the mean moving range (the mean step between neighbouring points); moving
ranges above 3.267 x their mean are left out once. Source: Wheeler (1993), "Understanding Variation"; NHS England,
"Making Data Count", as implemented in NHSRplotthedots. Limits are never set anew but at a declared break, and neither
a moving range nor a run reaches across a break or a missing point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from etl.statistics.runs import mark_pairs, mark_runs, mark_steps

LIMIT = 2.66
SCREEN = 3.267
RUN = 7
FIRM = 13
"""From so many points on, limits are firm; before, they are provisional."""
FEWEST_MOVES = RUN - 1
"""Fewer steps between neighbouring points set no limits: a line round so few would mark chance."""
ROUNDING = 1e-9
TOO_FEW_POINTS = (
    f"Too few points since the series began or changed: limits need {FEWEST_MOVES} steps between neighbours."
)
CAUSES = (
    ("outside", "above"),
    ("outside", "below"),
    ("shift", "above"),
    ("shift", "below"),
    ("trend", "rising"),
    ("trend", "falling"),
    ("near limit", "above"),
    ("near limit", "below"),
)
"""Kind and direction, the most telling first: a point outside a limit; 7 in a row on one side of the mean; 7 in a row
each higher (lower) than the last; 2 of 3 beyond two thirds of the way from the mean to the same limit."""


@dataclass(frozen=True)
class Chart:
    """An XmR chart of one or many series; every array has the shape of the values.

    `centre`, `lower` and `upper` are in the unit of the values and may pass 0 or 100 %; they are null where `reason`
    says why there are none. `points` counts the values of a point's own stretch between breaks. `began` holds, for
    each kind and direction of CAUSES, the position where the cause began at each point that belongs to one, else -1.
    """

    centre: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    points: NDArray[np.int64]
    is_provisional: NDArray[np.bool_]
    reason: NDArray[np.str_]
    began: dict[tuple[str, str], NDArray[np.int64]]


def chart_series(values: ArrayLike, *, breaks: Sequence[int] = ()) -> Chart:
    """Return limits and special causes of evenly spaced series, each stretch between breaks on its own.

    `values` holds a series along its last axis, null where a point is missing. `breaks` are the positions of the
    first points after a declared break, the same for all series; 0 and the length change nothing. Raises ValueError
    for a position outside the series, or values without an axis.
    """
    x = np.asarray(values, dtype=float)
    if x.ndim == 0:
        raise ValueError("a series needs an axis of points")
    length = x.shape[-1]
    outside = sorted(place for place in breaks if not 0 <= place <= length)
    if outside:
        raise ValueError(f"no break can stand at {outside} in a series of {length} points")
    edges = sorted({0, length, *breaks})
    parts = [_chart_stretch(x[..., start:end], start) for start, end in pairwise(edges)]
    return _join(parts or [_chart_stretch(x, 0)])


def choose_cause(chart: Chart) -> tuple[NDArray[np.str_], NDArray[np.str_], NDArray[np.int64]]:
    """Return the most telling special cause at each point: kind, direction, and where it began; "", "" and -1 for none.

    Three arrays of the shape of the series. The order is that of CAUSES.
    """
    marks = [chart.began[cause] >= 0 for cause in CAUSES]
    kind = np.select(marks, [kind for kind, _ in CAUSES], default="")
    direction = np.select(marks, [direction for _, direction in CAUSES], default="")
    return kind, direction, np.select(marks, [chart.began[cause] for cause in CAUSES], default=-1)


def set_limits(values: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Return the mean of each series, the distance of its limits from it, and how many moving ranges it has.

    Series along the last axis; the results lack that axis. No value gives a null mean, no two neighbours a null
    distance. If leaving out the large moving ranges leaves only steps of 0, as in a level series with one jump, all
    are kept: limits on the mean itself would mark every point.
    """
    x = np.asarray(values, dtype=float)
    moves = np.abs(np.diff(x, axis=-1))
    first = _mean(moves)
    screened = _mean(np.where(moves > SCREEN * first[..., None], np.nan, moves))
    return _mean(x), LIMIT * np.where(screened > 0, screened, first), np.sum(~np.isnan(moves), axis=-1)


def _chart_stretch(x: NDArray, start: int) -> Chart:
    centre, reach, moves = (np.broadcast_to(array[..., None], x.shape) for array in set_limits(x))
    has_limits = moves >= FEWEST_MOVES
    centre, reach = np.where(has_limits, centre, np.nan), np.where(has_limits, reach, np.nan)
    points = np.broadcast_to(np.sum(~np.isnan(x), axis=-1, keepdims=True), x.shape)
    return Chart(
        centre=centre,
        lower=centre - reach,
        upper=centre + reach,
        points=points,
        is_provisional=has_limits & (points < FIRM),
        reason=np.where(has_limits, "", TOO_FEW_POINTS),
        began={cause: np.where(at >= 0, at + start, -1) for cause, at in _find_causes(x, centre, reach).items()},
    )


def _find_causes(x: NDArray, centre: NDArray, reach: NDArray) -> dict[tuple[str, str], NDArray[np.int64]]:
    """Return where each cause began, counted from the start of the stretch; a null compares as no."""
    given = ~np.isnan(x)
    # A mean of equal numbers may differ from them in its last digit.
    slack = ROUNDING * np.where(given, np.abs(x), 0).max(axis=-1, initial=0, keepdims=True)
    found = {}
    for name, way, sign in (("above", "rising", 1), ("below", "falling", -1)):
        distance = sign * (x - centre)
        found["outside", name] = mark_runs(distance > reach + slack, shortest=1)
        found["shift", name] = mark_runs(distance > slack, shortest=RUN)
        found["trend", way] = mark_steps(sign * np.diff(x, axis=-1) > 0, shortest=RUN - 1)[..., : x.shape[-1]]
        found["near limit", name] = mark_pairs(distance > 2 / 3 * reach + slack, given=given)
    return {cause: found[cause] for cause in CAUSES}


def _mean(values: NDArray) -> NDArray[np.float64]:
    """Return the mean along the last axis without the nulls; null where nothing is left."""
    given = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.sum(np.where(given, values, 0), axis=-1) / np.sum(given, axis=-1)


def _join(parts: list[Chart]) -> Chart:
    names = ("centre", "lower", "upper", "points", "is_provisional", "reason")
    joined = {name: np.concatenate([getattr(part, name) for part in parts], axis=-1) for name in names}
    return Chart(**joined, began={c: np.concatenate([part.began[c] for part in parts], axis=-1) for c in CAUSES})
