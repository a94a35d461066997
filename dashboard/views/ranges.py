"""What a figure is held against: the spread over authorities, and the usual range of its own series."""

from __future__ import annotations

import pandas as pd

from dashboard import queries
from dashboard.measures import list_questions
from dashboard.selection import Selection
from dashboard.store import Snapshot

SPREAD = ["areas", "lowest", "lower_quartile", "median", "upper_quartile", "highest"]
LIMITS = [
    "centre", "lower_limit", "upper_limit", "points", "is_provisional", "special_cause", "direction", "since", "reason",
    "signal",
]  # fmt: skip
WORDS = ["special_cause", "direction", "reason"]
UPWARD = {"above": True, "rising": True, "below": False, "falling": False}


def add_spread(snapshot: Snapshot, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with the columns `SPREAD`: how authorities lay at the same date, by the same source."""
    keys = ["indicator_id", "date", "source_id"]
    return frame.merge(snapshot.spread[[*keys, *SPREAD]], how="left", on=keys)


def add_limits(snapshot: Snapshot, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with the columns `LIMITS`: the usual range of each area's own series at each date.

    `signal` says whether the point left ordinary variation for the "better", the "worse", or neither ("other"). It is
    "" also where the distance from the mean is less than one answer is worth, or than the last digit shown: homes carry
    answers over from week to week, which makes a series so still that any change at all lies outside its limits.
    """
    keys = ["indicator_id", "area_code", "date"]
    held = snapshot.limits
    is_asked = held["indicator_id"].isin(frame["indicator_id"].unique())
    is_asked &= held["area_code"].isin(frame["area_code"].unique())
    limits = held[is_asked].rename(columns={"lower": "lower_limit", "upper": "upper_limit"})
    joined = frame.merge(limits[[*keys, *LIMITS[:-1]]], how="left", on=keys)
    joined = joined.assign(
        **{name: joined[name].fillna("").astype(object) for name in WORDS},
        is_provisional=joined["is_provisional"].eq(True),
        since=joined["since"].where(joined["special_cause"].fillna("") != "", None),
    )
    return joined.assign(signal=_name_signals(joined))


def show_ranges(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the series of the 13 questions in one area, each with its usual range."""
    frame = queries.select(snapshot, indicators=list_questions(snapshot), areas=[selection.area_code])
    return add_limits(snapshot, frame)


def _name_signals(frame: pd.DataFrame) -> list[str]:
    better = frame["polarity"].map({"higher is better": True, "lower is better": False})
    upward = frame["direction"].map(UPWARD)
    # What one home, or one member of staff, adds to a share of so many; and the least that the page's digits can show.
    answer = (100 / frame["denominator"]).where(frame["unit"] == "percent", 0).fillna(0)
    step = answer.combine(10.0 ** -frame["decimals"].astype(float), max)
    is_told = (frame["special_cause"] != "") & ((frame["value"] - frame["centre"]).abs() >= step)
    return [
        "" if not told else "other" if pd.isna(good) else "better" if good == up else "worse"
        for told, good, up in zip(is_told, better, upward, strict=True)
    ]
