"""The one layout that every reader fills: a row for each figure, as printed, with the place it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
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


BETWEEN = "; "
"""What stands between the names, and the hashes, of several files."""


@dataclass(frozen=True)
class Refusal:
    """Rows set aside by a declared rule: how many, and why."""

    rule: str
    reason: str
    rows: int


@dataclass(frozen=True)
class Extract:
    """What a reader found in a file: figures as printed, the rows it read and those it set aside.

    `file` is what was read and what messages name; `origin` and `sha256` are the publisher's file, or its files, with
    semicolons between them. `as_at` is the one date of an edition, and None where that is not how a source works.
    """

    file: Path
    origin: str
    sha256: str
    figures: pd.DataFrame
    rows_read: int
    refusals: tuple[Refusal, ...] = field(default=())
    is_carried: bool = False
    as_at: dt.date | None = None

    @property
    def rows_refused(self) -> int:
        """Rows set aside by declared rules."""
        return sum(refusal.rows for refusal in self.refusals)


def add_up_refusals(refusals: Iterable[Refusal]) -> tuple[Refusal, ...]:
    """Return one refusal a rule, in the order in which the rules first come, with its rows added up."""
    rows: dict[tuple[str, str], int] = {}
    for refusal in refusals:
        rows[refusal.rule, refusal.reason] = rows.get((refusal.rule, refusal.reason), 0) + refusal.rows
    return tuple(Refusal(rule=rule, reason=reason, rows=count) for (rule, reason), count in rows.items())
