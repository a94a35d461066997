"""Words for cases in the community and for vaccination."""

from __future__ import annotations

import pandas as pd

from dashboard.format import Row, format_date, format_value, join_names
from dashboard.rows import list_rows
from dashboard.text.returns import name_place

GROUP_NAMES = {
    "older_residents": "Residents of older-adult homes",
    "older_staff": "Staff of older-adult homes",
    "younger_residents": "Residents of younger-adult homes",
    "younger_staff": "Staff of younger-adult homes",
    "home_care_staff": "Home care staff",
    "other_staff": "Other social care staff",
}
"""The groups of people in the words of the tables and titles, by what indicators' ids call them."""


def title_cases(trend: pd.DataFrame) -> str:
    """Return the highest week of an area's cases and its newest, in ten words or fewer."""
    own = trend[(trend["role"] == "area") & trend["value"].notna()]
    peak, last = own.loc[own["value"].idxmax()], own.iloc[-1]
    when = f"{peak['value']:,.0f} per 100,000 in {peak['date']:%B %Y}"
    if peak["date"] == last["date"]:
        return f"Cases at their highest: {when}"
    return f"Cases: peak {when}, now {last['value']:,.0f}"


def describe_breaks(broken: pd.DataFrame) -> str:
    """Return when the way of counting cases changed and what not to do across it; what changed is on another page."""
    days = join_names(list(broken["date_text"]))
    return (
        f"Upright lines: the way of counting changed ({days}). Do not read a difference across one as a change in "
        "infections. What changed is listed under About the data."
    )


def split_id(indicator: str) -> tuple[str, str]:
    """Return the group of people and the dose that an indicator's id names."""
    group, _, dose = indicator.removeprefix("vaccination_").removesuffix("_dose_percent").rpartition("_")
    return group, dose


def title_vaccination(frame: pd.DataFrame) -> str:
    """Return the group with the lowest share of second doses in the area, in ten words or fewer."""
    own = frame[(frame["role"] == "area") & frame["value"].notna()]
    second = own[own["indicator_id"].map(lambda name: split_id(name)[1] == "second")]
    chosen = second if len(second) else own
    if chosen.empty:
        return "No vaccination figure can be shown here"
    row = chosen.loc[chosen["value"].idxmin()]
    group, dose = split_id(row["indicator_id"])
    who = GROUP_NAMES[group]
    return f"{dose.capitalize()} doses lowest among {who[:1].lower() + who[1:]}: {row['value']:.0f}%"


def summarise_vaccination(frame: pd.DataFrame) -> str:
    """Return each group's two shares in the area with England's, and the dates at which they were counted."""
    own, england = frame[frame["role"] == "area"], frame[frame["role"] == "comparator"]
    beside = dict(zip(england["indicator_id"], map(format_value, list_rows(england)), strict=True))
    said = [_say(row, beside.get(row["indicator_id"])) for row in list_rows(own)]
    days = join_names([format_date(day) for day in sorted(own["date"].unique())])
    return f"As at {days}, in {name_place(own.iloc[0])}. {'; '.join(said)}."


def _say(row: Row, england: str | None) -> str:
    group, dose = split_id(row["indicator_id"])
    beside = f" (England {england})" if england else ""
    return f"{GROUP_NAMES[group]}, {dose} dose: {format_value(row)}{beside}"
