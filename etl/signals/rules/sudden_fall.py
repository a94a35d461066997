"""Sudden fall among the same homes: more turned from yes than homes ordinarily do, within a week, two or four.

Only homes that answered at both dates count, so who answered cannot make a fall. The ordinary rate is declared, or
England's own in the same weeks where that is higher: what happens everywhere is told of England, not of each area.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.catalogue.signal_model import Signal
from etl.conform.areas import ENGLAND
from etl.signals.basis import Basis
from etl.signals.found import Found, Hit
from etl.statistics.moves import chance_of_losses, fewest_until, rate_from, turn_within

NO_PAIRS = "No two extracts within four weeks of each other are held."
MOST_DAYS = 35


def find(basis: Basis, rule: Signal) -> Found:
    """Return the areas with a sudden fall, on each extract that is set beside earlier ones."""
    changes = basis.changes
    if changes.empty:
        return Found(reasons=(NO_PAIRS,))
    named = changes["indicator_id"].isin(basis.list_for(rule))
    own = changes[named & (changes["status"] == "")].astype({"area_code": object})
    days = pd.Series([(b - a).days for a, b in zip(own["date_from"], own["date_to"], strict=True)], index=own.index)
    own = own.assign(days=days)[days <= MOST_DAYS]
    if own.empty:
        return Found(reasons=(NO_PAIRS,))
    judged = judge(add_rates(own, rule.numbers), rule.numbers)
    # Of the windows that end on one day the likelier to be chance says nothing that the other does not.
    held = (
        judged[judged["is_held"]]
        .sort_values("p", kind="stable")
        .drop_duplicates(["indicator_id", "area_code", "date_to"])
    )
    weeks = {name: sorted(group["date_to"].unique()) for name, group in own.groupby("indicator_id", observed=True)}
    newest = own["date_to"] == own["date_to"].max()
    tested = len(own[newest].drop_duplicates(["indicator_id", "area_code"]))
    return Found(tuple(_tell(row, rule) for row in held.to_dict("records")), tested=tested, weeks=weeks)


def add_rates(changes: pd.DataFrame, numbers: dict[str, float]) -> pd.DataFrame:
    """Return the changes with England's rate of turning from yes, and the rate to use, in per cent of homes a week."""
    keys = ["indicator_id", "date_from", "date_to"]
    england = changes[changes["area_code"] == ENGLAND]
    rates = 100 * rate_from(england["yes_to_no"], homes=england["n_both"], days=england["days"])
    joined = changes.merge(england[keys].assign(england_rate=rates), on=keys, how="left")
    is_england = joined["area_code"] == ENGLAND
    floor = numbers["ordinary_percent_a_week"]
    return joined.assign(rate=np.where(is_england, floor, np.fmax(joined["england_rate"], floor)))


def judge(changes: pd.DataFrame, numbers: dict[str, float]) -> pd.DataFrame:
    """Return the changes with points, expected, p, is_held and is_strong.

    Needs n_both, yes_to_no, no_to_yes, days, and rate in per cent of homes a week.
    """
    chance = turn_within(changes["rate"] / 100, days=changes["days"])
    net = changes["yes_to_no"] - changes["no_to_yes"]
    points = 100 * net / changes["n_both"]
    p = chance_of_losses(changes["yes_to_no"], homes=changes["n_both"], chance=chance)
    is_held = (p < numbers["p"]) & (net >= numbers["least_homes"]) & (points >= numbers["least_points"])
    return changes.assign(
        points=points,
        expected=changes["n_both"] * chance,
        p=p,
        is_held=is_held,
        is_strong=is_held & (points >= numbers["strong_points"]),
    )


def _tell(row: dict, rule: Signal) -> Hit:
    both, lost, gained = row["n_both"], row["yes_to_no"], row["no_to_yes"]
    numbers = rule.numbers

    def clears(back: int) -> bool:
        """Whether it no longer holds once so many of the homes that turned are back at yes."""
        net, turned = lost - gained - back, lost - back
        chance = turn_within(row["rate"] / 100, days=row["days"])
        is_few = net < numbers["least_homes"] or 100 * net / both < numbers["least_points"]
        return bool(is_few or chance_of_losses(turned, homes=both, chance=chance) >= numbers["p"])

    names = {"both": "n_both", "lost": "yes_to_no", "gained": "no_to_yes"}
    names |= {name: name for name in ("days", "points", "rate", "england_rate", "expected", "p")}
    return Hit(
        rule=rule.id,
        indicator_id=row["indicator_id"],
        area_code=row["area_code"],
        date=row["date_to"],
        is_strong=bool(row["is_strong"]),
        sentence=(
            f"{lost:,.0f} of the {both:,.0f} homes that answered both times turned from yes to another answer within "
            f"{row['days']} days, and {gained:,.0f} the other way: a net fall of {row['points']:.1f} percentage points."
        ),
        evidence={name: float(row[column]) for name, column in names.items()},
        is_illustrative=bool(row["is_illustrative"]),
        value=-row["points"],
        benchmark=-100 * row["expected"] / both,
        n=both,
        homes_short=lost - gained,
        to_clear=fewest_until(clears, most=int(lost)),
        other_words={"days": row["days"]},
    )
