"""Words of the indicators page: what a row says of an indicator, and how many are shown."""

from __future__ import annotations

import pandas as pd

from dashboard.format import Row, format_short_date, sentence

WAYS = {"higher is better": "Higher is better", "lower is better": "Lower is better"}
UNITS = {"percent": "%", "count": "Number", "per 1,000": "Per 1,000", "per 100,000": "Per 100,000"}


def write_entry(row: Row) -> str:
    """Return the text of an indicator in which the search looks: names, id, group, source and definition."""
    parts = ("name", "short_name", "id", "group", "publisher", "definition")
    return " ".join(str(row[part]) for part in parts)


def describe_way(polarity: str) -> str:
    """Return which way is better, in words for a column."""
    return WAYS.get(polarity, "Neither is better")


def describe_newest(row: Row) -> str:
    """Return the date of the newest figure as the source says it, or that none is held."""
    if pd.isna(row["newest"]):
        return "No figure held"
    return sentence(row["newest_text"]) or format_short_date(row["newest"])


def count_shown(shown: int, total: int) -> str:
    """Return how many indicators are shown: "All 114 indicators", "3 of 114 indicators"."""
    return f"All {total} indicators" if shown == total else f"{shown} of {total} indicators"


def describe_span(row: Row) -> str:
    """Return what is held at one level: dates, how many of them, and how many areas."""
    first, last = format_short_date(row["first"]), sentence(row["last_text"]) or format_short_date(row["last"])
    when = last if row["dates"] == 1 else f"{first} to {format_short_date(row['last'])}, {row['dates']:,} dates"
    areas = "" if row["level"] == "England" else f"; {row['areas']:,} {row['level'].lower()}"
    return f"{when}{areas}" + ("; illustrative" if row["is_illustrative"] else "")
