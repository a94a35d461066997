"""Words of the England page: where things stand, what the later statistics say, which regions lead and lag."""

from __future__ import annotations

import pandas as pd

from dashboard.format import (
    Row,
    describe_period,
    format_change,
    format_date,
    format_value,
    in_sentence,
    join_names,
)
from dashboard.text import change_between

NEWEST = {"deaths_covid_week_count": "COVID-19 deaths", "outbreaks_new_count": "new outbreaks"}
"""The headlines that the lead repeats, each with its date."""
SIGNALS = {
    "below": "below its usual range",
    "above": "above its usual range",
    "falling": "falling",
    "rising": "rising",
}


def lead_england(plan: pd.DataFrame, headlines: pd.DataFrame) -> str:
    """Return where things stand: the 13 measures as published, then the newest deaths and outbreaks."""
    changes = change_between(plan)
    first, last = plan["date"].min(), plan["date"].max()
    rose = int((changes["change"] > 0).sum())
    count = f"each of the {len(changes)}" if rose == len(changes) else f"{rose} of the {len(changes)}"
    lowest = changes.nsmallest(2, "value_after")
    lagging = join_names([f"{in_sentence(row.short_name)} ({row.value_after:.0f}%)" for row in lowest.itertuples()])
    said = [words for name in NEWEST if (words := _say_newest(headlines, name))]
    return (
        f"More care homes reported {count} protective measures on {last.day} {last:%B} than on {format_date(first)}; "
        f"lowest are {lagging}." + (f" They had {' and '.join(said)}." if said else "")
    )


def _say_newest(headlines: pd.DataFrame, name: str) -> str:
    """Return a weekly count with its date: "21 COVID-19 deaths in the week to 11 September 2020"."""
    series = headlines[(headlines["indicator_id"] == name) & headlines["value"].notna()]
    if series.empty:
        return ""
    last = series.iloc[-1]
    return f"{format_value(last)} {NEWEST[name]} in the {describe_period(last)}"


def describe_completion(completion: pd.DataFrame) -> list[str]:
    """Return how far completion of the tracker rose meanwhile, as a list of one note, or of none."""
    valued = completion[completion["value"].notna()]
    if len(valued) < 2:
        return []
    before, after = valued.iloc[0], valued.iloc[-1]
    return [
        f"Homes that completed the tracker: {format_value(before)} {describe_period(before)}, {format_value(after)} "
        f"{describe_period(after)}. So part of each rise is a change in who answered."
    ]


def pair_newest(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row an indicator: its newest row, with the value and date before it (null where there is only one)."""
    valued = frame[frame["value"].notna()]
    pairs = []
    for _, series in valued.groupby("indicator_id", sort=False):
        before = series.iloc[-2] if len(series) > 1 else None
        pairs.append(
            series.iloc[-1].to_dict()
            | {
                "value_before": None if before is None else before["value"],
                "date_before": None if before is None else before["date"],
            }
        )
    return pd.DataFrame(pairs)


def describe_later_change(row: Row) -> str:
    """Return the change since the date before, in points for shares, or that there is none to show."""
    if pd.isna(row["value_before"]):
        return "no earlier figure"
    decimals = int(row["decimals"])
    return format_change(round(row["value"] - row["value_before"], decimals), row["unit"], decimals=decimals)


def title_later(frame: pd.DataFrame) -> str:
    """Return the newest of the department's statistics, with its date."""
    pairs = pair_newest(frame)
    if pairs.empty:
        return "No later statistics are held"
    first = pairs.iloc[0]
    if first["indicator_id"] == "dhsc_visiting_percent":
        return f"{format_value(first)} of homes could take visitors in {first['date']:%B %Y}"
    return f"{first['short_name']}: {format_value(first)} in {first['date']:%B %Y}"


def title_resident_deaths(frame: pd.DataFrame) -> str:
    """Return in which week most residents died, and how many times as many as a year before."""
    own = frame[(frame["indicator_id"] == "resident_deaths_all_week_count") & frame["value"].notna()]
    if own.empty:
        return "No deaths of residents are held"
    peak = own.loc[own["value"].idxmax()]
    same = frame[(frame["indicator_id"] == "resident_deaths_2019_week_count") & (frame["date"] == peak["date"])]
    if same.empty or not same["value"].iloc[0] > 0:
        return f"Most residents died in the {describe_period(peak)}"
    return f"Resident deaths at the peak {peak['value'] / same['value'].iloc[0]:.1f} times the year before"


def title_questions(series: pd.DataFrame, changes: pd.DataFrame) -> str:
    """Return the lowest question at the newest date, and the one that moved most since about four weeks before."""
    newest = series[(series["date"] == series["date"].max()) & series["value"].notna()]
    if newest.empty:
        return "No figure can be shown here"
    low = newest.loc[newest["value"].idxmin()]
    said = f"{low['short_name']} lowest at {format_value(low)}"
    valued = changes[changes["change_points"].notna()]
    if valued.empty:
        return said
    most = valued.loc[valued["change_points"].abs().idxmax()]
    if not round(most["change_points"], 1):
        return f"{said}; none moved"
    return f"{said}; {in_sentence(most['short_name'])} moved {format_tenths(most['change_points'])} points"


def format_tenths(points: float) -> str:
    """Return a change in percentage points to a tenth, without the word: "−2.8", "0.0"."""
    return format_change(round(points, 1), "count", decimals=1) if round(points, 1) else "0.0"


def describe_regions(counts: Row) -> str:
    """Return how many regions stand clearly apart from England, by side."""
    above, below = (int(counts.get(f"clearly {word}", 0)) for word in ("better", "worse"))
    parts = [f"{count} {side}" for count, side in ((below, "clearly below"), (above, "clearly above")) if count]
    return ", ".join(parts) or "none clearly apart"


def describe_signal(row: Row) -> str:
    """Return how the newest figure lies to the usual range of its series, and since when it has not lain in it."""
    if row["reason"]:
        return "too few weeks to say"
    if not row["special_cause"]:
        return "in its usual range"
    if row["special_cause"] == "near limit":
        return f"{'high' if row['direction'] == 'above' else 'low'} in its usual range"
    return f"{SIGNALS[row['direction']]} since {row['since'].day} {row['since']:%b}"


def describe_limits(standing: pd.DataFrame) -> str:
    """Return what a usual range is made of, and that it is provisional where the series is short."""
    known = standing[standing["reason"] == ""]
    if known.empty:
        return "No usual range can be given yet: the series since the last break are too short."
    weeks = int(known["points"].max())
    short = " With fewer than 13 the range is provisional." if known["is_provisional"].any() else ""
    return (
        f"Usual range: the control limits of the {weeks} figures since the last break.{short} A move of less than a "
        "point counts as usual, whatever the limits say. Regions are counted where they stand clearly apart."
    )
