"""Clearly below England: the verdict against England at 99.8%, widened where authorities differ by more than chance."""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.catalogue.signal_model import Signal
from etl.signals.basis import Basis, add_england
from etl.signals.found import Found, Hit, try_each
from etl.statistics.comparison import compare_shares
from etl.statistics.funnel import widen_shares
from etl.statistics.moves import fewest_until
from etl.statistics.overdispersion import measure_dispersion, score_shares


def find(basis: Basis, rule: Signal) -> Found:
    """Return the authorities and regions clearly worse than England, on each week."""

    def look(indicator_id: str, frame: pd.DataFrame) -> Found:
        frame = add_england(frame, "value", "numerator", "denominator")
        weeks = sorted(frame["date"].unique())
        held = frame[frame["p_england"] < rule.numbers["clear_p"]]
        held = held[held["versus_england"] == "clearly worse"]
        tau = {key: _measure_spread(group) for key, group in frame.groupby(["date", "kind"], sort=False)}
        hits = [_tell(row, rule, tau[row["date"], row["kind"]]) for row in held.to_dict("records")]
        is_newest = (frame["date"] == weeks[-1]) & frame["p_england"].notna()
        return Found(hits=tuple(hits), tested=int(is_newest.sum()), weeks={indicator_id: weeks})

    return try_each(basis, rule, look)


def find_p(yes: float, *, homes: float, england: float, tau_squared: float) -> float:
    """Return the two-sided p value of a share against England's (0 to 1), widened as the verdict is."""
    polarity = "higher is better"
    exact = compare_shares([yes], trials=[homes], benchmark=england, polarity=polarity)
    widened = widen_shares(
        exact, [yes], trials=[homes], benchmark=england, tau_squared=[tau_squared], polarity=polarity
    )
    return float(widened.p_value[0])


def _measure_spread(frame: pd.DataFrame) -> float:
    """Return the variance between areas of one kind on one week, as the verdicts measured it."""
    judged = frame["p_england"].notna() & frame["numerator"].notna()
    own = frame[judged]
    if own.empty:
        return 0.0
    england = own["england_numerator"].iloc[0] / own["england_denominator"].iloc[0]
    scores, errors = score_shares(own["numerator"], trials=own["denominator"], benchmark=england)
    return float(measure_dispersion(scores, standard_errors=errors).tau_squared)


def _tell(row: dict, rule: Signal, tau: float) -> Hit:
    yes, homes = row["numerator"], row["denominator"]
    england = row["england_numerator"] / row["england_denominator"]

    def clears(more: int) -> bool:
        return find_p(yes + more, homes=homes, england=england, tau_squared=tau) >= rule.numbers["clear_p"]

    evidence = {
        "yes": yes,
        "homes": homes,
        "value": row["value"],
        "england_yes": row["england_numerator"],
        "england_homes": row["england_denominator"],
        "england": row["england_value"],
        "tau_squared": tau,
        "p": row["p_england"],
    }
    return Hit(
        rule=rule.id,
        indicator_id=row["indicator_id"],
        area_code=row["area_code"],
        date=row["date"],
        is_strong=bool(row["p_england"] < rule.numbers["strong_p"]),
        sentence=(
            f"{yes:,.0f} of the {homes:,.0f} homes that answered reported yes ({row['value']:.1f}%). "
            f"Across England the share is {row['england_value']:.1f}%."
        ),
        evidence=evidence,
        is_illustrative=bool(row["is_illustrative"]),
        value=row["value"],
        benchmark=row["england_value"],
        n=homes,
        homes_short=float(max(np.ceil(england * homes - yes - 1e-9), 0)),
        to_clear=fewest_until(clears, most=int(homes - yes)),
    )
