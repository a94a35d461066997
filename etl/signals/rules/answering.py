"""Few or fewer homes answering: the share of open homes with a current answer is low, or fell within four weeks."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from etl.catalogue.signal_model import Signal
from etl.signals.basis import Basis
from etl.signals.found import Found, Hit, try_each
from etl.statistics.moves import fewest_until


def find(basis: Basis, rule: Signal) -> Found:
    """Return the areas where few homes answer, or fewer than before, on each week."""
    numbers = rule.numbers

    def look(indicator_id: str, frame: pd.DataFrame) -> Found:
        earlier = frame[["area_code", "date", "value"]].rename(columns={"value": "before"})
        step = dt.timedelta(weeks=numbers["weeks"])
        joined = frame.merge(earlier.assign(date=earlier["date"] + step), on=["area_code", "date"], how="left")
        silent = joined["denominator"] - joined["numerator"]
        is_low = joined["value"] < numbers["low_percent"]
        is_fall = joined["before"] - joined["value"] >= numbers["fall_points"]
        held = joined[(is_low | is_fall) & (silent >= numbers["least_homes"])]
        weeks = sorted(frame["date"].unique())
        tested = int(((frame["date"] == weeks[-1]) & frame["value"].notna()).sum())
        hits = tuple(_tell(row, rule) for row in held.to_dict("records"))
        return Found(hits, tested=tested, weeks={indicator_id: weeks})

    return try_each(basis, rule, look)


def _tell(row: dict, rule: Signal) -> Hit:
    answering, homes, before = row["numerator"], row["denominator"], row["before"]
    numbers = rule.numbers

    def clears(more: int) -> bool:
        value = 100 * (answering + more) / homes
        is_fall = before - value >= numbers["fall_points"]
        is_few = homes - answering - more < numbers["least_homes"]
        return bool(is_few or (value >= numbers["low_percent"] and not is_fall))

    words = "" if np.isnan(before) else f" Four weeks before, it was {before:.1f}%."
    return Hit(
        rule=rule.id,
        indicator_id=row["indicator_id"],
        area_code=row["area_code"],
        date=row["date"],
        is_strong=bool(row["value"] < numbers["strong_percent"]),
        sentence=f"{answering:,.0f} of {homes:,.0f} homes have a current answer ({row['value']:.1f}%).{words}",
        evidence={
            "answering": answering,
            "homes": homes,
            "value": row["value"],
            "before": before,
            "silent": homes - answering,
        },
        is_illustrative=bool(row["is_illustrative"]),
        value=row["value"],
        benchmark=numbers["low_percent"],
        n=homes,
        homes_short=homes - answering,
        to_clear=fewest_until(clears, most=int(homes - answering)),
    )
