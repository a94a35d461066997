"""Views of the recommendations: what each asks and of whom, and England's figures that show their effect."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from dashboard import queries
from dashboard.once import once_a_snapshot
from dashboard.rows import list_rows
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.views.indicators import show_levels
from dashboard.views.returns import find_breaks

REPORT = "taskforce_indicators"
"""The source whose publication the recommendations stand in."""

ASKED = [
    "number", "summary", "owner", "organisations", "section", "data_held", "evidence", "indicators",
    "is_illustrative", "source_id",
]  # fmt: skip
FIGURES = [
    "indicator_id", "indicator_name", "short_name", "group", "unit", "decimals", "polarity", "recommendations",
    "area_name", "date", "date_text", "period", "figure", "since", "since_text", "change", "is_broken",
    "councils", "is_illustrative", "source_id",
]  # fmt: skip
FOUR_WEEKS, A_WEEK = dt.timedelta(weeks=4), dt.timedelta(weeks=1)


def show_recommendations(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the 52 recommendations by number. Columns `ASKED`; the same for every area."""
    frame = snapshot.recommendations.sort_values("number", kind="stable")
    # What is asked is no figure: nothing of it is made up.
    return frame.assign(is_illustrative=False, source_id=REPORT)[ASKED].reset_index(drop=True)


def show_recommendation_figures(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return a row an indicator that a recommendation names: England's newest figure and its change. Columns `FIGURES`.

    `figure` and `date` are null where England has none; `councils` says how many councils have one. The change is
    since four weeks before where the series has that date, otherwise since its first figure after the last break.
    """
    return _show_figures(snapshot)


@once_a_snapshot
def _show_figures(snapshot: Snapshot) -> pd.DataFrame:
    named = snapshot.indicators[snapshot.indicators["recommendations"] != ""].sort_values("position", kind="stable")
    local = show_levels(snapshot)
    local = local[local["level"] == "Councils"].sort_values("last", kind="stable").groupby("id")["areas"].last()
    rows = []
    for entry in list_rows(named):
        words = {name: entry[name] for name in ("short_name", "group", "unit", "decimals", "polarity")}
        words |= {"indicator_id": entry["id"], "indicator_name": entry["name"], "area_name": "England"}
        words |= {"recommendations": entry["recommendations"], "councils": int(local.get(entry["id"], 0))}
        rows.append(_NOTHING | {"source_id": entry["source_id"]} | words | _find_newest(snapshot, entry["id"]))
    return pd.DataFrame(rows, columns=FIGURES)


_NOTHING = {
    "date": None, "date_text": "", "period": "", "figure": None, "since": None, "since_text": "",
    "change": None, "is_broken": False, "is_illustrative": False,
}  # fmt: skip


def _find_newest(snapshot: Snapshot, indicator: str) -> dict:
    """Return England's newest figure of an indicator and its change; nothing where England has none."""
    series = select_england(snapshot, indicator)
    if series.empty:
        return {}
    last = series.iloc[-1]
    broken = find_breaks(snapshot, indicator, first=series["date"].iloc[0], last=last["date"])
    side = series[series["date"] > broken["date"].max()] if len(broken) else series
    earlier = _find_earlier(side)
    found = {name: last[name] for name in ("date", "date_text", "period", "is_illustrative", "source_id")}
    found |= {"figure": last["value"], "is_broken": bool(len(broken))}
    if earlier is None:
        return found
    change = last["value"] - earlier["value"]
    return found | {"since": earlier["date"], "since_text": earlier["date_text"], "change": change}


def _find_earlier(series: pd.DataFrame) -> pd.Series | None:
    """Return the figure to set the newest beside: of four weeks before, or the first; None where there is one alone."""
    last = series["date"].iloc[-1]
    wanted = last - FOUR_WEEKS
    near = series[(series["date"] <= wanted) & (series["date"] > wanted - A_WEEK)]
    if len(near):
        return near.iloc[-1]
    return series.iloc[0] if len(series) > 1 else None


def select_england(snapshot: Snapshot, indicator: str) -> pd.DataFrame:
    """Return England's figures of an indicator that have a value, by date."""
    series = queries.select(snapshot, indicators=[indicator], areas=[ENGLAND])
    return series[series["value"].notna()].sort_values("date", kind="stable").reset_index(drop=True)
