"""Data quality: which region and which findings the address of /quality asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.search import read_word, refuse_unknown
from dashboard.selection import ENGLAND, Selection, read_area
from dashboard.store import Snapshot

PATH = "/quality"
MEASURE = "answering"
FILTERS = ("severity", "source", "who")
COLUMNS = {"severity": "severity", "source": "source_id", "who": "who_can"}
"""The column of the findings that each filter looks at."""


@dataclass(frozen=True)
class QualityView:
    """The area whose parts are shown, and which findings; an empty word stands for all."""

    area_code: str = ENGLAND
    severity: str = ""
    source: str = ""
    who: str = ""

    @property
    def selection(self) -> Selection:
        """Return the selection that the views and the downloads of the page take."""
        return Selection(area_code=self.area_code, measure=MEASURE)


def read_quality(snapshot: Snapshot, query: Mapping[str, str]) -> QualityView:
    """Return the view that the query asks for; SelectionError where it asks for what is not there."""
    refuse_unknown(query, known=("region", *FILTERS))
    found = snapshot.quality
    return QualityView(
        area_code=read_area(snapshot, query["region"], kind="region") if "region" in query else ENGLAND,
        **{key: read_word(query, key, allowed=list_words(found[COLUMNS[key]])) for key in FILTERS},
    )


def list_words(names: object) -> dict[str, str]:
    """Return the word in an address of each different name, with the name: "The provider" is the-provider."""
    return {write_word(name): name for name in sorted(set(names))}


def write_word(name: str) -> str:
    """Return a name as a word for an address: small letters, digits and underscores, joined by hyphens."""
    return re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-")


def quality_path(code: str) -> str:
    """Return the address of this page for a region, or for England."""
    return PATH if code == ENGLAND else f"{PATH}?region={code}"
