"""Words for good practice: which areas that began alike improved, whether by more than chance, and what to ask."""

from __future__ import annotations

import pandas as pd

from dashboard.format import Row, describe_polarity, format_change, format_date, format_number, in_sentence, join_names
from dashboard.rows import list_rows
from dashboard.text.verdicts import say_number
from dashboard.views.practice import ALIKE_POINTS, COMPARED, FEWEST_HOMES, IMPROVED

HOME_CARE = "capacity_tracker_home_care"
REASONS = {
    "": "",
    "clearly worse": " Shown because the area stands clearly below England on it; choose another above.",
    "worse": " Shown because the area stands below England on it; choose another above.",
    "lowest": " Shown because it is the area's lowest share; choose another above.",
}
NONE_HELD = (
    "It takes home-level returns to see which areas that began alike improved fastest. No such change can be read here."
)
NO_EXAMPLE = "The report gives no example for this measure."
EXAMPLES = "The report says what was done, not what came of it."


def title_practice(frame: pd.DataFrame) -> str:
    """Return who improved most by more than chance, that nobody did, or that nobody began alike."""
    similar = frame[frame["role"] == "similar"]
    what = in_sentence(frame["short_name"].iloc[0])
    if similar.empty:
        return f"No similar area began alike on {what}"
    better = similar[similar["verdict"] == IMPROVED]
    if better.empty and len(similar) == 1:
        return "The one area that began alike improved no more than chance"
    if better.empty:
        return f"No area of {say_number(len(similar))} that began alike improved beyond chance"
    first = better.iloc[0]
    return f"{first['area_name']} began alike and improved beyond chance: {say_points(first)}"


def subtitle_practice(frame: pd.DataFrame) -> str:
    """Return the measure, the dates, which way is better, and why this measure is shown."""
    row = frame.iloc[0]
    return (
        f"{row['indicator_name']}, {format_date(row['date_from'])} to {format_date(row['date_to'])}. "
        f"{describe_polarity(row['polarity'])}{REASONS[row['reason']]}"
    )


def explain_rule(frame: pd.DataFrame) -> str:
    """Return the rule by which areas are chosen and judged, with its numbers."""
    row = frame.iloc[0]
    return (
        f"Of the {COMPARED} areas most like this one: those whose share was within {ALIKE_POINTS:.0f} percentage "
        f"points of its own on {format_date(row['date_from'])}, the first extract that can be compared with "
        f"the newest, with at least {FEWEST_HOMES} {name_who(row)} answering at both dates. The change is among "
        "those. More than chance: McNemar's test, p below 0.05 divided by the number of areas."
    )


def summarise_practice(frame: pd.DataFrame) -> str:
    """Return each area's move in a sentence, the most improved first, and what to do with it."""
    similar = frame[frame["role"] == "similar"]
    own = frame[frame["role"] == "area"]
    said = [f"{row['area_name']}: {say_move(row)}." for row in list_rows(pd.concat([own, similar.head(3)]))]
    better = list(similar.loc[similar["verdict"] == IMPROVED, "area_name"])
    if better:
        said.append(f"Ask {join_names(better)} what was done; a change may have other causes.")
    elif len(similar):
        said.append("No move here is large enough to name anyone as an example.")
    return " ".join(said)


def name_who(row: Row) -> str:
    """Return who answers the measure."""
    return "providers" if row["source_id"] == HOME_CARE else "homes"


def say_points(row: Row) -> str:
    """Return the change among the same homes with its sign, in points."""
    return format_change(round(row["change_same_homes_points"], 1) + 0.0, "percent", decimals=1)


def say_share(row: Row, name: str) -> str:
    """Return a share as it is shown."""
    return format_number(row[name], row["unit"], decimals=int(row["decimals"]))


def say_move(row: Row) -> str:
    """Return from where to where an area moved, the change among the same homes, and how many they are."""
    return (
        f"{say_share(row, 'share_from')} to {say_share(row, 'share_to')}, {say_points(row)} among {row['n_both']:,.0f} "
        f"{name_who(row)} that answered both times"
    )
