"""Homes without a named clinical lead: many of those that answered did not report one, however others stand."""

from __future__ import annotations

import pandas as pd

from etl.catalogue.signal_model import Signal
from etl.signals.basis import Basis, add_england
from etl.signals.found import Found, Hit, try_each
from etl.statistics.moves import fewest_until


def find(basis: Basis, rule: Signal) -> Found:
    """Return the areas where many homes have no named clinical lead, on each week."""

    def look(indicator_id: str, frame: pd.DataFrame) -> Found:
        frame = add_england(frame, "value")
        short = frame["denominator"] - frame["numerator"]
        held = frame[(short >= rule.numbers["least_homes"]) & (frame["value"] < rule.numbers["clear_percent"])]
        weeks = sorted(frame["date"].unique())
        tested = int(((frame["date"] == weeks[-1]) & frame["value"].notna()).sum())
        hits = tuple(_tell(row, rule) for row in held.to_dict("records"))
        return Found(hits, tested=tested, weeks={indicator_id: weeks})

    return try_each(basis, rule, look)


def _tell(row: dict, rule: Signal) -> Hit:
    yes, homes, numbers = row["numerator"], row["denominator"], rule.numbers

    def clears(more: int) -> bool:
        is_few = homes - yes - more < numbers["least_homes"]
        return bool(is_few or 100 * (yes + more) / homes >= numbers["clear_percent"])

    return Hit(
        rule=rule.id,
        indicator_id=row["indicator_id"],
        area_code=row["area_code"],
        date=row["date"],
        is_strong=bool(row["value"] < numbers["strong_percent"]),
        sentence=(
            f"{homes - yes:,.0f} of the {homes:,.0f} homes that answered did not report a named clinical lead: "
            f"{row['value']:.1f}% did, and {row['england_value']:.1f}% across England."
        ),
        evidence={
            "yes": yes,
            "homes": homes,
            "short": homes - yes,
            "value": row["value"],
            "england": row["england_value"],
        },
        is_illustrative=bool(row["is_illustrative"]),
        value=row["value"],
        benchmark=row["england_value"],
        n=homes,
        homes_short=homes - yes,
        to_clear=fewest_until(clears, most=int(homes - yes)),
    )
