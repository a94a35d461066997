"""Queries of observations: what was measured, where and when.

Every frame has the columns of `COLUMNS`, one row an observation; `role` says why the row is there:
"area" for what the view is about, "comparator" for what it is set beside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fnmatch import fnmatch

import numpy as np
import pandas as pd

from dashboard.measures import ANSWERING
from dashboard.selection import ENGLAND
from dashboard.store import Snapshot

OBSERVATION = [
    "indicator_id", "area_code", "date", "date_text", "period", "value", "numerator", "denominator",
    "lower_95", "upper_95", "status", "quality", "is_illustrative", "source_id",
    "not_answered", "not_applicable", "lower_bound", "upper_bound", "answered_percent", "answer_age_days",
    "versus_england", "versus_region", "p_england", "is_widened", "verdict_reason",
]  # fmt: skip
INDICATOR = ["name", "short_name", "group", "unit", "decimals", "polarity"]
COLUMNS = [*OBSERVATION, "indicator_name", *INDICATOR[1:], "area_name", "area_kind", "role"]
NUMBERS = [
    "value", "numerator", "denominator", "lower_95", "upper_95", "not_answered", "not_applicable", "lower_bound",
    "upper_bound", "answered_percent", "answer_age_days", "p_england",
]  # fmt: skip
UNJUDGED = {"versus_england": "", "versus_region": "", "is_widened": False, "verdict_reason": ""}
"""What stands in a row that has no figure to judge."""

PUBLISHED_PLAN = "ipc_*_yes_percent"
"""The 13 indicators as the taskforce published them; those counted from returns have ids of their own."""

HEADLINES: dict[str, tuple[str, ...]] = {
    "country": (
        "outbreaks_new_count",
        "deaths_covid_week_count",
        "cases_week_count",
        "vaccination_older_residents_second_dose_percent",
        "vacancy_percent",
        "absence_care_staff_percent",
    ),
    "region": (
        "outbreaks_new_count",
        "outbreaks_ever_percent",
        "deaths_covid_week_count",
        "deaths_covid_total_rate_per_1000",
        "turnover_median_percent",
    ),
    "authority": (
        "care_homes_count",
        "outbreaks_ever_count",
        "deaths_covid_week_count",
        "deaths_covid_total_rate_per_1000",
        "turnover_percent",
    ),
    "workforce": (
        "vacancy_percent",
        "turnover_care_assistants_percent",
        "absence_care_staff_percent",
        "zero_hours_care_homes_percent",
        "zero_hours_home_care_percent",
    ),
}
"""The indicators on the headline cards of each kind of page, in order."""


def select(
    snapshot: Snapshot, *, indicators: Sequence[str], areas: Sequence[str] | None = None, compared: Sequence[str] = ()
) -> pd.DataFrame:
    """Return the observations of these indicators in these areas (all areas if None) and those compared, by date."""
    parts = [_pick(snapshot, name, areas=areas, compared=compared) for name in indicators]
    parts = [part for part in parts if len(part)]
    if not parts:
        parts = [_describe(snapshot, snapshot.observations.iloc[:0])]
    frame = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0].reset_index(drop=True)
    beside = set(compared)
    role = ["comparator" if code in beside else "area" for code in frame["area_code"]]
    return frame.assign(role=pd.Series(role, dtype=object))


def _pick(snapshot: Snapshot, indicator: str, *, areas: Sequence[str] | None, compared: Sequence[str]) -> pd.DataFrame:
    """Return one indicator's described rows, by date and area name."""
    held = snapshot.by_indicator.get(indicator)
    if held is None:
        return snapshot.observations.iloc[:0]
    if indicator not in snapshot.described:
        rows = _describe(snapshot, held)
        snapshot.described[indicator] = rows, rows.groupby("area_code", sort=False).indices
    rows, places = snapshot.described[indicator]
    if areas is None:
        return rows
    found = [places[code] for code in {*areas, *compared} if code in places]
    return rows.iloc[np.sort(np.concatenate(found))] if found else rows.iloc[:0]


def _describe(snapshot: Snapshot, observations: pd.DataFrame) -> pd.DataFrame:
    """Return observations with the words of their indicator and the name of their area, by date and name."""
    words = snapshot.indicators.loc[:, INDICATOR].rename(columns={"name": "indicator_name"})
    names = snapshot.areas[["name", "kind"]].rename(columns={"name": "area_name", "kind": "area_kind"})
    frame = observations[OBSERVATION].join(words, on="indicator_id").join(names, on="area_code")
    # A copy has one block a kind of column, which makes every choice of rows quicker.
    return frame.sort_values(["date", "area_name"], kind="stable").copy()


def list_headlines(snapshot: Snapshot, *, area: str) -> list[str]:
    """Return the indicators on an area's headline cards; homes answering takes the last place where returns are held.

    What stood there, turnover, has a card of its own further down.
    """
    kind = snapshot.areas.at[area, "kind"]
    names = list(HEADLINES[kind])
    held = snapshot.by_indicator.get(ANSWERING)
    if kind in ("region", "authority") and held is not None and (held["area_code"] == area).any():
        names[-1] = ANSWERING
    return names


def select_support_plan(snapshot: Snapshot) -> pd.DataFrame:
    """Return the 13 infection-control indicators as published: England, 29 May and 10 August 2020."""
    ids = [name for name in snapshot.indicators.index if fnmatch(name, PUBLISHED_PLAN)]
    return select(snapshot, indicators=ids, areas=[ENGLAND])


def select_headline(snapshot: Snapshot, indicator: str, *, area: str) -> pd.DataFrame:
    """Return one indicator's series in one area, or a row without a value, with England's figure of the newest date."""
    frame = select(snapshot, indicators=[indicator], areas=[area], compared=[] if area == ENGLAND else [ENGLAND])
    own = frame[frame["role"] == "area"]
    newest = (own if len(own) else frame)["date"].max()
    kept = frame[(frame["role"] == "area") | (frame["date"] == newest)].reset_index(drop=True)
    return add_areas_without_figures(snapshot, kept, areas=[area])


def select_trend(
    snapshot: Snapshot, indicators: Sequence[str], *, areas: Sequence[str], compared: Sequence[str] = ()
) -> pd.DataFrame:
    """Return the series of the areas, with those they are compared with."""
    return select(snapshot, indicators=indicators, areas=areas, compared=compared)


def select_ranking(
    snapshot: Snapshot, indicator: str, *, areas: Sequence[str], compared: Sequence[str] = ()
) -> pd.DataFrame:
    """Return the newest figure of each area, highest first and areas without a value last, then the comparators."""
    frame = select(snapshot, indicators=[indicator], areas=areas, compared=compared)
    frame = frame[frame["date"] == frame["date"].max()]
    ranked = frame[frame["role"] == "area"].sort_values(["value", "area_name"], ascending=[False, True], kind="stable")
    beside = frame[frame["role"] == "comparator"].set_index("area_code", drop=False)
    beside = beside.loc[[code for code in compared if code in beside.index]]
    return pd.concat([ranked, beside], ignore_index=True)


def select_workforce(snapshot: Snapshot) -> pd.DataFrame:
    """Return the report's workforce figures for England."""
    return select(snapshot, indicators=HEADLINES["workforce"], areas=[ENGLAND])


def newest_date(snapshot: Snapshot, indicator: str) -> dt.date | None:
    """Return the date of an indicator's newest figure, None when there is none."""
    held = snapshot.by_indicator.get(indicator)
    return None if held is None else held["date"].max()


def has_level(snapshot: Snapshot, indicator: str, *, kind: str) -> bool:
    """Tell whether an indicator has any figure at this level (country, region or authority)."""
    held = snapshot.by_indicator.get(indicator)
    if held is None:
        return False
    return bool((snapshot.areas["kind"].reindex(held["area_code"].unique()) == kind).any())


def add_areas_without_figures(snapshot: Snapshot, frame: pd.DataFrame, *, areas: Sequence[str]) -> pd.DataFrame:
    """Return the frame with a row, value null, for each of the areas that it lacks, so that none is silently absent.

    They stand after the areas that have a row and before the comparators.
    """
    held = set(frame["area_code"])
    lacking = [code for code in areas if code not in held]
    if frame.empty or not lacking:
        return frame
    blank = frame.iloc[[0] * len(lacking)].assign(
        area_code=lacking,
        area_name=list(snapshot.areas.loc[lacking, "name"]),
        status="",
        role="area",
        **UNJUDGED,
        **dict.fromkeys(NUMBERS),
    )
    is_own = frame["role"] == "area"
    return pd.concat([frame[is_own], blank.astype(frame.dtypes), frame[~is_own]], ignore_index=True)
