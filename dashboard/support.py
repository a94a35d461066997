"""Support: which region's signals the address of /support asks for, and which of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.measures import DEFAULT_MEASURE
from dashboard.quality import list_words
from dashboard.search import read_word, refuse_unknown
from dashboard.selection import ENGLAND, Selection, read_area
from dashboard.store import Snapshot

PATH = "/support"
OPEN = ("new", "stronger", "continuing")
"""States of signals that somebody should ask about."""
STANDING = (*OPEN, "asked")
STATES = {
    "new": "New this week",
    "stronger": "Stronger than a week ago",
    "continuing": "Continuing",
    "asked": "Asked about",
    "cleared": "Cleared",
}
STRENGTHS = {"strong": "Strong", "clear": "Clear"}
FILTERS = ("indicator", "owner", "state")


@dataclass(frozen=True)
class SupportView:
    """The area whose signals are shown, and which of them; an empty word stands for all."""

    area_code: str = ENGLAND
    indicator: str = ""
    owner: str = ""
    state: str = ""

    @property
    def selection(self) -> Selection:
        """Return the selection that the views and the downloads of the page take."""
        return Selection(area_code=self.area_code, measure=DEFAULT_MEASURE)


def read_support(snapshot: Snapshot, query: Mapping[str, str]) -> SupportView:
    """Return the view that the query asks for; SelectionError where it asks for what is not there."""
    refuse_unknown(query, known=("region", *FILTERS))
    signals = snapshot.signals
    return SupportView(
        area_code=read_area(snapshot, query["region"], kind="region") if "region" in query else ENGLAND,
        indicator=read_word(query, "indicator", allowed=tuple(dict.fromkeys(signals["indicator_id"]))),
        owner=read_word(query, "owner", allowed=list_words(signals["owner"])),
        state=read_word(query, "state", allowed=STATES),
    )


def support_path(code: str) -> str:
    """Return the address of this page for a region, or for England."""
    return PATH if code == ENGLAND else f"{PATH}?region={code}"
