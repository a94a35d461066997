"""The one thing to watch in an area: its newest signal, or the figure nearest to becoming one.

A figure is near when it has gone four fifths of the way or more from where others stand to where its rule begins to
hold. Rules whose beginning is a number in the figure's own unit are looked at; the others have none to come near to.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard import queries
from dashboard.format import Row
from dashboard.measures import ANSWERING, QUESTIONS
from dashboard.rows import list_rows
from dashboard.selection import ENGLAND
from dashboard.store import Snapshot
from dashboard.support import OPEN, STANDING
from dashboard.text.watch import say_near, say_new, say_standing
from dashboard.views.since import list_inside

ABSENCE = ("absence_care_workers_percent", "home_care_absence_percent")
NEAR = 0.8
"""How much of the way a figure has gone that is worth watching."""


@dataclass(frozen=True)
class Watch:
    """A line that says what to watch, of which area, and whether the figure in it is made up."""

    text: str
    area_code: str
    is_illustrative: bool


def find_watch(snapshot: Snapshot, code: str) -> Watch | None:
    """Return the one thing to watch in an area or, of a region, among its councils; None where there is nothing.

    A signal of this week comes first, then the figure nearest to becoming one, then the newest that stands.
    """
    inside = list_inside(snapshot, code)
    signals = queries.select_signals(snapshot, areas=inside)
    standing = signals[signals["state"].isin(OPEN)]
    new = standing[standing["state"] == "new"]
    if len(new):
        return _write(new.iloc[0], say_new, own=code)
    near = list_near(snapshot, inside)
    if len(near):
        return _write(near.iloc[0], say_near, own=code)
    if len(standing):
        return _write(standing.sort_values("since", ascending=False, kind="stable").iloc[0], say_standing, own=code)
    return None


def list_watches(snapshot: Snapshot, code: str, *, most: int) -> tuple[Watch, ...]:
    """Return the figures nearest to becoming a signal in an area or, of a region, one of each council."""
    near = list_near(snapshot, list_inside(snapshot, code))
    if near.empty:
        return ()
    shown = list_rows(near.drop_duplicates("area_code").head(most))
    return tuple(_write(row, say_near, own=code) for row in shown)


def _write(row: Row, say: object, *, own: str) -> Watch:
    place = "" if row["area_code"] == own else f"{row['area_name']}, "
    return Watch(say(row, place), str(row["area_code"]), bool(row["is_illustrative"]))


def list_near(snapshot: Snapshot, areas: list[str]) -> pd.DataFrame:
    """Return the newest figures of these areas that are near to becoming a signal, the nearest first.

    Columns rule, benchmark, bar (where the rule begins to hold), way (0.8 to 1, the part of the way gone) beside those
    of an observation. Empty where the snapshot does not carry the rules' numbers.
    """
    rules = snapshot.signal_rules
    if "thresholds" not in rules.columns:
        return pd.DataFrame()
    numbers = {name: json.loads(words) for name, words in rules["thresholds"].items()}
    staff = ABSENCE if "absence" in numbers else ()
    parts = [
        *[_near_absence(snapshot, name, areas, numbers["absence"]["fence"]) for name in staff],
        _near_share(snapshot, ANSWERING, areas, rule="answering", bar=numbers.get("answering", {}).get("low_percent")),
        _near_share(
            snapshot, QUESTIONS["clinical-lead"], areas, rule="clinical_lead",
            bar=numbers.get("clinical_lead", {}).get("clear_percent"),
        ),
        *[_near_england(snapshot, name, areas) for name in QUESTIONS.values() if "below_england" in numbers],
    ]  # fmt: skip
    found = [part for part in parts if len(part)]
    if not found:
        return pd.DataFrame()
    frame = pd.concat(found, ignore_index=True)
    way = (frame["value"] - frame["benchmark"]) / (frame["bar"] - frame["benchmark"])
    near = frame.assign(way=way)[way.between(NEAR, 1, inclusive="left")]
    is_signal = near[["rule", "indicator_id", "area_code"]].apply(tuple, axis=1).isin(_list_standing(snapshot))
    return near[~is_signal.astype(bool)].sort_values(["way", "area_name"], ascending=[False, True], kind="stable")


def _list_standing(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    own = snapshot.signals[snapshot.signals["state"].isin(STANDING)]
    return list(zip(own["rule"], own["indicator_id"], own["area_code"], strict=True))


def _newest(snapshot: Snapshot, name: str, areas: list[str]) -> pd.DataFrame:
    """Return the figures of the snapshot's own day: older ones are not watched."""
    frame = queries.select(snapshot, indicators=[name], areas=areas, compared=[ENGLAND])
    kept = (frame["date"] == snapshot.data_date) & frame["value"].notna()
    return frame[kept & frame["area_kind"].isin(("authority", "country"))]


def _near_absence(snapshot: Snapshot, name: str, areas: list[str], fence: float) -> pd.DataFrame:
    own, spread = _newest(snapshot, name, areas), snapshot.spread
    spread = spread[(spread["indicator_id"] == name) & (spread["date"] == snapshot.data_date)]
    if own.empty or spread.empty:
        return own.head(0)
    row = spread.iloc[0]
    bar = row["upper_quartile"] + fence * (row["upper_quartile"] - row["lower_quartile"])
    return _finish(own, rule="absence", bar=bar, benchmark=row["median"])


def _near_share(snapshot: Snapshot, name: str, areas: list[str], *, rule: str, bar: float | None) -> pd.DataFrame:
    own = _newest(snapshot, name, areas)
    england = own.loc[own["area_code"] == ENGLAND, "value"]
    if bar is None or england.empty or england.iloc[0] <= bar:
        return own.head(0)
    return _finish(own, rule=rule, bar=bar, benchmark=england.iloc[0])


def _near_england(snapshot: Snapshot, name: str, areas: list[str]) -> pd.DataFrame:
    """Return the figures with the funnel's lower 99.8% limit at as many homes, read between its points."""
    own, lines = _newest(snapshot, name, areas), snapshot.funnels
    lines = lines[(lines["indicator_id"] == name) & (lines["date"] == snapshot.data_date)].sort_values("homes")
    if own.empty or lines.empty:
        return own.head(0)
    bar = np.interp(own["denominator"].astype(float), lines["homes"], lines["lower_998"])
    return _finish(own, rule="below_england", bar=bar, benchmark=lines["benchmark"].iloc[0])


def _finish(own: pd.DataFrame, *, rule: str, bar: object, benchmark: float) -> pd.DataFrame:
    made = own.assign(rule=rule, bar=bar, benchmark=benchmark)
    return made[made["area_code"] != ENGLAND]
