"""Words of the agenda of a regional call and of the digest: subjects, leads, and what is asked."""

from __future__ import annotations

import pandas as pd

from dashboard.format import Row, format_date, in_sentence, with_the
from dashboard.support import STRENGTHS
from dashboard.text.since import count, say_signal_sure, title_since

ENQUIRE = "A signal is a reason to enquire, not a judgement of anyone."
MADE_UP = "Illustrative figures: made up to show how the dashboard works. They say nothing of these councils."
NO_OWNER = "the report names nobody"


def lead_agenda(open_signals: pd.DataFrame, new: int, *, area: str, fixes: int) -> str:
    """Return what the call is about in a sentence or two."""
    if open_signals.empty:
        first = f"No signal is open in {with_the(area)} this week"
    else:
        councils = open_signals["area_code"].nunique()
        where = f"{count(len(open_signals), 'open signal')} in {count(councils, 'place')}"
        first = f"{where}, {new or 'none'} of them new or stronger"
    return f"{first}; {count(fixes, 'finding')} about the data to put right. {ENQUIRE}"


def say_subject(changes: pd.DataFrame, day: object, *, area: str, open_signals: int, is_illustrative: bool) -> str:
    """Return the subject of a digest: the area and the finding, with the word where figures are made up."""
    made_up = "[Illustrative] " if is_illustrative else ""
    standing = f"; {count(open_signals, 'signal')} open" if open_signals else "; no signal open"
    finding = title_since(changes, day)
    return f"{made_up}{area}: {finding[:1].lower()}{finding[1:]}{standing}"


def name_signal(row: Row, *, is_region: bool) -> str:
    """Return "Dudley, care workers absent" of a region, "Care workers absent" of one council."""
    return f"{row['area_name']}, {in_sentence(row['short_name'])}" if is_region else str(row["short_name"])


def say_state(row: Row) -> str:
    """Return strength, state and since when: "Clear, new, since 30 October 2020"."""
    return f"{STRENGTHS[row['strength']]}, {row['state']}, since {format_date(row['since'])}"


def say_sure(row: Row, rule: Row) -> str:
    """Return how sure the signal is."""
    return say_signal_sure(row, rule)


def list_contrary(row: Row) -> list[str]:
    """Return what speaks against a signal, a sentence each."""
    return [line for line in str(row["contrary"]).split("\n") if line]


def say_contrary(row: Row) -> str:
    """Return what speaks against a signal in one run of sentences, or that nothing held here does."""
    return " ".join(list_contrary(row)) or "Nothing that is held here."


def say_owner(row: Row) -> str:
    """Return who acts, and by which recommendation."""
    return f"{row['owner'] or NO_OWNER} (recommendation {row['recommendation']:.0f})"


def say_cleared(row: Row, *, is_region: bool) -> str:
    """Return which signal cleared, and when."""
    name = name_signal(row, is_region=is_region)
    return f"{name} ({in_sentence(row['rule_name'])}), cleared on {format_date(row['cleared_on'])}."


def say_asked(row: Row) -> str:
    """Return who was asked about what, when, with which outcome."""
    return (
        f"{row['area_name']}, {in_sentence(row['short_name'])}: asked on {format_date(row['asked_on'])} by the "
        f"{row['asked_by']}. Answer: {row['answer']} Outcome: {row['outcome']}."
    )


MOST_PLACES = 4
"""Councils that a line about data names; the others it counts."""


def say_places(row: Row) -> str:
    """Return which councils a finding is about, each with how many homes: "Dudley 3, Walsall 2 and 4 more"."""
    named = ", ".join(f"{name} {number}" for name, number in row["places"][:MOST_PLACES])
    left = len(row["places"]) - MOST_PLACES
    return f"{named} and {count(left, 'more council')}" if left > 0 else named


def say_fix(row: Row, *, is_region: bool) -> str:
    """Return what was found about the data, where, what to do and who can."""
    where = f" ({say_places(row)})" if is_region else ""
    homes = count(row["rows"], row["of"])
    return f"{row['finding']}: {homes}{where}. {row['what_to_do']} Who can: {row['who_can']}."
