"""Words for the recommendations: how many can be seen, who must act, and what a figure beside one says."""

from __future__ import annotations

import pandas as pd

from dashboard.format import Row, format_change, format_short_date, format_with_unit
from dashboard.recommendations import NONE_PRINTED, SEEN


def count_held(frame: pd.DataFrame) -> dict[str, int]:
    """Return how many recommendations have a figure on what is asked, on the aim only, and none."""
    counts = frame["data_held"].value_counts()
    return {word: int(counts.get(word, 0)) for word in SEEN}


def lead_recommendations(frame: pd.DataFrame) -> str:
    """Return what the country can see of the recommendations, in two sentences."""
    counts = count_held(frame)
    return (
        f"The taskforce made {len(frame)} recommendations. Figures held here count what is asked for in "
        f"{counts['direct']}, only what it should lead to in {counts['aim']}, and nothing at all for {counts['none']}."
    )


def title_recommendations(frame: pd.DataFrame) -> str:
    """Return the finding: for how many no figure is held."""
    return f"For {count_held(frame)['none']} of {len(frame)} recommendations no data are held"


def summarise_recommendations(frame: pd.DataFrame) -> str:
    """Return the numbers of the recommendations that each kind of figure is held for."""
    numbers = {word: frame.loc[frame["data_held"] == word, "number"] for word in SEEN}
    return " ".join(f"{SEEN[word]}: {_list_numbers(held)}." for word, held in numbers.items())


def title_figures(frame: pd.DataFrame) -> str:
    """Return for how many of the indicators that recommendations name England has a figure."""
    return f"England has a figure for {int(frame['figure'].notna().sum())} of {len(frame)} indicators"


def summarise_figures(frame: pd.DataFrame) -> str:
    """Return how far the figures reach: the newest date, and how many were made up."""
    made_up = int(frame["is_illustrative"].sum())
    newest = frame["date"].dropna().max()
    said = f" {made_up} of them are illustrative." if made_up else ""
    return f"The newest figure is for {format_short_date(newest)}.{said}" if pd.notna(newest) else ""


def write_recommendation(row: Row, *, measures: list[str]) -> str:
    """Return the text of a recommendation in which the search looks."""
    owner = f"{row['owner']} {row['organisations']}" if row["owner"] else NONE_PRINTED
    said = (row["summary"], owner, row["section"], row["evidence"])
    return " ".join([f"Recommendation {row['number']}", *said, *measures])


def count_shown(shown: int, total: int) -> str:
    """Return how many recommendations are shown: "All 52 recommendations", "3 of 52 recommendations"."""
    return f"All {total} recommendations" if shown == total else f"{shown} of {total} recommendations"


def say_owner(row: Row) -> str:
    """Return whom the report names under "Action for", as printed."""
    return row["owner"] or "none printed in the report"


def name_evidence(row: Row) -> str:
    """Return the heading of what is said of the figures: what they show, or that none does."""
    return "What cannot be seen" if row["data_held"] == "none" else "What figures show"


def say_figure(row: Row) -> str:
    """Return England's newest figure, or where figures are held instead."""
    if pd.isna(row["figure"]):
        return f"none for England; {row['councils']} councils have one" if row["councils"] else "no figure held"
    return format_with_unit({**row, "value": row["figure"], "status": ""})


def say_when(row: Row) -> str:
    """Return when the figure was, and whether it is made up."""
    if pd.isna(row["figure"]):
        return ""
    made_up = ", illustrative" if row["is_illustrative"] else ""
    return f"{row['date_text'] or _date_shortly(row)}{made_up}"


def say_change(row: Row) -> str:
    """Return how the figure changed and since when; why there is no change where there is none."""
    if pd.isna(row["figure"]):
        return ""
    if pd.isna(row["change"]):
        return "no earlier figure since the last break" if row["is_broken"] else "no earlier figure"
    change = format_change(_round(row), row["unit"], decimals=int(row["decimals"]))
    if row["since_text"]:
        return f"{change} since {row['since_text']}"
    return f"{change} since {_date_shortly({**row, 'date': row['since']})}"


def name_direction(row: Row) -> str:
    """Return "better", "worse" or "" for a change: by the polarity that the indicator declares."""
    change = _round(row) if pd.notna(row["change"]) else 0
    if not change or row["polarity"] not in ("higher is better", "lower is better"):
        return ""
    return "better" if (change > 0) == (row["polarity"] == "higher is better") else "worse"


def _round(row: Row) -> float:
    """Return the change as it is shown, so that a move too slight to show has no direction."""
    return round(float(row["change"]), int(row["decimals"])) + 0.0


def _date_shortly(row: Row) -> str:
    """Return "30 Oct 2020", or of a span "week to 30 Oct 2020"."""
    before = f"{row['period']} to " if row["period"] in ("week", "year") else ""
    return f"{before}{format_short_date(row['date'])}"


def _list_numbers(numbers: pd.Series) -> str:
    return ", ".join(map(str, numbers)) or "none"
