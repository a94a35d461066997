"""Days added up: to the publisher's weeks, and over a whole series."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from etl.calculations.observation import OBSERVATION
from etl.catalogue.model import Indicator

DAYS_A_WEEK = 7


def sum_by_week(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return sums over the publisher's weeks, Saturday to Friday; a week without all seven days is left out."""
    days = figures[figures["measure"] == indicator.measure]
    friday = days["date"].map({day: _next_friday(day) for day in days["date"].unique()})
    weeks = _sum_days(days.assign(date=friday))
    return weeks[weeks["days"] == DAYS_A_WEEK].assign(period="week")[OBSERVATION]


def sum_series(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return sums over every day the source holds, dated by the last and worded with both ends."""
    days = figures[figures["measure"] == indicator.measure]
    if days.empty:
        return _sum_days(days).assign(period="point")[OBSERVATION]
    first, last = days["date"].min(), days["date"].max()
    span = f"{first.day} {first:%B} to {last.day} {last:%B %Y}"
    return _sum_days(days.assign(date=last, date_text=span)).assign(period="point")[OBSERVATION]


def _sum_days(days: pd.DataFrame) -> pd.DataFrame:
    """Return sums by area and date; a missing day leaves the sum null with status x."""
    grouped = days.groupby(["area_code", "date", "date_text", "quality"], as_index=False)
    sums = grouped.agg(value=("value", "sum"), days=("value", "size"), known=("value", "count"))
    is_missing = sums["known"] < sums["days"]
    return sums.assign(
        value=sums["value"].where(~is_missing),
        status=is_missing.map({True: "x", False: ""}),
        numerator=np.nan,
        denominator=np.nan,
    )


def _next_friday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=(4 - day.weekday()) % DAYS_A_WEEK)
