"""Words of /compare: what a comparison shows, in a title of ten words, a line beneath it and a summary."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from dashboard.comparison import LINES_A_PANEL
from dashboard.figures.scatter import pair_figures
from dashboard.format import (
    describe_period,
    describe_polarity,
    format_date,
    format_short_date,
    format_value,
    format_with_unit,
    in_sentence,
    join_names,
)
from dashboard.measures import ANSWERING
from dashboard.rows import list_rows
from dashboard.text import summarise_ranking, title_map, title_ranking

MOST_SAID, FEW_SAID = 8, 3
"""Areas that a summary takes one by one for one indicator and for each of several; the table has all."""

LEAD = (
    "Set any indicators side by side, in any areas, over time or on one date. The address of this page holds what you "
    "have chosen: send it, and others see the same."
)
NO_CAUSE = (
    "Each point is an area. That two figures rise together does not make one the cause of the other: areas differ in "
    "size, in age and in much else. The axes need not begin at zero."
)
HEAT_NOTE = "Shades compare the areas within one column, over all its dates. They do not compare columns."
ONE_DATE_FUNNEL = (
    "▼▲ lie outside the 99.8% lines, ▽△ outside the 95% lines: how far chance alone could move a share of so "
    "many homes. They are worked out for the newest date only, so there is no slider."
)


def title_comparison(frame: pd.DataFrame, *, chart: str) -> str:
    """Return the finding of a comparison in about ten words."""
    if chart == "map":
        return title_map(frame)
    if chart == "ranking":
        return title_ranking(frame)
    if chart == "scatter":
        return title_scatter(frame)
    if chart == "heatmap":
        return title_heat_map(frame)
    return title_newest(frame)


def title_newest(frame: pd.DataFrame) -> str:
    """Return the newest figure of one area, the highest of several, or of how many indicators there are figures."""
    own = frame[(frame["role"] == "area") & frame["value"].notna()]
    if own.empty:
        return "No figure is held for this choice"
    names = own["short_name"].unique()
    if len(names) > 1:
        return title_heat_map(own.groupby(["indicator_id", "area_code"], sort=False).tail(1))
    newest = own[own["date"] == own["date"].max()].sort_values("value", ascending=False, kind="stable")
    top = newest.iloc[0]
    if len(newest) == 1:
        return f"{names[0]}, {top['area_name']}: {format_with_unit(top)}"
    return title_ranking(newest)


def title_heat_map(frame: pd.DataFrame) -> str:
    """Return the area that is highest in most columns."""
    own = frame[(frame["role"] == "area") & frame["value"].notna()]
    columns = own["indicator_id"].nunique()
    if columns == 1:
        return title_ranking(frame)
    if own["area_code"].nunique() == 1:
        return f"{columns} indicators for {own['area_name'].iloc[0]}"
    # As shown: two areas at 0.00 are alike to a reader, and neither is highest.
    shown = own.assign(
        shown=[round(value, int(places)) for value, places in zip(own["value"], own["decimals"], strict=True)]
    )
    is_top = shown["shown"] == shown.groupby("indicator_id")["shown"].transform("max")
    top = shown[is_top]
    highest = top[~top["indicator_id"].duplicated(keep=False)]
    counts = highest["area_name"].value_counts()
    first = counts[counts == counts.max()]
    if len(first) > 1 and columns == 2 and len(highest) == 2:
        leaders = [f"{row['area_name']} for {in_sentence(row['short_name'])}" for row in list_rows(highest)]
        return f"Highest: {join_names(leaders)}"
    if len(first) != 1:
        return f"No one area is highest on most of {columns} indicators"
    most = f"all {columns}" if first.iloc[0] == columns else f"{first.iloc[0]} of {columns}"
    return f"{first.index[0]} is highest on {most} indicators"


def title_scatter(frame: pd.DataFrame) -> str:
    """Return the area furthest from the middle of both indicators."""
    own = pair_figures(frame).query("role == 'area'")
    if own.empty:
        return "No area has both figures"
    if len(own) < 3:
        return f"Two indicators in {_count(len(own), 'area')}"
    return f"{own.loc[own['distance'].idxmax(), 'area_name']} stands furthest from the rest"


def title_outside(frame: pd.DataFrame) -> str:
    """Return how many areas lie outside the 99.8% limits, by their verdicts beside England."""
    own = frame[(frame["role"] == "area") & frame["value"].notna()]
    outside = own[own["versus_england"].str.startswith("clearly")]
    if outside.empty:
        return f"No area of {len(own)} lies outside what chance explains"
    if len(outside) == 1:
        return f"{outside['area_name'].iloc[0]} alone lies outside what chance explains"
    return f"{len(outside)} of {len(own)} areas lie outside what chance explains"


def subtitle_comparison(frame: pd.DataFrame, *, chart: str) -> str:
    """Return what is shown: the indicator with its date and polarity, or the names of several."""
    firsts = [rows.iloc[0] for _, rows in frame.groupby("indicator_id", sort=False)]
    if chart == "scatter":
        parts = [f"{row['indicator_name']} ({describe_period(row)})" for row in firsts]
        return f"Across: {parts[0]}. Upright: {parts[-1]}."
    if len(firsts) > 1:
        grey = " England in grey." if chart == "trend" and (frame["role"] == "comparator").any() else ""
        return f"{join_names([row['short_name'] for row in firsts])}.{grey}"
    row = firsts[0]
    if chart in ("trend", "table"):
        grey = _say_england(frame) if chart == "trend" else ""
        return f"{row['indicator_name']}. {describe_polarity(row['polarity'])}{grey}"
    return f"{row['indicator_name']}, {describe_period(row)}. {describe_polarity(row['polarity'])}"


def summarise_comparison(frame: pd.DataFrame, *, chart: str) -> str:
    """Return a comparison in a paragraph: its text alternative."""
    if chart == "scatter":
        return summarise_scatter(frame)
    if chart in ("ranking", "map", "funnel"):
        return summarise_ranking(frame)
    most = MOST_SAID if frame["indicator_id"].nunique() == 1 else FEW_SAID
    parts = []
    for _, rows in frame.groupby("indicator_id", sort=False):
        newest = rows[rows["value"].notna()].groupby("area_code", sort=False).tail(1)
        ranked = newest.sort_values("value", ascending=False, kind="stable")
        said = [f"{row['area_name']} {format_value(row)}" for row in list_rows(ranked)]
        more = f" and {len(said) - most} more" if len(said) > most else ""
        if said:
            when = describe_period(ranked.loc[ranked["date"].idxmax()])
            parts.append(f"{rows['short_name'].iloc[0]}, {when}, highest first: {'; '.join(said[:most])}{more}.")
    return " ".join(parts[:MOST_SAID]) or "No figure is held for this choice."


def summarise_scatter(frame: pd.DataFrame) -> str:
    """Return the areas furthest from the middle with both figures, how many areas there are, and England."""
    pairs = pair_figures(frame)
    own = pairs[pairs["role"] == "area"].sort_values("distance", ascending=False, kind="stable")
    far = [f"{row['area_name']} {row['x_text']} and {row['y_text']}" for row in list_rows(own.head(5))]
    wide = list_rows(pairs[pairs["role"] == "comparator"])
    beside = [f"England: {row['x_text']} and {row['y_text']}." for row in wide]
    said = f"Furthest from the middle: {'; '.join(far)}. " if far else ""
    return f"{_count(len(own), 'area')} with both figures. {said}{' '.join(beside)}".strip()


def name_answers(indicator: str) -> str:
    """Return what the denominator of a funnel's share counts."""
    if indicator == ANSWERING:
        return "open care homes"
    return "home care providers that answered" if indicator.startswith("home_care") else "care homes that answered"


def explain_no_pair(names: list[str], dates: list[list[dt.date]], *, is_mixed: bool) -> str:
    """Return why a scatter cannot be drawn, and what to do."""
    if len(names) < 2:
        return "A scatter needs two indicators. Choose a second one above: the first lies across, the second upright."
    if is_mixed:
        return (
            f"{join_names(names)} cannot be set against each other: one is made up to show how the dashboard works and "
            "the other is published. Choose two of the same kind."
        )
    spans = [f"{name}: {say_span(days)}" for name, days in zip(names, dates, strict=True)]
    return (
        "A scatter needs two figures within 14 days of each other, and these have none for the areas chosen. "
        f"{'. '.join(spans)}. Choose another indicator, or other areas."
    )


def say_span(days: list[dt.date]) -> str:
    """Return the dates of an indicator's figures in a few words."""
    if not days:
        return "no figure for these areas"
    if len(days) == 1:
        return format_date(days[0])
    return f"{len(days)} dates from {format_short_date(days[0])} to {format_short_date(days[-1])}"


def _say_england(frame: pd.DataFrame) -> str:
    """Return how England is drawn on a trend: dotted beside up to four lines, grey in panels."""
    if not (frame["role"] == "comparator").any():
        return ""
    areas = frame.loc[frame["role"] == "area", "area_code"].nunique()
    return " England dotted." if areas <= LINES_A_PANEL else " England in grey."


def _count(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")
