"""Lasting fall below its own usual level: a special cause on the control chart that chance at the mean cannot explain.

Homes carry their answers over from week to week, so a series hardly moves, its limits are narrow, and a chart marks
moves of one home. A mark counts here only if the newest count is also out of reach of chance at the mean share, as if
each home had answered afresh. Homes that carry answers over vary less than that, so the second test errs on the side
of silence, and needs no rate of change.
"""

from __future__ import annotations

import pandas as pd

from etl.catalogue.signal_model import Signal
from etl.conform.areas import ENGLAND
from etl.signals.basis import Basis
from etl.signals.found import Found, Hit, try_each
from etl.statistics.comparison import share_tails, two_sided
from etl.statistics.moves import fewest_until

WORSE = ("below", "falling")


def find(basis: Basis, rule: Signal) -> Found:
    """Return the areas whose series fell to stay below its mean, on each week."""

    def look(indicator_id: str, frame: pd.DataFrame) -> Found:
        limits = basis.limits[basis.limits["indicator_id"] == indicator_id]
        columns = ["area_code", "date", "centre", "lower", "upper", "points", "special_cause", "direction", "reason"]
        joined = frame.merge(limits[[*columns, "is_provisional"]], on=["area_code", "date"], how="inner")
        joined = joined[(joined["reason"] == "") & joined["numerator"].notna()]
        if joined.empty:
            return Found(reasons=("There are too few weeks for a control chart.",))
        judged = judge(add_falls(joined), rule.numbers)
        hits = [_tell(row, rule) for row in judged[judged["is_held"]].to_dict("records")]
        weeks = sorted(frame["date"].unique())
        return Found(tuple(hits), tested=int((joined["date"] == weeks[-1]).sum()), weeks={indicator_id: weeks})

    return try_each(basis, rule, look)


def judge(frame: pd.DataFrame, numbers: dict[str, float]) -> pd.DataFrame:
    """Return the rows with p, the two-sided binomial p value of each count at the mean of its series, and is_held.

    Needs numerator, denominator, centre, direction, fall and england_fall.
    """
    fewer, more = share_tails(frame["numerator"], trials=frame["denominator"], benchmark=frame["centre"] / 100)
    p = two_sided(fewer, more=more)
    is_held = frame["direction"].isin(WORSE) & (p < numbers["clear_p"])
    is_held &= frame["fall"] - frame["england_fall"] >= numbers["least_points"]
    return frame.assign(p=p, is_held=is_held)


def add_falls(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with how far each lies below its own mean, and how far England did (0 for England itself)."""
    fall = frame["centre"] - frame["value"]
    england = fall[frame["area_code"] == ENGLAND].clip(lower=0)
    by_week = dict(zip(frame.loc[england.index, "date"], england, strict=True))
    is_england = frame["area_code"] == ENGLAND
    return frame.assign(fall=fall, england_fall=frame["date"].map(by_week).fillna(0.0).where(~is_england, 0.0))


def _tell(row: dict, rule: Signal) -> Hit:
    yes, homes = row["numerator"], row["denominator"]

    def clears(more: int) -> bool:
        fewer, above = share_tails([yes + more], trials=[homes], benchmark=row["centre"] / 100)
        return two_sided(fewer, more=above)[0] >= rule.numbers["clear_p"]

    names = ("value", "centre", "lower", "upper", "points", "england_fall", "p")
    contrary = []
    if row["is_provisional"]:
        contrary.append(f"It has only {row['points']:.0f} weeks, so its usual range is provisional.")
    if row["england_fall"] > 0:
        contrary.append(f"England's share lies {row['england_fall']:.1f} percentage points below its own mean as well.")
    return Hit(
        rule=rule.id,
        indicator_id=row["indicator_id"],
        area_code=row["area_code"],
        date=row["date"],
        is_strong=bool(row["p"] < rule.numbers["strong_p"]),
        sentence=(
            f"{yes:,.0f} of {homes:,.0f} homes that answered reported yes ({row['value']:.1f}%). "
            f"The mean of its {row['points']:.0f} weeks since the questions last changed is {row['centre']:.1f}%."
        ),
        evidence={"yes": yes, "homes": homes} | {name: float(row[name]) for name in names},
        is_illustrative=bool(row["is_illustrative"]),
        value=row["value"],
        benchmark=row["centre"],
        n=homes,
        homes_short=float(max(round(row["centre"] / 100 * homes - yes), 0)),
        to_clear=fewest_until(clears, most=int(homes - yes)),
        contrary=tuple(contrary),
    )
