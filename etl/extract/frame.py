"""The one layout that every reader fills: a row for each figure, as printed, with the place it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

COLUMNS = [
    "measure",
    "area_code",
    "area_name",
    "date",
    "date_text",
    "period",
    "raw",
    "scale",
    "table",
    "place",
]
"""`raw` is the cell as the file holds it; `table` is the table's number in the catalogue entry."""

CARRIED_COLUMNS = [
    "source_id",
    "measure",
    "area_code",
    "area_name",
    "date",
    "date_text",
    "period",
    "value",
    "status",
]
"""The layout of our own tidy tables under data/published."""


@dataclass(frozen=True)
class Refusal:
    """Rows set aside by a declared rule: how many, and why."""

    rule: str
    reason: str
    rows: int


@dataclass(frozen=True)
class Extract:
    """What a reader found in a file: figures as printed, the rows it read and those it set aside.

    `file` is what was read and what messages name; `origin` and `sha256` are the publisher's file.
    """

    file: Path
    origin: str
    sha256: str
    figures: pd.DataFrame
    rows_read: int
    refusals: tuple[Refusal, ...] = field(default=())
    is_carried: bool = False

    @property
    def rows_refused(self) -> int:
        """Rows set aside by declared rules."""
        return sum(refusal.rows for refusal in self.refusals)
