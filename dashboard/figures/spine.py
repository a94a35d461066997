"""Places of marks on a spine: a line with England always in one place, and a scale of its own for each row."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.format import Row

ENGLAND_AT, EDGE = 62.0, 3.0
"""Where England stands, in per cent of the width, and what is kept free at both ends. Shares crowd near 100%, so there
is more room below England than above it."""


@dataclass(frozen=True)
class Spine:
    """Where each mark of a row stands, in per cent of the width; None for what has no figure."""

    lowest: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    highest: float | None
    area: float | None
    region: float | None
    england: float


def place_spine(row: Row, *, region: float | None, england: float | None) -> Spine | None:
    """Return the places of an area's row with its spread; None where England has no figure to stand in the middle."""
    if england is None or pd.isna(england):
        return None
    shown = [row["lowest"], row["highest"], row["value"], region]
    gaps = [value - england for value in shown if value is not None and pd.notna(value)]
    below, above = max([-gap for gap in gaps], default=0), max(gaps, default=0)
    rooms = [(ENGLAND_AT - EDGE, below), (100 - ENGLAND_AT - EDGE, above)]
    scale = min((room / gap for room, gap in rooms if gap > 0), default=1.0)

    def place(value: float | None) -> float | None:
        return None if value is None or pd.isna(value) else ENGLAND_AT + (value - england) * scale

    spread = {name: place(row[name]) for name in ("lowest", "lower_quartile", "upper_quartile", "highest")}
    return Spine(**spread, area=place(row["value"]), region=place(region), england=ENGLAND_AT)
