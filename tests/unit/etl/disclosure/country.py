"""A made-up country of two regions, with four authorities in one and two in the other."""

from __future__ import annotations

import datetime as dt

DAY = dt.date(2020, 8, 10)
NORTH, SOUTH = "E12000001", "E12000002"
A, B, C, D, E, F = AUTHORITIES = tuple(f"E0600000{number}" for number in range(1, 7))
REGIONS = dict.fromkeys((A, B, C, D), NORTH) | dict.fromkeys((E, F), SOUTH)
OTHERS = (30.0, 60.0, 40.0)
"""Above and below the line and homes of an authority that a test does not name."""
