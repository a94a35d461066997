"""Running totals by day, of which weeks need only those at the end of each Friday."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from etl.extract.frame import COLUMNS, Refusal

FRIDAY = 4
WEEK = dt.timedelta(days=7)
OTHER_DAY = "other_day"
REASON = "The running total does not stand at the end of a week, which is Friday."


def keep_ends_of_weeks(figures: pd.DataFrame, *, fill: bool) -> tuple[pd.DataFrame, tuple[Refusal, ...]]:
    """Return the running totals as they stood at the end of each Friday, and the count of the rows not needed for them.

    With `fill` a Friday without a row has an area's last total before it, and 0 before its first row, from the file's
    first Friday to its last. Without it nothing stands in for a Friday that is missing.
    """
    kept = _fill(figures) if fill else figures[figures["date"].map(_is_friday).astype(bool)]
    unused = len(figures) - kept.index.nunique() if len(figures) else 0
    return kept.reset_index(drop=True), (Refusal(OTHER_DAY, REASON, unused),)


def _is_friday(day: dt.date) -> bool:
    return day.weekday() == FRIDAY


def _fill(figures: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each area and Friday, under the index of the row it was taken from."""
    first, last = figures["date"].min(), figures["date"].max()
    first += dt.timedelta(days=(FRIDAY - first.weekday()) % 7)
    fridays = [first + WEEK * n for n in range((last - first).days // 7 + 1)]
    parts = []
    for _, own in figures.groupby(["measure", "area_code", "area_name"], sort=False):
        own = own.sort_values("date", kind="stable")
        place = own["date"].searchsorted(fridays, side="right") - 1
        part = own.iloc[place.clip(min=0)].assign(date=fridays)
        part["raw"] = part["raw"].where(place >= 0, 0).astype(object)
        parts.append(part)
    return pd.concat(parts)[COLUMNS]
