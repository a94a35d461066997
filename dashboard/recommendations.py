"""Recommendations: which of the 52 the address of /recommendations asks for, and what finds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.format import Row
from dashboard.quality import list_words, write_word
from dashboard.rows import list_rows
from dashboard.search import MOST_CHARACTERS, matches, read_word, refuse_unknown
from dashboard.selection import SelectionError
from dashboard.store import Snapshot

PATH = "/recommendations"
NONE_PRINTED = "No owner printed"
"""Stands for the owner where the report names none."""

SEEN = {
    "direct": "Data held on what is asked",
    "aim": "Data held on its aim only",
    "none": "No data held",
}
"""How close the figures come to a recommendation, in words."""

HELD = {"any": "Data held", **SEEN}
"""What can be chosen by it: the word in the address, and in the list."""


@dataclass(frozen=True)
class RecommendationSearch:
    """What is looked for: words, an owner, a section of the report, what is held; empty for any."""

    words: str = ""
    owner: str = ""
    theme: str = ""
    held: str = ""

    def finds(self, row: Row, *, text: str) -> bool:
        """Tell whether a recommendation is among what is looked for; `text` is what its words are looked for in."""
        return (
            matches(text, self.words)
            and self.owner in ("", *list_owner_words(row))
            and self.theme in ("", write_word(row["section"]))
            and self.held in ("", *list_held_words(row))
        )


def read_recommendations(snapshot: Snapshot, query: Mapping[str, str]) -> RecommendationSearch:
    """Return the search that the query asks for; SelectionError for a key or a word that the page does not know."""
    refuse_unknown(query, known=("q", "owner", "theme", "held"))
    words = query.get("q", "")
    if len(words) > MOST_CHARACTERS:
        raise SelectionError(f"The search has {len(words):,} characters; at most {MOST_CHARACTERS} are looked for.")
    return RecommendationSearch(
        words=words,
        owner=read_word(query, "owner", allowed=list_owners(snapshot)),
        theme=read_word(query, "theme", allowed=list_themes(snapshot)),
        held=read_word(query, "held", allowed=HELD),
    )


def list_owners(snapshot: Snapshot) -> dict[str, str]:
    """Return everyone whom a recommendation names, by the word in the address, those named most often first."""
    named = [name for row in list_rows(snapshot.recommendations) for name in split_owners(row)]
    return {write_word(name): name for name in sorted(set(named), key=lambda name: (-named.count(name), name))}


def list_themes(snapshot: Snapshot) -> dict[str, str]:
    """Return the report's sections by the word in the address, in the report's order."""
    sections = dict.fromkeys(snapshot.recommendations.sort_values("number")["section"])
    words = list_words(sections)
    return {write_word(name): words[write_word(name)] for name in sections}


def split_owners(row: Row) -> list[str]:
    """Return those whom a recommendation names, one name each, or that none is printed."""
    return row["organisations"].split("; ") if row["organisations"] else [NONE_PRINTED]


def list_owner_words(row: Row) -> list[str]:
    """Return the words under which a recommendation is found by its owner."""
    return [write_word(name) for name in split_owners(row)]


def list_held_words(row: Row) -> list[str]:
    """Return the words under which a recommendation is found by what is held."""
    return ["none"] if row["data_held"] == "none" else ["any", row["data_held"]]


def recommendation_path(number: int) -> str:
    """Return the address of a recommendation on its page."""
    return f"{PATH}#r{number}"
