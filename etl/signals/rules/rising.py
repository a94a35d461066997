"""Rising: counts of the last weeks beside those of as many weeks before, for the rules that look at spread."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from etl.statistics.moves import chance_of_rise


def compare_fortnights(frame: pd.DataFrame, *, weeks: int) -> pd.DataFrame:
    """Return, for each area and week, the counts of the weeks up to it (`recent`) and of as many before (`earlier`).

    `frame` has weekly counts: area_code, date, value. A week without a count leaves both null: no rise is made of a
    gap. Adds `p`, the chance of so many of both together in the later weeks.
    """
    table = frame.pivot(index="date", columns="area_code", values="value").sort_index()
    full = pd.date_range(table.index[0], table.index[-1], freq="7D").date
    table = table.reindex(full)
    recent = table.rolling(weeks, min_periods=weeks).sum()
    earlier = recent.shift(weeks)
    long = pd.DataFrame({"recent": recent.stack(), "earlier": earlier.stack()}).dropna()
    long.index.names = ["date", "area_code"]
    made = long.reset_index()
    return made.assign(p=chance_of_rise(made["recent"], earlier=made["earlier"]))


def find_week(days: list[dt.date], *, on: dt.date, most_days: int) -> dt.date | None:
    """Return the newest of the days that is not after `on` and at most so many days before it; None without one."""
    return max((day for day in days if 0 <= (on - day).days <= most_days), default=None)
