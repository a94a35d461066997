"""The typed form of the catalogue. A misspelt key, a missing one or a wrong type fails here, by name.

Everything a reader must know about a source, an indicator, a recommendation or a break is declared in TOML
beside this file; nothing about a particular source is written in code.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from etl.catalogue.entry import Entry
from etl.catalogue.table import Period, RefuseRule, Status, Table, ValueColumn

__all__ = [
    "Break", "Entry", "Indicator", "Period", "Quality", "Recommendation", "RefuseRule", "Source",
    "Spotlight", "Status", "Table", "ValueColumn",
]  # fmt: skip

Quality = Literal["", "p", "u", "pu"]
Polarity = Literal["higher is better", "lower is better", "neither is better"]
Unit = Literal["percent", "count", "per 1,000", "per 100,000"]
ENDINGS = {"percent": "_percent", "count": "_count", "per 1,000": "_per_1000", "per 100,000": "_per_100000"}


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
    has_districts: bool = False
    """Areas are lower-tier districts, which add up to authorities."""
    combines: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Authorities whose figures take in others: Hackney's those of City of London, in some sources."""
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

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*_(percent|count|per_1000|per_100000)$")
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
    also_from: tuple[str, ...] = ()
    """Other sources with the same measure. Each makes its own figures: none is calculated from two files."""
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
        "rate of counts",
        "share of homes",
        "share of total",
        "median of authorities",
        "share of answers",
        "share of sums",
        "sum of counts",
        "share answering",
        "register count",
        "register share",
        "rise by week",
        "rate of rise by week",
    ]
    period: Period
    interval: Literal["none", "wilson", "byar"] = "none"
    target: float | None = Field(default=None, ge=0, le=100)
    """The share that is asked of everyone, in per cent: what a gap is measured to."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources it is made from."""
        return (self.source_id, *self.also_from)

    @model_validator(mode="after")
    def _unit_matches_id(self) -> Indicator:
        if not self.id.endswith(ENDINGS[self.unit]):
            raise ValueError(f"the id must end in {ENDINGS[self.unit]}, as its unit says")
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
    organisations: tuple[str, ...]
    section: str
    data_held: Literal["direct", "aim", "none"]
    """Whether a figure counts what is asked for, only what it should lead to, or neither."""
    evidence: str
    indicators: tuple[str, ...]

    @model_validator(mode="after")
    def _says_none_where_none_is_named(self) -> Recommendation:
        if (self.data_held == "none") != (not self.indicators):
            raise ValueError('data_held is "none" where indicators is empty, and nowhere else')
        if bool(self.owner) != bool(self.organisations):
            raise ValueError("owner and organisations go together: give both or none")
        return self


class Spotlight(Entry):
    """An example of good practice in the report, in our own summary."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    place: str
    area_code: str = Field(pattern=r"^E\d{8}$")
    section: str
    summary: str
    is_spotlight: bool = True
    """False where the report names it in its text, not in a box of its own."""
    indicators: tuple[str, ...]
    recommendations: tuple[int, ...]


class Break(Entry):
    """A change of the instrument that no line, limit or test may cross."""

    id: str
    date: dt.date
    date_text: str
    source: str
    what: str
    effect: str
    indicators: tuple[str, ...]

    def concerns(self, indicator_id: str) -> bool:
        """Tell whether the break changed this indicator, by its id or by a beginning with a star."""
        return any(
            indicator_id.startswith(name[:-1]) if name.endswith("*") else indicator_id == name
            for name in self.indicators
        )
