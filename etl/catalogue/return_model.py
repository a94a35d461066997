"""The typed form of returns.toml: what a home-level extract looks like and what is counted from it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from pydantic import Field, model_validator

from etl.catalogue.entry import Entry

ColumnKind = Literal[
    "id", "name", "council", "text", "count", "amount", "moment", "answer", "choice", "status", "marker"
]


class ReturnColumn(Entry):
    """A column of an extract: our name for it, the headings it is met under, and what its cells may hold."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    headings: tuple[str, ...]
    kind: ColumnKind
    is_required: bool = True
    not_before: dt.date | None = None
    """The first extract that may have the column; before it the column is neither needed nor known."""


class Later(Entry):
    """Words that count as an answer only when it was given after a moment (UTC)."""

    words: tuple[str, ...]
    given_after: dt.datetime


class AnswerSet(Entry):
    """The answers that a kind of question may have: every accepted spelling, by what it means."""

    kind: Literal["answer", "choice"]
    meanings: dict[str, tuple[str, ...]]
    later: Later | None = None

    def meaning_of(self, text: str) -> str | None:
        """Return what the text means, "" for a blank, None when no declared spelling fits."""
        folded = text.strip().casefold()
        if not folded:
            return ""
        return next((name for name, words in self.meanings.items() if folded in words), None)


class Ratio(Entry):
    """A share of sums: of people, beds or staff, over the homes that gave every part of it."""

    measure: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    at_most: int = 1_000
    """A part of the denominator above this is impossible, and the home is left out of the share."""


class Return(Entry):
    """A home-level extract: where its files stand, what they hold, what is counted, and what is tolerated."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    publisher: str
    edition: str
    next_expected: str
    notes: tuple[str, ...]
    received: dt.date
    folder: str
    file: str
    """The file's name, with `{date}` where its ISO date stands; a re-issue adds _v2, _v3 and so on."""
    place: str
    """What one row is, in the singular, such as "care home"."""
    is_on_register: bool = False
    """True where the register says which of these places there should be."""
    updated: tuple[str, ...]
    """Columns that say when the row was last updated; the first that is given counts."""
    answered: tuple[str, ...] = ()
    """Columns that say when the answers were given, where an extract has them; otherwise `updated`."""
    current_days: int = Field(ge=1)
    """Answers older than this many days at the extract's date do not count as current."""
    late_days: int = Field(ge=1)
    most_refused_percent: float = Field(gt=0, le=100)
    most_total_change_percent: float = Field(gt=0, le=100)
    compared_days: tuple[int, ...] = ()
    compared_weeks_back: int = Field(default=0, ge=0)
    """How many weeks before the newest extract is set beside older ones as well: signals tell by it what is new."""
    column: tuple[ReturnColumn, ...]
    answers: tuple[AnswerSet, ...] = ()
    questions: dict[str, str] = Field(default_factory=dict)
    """Measures by the answer column that they count."""
    sums: dict[str, str] = Field(default_factory=dict)
    """Measures by the count column that they add up."""
    ratio: tuple[Ratio, ...] = ()

    @property
    def is_capacity_tracker(self) -> bool:
        """True: every home-level return of today comes through the Capacity Tracker."""
        return True

    def columns_of(self, *kinds: ColumnKind) -> tuple[ReturnColumn, ...]:
        """Return the columns of these kinds, in order."""
        return tuple(column for column in self.column if column.kind in kinds)

    def answer_set(self, kind: str) -> AnswerSet:
        """Return the declared answers of a kind of question."""
        return {declared.kind: declared for declared in self.answers}[kind]

    def name_pattern(self) -> re.Pattern[str]:
        """Return the pattern of a file's name, with the groups `date` and `version`."""
        stem, _, ending = self.file.rpartition(".")
        return _dated_name(stem, endings=(ending,))

    @model_validator(mode="after")
    def _names_lead_somewhere(self) -> Return:
        names = {column.name for column in self.column}
        used = {*self.updated, *self.answered, *self.questions, *self.sums}
        used |= {part for ratio in self.ratio for part in (*ratio.numerator, *ratio.denominator)}
        lost = sorted(used - names)
        if lost:
            raise ValueError(f"the column {lost[0]!r} is used and not declared")
        if "{date}" not in self.file:
            raise ValueError("file needs {date} where the date stands")
        lacking = {c.kind for c in self.columns_of("answer", "choice")} - {declared.kind for declared in self.answers}
        if lacking:
            raise ValueError(f"the answers of kind {sorted(lacking)[0]!r} are not declared")
        return self


class Register(Entry):
    """A register of locations: where its files stand and how near an extract it must lie to be set beside it."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    publisher: str
    licence: Literal["OGL-3.0"]
    next_expected: str
    notes: tuple[str, ...]
    received: dt.date
    folder: str
    file: str
    endings: tuple[str, ...]
    most_days_apart: int = Field(ge=0)

    def name_pattern(self) -> re.Pattern[str]:
        """Return the pattern of a file's name, with the groups `date` and `version`."""
        return _dated_name(self.file, endings=self.endings)


def _dated_name(stem: str, *, endings: tuple[str, ...]) -> re.Pattern[str]:
    before, _, after = stem.partition("{date}")
    middle = rf"(?P<date>\d{{4}}-\d{{2}}-\d{{2}}){re.escape(after)}(?:_v(?P<version>\d+))?"
    return re.compile(rf"^{re.escape(before)}{middle}\.(?:{'|'.join(map(re.escape, endings))})$")


Layout = Return | Register
"""What a file of home-level rows is declared as."""


class Rule(Entry):
    """A numbered rule: what is wrong with a row or a home, and what follows."""

    number: int = Field(ge=1)
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    effect: Literal["row refused", "finding", "file refused"]
    what: str
    """What is wrong, as a person would say it of one case."""
    finding: str = ""
    """The sentence for several homes, with {n} and {places}."""
    what_to_do: str
    who_can: str
    severity: Literal["information", "warning", "error"] = "warning"
