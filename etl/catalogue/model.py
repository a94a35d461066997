"""The typed form of the catalogue. A misspelt key, a missing one or a wrong type fails here, by name.

Everything a reader must know about a source, an indicator, a recommendation or a break is declared in TOML
beside this file; nothing about a particular source is written in code.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from etl.catalogue.entry import Entry
from etl.catalogue.meaning import Block, Kind, Pattern

Status = Literal["", "c", "x", "z"]
Quality = Literal["", "p", "u", "pu"]
Period = Literal["day", "week", "month", "year", "point"]
Polarity = Literal["higher is better", "lower is better", "neither is better"]
Unit = Literal["percent", "count", "per 1,000"]


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
    block: tuple[Block, ...] = ()
    kind: tuple[Kind, ...] = ()
    as_at: Pattern = ""
    footnote: Pattern = ""
    notes_begin: Pattern = ""

    @model_validator(mode="after")
    def _meanings_are_there(self) -> Table:
        if self.shape == "by_meaning" and not (self.as_at and self.block and self.kind and self.period):
            raise ValueError("a table found by its meaning needs as_at, period, block and kind")
        return self

    def list_measures(self) -> set[str]:
        """Return the measures whose names the entry gives; those that stand inside the file are not among them."""
        counted = [kind.name for kind in self.kind if not kind.part and not kind.is_left_out]
        named = {f"{group.name}_{kind}" for block in self.block for group in block.group for kind in counted}
        return (named | {self.measure, *self.columns.values(), *(value.measure for value in self.value)}) - {""}

    def list_absent(self) -> dict[str, set[str]]:
        """Return the authorities that a table inside the entry is known not to list, by measure."""
        return {
            f"{group.name}_{kind.name}": set(block.without)
            for block in self.block
            for group in block.group
            for kind in self.kind
            if block.without and not kind.part and not kind.is_left_out
        }


class Source(Entry):
    """A source file: what it is, who publishes it, where its figures stand."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    publisher: str
    licence: Literal["OGL-3.0", "CC-BY-4.0"]
    edition: str
    published: str
    received: dt.date
    next_expected: str
    is_published: bool
    notes: tuple[str, ...]
    folder: str = ""
    file: str = ""
    quality: Quality = ""
    is_capacity_tracker: bool = False
    takes_every_file: bool = False
    """Every file that fits is an edition, which adds the figures of its own as-at date."""
    without: tuple[str, ...] = ()
    """Authorities that the source is known not to list; totals are complete without them and without no others."""
    table: tuple[Table, ...] = ()

    @model_validator(mode="after")
    def _file_goes_with_tables(self) -> Source:
        if bool(self.file) != bool(self.table) or bool(self.file) != bool(self.folder):
            raise ValueError("folder, file and table go together: give all three or none")
        return self


class Indicator(Entry):
    """An indicator as readers meet it: its words, its unit, which way is better, and how it is made."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*_(percent|count|per_1000)$")
    name: str
    short_name: str = Field(max_length=32)
    group: str
    unit: Unit
    decimals: int = Field(ge=0, le=3)
    polarity: Polarity
    definition: str
    numerator: str
    denominator: str
    method: str
    caveats: tuple[str, ...] = ()
    author: str
    reviewed_on: dt.date
    source_id: str
    measure: str
    denominator_measures: tuple[str, ...] = ()
    """For a share of a total: the measures it may be divided by. The first that the source prints for a date counts."""
    calculation: Literal[
        "as published",
        "sum to levels",
        "week of days",
        "whole series",
        "rate by week",
        "rate whole series",
        "share of homes",
        "share of total",
        "median of authorities",
        "share of answers",
        "share of sums",
        "sum of counts",
        "share answering",
        "register count",
        "register share",
    ]
    period: Period
    interval: Literal["none", "wilson", "byar"] = "none"

    @model_validator(mode="after")
    def _unit_matches_id(self) -> Indicator:
        ending = {"percent": "_percent", "count": "_count", "per 1,000": "_per_1000"}[self.unit]
        if not self.id.endswith(ending):
            raise ValueError(f"the id must end in {ending}, as its unit says")
        return self

    @model_validator(mode="after")
    def _share_has_a_total(self) -> Indicator:
        if (self.calculation == "share of total") != bool(self.denominator_measures):
            raise ValueError("a share of a total, and nothing else, has denominator_measures")
        return self


class Recommendation(Entry):
    """One of the report's 52 recommendations, in our own summary."""

    number: int = Field(ge=1, le=52)
    summary: str
    owner: str
    section: str
    indicators: tuple[str, ...]


class Break(Entry):
    """A change of the instrument that no line, limit or test may cross."""

    id: str
    date: dt.date
    date_text: str
    source: str
    what: str
    effect: str
    indicators: tuple[str, ...]
