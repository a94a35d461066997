"""Weeks: the grid of dates a week apart on which limits and verdicts stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

WEEK = dt.timedelta(days=7)


def make_grid(days: Sequence[dt.date]) -> list[dt.date]:
    """Return the dates a week apart from the newest back to the oldest, oldest first, whether or not all are there.

    Series with fewer than half of these weeks are not weekly, and give no grid.
    """
    if not len(days):
        return []
    newest, oldest = max(days), min(days)
    weeks = [newest - WEEK * number for number in range((newest - oldest).days // WEEK.days + 1)][::-1]
    there = len(set(weeks) & set(days))
    return weeks if 2 * there >= len(weeks) else []
