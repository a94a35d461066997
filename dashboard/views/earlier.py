"""Which earlier extracts the pages set a date beside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable


def choose_earlier(dates: Iterable[dt.date], *, to: dt.date) -> list[dt.date]:
    """Return which earlier dates a change up to `to` is shown from: four weeks before, or the first, and one week.

    Signals look at two weeks as well; a reader of a page needs no third.
    """
    there = sorted(set(dates))
    steps = [[day for day in there if (to - day).days >= days] for days in (28, 7)]
    chosen = [steps[0][-1] if steps[0] else min(there, default=None), steps[1][-1] if steps[1] else None]
    return sorted({day for day in chosen if day is not None})
