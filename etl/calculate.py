"""Calculate: from figures by measure to observations by indicator, each made as its catalogue entry declares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pandas as pd

from etl.catalogue.model import Indicator
from etl.catalogue.whole import Catalogue
from etl.conform.areas import ENGLAND
from etl.errors import EtlError
from etl.statistics.intervals import byar, wilson

OBSERVATION = [
    "area_code",
    "date",
    "date_text",
    "period",
    "value",
    "numerator",
    "denominator",
    "status",
    "quality",
]
LEVELS = {"95": 0.95, "998": 0.998}
DAYS_A_WEEK = 7
FEWEST_FOR_MEDIAN = 4


def calculate(figures: pd.DataFrame, *, catalogue: Catalogue, areas: pd.DataFrame) -> pd.DataFrame:
    """Return one row an indicator, area and date, with intervals, from figures that carry `source_id`."""
    parts, published = [], {source.id for source in catalogue.sources}
    for indicator in catalogue.indicators:
        if indicator.source_id not in published:  # counted from home-level returns, in etl/returns
            continue
        own = figures[figures["source_id"] == indicator.source_id]
        made = CALCULATIONS[indicator.calculation](own, indicator, areas)
        made = add_intervals(made, indicator)
        parts.append(made.assign(indicator_id=indicator.id, source_id=indicator.source_id))
    return pd.concat(parts, ignore_index=True)


def as_published(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the measure's own rows, value untouched."""
    own = figures[figures["measure"] == indicator.measure]
    return own.assign(numerator=np.nan, denominator=np.nan, period=indicator.period)[OBSERVATION]


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


def rate_by_week(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return weekly counts per 1,000 people aged 65 and over."""
    return _per_1000(sum_by_week(figures, indicator, areas), figures, areas)


def rate_of_series(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return whole-series counts per 1,000 people aged 65 and over."""
    return _per_1000(sum_series(figures, indicator, areas), figures, areas)


def share_of_homes(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return counts of homes as per cents of registered homes, for regions and England only.

    Authorities are left out because the count takes in places that the register does not (see the source's notes).
    """
    is_wide = figures["area_code"].isin(areas["code"][areas["kind"] != "authority"])
    events = figures[is_wide & (figures["measure"] == indicator.measure)]
    homes = figures[is_wide & (figures["measure"] == "care_homes")].set_index("area_code")["value"]
    denominator = events["area_code"].map(homes)
    too_many = events[events["value"] > denominator]
    if len(too_many):
        where = ", ".join(f"{row.area_code} on {row.date}" for row in too_many.itertuples())
        raise EtlError(
            f"{indicator.source_id}: {indicator.measure} is above the number of care homes ({where}), so no share can "
            "be given. Check both columns of the file with its publisher."
        )
    return events.assign(numerator=events["value"], denominator=denominator, value=100 * events["value"] / denominator)[
        OBSERVATION
    ]


def median_of_authorities(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the median of the authorities with a figure, for each region and England; numerator is how many they are.

    Linear interpolation; more than three values are needed, otherwise status x.
    """
    is_authority = figures["area_code"].isin(areas["code"][areas["kind"] == "authority"])
    own = figures[is_authority & (figures["measure"] == indicator.measure)]
    region = own["area_code"].map(dict(zip(areas["code"], areas["region_code"], strict=True)))
    levels = pd.concat([own.assign(area_code=region), own.assign(area_code=ENGLAND)])
    grouped = levels.groupby(["area_code", "date", "date_text", "period", "quality"], as_index=False)
    medians = grouped.agg(value=("value", "median"), numerator=("value", "count"))
    too_few = medians["numerator"] < FEWEST_FOR_MEDIAN
    return medians.assign(
        value=medians["value"].where(~too_few), status=too_few.map({True: "x", False: ""}), denominator=np.nan
    )[OBSERVATION]


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


def _per_1000(counts: pd.DataFrame, figures: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    people = covered_population(figures["area_code"].unique(), areas)
    denominator = counts["area_code"].map(people).astype(float)
    value = 1000 * counts["value"] / denominator
    # An area without a population (Bournemouth, ended before mid-2020) has no rate, and says so.
    status = counts["status"].where(value.notna() | (counts["status"] != ""), "x")
    return counts.assign(numerator=counts["value"], denominator=denominator, value=value, status=status)


def covered_population(codes: np.ndarray, areas: pd.DataFrame) -> dict[str, int]:
    """Return people aged 65 and over by area; regions and England count only the authorities among `codes`.

    A total that leaves out authorities without figures would otherwise be divided by people it does not cover.
    """
    is_covered = (areas["kind"] == "authority") & areas["code"].isin(codes) & areas["population_65_plus"].notna()
    authorities = areas[is_covered]
    people = dict(zip(authorities["code"], authorities["population_65_plus"], strict=True))
    people |= authorities.groupby("region_code")["population_65_plus"].sum().to_dict()
    return people | {ENGLAND: authorities["population_65_plus"].sum()}


def add_intervals(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Return the rows with 95 and 99.8 per cent limits in the unit of the value; null where none apply."""
    limits = {}
    for name, confidence in LEVELS.items():
        if indicator.interval == "wilson":
            lower, upper = wilson(rows["numerator"], trials=rows["denominator"], confidence=confidence)
            scale = 100.0
        elif indicator.interval == "byar":
            lower, upper = byar(rows["numerator"], confidence=confidence)
            scale = 1000.0 / rows["denominator"].to_numpy(dtype=float)
        else:
            lower = upper = np.full(len(rows), np.nan)
            scale = 1.0
        limits |= {f"lower_{name}": lower * scale, f"upper_{name}": upper * scale}
    return rows.assign(**limits)


def _next_friday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=(4 - day.weekday()) % DAYS_A_WEEK)


CALCULATIONS: dict[str, Callable[[pd.DataFrame, Indicator, pd.DataFrame], pd.DataFrame]] = {
    "as published": as_published,
    "sum to levels": as_published,
    "week of days": sum_by_week,
    "whole series": sum_series,
    "rate by week": rate_by_week,
    "rate whole series": rate_of_series,
    "share of homes": share_of_homes,
    "median of authorities": median_of_authorities,
}
