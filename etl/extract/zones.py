"""Finds the tables of a sheet by their form: headings, then rows that hold figures beside a name.

Nothing here knows what a table is about, and nothing counts rows from the top.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from etl.errors import Problem
from etl.extract.files import Rows

LABEL_ENDS = ":"
"""A row that begins with a text ending so (Title:, Period:) describes the sheet and heads no table."""

NumberedRow = tuple[int, list[object]]
"""A row's number, as a person counts, and its cells."""


@dataclass(frozen=True)
class Heading:
    """What stands over a column: its texts from the top in one, and the number of the row with the last of them."""

    text: str
    row: int


@dataclass(frozen=True)
class Zone:
    """A table. The columns left of its figures are labels: names, or codes; the others have headings.

    `corner` is all that stands over the labels, and `labels` what stands over each.
    """

    corner: str
    first_row: int
    labels: dict[int, str]
    headings: dict[int, Heading]
    rows: tuple[NumberedRow, ...]


@dataclass(frozen=True)
class Reading:
    """How the cells of a source's sheets are read: marks that stand for a number, marks of footnotes, notes' beginning.

    `footnote` and `notes_begin` are regular expressions; empty ones take nothing off and find no notes.
    """

    marks: frozenset[str] = frozenset()
    footnote: str = ""
    notes_begin: str = ""

    def text(self, cell: object) -> str:
        """Return a cell's text on one line, with the marks of footnotes taken off its end."""
        text = " ".join(unicodedata.normalize("NFKC", str(cell)).split())
        return re.sub(self.footnote, "", text).strip() if self.footnote else text

    def is_figure(self, cell: object) -> bool:
        """Tell whether a cell holds a number, or a mark in place of one."""
        return is_number(cell) or self.text(cell) in self.marks

    def begins_notes(self, text: str) -> bool:
        """Tell whether a text begins the notes, below which no table stands."""
        return bool(self.notes_begin) and re.search(self.notes_begin, text, re.IGNORECASE) is not None


@dataclass
class _Open:
    """The rows gathered so far: headings, then figures under them."""

    above: list[NumberedRow] = field(default_factory=list)
    body: list[NumberedRow] = field(default_factory=list)


def is_number(cell: object) -> bool:
    """Tell whether a cell holds a number, which a truth value is not."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def name_place(sheet: str, row: int, column: int | None = None) -> str:
    """Return where a cell stands, as a workbook shows it: sheet 'Table 2', row 5, column AB."""
    letters, rest = "", 0 if column is None else column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(ord("A") + last) + letters
    return f"sheet {sheet!r}, row {row}" + (f", column {letters}" if letters else "")


def find_zones(rows: Rows, *, sheet: str, reading: Reading) -> tuple[list[Zone], list[Problem]]:
    """Return the tables of a sheet in their order, and a problem for each row or column that belongs to none."""
    zones: list[Zone] = []
    problems: list[Problem] = []
    found, is_over = _Open(), False
    for number, cells in enumerate(rows, 1):
        first = _first_filled(cells, reading)
        if first is None:
            continue
        text = reading.text(cells[first])
        is_over = is_over or reading.begins_notes(text)
        has_figures = is_number(cells[first]) or any(map(reading.is_figure, cells[first + 1 :]))
        if is_over and has_figures:
            problems.append(Problem(name_place(sheet, number), "holds figures below the notes"))
        elif has_figures:
            found.body.append((number, cells))
        elif not is_over:
            if found.body:
                zones.append(_make_zone(found, reading))
                found = _Open()
            if not text.endswith(LABEL_ENDS):
                found.above.append((number, cells))
    if found.body:
        zones.append(_make_zone(found, reading))
    elif zones:
        problems += [
            Problem(name_place(sheet, number), f"{' | '.join(filter(None, map(reading.text, cells)))!r} has no figures")
            for number, cells in found.above
        ]
    for zone in zones:
        problems += _find_faults(zone, sheet=sheet, reading=reading)
    return zones, problems


def _first_filled(cells: list[object], reading: Reading) -> int | None:
    return next((column for column, cell in enumerate(cells) if reading.text(cell)), None)


def _make_zone(found: _Open, reading: Reading) -> Zone:
    begin = min(column for _, cells in found.body for column, cell in enumerate(cells) if reading.is_figure(cell))
    width = max(len(cells) for _, cells in [*found.above, *found.body])
    over_labels = [[reading.text(cell) for cell in cells[:begin]] for _, cells in found.above]
    labels = {
        column: " ".join(texts[column] for texts in over_labels if column < len(texts) and texts[column])
        for column in range(begin)
        if any(reading.text(cells[column]) for _, cells in found.body if column < len(cells))
    }
    headings = {
        column: _read_heading(found.above, column, begin=begin, reading=reading) for column in range(begin, width)
    }
    return Zone(
        corner=" ".join(text for texts in over_labels for text in texts if text),
        first_row=(found.above or found.body)[0][0],
        labels=labels,
        headings={column: heading for column, heading in headings.items() if heading},
        rows=tuple(found.body),
    )


def _read_heading(above: list[NumberedRow], column: int, *, begin: int, reading: Reading) -> Heading | None:
    """Return what stands over a column, down to the last text that is its own; None where it has none of its own.

    A merged cell's text stands in its first column, so above the column's own text the nearest to the left counts.
    """
    own = [place for place, (_, cells) in enumerate(above) if column < len(cells) and reading.text(cells[column])]
    if not own:
        return None
    texts = [
        next(filter(None, (reading.text(cell) for cell in reversed(cells[begin : column + 1]))), "")
        for _, cells in above[: own[-1] + 1]
    ]
    return Heading(text=" | ".join(filter(None, texts)), row=above[own[-1]][0])


def _find_faults(zone: Zone, *, sheet: str, reading: Reading) -> list[Problem]:
    """Return a problem for each row of figures without a name and each column of figures without a heading."""
    faults, unheaded = [], {}
    begin = max(zone.labels, default=-1) + 1
    for number, cells in zone.rows:
        if not any(map(reading.text, cells[:begin])):
            faults.append(Problem(name_place(sheet, number), "holds figures without a name"))
        for column in range(begin, len(cells)):
            if column not in zone.headings and reading.text(cells[column]):
                unheaded.setdefault(column, number)
    return faults + [
        Problem(name_place(sheet, number, column), "stands under no heading") for column, number in unheaded.items()
    ]
