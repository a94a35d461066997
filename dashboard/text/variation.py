"""Words for how councils vary: who lies outside what chance explains, and who makes up the gap to the target."""

from __future__ import annotations

import pandas as pd

from dashboard.format import Row, format_number, format_value, in_sentence, join_names, sentence, with_the
from dashboard.measures import ANSWERING
from dashboard.rows import list_rows
from dashboard.text.verdicts import say_number

WIDENED = (
    "Councils differ by more than chance on this measure, so the lines are drawn further apart: they allow for the "
    "ordinary spread between councils as well as for chance."
)
BY_SIZE = "This is arithmetic, not cause: a large council can head the list by its size alone."
HALF = 50.0


def name_answers(indicator: str) -> str:
    """Return what a share's denominator counts."""
    if indicator == ANSWERING:
        return "open care homes"
    return "home care providers that answered" if indicator.startswith("home_care") else "care homes that answered"


def title_funnel(points: pd.DataFrame) -> str:
    """Return how many councils lie outside the 99.8% lines, in ten words or fewer."""
    clear = _pick_clear(points)
    who = "one council" if len(clear) == 1 else f"{say_number(len(clear))} council{'s' if len(clear) else ''}"
    return f"{points['short_name'].iloc[0]}: {who} outside what chance explains"


def summarise_funnel(points: pd.DataFrame) -> str:
    """Return who lies outside the lines and where these run, how many lie inside, and how many are not drawn."""
    own = points[points["role"] == "area"]
    valued = own[own["value"].notna()]
    inside = int((~valued["versus_england"].str.contains("worse|better")).sum())
    clear = [_say_outside(row) for row in list_rows(_pick_clear(points))]
    hidden = len(own) - len(valued)
    parts = [
        f"{inside} of {len(valued)} councils lie inside the 95% lines.",
        *clear,
        f"Not drawn, for want of a figure: {hidden}." if hidden else "",
    ]
    return " ".join(filter(None, parts))


def title_contributions(parts: pd.DataFrame) -> str:
    """Return how many councils make up half of the region's gap, in ten words or fewer."""
    if not parts["homes_to_move"].gt(0).any():
        return f"{parts['short_name'].iloc[0]}: every council here is at the target"
    many = count_to_half(parts)
    if many == 1:
        return f"{parts['area_name'].iloc[0]} alone makes up half of the gap"
    return f"{sentence(say_number(many))} of {len(parts)} councils make up half of the gap"


def summarise_contributions(parts: pd.DataFrame, *, region: str) -> str:
    """Return how many homes would have to change in the region, and in the councils that make up half of the gap."""
    homes, most = parts["homes_to_move"].sum(), parts.head(count_to_half(parts))
    target = format_number(parts["target"].iloc[0], "percent", decimals=0)
    what = in_sentence(parts["short_name"].iloc[0])
    return (
        f"To reach {target} on {what}, {homes:,.0f} homes in {with_the(region)} would have to change their answer: "
        f"{most['homes_to_move'].sum():,.0f} of them in {join_names(list(most['area_name']))}. {BY_SIZE}"
    )


def count_to_half(parts: pd.DataFrame) -> int:
    """Return the fewest councils, the largest parts first, that make up half of the gap."""
    return int((parts["share_of_gap_percent"].cumsum() < HALF).sum()) + 1


def _pick_clear(points: pd.DataFrame) -> pd.DataFrame:
    return points[(points["role"] == "area") & points["versus_england"].str.startswith("clearly")]


def _say_outside(row: Row) -> str:
    limits = " and ".join(format_number(row[f"limit_{end}_998"], "percent", decimals=0) for end in ("lower", "upper"))
    return (
        f"{row['area_name']}: {format_value(row)} of {row['denominator']:,.0f}, "
        f"where the 99.8% lines run at {limits} ({row['versus_england']})."
    )
