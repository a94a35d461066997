"""Views of the figures counted from home-level returns: always returns beside returns, never beside published ones."""

from __future__ import annotations

import datetime as dt
from fnmatch import fnmatch

import pandas as pd

from dashboard import queries
from dashboard.measures import ANSWERING, QUESTIONS, RETURNED, list_questions
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.views.areas import region_of, wider_areas
from dashboard.views.earlier import choose_earlier
from dashboard.views.heat_map import add_changes
from dashboard.views.ranges import add_limits, add_spread

CHANGES = [
    "indicator_id", "indicator_name", "short_name", "group", "area_code", "area_name", "date_from", "date_to",
    "n_from", "n_to", "n_both", "change_points", "change_same_homes_points", "change_who_answered_points",
    "no_to_yes", "yes_to_no", "p_value", "status", "is_illustrative", "source_id",
]  # fmt: skip
FINDINGS = [
    "source_id", "date", "area_code", "area_name", "rule", "severity", "rows", "finding", "what_to_do", "who_can",
    "is_illustrative",
]  # fmt: skip
SEVERITIES = ("error", "warning", "information")


def has_returns(snapshot: Snapshot, *, area: str = ENGLAND) -> bool:
    """Tell whether the snapshot holds answers to the 13 questions for the area at the newest date."""
    return bool((_pick_newest(snapshot, areas=[area])["area_code"] == area).any())


def show_matrix(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the newest figures of the 13 questions and of homes answering: a region's authorities, itself, England.

    For England itself the regions stand in place of the authorities. A row for each area and indicator, also without
    a figure; with the change since four weeks before (`heat_map.CHANGED`).
    """
    region = region_of(snapshot, selection.area_code)
    if region:
        areas = queries.list_authorities(snapshot, region=region, on=queries.newest_date(snapshot, ANSWERING))
    else:
        areas = queries.list_regions(snapshot)
    compared = [region, ENGLAND] if region else [ENGLAND]
    newest = _pick_newest(snapshot, areas=areas, compared=compared, names=[*list_questions(snapshot), ANSWERING])
    return add_changes(snapshot, newest)


def show_profile(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the newest figures of the 13 questions in an area, then in its region and in England, with the spread."""
    code = selection.area_code
    return add_spread(snapshot, _pick_newest(snapshot, areas=[code], compared=wider_areas(snapshot, code)))


def pick_trend(snapshot: Snapshot, selection: Selection) -> str:
    """Return the indicator of the trend: the chosen one if it comes from returns, otherwise the area's lowest question.

    Empty where the snapshot holds no returns.
    """
    if selection.indicator_id in RETURNED.values():
        return selection.indicator_id
    own = _pick_newest(snapshot, areas=[selection.area_code])
    valued = own[own["value"].notna()]
    if valued.empty:
        return next(iter(list_questions(snapshot)), "")
    return str(valued.loc[valued["value"].idxmin(), "indicator_id"])


def show_trend(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the series of the trend's indicator in the area, its region and England, each with its usual range."""
    code = selection.area_code
    names = [pick_trend(snapshot, selection)]
    trend = queries.select_trend(snapshot, names, areas=[code], compared=wider_areas(snapshot, code))
    return add_limits(snapshot, trend)


def show_local_trend(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the same indicator's series in each authority of the region; of England, in each region."""
    region = region_of(snapshot, selection.area_code)
    areas = queries.list_authorities(snapshot, region=region) if region else queries.list_regions(snapshot)
    return queries.select(snapshot, indicators=[pick_trend(snapshot, selection)], areas=areas)


def show_answers(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the series of the 13 questions in one area."""
    return queries.select(snapshot, indicators=list_questions(snapshot), areas=[selection.area_code])


def show_changes(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the changes of the 13 questions in an area since two earlier dates: a row a question and earlier date.

    Columns `CHANGES`; the later of the two first. They are a week and four weeks before where there are extracts of
    those days. None of the pairs stands across a break.
    """
    changes = snapshot.changes
    own = changes[(changes["area_code"] == selection.area_code) & changes["indicator_id"].isin(QUESTIONS.values())]
    own = own[own["date_to"] == own["date_to"].max()]
    own = own[own["date_from"].isin(choose_earlier(own["date_from"], to=own["date_to"].max()))]
    words = snapshot.indicators[["position", "name", "short_name", "group"]].rename(columns={"name": "indicator_name"})
    frame = own.join(words, on="indicator_id").join(snapshot.areas["name"].rename("area_name"), on="area_code")
    ordered = frame.sort_values(["position", "date_from"], ascending=[True, False], kind="stable")
    return ordered[CHANGES].reset_index(drop=True)


def show_findings(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return what was found about the data of an area, the severest and largest first. Columns `FINDINGS`."""
    found = snapshot.quality[snapshot.quality["area_code"] == selection.area_code]
    found = found.assign(
        area_name=snapshot.areas.at[selection.area_code, "name"],
        order=found["severity"].map({name: place for place, name in enumerate(SEVERITIES)}),
    )
    ordered = found.sort_values(["order", "rows", "rule"], ascending=[True, False, True], kind="stable")
    return ordered[FINDINGS].reset_index(drop=True)


def find_breaks(snapshot: Snapshot, indicator: str, *, first: dt.date, last: dt.date) -> pd.DataFrame:
    """Return the breaks of an indicator's series between two dates, by date.

    A figure of the break's own day belongs to the earlier side, so a break on the last day divides nothing.
    """
    breaks = snapshot.breaks
    is_named = breaks["indicators"].map(lambda names: any(fnmatch(indicator, name) for name in names.split()))
    is_inside = breaks["date"].map(lambda day: first <= day < last)
    return breaks[is_named & is_inside].sort_values("date", kind="stable")


def _pick_newest(
    snapshot: Snapshot, *, areas: list[str], compared: list[str] | None = None, names: list[str] | None = None
) -> pd.DataFrame:
    """Return the figures of the newest date, area by area as they are given, then those compared; questions in order.

    Without `names`, of the 13 questions.
    """
    names = list_questions(snapshot) if names is None else names
    beside = compared or []
    frame = queries.select(snapshot, indicators=names, areas=areas, compared=beside)
    newest = queries.newest_date(snapshot, ANSWERING)
    frame = frame[frame["date"] == newest]
    held = set(frame["area_code"])
    if held.isdisjoint(areas):
        return frame.iloc[:0]
    parts = [
        queries.add_areas_without_figures(snapshot, rows, areas=areas)
        for _, rows in frame.groupby("indicator_id", sort=False)
    ]
    place = {code: number for number, code in enumerate([*areas, *beside])}
    full = pd.concat(parts, ignore_index=True)
    return full.iloc[full["area_code"].map(place).argsort(kind="stable")].reset_index(drop=True)
