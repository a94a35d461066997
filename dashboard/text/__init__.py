"""Words: the sentences that say what a frame shows: titles, leads, text alternatives. Pure functions of frames."""

from __future__ import annotations

import pandas as pd

from dashboard.format import (
    QUALITY,
    describe_period,
    format_date,
    format_number,
    format_value,
    format_with_unit,
    join_names,
    with_the,
)
from dashboard.rows import list_rows
from dashboard.store import Snapshot


def change_between(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row an indicator: value at its first and last date, and the change in the unit (points for %)."""
    grouped = frame.groupby("indicator_id", sort=False)
    table = grouped.agg(
        short_name=("short_name", "first"),
        indicator_name=("indicator_name", "first"),
        group=("group", "first"),
        value_before=("value", "first"),
        value_after=("value", "last"),
    )
    return table.assign(change=table["value_after"] - table["value_before"]).reset_index()


def compare_with_england(rate: pd.DataFrame) -> str:
    """Return one area's rate beside England's, with no verdict: the interval says how sure the rate is."""
    own, england = rate[rate["role"] == "area"], rate[rate["role"] == "comparator"]
    if own.empty or pd.isna(own["value"].iloc[-1]):
        return "The source on care-home deaths holds no figure for it."
    row = own.iloc[-1]
    value = format_value(row)
    limits = " to ".join(format_number(row[name], row["unit"], decimals=1) for name in ("lower_95", "upper_95"))
    beside = f", beside {format_value(england.iloc[-1])} in England" if len(england) else ""
    return (
        f"From {describe_period(row)}, {value} COVID-19 deaths in care homes (95% interval {limits}) were notified "
        f"for every 1,000 people aged 65 and over{beside}."
    )


def title_plan(plan: pd.DataFrame) -> str:
    """Return the finding of the 13 measures in ten words or fewer."""
    changes = change_between(plan)
    lowest = changes.nsmallest(2, "value_after")["short_name"].str.lower().tolist()
    rose = (
        "All 13 measures rose"
        if (changes["change"] > 0).all()
        else f"{(changes['change'] > 0).sum()} of 13 measures rose"
    )
    return f"{rose}; {join_names(lowest)} lag"


def summarise_plan(plan: pd.DataFrame) -> str:
    """Return the 13 measures as one paragraph, the text alternative of their picture."""
    first, last = plan["date"].min(), plan["date"].max()
    parts = [
        f"{row.indicator_name}: {row.value_before:.0f}% to {row.value_after:.0f}%"
        for row in change_between(plan).itertuples()
    ]
    return (
        f"Share of care homes that answered yes, {format_date(first)} to {format_date(last)}. " + "; ".join(parts) + "."
    )


def title_ranking(ranking: pd.DataFrame) -> str:
    """Return which area is highest."""
    valued = ranking[(ranking["role"] == "area") & ranking["value"].notna()]
    if valued.empty:
        return "No figure is held here for this measure"
    top = valued.iloc[0]
    same = valued[valued["value"] == top["value"]]
    value = format_with_unit(top)
    if len(same) > 1:
        return f"{len(same)} areas are highest, each with {value}"
    return f"{top['area_name']} is highest: {value}"


def title_map(ranking: pd.DataFrame) -> str:
    """Return the highest and the lowest area of a map."""
    valued = ranking[(ranking["role"] == "area") & ranking["value"].notna()]
    if valued.empty:
        return "No figure is held here for this measure"
    high, low = valued.iloc[0], valued.iloc[-1]
    if len(valued) == 1:
        return f"{high['area_name']}: {format_with_unit(high)}"
    return f"{high['area_name']} highest at {format_value(high)}, {low['area_name']} lowest at {format_value(low)}"


def summarise_ranking(ranking: pd.DataFrame) -> str:
    """Return the highest and lowest areas, how many have a figure, and the comparators."""
    areas = ranking[ranking["role"] == "area"]
    valued = areas[areas["value"].notna()]
    if valued.empty:
        return "No area here has a figure for this measure."
    high, low = valued.head(3), valued.tail(min(3, max(len(valued) - 3, 0))).iloc[::-1]
    parts = []
    parts.append("Highest: " + "; ".join(f"{r['area_name']} {format_value(r)}" for r in list_rows(high)) + ".")
    if len(low):
        parts.append("Lowest: " + "; ".join(f"{r['area_name']} {format_value(r)}" for r in list_rows(low)) + ".")
    for row in list_rows(ranking[ranking["role"] == "comparator"]):
        parts.append(f"{row['area_name']}: {format_value(row)}.")
    missing = len(areas) - len(valued)
    parts.append(f"{len(valued)} areas have a figure" + (f"; {missing} have none." if missing else "."))
    return " ".join(parts)


def title_peak(trend: pd.DataFrame, *, what: str) -> str:
    """Return when a weekly series peaked and where it stands."""
    own = trend[(trend["role"] == "area") & trend["value"].notna()]
    if own.empty:
        return f"No figure is held here for {what}"
    if own["value"].max() == 0:
        return f"No {what} in any week"
    peak, last = own.loc[own["value"].idxmax()], own.iloc[-1]
    share = last["value"] / peak["value"]
    now = (
        "now none"
        if last["value"] == 0
        else "since far lower"
        if share < 0.25
        else "since lower"
        if share < 1
        else "still rising"
    )
    return f"{what[0].upper()}{what[1:]} peaked in {peak['date']:%B}, {now}"


def summarise_trend(trend: pd.DataFrame) -> str:
    """Return the first, highest and newest figure of each area that the view is about, and the newest compared."""
    parts = []
    for (_, area), series in trend[trend["role"] == "area"].groupby(["indicator_id", "area_name"], sort=False):
        valued = series[series["value"].notna()]
        if valued.empty:
            continue
        peak, last = valued.loc[valued["value"].idxmax()], valued.iloc[-1]
        parts.append(
            f"{area}, {last['short_name']}: highest {format_value(peak)} ({describe_period(peak)}), "
            f"newest {format_value(last)} ({describe_period(last)})."
        )
    for _, series in trend[trend["role"] == "comparator"].groupby(["indicator_id", "area_name"], sort=False):
        valued = series[series["value"].notna()]
        if len(valued):
            last = valued.iloc[-1]
            parts.append(f"{last['area_name']}, newest: {format_value(last)}.")
    return " ".join(parts) or "No figure is held here."


def title_regions(trend: pd.DataFrame) -> str:
    """Return which region's weekly peak was the highest."""
    regions = trend[trend["role"] == "area"]
    peak = regions.loc[regions["value"].idxmax()]
    return f"Outbreaks peaked highest in {with_the(peak['area_name'])}: {format_value(peak)} of homes"


def describe_caveats(snapshot: Snapshot, frame: pd.DataFrame) -> list[str]:
    """Return the caveats of the indicators in the frame, each once, in catalogue order; none of a list of findings."""
    if "indicator_id" not in frame:
        return []
    ids = [name for name in dict.fromkeys(frame["indicator_id"]) if name]  # a source that became newer has none
    lines = [line for name in ids for line in snapshot.indicators.at[name, "caveats"].split("\n") if line]
    return list(dict.fromkeys(lines))


def describe_source(snapshot: Snapshot, frame: pd.DataFrame) -> str:
    """Return the sources of a frame with their edition, and the dates of its figures."""
    if frame.empty:
        return ""
    titles = [
        f"{snapshot.sources.at[name, 'publisher']}: {snapshot.sources.at[name, 'title']}"
        f" ({snapshot.sources.at[name, 'edition']})"
        for name in dict.fromkeys(frame["source_id"])
    ]
    first, last = frame["date"].min(), frame["date"].max()
    said_otherwise = list(dict.fromkeys(frame["date_text"]))
    if "" not in said_otherwise:
        span = f"dates: {'; '.join(said_otherwise)}"
    elif first == last:
        span = f"figures for {format_date(first)}"
    else:
        span = f"figures from {format_date(first)} to {format_date(last)}"
    marks = [QUALITY[mark] for mark in dict.fromkeys(frame["quality"]) if mark]
    said = f" {', '.join(marks).capitalize()}." if marks else ""
    return f"Source: {'; '.join(titles)}; {span}.{said}"


def title_vacancy(frame: pd.DataFrame) -> str:
    """Return how the vacancy rate moved between the report's two figures."""
    before, after = frame.iloc[0], frame.iloc[-1]
    change = after["value"] - before["value"]
    verb = "fell" if change < 0 else "rose" if change > 0 else "stayed"
    if not change:
        return f"Vacancies stayed at {format_value(after)}"
    return f"Vacancies {verb} {abs(change):.1f} points, to {format_value(after)}"


def lead_workforce(figures: pd.DataFrame) -> str:
    """Return the report's vacancy, turnover and absence figures in one sentence each."""
    newest = figures.groupby("indicator_id", sort=False).last()
    return (
        f"The taskforce reported {format_value(newest.loc['vacancy_percent'])} of adult social care jobs vacant, "
        f"{format_value(newest.loc['turnover_care_assistants_percent'])} of care assistants in care homes leaving in a "
        f"year, and {format_value(newest.loc['absence_care_staff_percent'])} of care staff in care homes absent."
    )


def title_turnover(trend: pd.DataFrame) -> str:
    """Return the newest turnover with its year; a median is called one."""
    own = trend[(trend["role"] == "area") & trend["value"].notna()]
    last = own.iloc[-1]
    where = " in the median council" if last["indicator_id"] == "turnover_median_percent" else ""
    return f"{last['value']:.0f}% of staff left in the year to March {last['date'].year}{where}"
