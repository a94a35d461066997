"""Winter vacancies: the rate that the taskforce report's own figures lead to, and the posts that they stand for.

Source: Social Care Taskforce, final report (2020), "Workforce": in autumn and winter the vacancy rate of care workers
is 0.5 to 1 percentage point above that of spring and summer, measured over two and a half years of the Adult Social
Care Workforce Data Set; the report makes 4,000 to 8,000 posts of it and counts 865,000 care assistants. A rule of
thumb carried over from other winters: no forecast of this one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

WINTER_POINTS = (0.5, 1.0)
IMPLIED, COUNTED = "implied", "counted"
BASES = {IMPLIED: 800_000, COUNTED: 865_000}
"""Care workers to take the points of: 800,000 is what 4,000 to 8,000 posts imply, 865,000 what the report counts."""
COVERAGE_PERCENT = 55
"""Share of regulated independent providers that fill in the data set; the report assumes the rest are alike."""
NO_RATE = "There is no current vacancy rate to start from."


@dataclass(frozen=True)
class Projection:
    """A winter range: the rate in per cent, and further posts by base, each a lower and an upper array.

    Shape of the current rates; null and a `reason` where there is none. The posts need no rate and are England's.
    """

    rate: tuple[NDArray[np.float64], NDArray[np.float64]]
    posts: dict[str, tuple[float, float]]
    reason: NDArray[np.str_]


def project_winter(current_percent: ArrayLike) -> Projection:
    """Return the winter vacancy rate as a range on the current rate of England, and the further vacant posts.

    An array of rates in per cent, null where there is none: no region's rate was published, so none is projected. The
    rate covers all care jobs and the points are those of care workers, which the report passes over. An end of the
    range above 100 is cut there. Raises ValueError for a rate outside 0 to 100.
    """
    rate = np.asarray(current_percent, dtype=float)
    given = ~np.isnan(rate)
    if np.any((rate[given] < 0) | (rate[given] > 100)):
        raise ValueError("a vacancy rate lies between 0 and 100 per cent")
    low, high = (np.minimum(rate + points, 100.0) for points in WINTER_POINTS)
    posts = {name: tuple(base * points / 100 for points in WINTER_POINTS) for name, base in BASES.items()}
    return Projection(rate=(low, high), posts=posts, reason=np.where(given, "", NO_RATE))


def place_actual(actual_percent: ArrayLike, *, projection: Projection) -> NDArray[np.str_]:
    """Return where a rate that came out lies: "below", "within" or "above" the range; "" where either is missing.

    An array of the projection's shape, in per cent. The ends belong to the range; a billionth of a point is no
    difference.
    """
    actual = np.asarray(actual_percent, dtype=float)
    low, high = (end.round(9) for end in projection.rate)
    is_known = ~(np.isnan(actual) | np.isnan(low))
    return np.select(
        [~is_known, actual.round(9) < low, actual.round(9) > high], ["", "below", "above"], default="within"
    )
