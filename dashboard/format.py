"""Format: numbers, dates and statuses as people write them. Pure functions, no sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

Row = Mapping[str, Any] | pd.Series
"""One observation: a row of a frame, as a mapping or a Series."""

MISSING = {"c": "hidden to protect homes", "x": "not available", "z": "not applicable", "": "not held"}
SHORT = {"c": ("hidden", "[c]"), "x": ("none", "[x]"), "z": ("none", "[z]"), "": ("none", "[x]")}
"""The same in a word for a narrow column, and in a mark for a narrower one (the marks of official statistics)."""
QUALITY = {"p": "provisional", "u": "low reliability", "pu": "provisional, low reliability"}
POLARITY = {"higher is better": "Higher is better", "lower is better": "Lower is better"}
RATES = {"per 1,000": "per 1,000 people aged 65 and over", "per 100,000": "per 100,000 people"}
"""Units that are rates, each with the people it is taken among."""
MINUS = "\u2212"


def format_number(value: float, unit: str, *, decimals: int) -> str:
    """Return the number as a reader meets it: 94%, 1,031 or 2.3."""
    return f"{value:,.{decimals}f}" + ("%" if unit == "percent" else "")


def format_value(row: Row) -> str:
    """Return an observation's value in its unit, or the words for why there is none."""
    if pd.isna(row["value"]):
        return MISSING[row["status"]]
    return format_number(row["value"], row["unit"], decimals=int(row["decimals"]))


def format_bare(row: Row) -> str:
    """Return the value without its unit, where the heading says it; "" where there is none."""
    return "" if pd.isna(row["value"]) else format_number(row["value"], "count", decimals=int(row["decimals"]))


def format_with_unit(row: Row) -> str:
    """Return the value with its unit said, for sentences: "2.3 per 1,000" where a table has it in the heading."""
    unit = f" {row['unit']}" if row["unit"] in RATES and pd.notna(row["value"]) else ""
    return format_value(row) + unit


def format_unit(unit: str) -> str:
    """Return the unit in words, for headings."""
    return {"percent": "%", "count": "number", **RATES}[unit]


def format_change(change: float, unit: str, *, decimals: int) -> str:
    """Return a change with its sign; percentages change by percentage points."""
    sign = "+" if change > 0 else MINUS if change < 0 else "no change"
    if change == 0:
        return sign
    points = " points" if unit == "percent" else ""
    return f"{sign}{abs(change):,.{decimals}f}{points}"


def format_date(date: dt.date) -> str:
    """Return 10 August 2020."""
    return f"{date.day} {date:%B %Y}"


def format_short_date(date: dt.date) -> str:
    """Return 10 Aug 2020."""
    return f"{date.day} {date:%b %Y}"


def describe_period(row: Row) -> str:
    """Return when an observation was: "week to 13 July 2020", "year to 31 March 2023", or the source's own words."""
    if row["date_text"]:
        return row["date_text"]
    before = {"week": "week to ", "year": "year to ", "day": "", "month": "month to ", "point": ""}[row["period"]]
    return before + format_date(row["date"])


def describe_polarity(polarity: str) -> str:
    """Return the polarity as a short sentence."""
    return POLARITY.get(polarity, "Neither higher nor lower is better") + "."


def describe_span(days: int) -> str:
    """Return a number of days as people say it: "1 week", "4 weeks", "10 days"."""
    count, word = (days // 7, "week") if days % 7 == 0 else (days, "day")
    return f"{count} {word}" + ("" if count == 1 else "s")


def join_names(names: list[str]) -> str:
    """Return the names as a list in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def with_the(region: str) -> str:
    """Return a region's name as it stands in a sentence: "the North East", but "London"."""
    return region if region in {"London", "Yorkshire and The Humber", "England"} else f"the {region}"


def in_sentence(name: str) -> str:
    """Return a short name as it stands inside a sentence: "full wages", but "PPE training"."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def sentence(text: str) -> str:
    """Return the text with a capital at its start."""
    return text[:1].upper() + text[1:]


def count_rows(count: int) -> str:
    """Return "1 row" or "1,234 rows"."""
    return "1 row" if count == 1 else f"{count:,} rows"


def format_size(count: int) -> str:
    """Return a number of bytes as kB or MB, to two figures at most: it is said to be about that."""
    if count < 1_000:
        return "1 kB"
    digits = len(str(count)) - 2
    rounded = round(count, -digits)
    return f"{rounded / 1_000_000:.2g} MB" if rounded >= 1_000_000 else f"{rounded / 1_000:.0f} kB"
