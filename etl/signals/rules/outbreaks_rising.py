"""Outbreaks rising: clearly more homes with a new outbreak in two weeks than in the two before."""

from __future__ import annotations

import pandas as pd

from etl.catalogue.signal_model import Signal
from etl.signals.basis import Basis
from etl.signals.found import Found, Hit, try_each
from etl.signals.rules.rising import compare_fortnights


def find(basis: Basis, rule: Signal) -> Found:
    """Return the areas in which outbreaks rise, on each week."""

    def look(indicator_id: str, frame: pd.DataFrame) -> Found:
        made_up = bool(frame["is_illustrative"].any())
        rises = compare_fortnights(frame, weeks=int(rule.numbers["weeks"]))
        is_held = (rises["recent"] >= rule.numbers["least"]) & (rises["p"] < rule.numbers["clear_p"])
        weeks = sorted(frame["date"].unique())
        hits = [_tell(row, rule, indicator_id, made_up=made_up) for row in rises[is_held].to_dict("records")]
        return Found(tuple(hits), tested=int((rises["date"] == weeks[-1]).sum()), weeks={indicator_id: weeks})

    return try_each(basis, rule, look)


def _tell(row: dict, rule: Signal, indicator_id: str, *, made_up: bool) -> Hit:
    recent, earlier = row["recent"], row["earlier"]
    return Hit(
        rule=rule.id,
        indicator_id=indicator_id,
        area_code=row["area_code"],
        date=row["date"],
        is_strong=bool(row["p"] < rule.numbers["strong_p"]),
        sentence=(
            f"{recent:,.0f} care homes reported a new outbreak in the two weeks to this date, after {earlier:,.0f} in "
            "the two weeks before."
        ),
        evidence={"recent": recent, "earlier": earlier, "p": row["p"]},
        is_illustrative=made_up,
        value=recent,
        benchmark=earlier,
        n=recent + earlier,
    )
