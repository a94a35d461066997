"""From days to weeks, Saturday to Friday: running totals at the end of each, and counts of days added up."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from etl.extract.frame import COLUMNS, Refusal

FRIDAY = 4
DAYS = 7
WEEK = dt.timedelta(days=DAYS)
OTHER_DAY = "other_day"
REASON = "The running total does not stand at the end of a week, which is Friday."


def keep_ends_of_weeks(figures: pd.DataFrame, *, fill: bool) -> tuple[pd.DataFrame, tuple[Refusal, ...]]:
    """Return the running totals as they stood at the end of each Friday, and the count of the rows not needed for them.

    With `fill` a Friday without a row has an area's last total before it, and 0 before its first row, from the file's
    first Friday to its last. Without it nothing stands in for a Friday that is missing.
    """
    kept = _fill(figures) if fill else figures[figures["date"].map(_is_friday).astype(bool)]
    rows = figures["place"].str.partition(", column")[0]
    unused = rows.nunique() - rows[kept.index].nunique()
    return kept.reset_index(drop=True), (Refusal(OTHER_DAY, REASON, unused),)


def add_up_weeks(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of days added up to weeks, dated by their Fridays; a week without all seven days is left out.

    A cell that is no number stands for its whole week, for the validator to judge. Each week has the place of its last
    day.
    """
    number = pd.to_numeric(figures["raw"], errors="coerce")
    friday = figures["date"].map({day: _next_friday(day) for day in figures["date"].unique()})
    days = figures.assign(date=friday, number=number, odd=figures["raw"].where(number.isna()))
    key = [column for column in COLUMNS if column not in ("raw", "place")]
    weeks = days.groupby(key, sort=False, as_index=False).agg(
        days=("raw", "size"), total=("number", "sum"), odd=("odd", "first"), place=("place", "last")
    )
    raw = weeks["odd"].astype(object).where(weeks["odd"].notna(), weeks["total"])
    return weeks.assign(raw=raw, period="week")[weeks["days"] == DAYS].reset_index(drop=True)[COLUMNS]


def _is_friday(day: dt.date) -> bool:
    return day.weekday() == FRIDAY


def _next_friday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=(FRIDAY - day.weekday()) % DAYS)


def _fill(figures: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each area and Friday, under the index of the row it was taken from."""
    first, last = _next_friday(figures["date"].min()), figures["date"].max()
    fridays = [first + WEEK * n for n in range((last - first).days // DAYS + 1)]
    parts = []
    for _, own in figures.groupby(["measure", "area_code", "area_name"], sort=False):
        own = own.sort_values("date", kind="stable")
        place = own["date"].searchsorted(fridays, side="right") - 1
        part = own.iloc[place.clip(min=0)].assign(date=fridays)
        part["raw"] = part["raw"].where(place >= 0, 0).astype(object)
        parts.append(part)
    return pd.concat(parts)[COLUMNS]
