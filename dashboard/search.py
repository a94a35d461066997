"""Search: which indicators the address of /indicators asks for, and whether an entry matches what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.selection import SelectionError
from dashboard.store import Snapshot

PATH = "/indicators"
MOST_CHARACTERS = 100
KINDS = {"published": "Published figures", "returns": "Counted from returns or the CQC register"}
POLARITIES = {"higher": "higher is better", "lower": "lower is better", "neither": "neither is better"}
"""Which way is better: the word in the address, and the word of the catalogue."""

BY_HOME = ("capacity_tracker_care_homes", "capacity_tracker_home_care", "cqc_register")
"""Sources with a row a home or a provider, which are counted here; all others are shown as published."""


@dataclass(frozen=True)
class IndicatorSearch:
    """What is looked for: words, and a kind or a polarity; empty for any."""

    words: str = ""
    kind: str = ""
    polarity: str = ""


def read_search(snapshot: Snapshot, query: Mapping[str, str]) -> IndicatorSearch:
    """Return the search that the query asks for; SelectionError for a key or a word that the page does not know."""
    refuse_unknown(query, known=("q", "kind", "polarity"))
    words = query.get("q", "")
    if len(words) > MOST_CHARACTERS:
        raise SelectionError(f"The search has {len(words):,} characters; at most {MOST_CHARACTERS} are looked for.")
    return IndicatorSearch(
        words=words,
        kind=read_word(query, "kind", allowed=KINDS),
        polarity=read_word(query, "polarity", allowed=POLARITIES),
    )


def matches(entry: str, words: str) -> bool:
    """Tell whether an entry's text has every word that was typed, in any order and case, also as part of a word."""
    text = entry.casefold()
    return all(word in text for word in words.casefold().split())


def refuse_unknown(query: Mapping[str, str], *, known: tuple[str, ...]) -> None:
    """Raise SelectionError where the query has a key that is not known."""
    unknown = sorted(set(query) - set(known))
    if unknown:
        raise SelectionError(
            f"The address asks for {unknown[0][:20]!r}, which this page does not know. It has: {', '.join(known)}."
        )


def read_word(query: Mapping[str, str], key: str, *, allowed: Mapping[str, str] | tuple[str, ...]) -> str:
    """Return the word of a key, "" where the query lacks it; SelectionError for a word that is not allowed."""
    if key not in query:
        return ""
    word = query[key]
    if word not in allowed:
        raise SelectionError(f"This page has no {key} {word[:40]!r}. It has: {', '.join(allowed) or 'none'}.")
    return word
