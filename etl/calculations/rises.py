"""Running totals: how much they rise from one Friday to the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pandas as pd

from etl.calculations.observation import OBSERVATION
from etl.calculations.rates import divide_by_people
from etl.catalogue.model import Break, Indicator, Source
from etl.catalogue.whole import Catalogue

WEEK = dt.timedelta(days=7)
BY_WEEK = ("rise by week", "rate of rise by week")
PEOPLE = 100_000


def rise_by_week(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return what each running total rose by in the week, Saturday to Friday, dated by its Friday.

    The first week of a series has no row: nothing says where it began. A total that falls gives no count (`x`), and
    neither does one that is missing at either end.
    """
    return _find_rises(figures, indicator.measure).assign(period="week")[OBSERVATION]


def rate_of_rise_by_week(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the week's rises per 100,000 people of all ages."""
    counts = rise_by_week(figures, indicator, areas)
    return divide_by_people(counts, figures, areas, people="population", per=PEOPLE)


def leave_out_broken_weeks(weeks: pd.DataFrame, indicator: Indicator, breaks: Iterable[Break]) -> pd.DataFrame:
    """Return the weeks, those in which a break of the series falls without a value (`x`): it would cross the break."""
    days = [entry.date for entry in breaks if entry.concerns(indicator.id)]
    is_broken = weeks["date"].map({f: any(f - WEEK < day <= f for day in days) for f in weeks["date"].unique()})
    has_value = is_broken.astype(bool) & (weeks["status"] == "")
    unknown = {name: weeks[name].mask(has_value) for name in ("value", "numerator")}
    return weeks.assign(**unknown, status=weeks["status"].mask(has_value, "x"))


def report_falls(figures: pd.DataFrame, *, source: Source, catalogue: Catalogue) -> list[dict]:
    """Return a finding for each area whose running total falls from one Friday to the next."""
    measures = {i.measure for i in catalogue.indicators if i.calculation in BY_WEEK and source.id in i.sources}
    findings = []
    for measure in sorted(measures):
        rises = _find_rises(figures, measure)
        for code, own in rises[rises["rise"] < 0].groupby("area_code", sort=True):
            falls = zip(own["date"], own["rise"], strict=True)
            weeks = ", ".join(f"{-rise:,.0f} in the week to {day.day} {day:%B %Y}" for day, rise in falls)
            findings.append(
                {
                    "source_id": source.id,
                    "area_code": code,
                    "rule": "running_total_fell",
                    "severity": "warning",
                    "rows": len(own),
                    "finding": f"{measure}: the running total falls by {weeks}. No count is given for such a week.",
                    "what_to_do": "Nothing, if the publisher moved or removed cases. Otherwise ask the publisher.",
                    "who_can": source.publisher,
                }
            )
    return findings


def _find_rises(figures: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return a row for each area and week, with `rise` as it comes out and `value` where it is a count."""
    totals = figures[figures["measure"] == measure].sort_values(["area_code", "date"], kind="stable")
    before = totals.groupby("area_code")[["date", "value", "status"]].shift()
    has_both = before["date"].notna() & ((totals["date"] - before["date"].fillna(totals["date"])) == WEEK)
    totals, before = totals[has_both], before[has_both]
    rise = totals["value"] - before["value"]
    status = totals["status"].where(totals["status"] != "", before["status"])
    status = status.mask((status == "") & (rise < 0), "x")
    return totals.assign(rise=rise, value=rise.where(status == ""), status=status, numerator=pd.NA, denominator=pd.NA)
