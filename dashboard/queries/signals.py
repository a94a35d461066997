"""Signals with the names of their areas, indicators and rules, and what each area holds of its region's gap."""

from __future__ import annotations

import pandas as pd

from dashboard.store import Snapshot

KINDS = ("country", "region", "authority")
STATE_ORDER = ("new", "stronger", "continuing", "asked", "cleared")


def select_signals(snapshot: Snapshot, *, areas: list[str] | None = None) -> pd.DataFrame:
    """Return the signals of these areas, or of all, with names: those to ask about first, then asked, then cleared.

    Adds area_name, kind, region_code, region_name, indicator_name, short_name, rule_name, source_id; `value` is called
    `figure`. Within a state authorities with more strong signals come first, then more clear ones, then more homes.
    """
    signals = snapshot.signals
    own = signals if areas is None else signals[signals["area_code"].isin(areas)]
    named = own.rename(columns={"value": "figure"})
    named = named.join(
        snapshot.areas[["name", "kind", "region_code"]].rename(columns={"name": "area_name"}), on="area_code"
    )
    named = named.assign(region_name=named["region_code"].map(snapshot.areas["name"]).fillna(""))
    words = snapshot.indicators[["name", "short_name", "position", "source_id"]]
    named = named.join(
        words.rename(columns={"name": "indicator_name", "position": "indicator_position"}), on="indicator_id"
    )
    rules = snapshot.signal_rules[["name", "position"]].rename(
        columns={"name": "rule_name", "position": "rule_position"}
    )
    named = named.join(rules, on="rule")
    return _order(named).reset_index(drop=True)


def _order(named: pd.DataFrame) -> pd.DataFrame:
    ranks = rank_areas(named)
    ordered = named.assign(
        over=(named["state"].map(STATE_ORDER.index).astype("int64") - 2).clip(lower=0),
        is_clear=named["strength"] != "strong",
        rank=named["area_code"].map(ranks).fillna(len(ranks)),
    )
    keys = ["over", "rank", "area_name", "indicator_position", "is_clear", "rule_position"]
    return ordered.sort_values(keys, kind="stable").drop(columns=["over", "rank", "is_clear"])


def rank_areas(signals: pd.DataFrame) -> dict[str, int]:
    """Return the place of each area with open signals: more strong ones, then more clear ones, then more homes."""
    counted = signals[signals["state"].isin(STATE_ORDER[:3])]
    keys = []
    for code, own in counted.groupby("area_code", sort=True):
        strong = int((own["strength"] == "strong").sum())
        homes = own.groupby("indicator_id")["homes_short"].max().fillna(0).sum()
        keys.append((-strong, strong - len(own), -homes, code))
    return {key[-1]: place for place, key in enumerate(sorted(keys))}


def find_shares(snapshot: Snapshot, indicator_id: str, *, region: str) -> pd.DataFrame:
    """Return the authorities of a region with their part of its homes short of the target, the largest first.

    Columns area_code, area_name, homes, part (per cent of the region's); empty where the indicator declares no target.
    """
    rows = snapshot.contributions
    own = rows[(rows["indicator_id"] == indicator_id) & (rows["homes_to_move"] > 0)]
    own = own[own["area_code"].map(snapshot.areas["region_code"]) == region]
    made = pd.DataFrame(
        {
            "area_code": own["area_code"],
            "area_name": own["area_code"].map(snapshot.areas["name"]),
            "homes": own["homes_to_move"],
            "part": 100 * own["homes_to_move"] / own["homes_to_move"].sum(),
        }
    )
    return made.sort_values(["homes", "area_name"], ascending=[False, True], kind="stable").reset_index(drop=True)
