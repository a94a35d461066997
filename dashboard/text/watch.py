"""The line that says what to watch: a new signal, a figure near to becoming one, or the newest that stands."""

from __future__ import annotations

from dashboard.format import Row, format_date, in_sentence, sentence

EDGES = {"absence": "above {bar:.{digits}f}%", "below_england": "below about {bar:.{digits}f}%"}
"""Where a rule begins to hold; for all others "below"."""
MOST_DIGITS = 3


def say_near(row: Row, place: str) -> str:
    """Return "Watch care workers absent: 9.8%, and a signal above 10.5%." """
    value, bar = row["value"], row["bar"]
    digits = next((most for most in range(1, MOST_DIGITS) if f"{value:.{most}f}" != f"{bar:.{most}f}"), MOST_DIGITS)
    edge = EDGES.get(row["rule"], "below {bar:.{digits}f}%").format(bar=bar, digits=digits)
    return f"Watch {place}{in_sentence(row['short_name'])}: {value:.{digits}f}%, and a signal {edge}."


def say_new(row: Row, place: str) -> str:
    """Return what a new signal found and what would clear it."""
    what = f"Watch {place}{in_sentence(row['short_name'])}: a new signal, {format_date(row['date'])}."
    return f"{what} {row['sentence']} {sentence(row['clears'])}"


def say_standing(row: Row, place: str) -> str:
    """Return since when a signal stands and what would clear it."""
    what = f"Watch {place}{in_sentence(row['short_name'])}: a signal since {format_date(row['since'])}."
    return f"{what} {sentence(row['clears'])}"
