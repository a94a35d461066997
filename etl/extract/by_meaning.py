"""Reads the tables of a workbook by what their headings say, wherever an edition puts them.

A heading that cannot be understood, or that could mean two things, refuses the file: nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from etl.catalogue.meaning import Block, is_said
from etl.catalogue.model import Table
from etl.errors import InputError, Problem
from etl.extract.columns import Column, check_shares, find_group, find_labels, understand_columns
from etl.extract.dates import read_last_date
from etl.extract.files import Rows, read_sheets
from etl.extract.frame import COLUMNS, Refusal
from etl.extract.weeks import add_up_weeks, keep_ends_of_weeks
from etl.extract.zones import Reading, Zone, find_zones, is_number, name_place

REMEDY = (
    "Check that this is the publisher's file. If it words its headings in a new way, "
    "declare what they mean for this source in etl/catalogue/sources.toml."
)


@dataclass(frozen=True)
class _Sheet:
    """A sheet: its name, its name and title in one, and the day its figures are of."""

    name: str
    title: str
    as_at: dt.date | None


@dataclass
class _Found:
    """What a file has given so far, and what was wrong with it."""

    table: Table
    number: int
    reading: Reading
    figures: list[tuple] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    blocks: set[str] = field(default_factory=set)


def read_by_meaning(file: Path, table: Table, *, number: int) -> tuple[pd.DataFrame, int, tuple[Refusal, ...]]:
    """Return the figures in the readers' layout, the rows read, and the rows that declared rules set aside."""
    reading = Reading(marks=frozenset(table.missing), footnote=table.footnote, notes_begin=table.notes_begin)
    found = _Found(table, number, reading)
    for name, rows in _open_sheets(file, table, reading).items():
        _read_sheet(found, name, rows)
    found.problems += [
        Problem("", f"there is no table of {block.name}")
        for block in table.block
        if block.name not in found.blocks and not block.is_optional
    ]
    figures = _drop_repeats(found)
    if found.problems:
        raise InputError(file, found.problems, remedy=REMEDY)
    refusals = tuple(Refusal(r.rule, r.reason, found.refused[r.rule]) for r in table.refuse)
    if table.week_ends:
        figures, unused = keep_ends_of_weeks(figures, fill=table.leaves_out_unchanged_days)
        refusals += unused
    if table.adds_up_weeks:
        figures = add_up_weeks(figures)
    return figures, found.rows, refusals


def _open_sheets(file: Path, table: Table, reading: Reading) -> dict[str, Rows]:
    """Return the sheets that a block looks for, by their names, or by their titles where a block finds no name."""
    patterns = [block.sheet for block in table.block]
    named = read_sheets(file, wanted=lambda name: any(is_said(pattern, name) for pattern in patterns))
    sought = [block.sheet for block in table.block if not any(is_said(block.sheet, name) for name in named)]
    if not sought:
        return named
    others = read_sheets(file, wanted=lambda name: name not in named)
    titles = {name: _read_title(rows, reading) for name, rows in others.items()}
    return named | {n: rows for n, rows in others.items() if any(is_said(pattern, titles[n]) for pattern in sought)}


def _read_title(rows: Rows, reading: Reading) -> str:
    """Return the texts of the first row that has any."""
    return next((text for row in rows if (text := " ".join(filter(None, map(reading.text, row))))), "")


def _read_sheet(found: _Found, name: str, rows: Rows) -> None:
    title = f"{name} | {_read_title(rows, found.reading)}"
    blocks = [block for block in found.table.block if is_said(block.sheet, title)]
    zones, problems = find_zones(rows, sheet=name, reading=found.reading)
    fitting = {zone.first_row: [block for block in blocks if block.fits(zone.corner)] for zone in zones}
    if all(block.is_optional for block in blocks):  # other tables of such a sheet are nobody's business here
        zones = [zone for zone in zones if fitting[zone.first_row]]
        problems = problems if zones else []
    found.problems += problems
    sheet = _Sheet(name, title, _find_as_at(rows, found))
    if zones and found.table.as_at and sheet.as_at is None:
        what = f"no row that begins with {found.table.as_at!r} ends with a date such as 28 March 2021"
        found.problems.append(Problem(f"sheet {name!r}", what))
    for zone in zones:
        if len(fitting[zone.first_row]) == 1:
            _read_zone(found, zone, fitting[zone.first_row][0], sheet=sheet)
        else:
            could_be = " or ".join(block.name for block in fitting[zone.first_row]) or "none that is declared"
            what = f"the table headed {zone.corner!r} could be {could_be}"
            found.problems.append(Problem(name_place(name, zone.first_row), what))


def _find_as_at(rows: Rows, found: _Found) -> dt.date | None:
    """Return the date at the end of the row that says what period the sheet covers, None when there is none."""
    for row in rows:
        cells = [cell for cell in row if found.reading.text(cell)]
        if cells and is_said(found.table.as_at, found.reading.text(cells[0])):
            return read_last_date(cells[-1])
    return None


def _read_zone(found: _Found, zone: Zone, block: Block, *, sheet: _Sheet) -> None:
    found.blocks.add(block.name)
    columns, problems = understand_columns(zone, block, kinds=found.table.kind, sheet=sheet.name, title=sheet.title)
    labels = find_labels(zone, block, reading=found.reading)
    if labels is None:
        what = f"it is not clear which column holds the names: {' or '.join(map(repr, zone.labels.values()))}"
        problems.append(Problem(name_place(sheet.name, zone.first_row), what))
    found.problems += problems
    if labels is None:
        return
    seen = Counter()
    for number, cells in zone.rows:
        found.rows += 1
        name, code = (found.reading.text(cells[at]) if at >= 0 else "" for at in (labels.name_at, labels.code_at))
        seen[name] += 1
        if seen[name] == 2:
            found.problems.append(Problem(name_place(sheet.name, number), f"{name!r} stands a second time"))
        rule = next((rule for rule in found.table.refuse if rule.fits(name, in_any_case=True)), None)
        if rule:
            found.refused[rule.rule] += 1
        else:
            _read_row(found, (number, cells), columns, block=block, area=(code, name), sheet=sheet)


def _read_row(
    found: _Found,
    row: tuple[int, list[object]],
    columns: list[Column],
    *,
    block: Block,
    area: tuple[str, str],
    sheet: _Sheet,
) -> None:
    number, cells = row
    date, group = sheet.as_at, ""
    if block.rows == "groups":
        group, problems = find_group(area[1], block, place=name_place(sheet.name, number))
        found.problems += problems
        area = (block.area, "")
    elif block.rows == "dates":
        date = read_last_date(area[1])
        if date is None:
            what = f"{area[1]!r} is not a date such as 2020-08-10"
            found.problems.append(Problem(name_place(sheet.name, number), what))
    for column in columns:
        if column.kind.part or column.kind.is_left_out:
            continue
        cell = cells[column.at] if column.at < len(cells) else ""
        raw = cell if is_number(cell) else found.reading.text(cell)
        measure, where = f"{column.group or group}_{column.kind.name}", area
        if block.rows == "dates":
            measure, where = column.kind.name, (column.group, "")
        place = name_place(sheet.name, number, column.at)
        found.figures.append((measure, *where, date, "", found.table.period, raw, 1.0, found.number, place))
    found.problems += check_shares(cells, columns, sheet=sheet.name, row=number)


def _drop_repeats(found: _Found) -> pd.DataFrame:
    """Return each figure once; one that stands in two places with two values is a problem."""
    key = ["measure", "area_code", "area_name", "date"]
    figures = pd.DataFrame(found.figures, columns=COLUMNS).drop_duplicates([*key, "raw"])
    found.problems += [
        Problem(row.place, f"{row.measure} for {row.area_name or row.area_code} is {row.raw} here, and not elsewhere")
        for row in figures[figures.duplicated(key, keep=False)].itertuples()
    ]
    return figures.reset_index(drop=True)
