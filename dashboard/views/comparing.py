"""Views of /compare: any indicators in any areas over time or on one date. Card, slider and download share them."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from dashboard import queries
from dashboard.comparison import LINES_A_PANEL, OVER_TIME, Comparison
from dashboard.selection import ENGLAND
from dashboard.store import Snapshot

MOST_PANELS = 16
MOST_CELLS = 6000
"""Figures that a table shows at most, the newest: more would hold up a phone."""

DAYS_APART = dt.timedelta(days=14)
"""How far the two figures of one point of a scatter may lie from each other."""


def show_comparison(snapshot: Snapshot, comparison: Comparison) -> pd.DataFrame:
    """Return the observations that a comparison shows, all of them and no other; empty where none is held."""
    if comparison.chart == "trend":
        return _pick_panels(select_span(snapshot, comparison), comparison)
    if comparison.chart == "table":
        return _keep_newest(select_span(snapshot, comparison))
    if comparison.chart == "scatter":
        pair = pair_dates(snapshot, comparison).get(find_date(snapshot, comparison))
        days = dict(zip(_two(comparison), pair, strict=True)) if pair else {}
        return _join_dates(snapshot, comparison, days)
    day = find_date(snapshot, comparison)
    if day is None:
        return _empty(snapshot)
    if comparison.chart == "heatmap":
        return _join_dates(snapshot, comparison, _find_newest(snapshot, comparison, until=day))
    frame = _join_dates(snapshot, comparison, {comparison.indicators[0]: day})
    if comparison.chart == "funnel":
        # The lines are those of councils: regions count so many homes that no line of councils is meant for them.
        return frame[(frame["area_kind"] == "authority") | (frame["role"] == "comparator")].reset_index(drop=True)
    return _keep_one_kind(frame) if comparison.chart == "map" else frame


def select_span(snapshot: Snapshot, comparison: Comparison, *, is_whole: bool = False) -> pd.DataFrame:
    """Return the chosen indicators in the chosen areas between the chosen dates, or over all dates held.

    Areas stand in the order chosen. England is what the others are set beside, unless it stands alone.
    """
    own, compared = split_areas(comparison)
    frame = queries.select(snapshot, indicators=comparison.indicators, areas=own, compared=compared)
    if not is_whole:
        is_late = frame["date"] >= comparison.first if comparison.first else True
        is_early = frame["date"] <= comparison.last if comparison.last else True
        frame = frame[is_late & is_early] if comparison.first or comparison.last else frame
    place = {code: number for number, code in enumerate([*own, *compared])}
    rank = {name: number for number, name in enumerate(comparison.indicators)}
    order = frame.assign(_indicator=frame["indicator_id"].map(rank), _area=frame["area_code"].map(place)).sort_values(
        ["_indicator", "_area", "date"], kind="stable"
    )
    return order.drop(columns=["_indicator", "_area"]).reset_index(drop=True)


def split_areas(comparison: Comparison) -> tuple[list[str], list[str]]:
    """Return the areas that the view is about, and England where it stands beside others."""
    own = [code for code in comparison.areas if code != ENGLAND]
    if not own:
        return list(comparison.areas), []
    return own, [ENGLAND] if ENGLAND in comparison.areas else []


def list_steps(snapshot: Snapshot, comparison: Comparison) -> list[dt.date]:
    """Return the dates that the slider of a chart of one date steps over; none for charts over time and for a funnel.

    A funnel's limits are worked out for the newest date alone.
    """
    if comparison.chart in (*OVER_TIME, "funnel") or not comparison.indicators or not comparison.areas:
        return []
    if comparison.chart == "scatter":
        return list(pair_dates(snapshot, comparison))
    names = comparison.indicators if comparison.chart == "heatmap" else comparison.indicators[:1]
    return sorted({day for name in names for day in list_held(snapshot, comparison, name)})


def find_date(snapshot: Snapshot, comparison: Comparison) -> dt.date | None:
    """Return the date that a chart of one date shows: the newest up to the one asked for, None where there is none."""
    if comparison.chart == "funnel":
        held = snapshot.funnels[snapshot.funnels["indicator_id"].isin(comparison.indicators[:1])]
        return held["date"].max() if len(held) and comparison.areas else None
    steps = list_steps(snapshot, comparison)
    return max((day for day in steps if comparison.on is None or day <= comparison.on), default=None)


def pair_dates(snapshot: Snapshot, comparison: Comparison) -> dict[dt.date, tuple[dt.date, dt.date]]:
    """Return for each date of a scatter's first indicator that date and the second's nearest, within 14 days.

    Empty without two indicators, where no two dates are near enough, and where one is made up and the other is not.
    """
    if len(comparison.indicators) < 2 or is_mixed(snapshot, comparison):
        return {}
    across, upright = (list_held(snapshot, comparison, name) for name in _two(comparison))
    pairs = {day: min(upright, key=lambda other: abs(other - day)) for day in across if upright}
    return {day: (day, other) for day, other in pairs.items() if abs(other - day) <= DAYS_APART}


def is_mixed(snapshot: Snapshot, comparison: Comparison) -> bool:
    """Tell whether a scatter would set made-up figures against published ones."""
    made_up = [bool(snapshot.by_indicator[name]["is_illustrative"].any()) for name in _two(comparison)]
    return len(set(made_up)) > 1


def plan_panels(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the frame's panels: one an indicator with up to four lines, or one for each indicator and area.

    England stands in each panel behind the areas.
    """
    own = frame[frame["role"] == "area"]
    keys = ["indicator_id"] if own["area_code"].nunique() <= LINES_A_PANEL else ["indicator_id", "area_code"]
    panels = []
    for _, rows in own.groupby(keys, sort=False):
        is_beside = (frame["role"] == "comparator") & (frame["indicator_id"] == rows["indicator_id"].iloc[0])
        panels.append(pd.concat([rows, frame[is_beside]]))
    return panels


def count_left_out(snapshot: Snapshot, comparison: Comparison) -> int:
    """Return how many figures of a comparison over time are not shown, for want of room."""
    return len(select_span(snapshot, comparison)) - len(show_comparison(snapshot, comparison))


def list_held(snapshot: Snapshot, comparison: Comparison, indicator: str) -> list[dt.date]:
    """Return the dates on which an indicator has a figure for one of the areas that the view is about."""
    own, _ = split_areas(comparison)
    held = snapshot.by_indicator[indicator]
    return sorted(held.loc[held["area_code"].isin(own) & held["value"].notna(), "date"].unique())


def _pick_panels(frame: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
    """Return the rows of the first 16 panels, England's with them."""
    own = frame[frame["role"] == "area"]
    if own["area_code"].nunique() <= LINES_A_PANEL:
        return frame
    pairs = own[["indicator_id", "area_code"]].apply(tuple, axis=1)
    kept = set(pairs.drop_duplicates().head(MOST_PANELS))
    shown = own[pairs.isin(kept)]
    beside = frame[(frame["role"] == "comparator") & frame["indicator_id"].isin(shown["indicator_id"])]
    return pd.concat([shown, beside], ignore_index=True)


def _keep_newest(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of as many of the newest dates as a table has room for."""
    if len(frame) <= MOST_CELLS:
        return frame
    sizes = frame.groupby("date").size().sort_index(ascending=False).cumsum()
    fitting = sizes[sizes <= MOST_CELLS].index
    return frame[frame["date"].isin(fitting if len(fitting) else sizes.index[:1])].reset_index(drop=True)


def _join_dates(snapshot: Snapshot, comparison: Comparison, days: dict[str, dt.date]) -> pd.DataFrame:
    """Return each indicator's figures of its date: areas by value, highest first, none left out, then England."""
    own, compared = split_areas(comparison)
    parts = []
    for name, day in days.items():
        rows = queries.select(snapshot, indicators=[name], areas=own, compared=compared)
        rows = rows[rows["date"] == day]
        ranked = rows[rows["role"] == "area"].sort_values(
            ["value", "area_name"], ascending=[False, True], kind="stable"
        )
        if ranked["value"].notna().any() or (len(rows) and len(days) > 1):
            whole = pd.concat([ranked, rows[rows["role"] == "comparator"]], ignore_index=True)
            parts.append(queries.add_areas_without_figures(snapshot, whole, areas=own))
    return pd.concat(parts, ignore_index=True) if parts else _empty(snapshot)


def _find_newest(snapshot: Snapshot, comparison: Comparison, *, until: dt.date) -> dict[str, dt.date]:
    """Return each indicator's newest date up to a date; one without a figure by then is left out."""
    held = {name: list_held(snapshot, comparison, name) for name in comparison.indicators}
    newest = {name: max((day for day in days if day <= until), default=None) for name, days in held.items()}
    return {name: day for name, day in newest.items() if day}


def _keep_one_kind(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the areas that one map can draw: councils, or regions where no council is chosen."""
    own = frame[(frame["role"] == "area") & (frame["area_kind"] != "country")]
    has_councils = (own["area_kind"] == "authority").any()
    return own[own["area_kind"] == ("authority" if has_councils else "region")].reset_index(drop=True)


def _two(comparison: Comparison) -> tuple[str, ...]:
    return comparison.indicators[:2]


def _empty(snapshot: Snapshot) -> pd.DataFrame:
    return queries.select(snapshot, indicators=[])
