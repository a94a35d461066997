"""Staff absence or vacancies high or rising: beyond nearly all authorities, or out of its own usual range.

Staff of one home fall ill together, so no share of staff has limits of chance. High is far above the other
authorities; rising is outside its own control limits, and by enough to matter.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.catalogue.signal_model import Signal
from etl.signals.basis import Basis
from etl.signals.found import Found, Hit, try_each

WORSE = ("above", "rising")
OF = {
    "absence_care_workers_percent": "of care workers in care homes are absent",
    "home_care_absence_percent": "of home care staff are absent",
    "vacancy_local_percent": "of posts are vacant",
}


def find(basis: Basis, rule: Signal) -> Found:
    """Return the areas where absence or vacancies are high or rising, on each week."""

    def look(indicator_id: str, frame: pd.DataFrame) -> Found:
        joined = judge(_join(basis, frame, indicator_id), rule.numbers)
        held = joined[joined["is_high"] | joined["is_rising"]]
        weeks = sorted(frame["date"].unique())
        tested = int(((joined["date"] == weeks[-1]) & joined["value"].notna()).sum())
        hits = tuple(_tell(row, rule) for row in held.to_dict("records"))
        return Found(hits, tested=tested, weeks={indicator_id: weeks})

    return try_each(basis, rule, look)


def judge(frame: pd.DataFrame, numbers: dict[str, float]) -> pd.DataFrame:
    """Return the rows with fence, is_high and is_rising; needs value, quartiles, centre and direction."""
    fence = frame["upper_quartile"] + numbers["fence"] * (frame["upper_quartile"] - frame["lower_quartile"])
    is_high = (frame["value"] > fence) & (frame["kind"] == "authority")
    is_rising = frame["direction"].isin(WORSE) & (frame["value"] - frame["centre"] >= numbers["rise_points"])
    return frame.assign(fence=fence, is_high=is_high, is_rising=is_rising)


def _join(basis: Basis, frame: pd.DataFrame, indicator_id: str) -> pd.DataFrame:
    spread = basis.spread[basis.spread["indicator_id"] == indicator_id]
    spread = spread[["date", "lower_quartile", "median", "upper_quartile"]]
    limits = basis.limits[basis.limits["indicator_id"] == indicator_id]
    limits = limits[["area_code", "date", "centre", "upper", "direction", "is_provisional"]]
    both = frame.merge(spread, on="date", how="left").merge(limits, on=["area_code", "date"], how="left")
    return both.assign(direction=both["direction"].astype(object).fillna(""))


def _tell(row: dict, rule: Signal) -> Hit:
    value, centre = row["value"], row["centre"]
    why = []
    if row["is_high"]:
        why.append(
            f"The middle authority has {row['median']:.1f}%, three in four at most {row['upper_quartile']:.1f}%."
        )
    if row["is_rising"]:
        why.append(f"Its own mean is {centre:.1f}%, and its usual range ends at {row['upper']:.1f}%.")
    # Whoever is both must come below both.
    bar = min(
        row["fence"] if row["is_high"] else np.inf,
        centre + rule.numbers["rise_points"] if row["is_rising"] else np.inf,
    )
    names = ("value", "median", "lower_quartile", "upper_quartile", "fence", "centre", "upper")
    return Hit(
        rule=rule.id,
        indicator_id=row["indicator_id"],
        area_code=row["area_code"],
        date=row["date"],
        is_strong=bool(row["is_high"] and row["is_rising"]),
        sentence=f"{value:.1f}% {OF[row['indicator_id']]}. {' '.join(why)}",
        evidence={name: float(row[name]) for name in names},
        is_illustrative=bool(row["is_illustrative"]),
        value=value,
        benchmark=row["median"] if row["is_high"] else centre,
        n=row["denominator"],
        contrary=(f"It is below its own mean of {centre:.1f}%.",) if value < centre else (),
        other_words={"bar": bar},
    )
