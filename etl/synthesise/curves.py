"""Curves: how England's beds, staff and supplies stand on a day, straight lines between declared points.

All are assumed but the first absence (9.6 %, the taskforce report). Points after October 2020 serve long sets only.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from etl.synthesise.request import count_days

CURVES: dict[str, tuple[tuple[str, float], ...]] = {
    "occupancy": (("2020-05-29", 0.82), ("2020-08-10", 0.84), ("2020-10-31", 0.86), ("2021-02-15", 0.80)),
    "absence": (
        ("2020-05-29", 0.096), ("2020-06-30", 0.076), ("2020-08-10", 0.060), ("2020-09-15", 0.061),
        ("2020-10-31", 0.070), ("2021-01-15", 0.088), ("2021-04-01", 0.060),
    ),
    "absence for COVID-19": (
        ("2020-05-29", 0.50), ("2020-06-30", 0.28), ("2020-08-10", 0.08), ("2020-09-15", 0.10),
        ("2020-10-31", 0.25), ("2021-01-15", 0.45), ("2021-04-01", 0.08),
    ),
    "outbreaks": (
        ("2020-05-29", 0.060), ("2020-06-30", 0.020), ("2020-08-10", 0.004), ("2020-09-15", 0.008),
        ("2020-10-31", 0.040), ("2021-01-15", 0.130), ("2021-04-01", 0.010),
    ),
    "agency": (("2020-05-29", 0.060), ("2020-08-10", 0.063), ("2020-10-31", 0.066)),
    "shortage": (("2020-05-29", -0.2), ("2020-08-10", -0.8), ("2020-10-31", -0.7)),
    "home care absence": (
        ("2020-05-29", 0.110), ("2020-08-10", 0.070), ("2020-10-31", 0.080), ("2021-01-15", 0.095),
        ("2021-04-01", 0.070),
    ),
    "flu vaccination": (("2020-09-01", 0.0), ("2020-10-31", 0.22), ("2020-12-15", 0.34), ("2021-03-01", 0.38)),
    "COVID-19 vaccination": (("2020-12-08", 0.0), ("2021-02-15", 0.02), ("2021-04-15", 0.25), ("2021-07-01", 0.55)),
}  # fmt: skip
"""Shares from 0 to 1; "shortage" of protective equipment is a score, higher where more is lacking."""


def read_curve(name: str, day: ArrayLike) -> NDArray[np.float64]:
    """Return the curve's value on each day; before its first point and after its last it stands still."""
    points = CURVES[name]
    return np.interp(
        day, [count_days(dt.date.fromisoformat(date)) for date, _ in points], [share for _, share in points]
    )


def round_at_random(number: NDArray[np.float64], drawn: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return whole numbers whose mean is the number: up as often as its fraction says (`drawn` lies from 0 to 1)."""
    return np.floor(number + drawn).astype(np.int64)
