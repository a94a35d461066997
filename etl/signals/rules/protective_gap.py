"""Weak protection where risk rises: a protective measure worse than England's while cases or deaths around it rise.

Two things must hold at once, from figures at most 14 days apart: the measure is worse than England's and in the lowest
quarter, and the counts of two weeks are clearly above those of the two before, at a rate above England's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from etl.catalogue.signal_model import Signal
from etl.conform.areas import ENGLAND
from etl.signals.basis import Basis, Untested, add_england, say_day
from etl.signals.found import Found, Hit
from etl.signals.rules.rising import compare_fortnights, find_week


@dataclass(frozen=True)
class Risk:
    """What rises round the homes: the weekly counts, their rates, and what to call them."""

    words: str
    counts: str
    rates: str


RISKS = (
    Risk("COVID-19 cases", "cases_week_count", "cases_week_rate_per_100000"),
    Risk("deaths of residents with COVID-19", "deaths_covid_week_count", "deaths_covid_week_rate_per_1000"),
)
WORSE = ("worse", "clearly worse")
LOWEST_QUARTER = 1


def find(basis: Basis, rule: Signal) -> Found:
    """Return the authorities with weak protection where risk rises, on each week."""
    found = Found()
    risks = []
    for risk in RISKS:
        try:
            risks.append((risk, _find_rises(basis, risk, rule)))
        except Untested as reason:
            found += Found(reasons=(str(reason),))
    for indicator_id in basis.list_for(rule) if risks else ():
        try:
            frame = add_england(basis.read_weeks(indicator_id), "value")
        except Untested as reason:
            found += Found(reasons=(str(reason),))
            continue
        weeks = sorted(frame["date"].unique())
        weak = frame[frame["versus_england"].isin(WORSE) & (frame["quarter"] == LOWEST_QUARTER)]
        hits = [hit for risk, rises in risks for hit in _match(weak, rises, risk, rule)]
        judged = (frame["date"] == weeks[-1]) & frame["p_england"].notna() & (frame["kind"] == "authority")
        found += Found(tuple(_keep_one(hits)), tested=int(judged.sum()), weeks={indicator_id: weeks})
    return found


def _find_rises(basis: Basis, risk: Risk, rule: Signal) -> pd.DataFrame:
    """Return the areas and weeks in which the risk rises, with its rate there and in England."""
    counts = basis.read_weeks(risk.counts)
    rates = add_england(basis.read_weeks(risk.rates), "value")
    rates = rates[["area_code", "date", "value", "england_value"]].rename(columns={"value": "rate"})
    rises = compare_fortnights(counts, weeks=int(rule.numbers["weeks"]))
    joined = rises.merge(rates, on=["area_code", "date"])
    numbers = rule.numbers
    is_rising = (joined["recent"] >= numbers["least"]) & (joined["p"] < numbers["p"])
    is_rising &= joined["recent"] >= numbers["ratio"] * joined["earlier"]
    above = (joined["rate"] > joined["england_value"]) & (joined["area_code"] != ENGLAND)
    made_up = bool(counts["is_illustrative"].any())
    return joined[is_rising & above].assign(made_up=made_up)


def _match(weak: pd.DataFrame, rises: pd.DataFrame, risk: Risk, rule: Signal) -> list[Hit]:
    """Return a hit for each weak figure whose area has a rise in the newest week up to it, at most 14 days before."""
    days: list[dt.date] = sorted(rises["date"].unique())
    if weak.empty or not days:
        return []
    at = {day: find_week(days, on=day, most_days=int(rule.numbers["most_days_apart"])) for day in weak["date"].unique()}
    joined = weak.assign(risk_date=weak["date"].map(at)).merge(
        rises.rename(columns={"date": "risk_date"}), on=["area_code", "risk_date"], suffixes=("", "_risk")
    )
    return [_tell(row, rule, risk) for row in joined.to_dict("records")]


def _keep_one(hits: list[Hit]) -> list[Hit]:
    """Return one hit for an area and a week: the first, where more than one risk rises."""
    return list({(hit.area_code, hit.date): hit for hit in reversed(hits)}.values())


def _tell(row: dict, rule: Signal, risk: Risk) -> Hit:
    yes, homes = row["numerator"], row["denominator"]
    return Hit(
        rule=rule.id,
        indicator_id=row["indicator_id"],
        area_code=row["area_code"],
        date=row["date"],
        is_strong=row["versus_england"] == "clearly worse",
        sentence=(
            f"{yes:,.0f} of {homes:,.0f} homes that answered reported yes ({row['value']:.1f}%; England "
            f"{row['england_value']:.1f}%). In the two weeks to {say_day(row['risk_date'])} {risk.words} rose to "
            f"{row['recent']:,.0f} from {row['earlier']:,.0f}."
        ),
        evidence={
            "yes": yes,
            "homes": homes,
            "value": row["value"],
            "england": row["england_value"],
            "p_england": row["p_england"],
            "recent": row["recent"],
            "earlier": row["earlier"],
            "rate": row["rate"],
            "england_rate": row["england_value_risk"],
            "p": row["p"],
        },
        is_illustrative=bool(row["is_illustrative"]) or bool(row["made_up"]),
        value=row["value"],
        benchmark=row["england_value"],
        n=homes,
        homes_short=float(max(round(row["england_value"] / 100 * homes - yes), 0)),
    )
