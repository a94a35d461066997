"""Calculate: from figures by measure to observations by indicator, each made as its catalogue entry declares."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from etl.calculations.periods import sum_by_week, sum_series
from etl.calculations.published import as_published, median_of_authorities
from etl.calculations.rates import join_people, rate_by_week, rate_of_counts, rate_of_series
from etl.calculations.rises import BY_WEEK, leave_out_broken_weeks, rate_of_rise_by_week, rise_by_week
from etl.calculations.shares import share_of_homes, share_of_total
from etl.catalogue.model import Indicator
from etl.catalogue.whole import Catalogue
from etl.statistics.intervals import byar, wilson

LEVELS = {"95": 0.95, "998": 0.998}
PER = {"per 1,000": 1000.0, "per 100,000": 100_000.0}


def calculate(figures: pd.DataFrame, *, catalogue: Catalogue, areas: pd.DataFrame) -> pd.DataFrame:
    """Return one row an indicator, area and date, with intervals, from figures that carry `source_id`."""
    parts, published = [], {source.id for source in catalogue.sources}
    for indicator in catalogue.indicators:
        for source_id in indicator.sources:
            if source_id not in published:  # counted from home-level returns, in etl/returns
                continue
            own = figures[figures["source_id"] == source_id]
            people = join_people(areas, catalogue.source(source_id).combines)
            made = CALCULATIONS[indicator.calculation](own, indicator, people)
            if indicator.calculation in BY_WEEK:
                made = leave_out_broken_weeks(made, indicator, catalogue.breaks)
            made = add_intervals(made, indicator)
            parts.append(made.assign(indicator_id=indicator.id, source_id=source_id))
    return pd.concat(parts, ignore_index=True)


def add_intervals(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Return the rows with 95 and 99.8 per cent limits in the unit of the value; null where none apply."""
    limits = {}
    for name, confidence in LEVELS.items():
        if indicator.interval == "wilson":
            lower, upper = wilson(rows["numerator"], trials=rows["denominator"], confidence=confidence)
            scale = 100.0
        elif indicator.interval == "byar":
            lower, upper = byar(rows["numerator"], confidence=confidence)
            scale = PER[indicator.unit] / rows["denominator"].to_numpy(dtype=float)
        else:
            lower = upper = np.full(len(rows), np.nan)
            scale = 1.0
        limits |= {f"lower_{name}": lower * scale, f"upper_{name}": upper * scale}
    return rows.assign(**limits)


CALCULATIONS: dict[str, Callable[[pd.DataFrame, Indicator, pd.DataFrame], pd.DataFrame]] = {
    "as published": as_published,
    "sum to levels": as_published,
    "week of days": sum_by_week,
    "whole series": sum_series,
    "rate by week": rate_by_week,
    "rate whole series": rate_of_series,
    "rate of counts": rate_of_counts,
    "share of homes": share_of_homes,
    "share of total": share_of_total,
    "median of authorities": median_of_authorities,
    "rise by week": rise_by_week,
    "rate of rise by week": rate_of_rise_by_week,
}
