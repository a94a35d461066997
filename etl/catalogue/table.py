"""The typed form of a table inside a source file: where its figures stand and what they are."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from etl.catalogue.entry import Entry
from etl.catalogue.meaning import Block, Kind, Pattern

Status = Literal["", "c", "x", "z"]
Period = Literal["day", "week", "month", "year", "point"]


class RefuseRule(Entry):
    """A declared reason to set rows aside: published, counted, never silent."""

    rule: str
    column: str
    reason: str
    starts_with: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    other_than: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_one_condition(self) -> RefuseRule:
        if sum(map(bool, (self.starts_with, self.one_of, self.other_than))) != 1:
            raise ValueError("give exactly one of starts_with, one_of, other_than")
        return self

    def fits(self, text: str, *, in_any_case: bool = False) -> bool:
        """Tell whether the rule sets a row with this text in its column aside."""
        fold = str.casefold if in_any_case else str
        text = fold(text)
        if self.starts_with:
            return text.startswith(tuple(map(fold, self.starts_with)))
        return text in set(map(fold, self.one_of)) if self.one_of else text not in set(map(fold, self.other_than))


class ValueColumn(Entry):
    """A column of figures in a long table, and what its figures are."""

    column: str
    period: Period
    measure: str = ""
    date: dt.date | None = None
    scale: float = 1.0


class Table(Entry):
    """A table inside a source file, described by its headings, never by row numbers."""

    shape: Literal["wide_dates", "long_table", "by_meaning"]
    sheet: str = ""
    area: str = ""
    area_code: str = ""
    area_name: str | None = None
    measure: str = ""
    measure_column: str = ""
    period: Period | None = None
    date_column: str = ""
    date_is: Literal["", "day", "week commencing", "financial year"] = ""
    value: tuple[ValueColumn, ...] = ()
    columns: dict[str, str] = Field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    missing: dict[str, Status] = Field(default_factory=dict)
    blank: Status = ""
    refuse: tuple[RefuseRule, ...] = ()
    is_additive: bool = False
    leave_out: tuple[dt.date, ...] = ()
    """Dates whose figures are not whole, and not taken."""
    adds_up_weeks: bool = False
    """Figures are counts of days, added up to weeks that end on Fridays."""
    week_ends: Literal["", "Friday"] = ""
    """Figures are running totals, and only those at the end of each Friday are kept."""
    leaves_out_unchanged_days: bool = False
    """An area has a row only for days on which its running total rose, and stands at 0 before its first."""
    block: tuple[Block, ...] = ()
    kind: tuple[Kind, ...] = ()
    as_at: Pattern = ""
    footnote: Pattern = ""
    notes_begin: Pattern = ""

    @model_validator(mode="after")
    def _meanings_are_there(self) -> Table:
        has_dates = bool(self.as_at) or all(block.rows == "dates" for block in self.block)
        if self.shape == "by_meaning" and not (has_dates and self.block and self.kind and self.period):
            raise ValueError("a table found by its meaning needs period, block, kind and, unless rows are dates, as_at")
        return self

    def list_measures(self) -> set[str]:
        """Return the measures whose names the entry gives; those that stand inside the file are not among them."""
        named = {measure for block in self.block for measure in self._name_measures(block)}
        return (named | {self.measure, *self.columns.values(), *(value.measure for value in self.value)}) - {""}

    def list_absent(self) -> dict[str, set[str]]:
        """Return the authorities that a table inside the entry is known not to list, by measure."""
        return {
            measure: set(block.without)
            for block in self.block
            for measure in self._name_measures(block)
            if block.without
        }

    def _name_measures(self, block: Block) -> set[str]:
        kinds = [kind.name for kind in self.kind if not kind.part and not kind.is_left_out]
        if block.rows == "dates":
            return set(kinds)
        return {f"{group.name}_{kind}" for group in block.group for kind in kinds}
