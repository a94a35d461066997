"""Words of the data quality page: leads, titles, summaries. Pure functions of frames."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from dashboard.format import format_change, format_date, format_value, join_names
from dashboard.rows import list_rows

KINDS = {"region": "regions", "authority": "councils"}


def lead_quality(sources: pd.DataFrame, data_date: dt.date) -> str:
    """Return how many sources there are, up to when, and what share of their rows was refused."""
    read, refused = sources["rows_read"].sum(), sources["rows_refused"].sum()
    return (
        f"{len(sources)} sources, as at {format_date(data_date)}. Declared rules set aside {refused:,} of the "
        f"{read:,} rows read; each is counted here, with the rule and who can mend it."
    )


def describe_age(days: int) -> str:
    """Return how far a source's newest figure lies from the snapshot's date: "81 days before", "on the day"."""
    if days == 0:
        return "on the day"
    return f"{abs(days):,} day{'' if abs(days) == 1 else 's'} {'before' if days > 0 else 'after'}"


def title_sources(sources: pd.DataFrame) -> str:
    """Return how many sources end before the snapshot's date."""
    before = (sources["days_before_snapshot"] > 0).sum()
    return f"{before} of {len(sources)} sources end before the snapshot's date"


def summarise_sources(sources: pd.DataFrame) -> str:
    """Return whether the rows of each source add up, and which source is furthest behind."""
    wrong = sources[~sources["is_sum_right"]]
    whole = (
        f"For each of the {len(sources)} sources, the rows read are those accepted and those refused: none is lost."
        if wrong.empty
        else f"The rows accepted and refused do not add up to those read: {', '.join(wrong['title'])}."
    )
    oldest = sources.loc[sources["days_before_snapshot"].idxmax()]
    return f"{whole} The oldest: {oldest['title']}, {describe_age(oldest['days_before_snapshot'])}."


def title_answering(newest: pd.DataFrame) -> str:
    """Return which area has the lowest share of homes answering at the newest date, as shown."""
    own = newest[(newest["role"] == "area") & newest["value"].notna()]
    if own.empty:
        return "No share of homes answering is held"
    return f"{_name_lowest(own)} of homes answering"


def _name_lowest(own: pd.DataFrame) -> str:
    """Return the area with the lowest value, or those that are shown with the same: "Two are lowest, each with 98%"."""
    low = own.loc[own["value"].idxmin()]
    same = own[own["value"].round() == round(low["value"])]
    if len(same) == 1:
        return f"{low['area_name']} is lowest, with {format_value(low)}"
    names = join_names(list(same["area_name"])) if len(same) == 2 else f"{len(same)} {KINDS[low['area_kind']]}"
    return f"{names} are lowest, with {format_value(low)}"


def summarise_answering(newest: pd.DataFrame) -> str:
    """Return the lowest, the highest and the wider areas' share of homes answering, with its date."""
    own = newest[(newest["role"] == "area") & newest["value"].notna()].sort_values("value", kind="stable")
    if own.empty:
        return "Homes that answer are counted from returns, and this snapshot holds none."
    low, high = own.iloc[0], own.iloc[-1]
    wider = newest[newest["role"] == "comparator"]
    beside = "".join(f" {row['area_name']}: {format_value(row)}." for row in list_rows(wider))
    return (
        f"On {format_date(low['date'])}: lowest {low['area_name']} {format_value(low)}, "
        f"highest {high['area_name']} {format_value(high)}.{beside}"
    )


def title_now(newest: pd.DataFrame) -> str:
    """Return how old the answers are at the median, from the area with the freshest to that with the oldest."""
    own = newest[(newest["role"] == "area") & newest["answer_age_days"].notna()]
    if own.empty:
        return "How old the answers are is not held"
    young, old = (f"{age:.0f}" for age in (own["answer_age_days"].min(), own["answer_age_days"].max()))
    return f"The median answer is {old if young == old else f'{young} to {old}'} days old"


def title_lowest(frame: pd.DataFrame) -> str:
    """Return the council with the lowest share of homes answering."""
    if frame.empty:
        return "No council's share of homes answering is held"
    return f"{_name_lowest(frame)} of homes answering"


def title_fallen(frame: pd.DataFrame) -> str:
    """Return the council whose share of homes answering fell most."""
    if frame.empty:
        return "No council's share is known to have fallen"
    return f"{frame['area_name'].iloc[0]} fell most: {describe_change(frame.iloc[0])}"


def describe_change(row: object) -> str:
    """Return the change in points as shown elsewhere, or that there is none to give."""
    if pd.isna(row["change_points"]):
        return "none"
    return format_change(round(row["change_points"], 1), "percent", decimals=1)


def title_checks(checks: pd.DataFrame) -> str:
    """Return how many checks of totals agree and how many do not."""
    counts = checks["result"].value_counts()
    agree, differ = counts.get("agree", 0), counts.get("differ", 0)
    return f"{agree} of {len(checks)} checks of totals agree; {differ or 'none'} differ{'s' if differ == 1 else ''}"


def title_findings(found: pd.DataFrame) -> str:
    """Return how many kinds of findings there are, and how many are warnings or errors."""
    grave = (found["severity"] != "information").sum()
    return f"{len(found)} kinds of findings, {grave or 'none'} of them warnings"
