"""Reads tables with one row an area and one column a date, found by their headings, wherever they stand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd

from etl.catalogue.model import Table
from etl.errors import InputError, Problem
from etl.extract.files import DOWNLOAD_AGAIN, Rows, check_headings, read_sheet
from etl.extract.frame import COLUMNS, Refusal

FEWEST_DATES = 3
"""A row with this many dates is the heading row: titles and notes carry one or two at most."""


def read_wide_dates(file: Path, table: Table, *, number: int) -> tuple[pd.DataFrame, int, tuple[Refusal, ...]]:
    """Return the figures of a sheet in the readers' layout, the rows read, and those that declared rules set aside."""
    rows = read_sheet(file, table.sheet)
    place = f"sheet {table.sheet!r}"
    at = _find_headings(file, rows, place)
    headings = [_as_heading(cell) for cell in rows[at]]
    dates = {column: heading for column, heading in enumerate(headings) if isinstance(heading, dt.date)}
    named = [heading if isinstance(heading, str) else "" for heading in headings]
    _check_dates(file, place, list(dates.values()))
    required = [name for name in (table.area_code, table.area_name, *table.columns) if name]
    required += [rule.column for rule in table.refuse if rule.column not in required]
    check_headings(file, place, found=named, required=required, allowed=table.ignore)

    # A blank area heading means the first column, as in the CQC tables.
    name_column = named.index(table.area_name) if table.area_name else 0
    code_column = named.index(table.area_code) if table.area_code else None
    extra = {named.index(name): measure for name, measure in table.columns.items()}
    ends = {column: _period_end(date, table.date_is) for column, date in dates.items()}
    last = max(ends.values())
    ends = {column: end for column, end in ends.items() if end not in table.leave_out}

    body = rows[at + 1 :]
    count = next((place for place, row in enumerate(body) if _is_end(row)), len(body))
    _check_nothing_follows(file, place, body, begin=count, first_row=at + 2, columns=list(dates))
    figures = []
    refused = dict.fromkeys((rule.rule for rule in table.refuse), 0)
    for offset, row in enumerate(body[:count], at + 2):
        rule = next((r for r in table.refuse if r.fits(str(row[named.index(r.column)]).strip())), None)
        if rule:
            refused[rule.rule] += 1
            continue
        name = str(row[name_column]).strip()
        code = str(row[code_column]).strip() if code_column is not None else ""
        where = f"{place}, row {offset}"
        for column, end in ends.items():
            figures.append((table.measure, code, name, end, "", table.period, row[column], 1.0, number, where))
        for column, measure in extra.items():
            figures.append((measure, code, name, last, "", "point", row[column], 1.0, number, where))
    if not count:
        raise InputError(file, [Problem(place, "there are headings but no rows under them")], remedy=DOWNLOAD_AGAIN)
    refusals = tuple(Refusal(rule.rule, rule.reason, refused[rule.rule]) for rule in table.refuse)
    return pd.DataFrame(figures, columns=COLUMNS), count, refusals


def _find_headings(file: Path, rows: Rows, place: str) -> int:
    for number, row in enumerate(rows):
        if sum(isinstance(_as_heading(cell), dt.date) for cell in row) >= FEWEST_DATES:
            return number
    problem = Problem(place, f"no row has {FEWEST_DATES} or more dates, so the heading row cannot be found")
    raise InputError(file, [problem], remedy="Check that this is the publisher's file, with its date headings.")


def _as_heading(cell: object) -> str | dt.date:
    """Return a date for a date cell or ISO text, otherwise the heading's text without stray spaces."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = " ".join(str(cell).split())
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text


def _check_dates(file: Path, place: str, dates: list[dt.date]) -> None:
    twice = sorted({date for date in dates if dates.count(date) > 1})
    if twice:
        problems = [Problem(place, f"the date {date:%d %B %Y} heads two columns") for date in twice]
        raise InputError(file, problems, remedy="Keep one column a date, as the publisher gives it.")


def _period_end(date: dt.date, date_is: str) -> dt.date:
    return date + dt.timedelta(days=6) if date_is == "week commencing" else date


def _check_nothing_follows(
    file: Path, place: str, body: Rows, *, begin: int, first_row: int, columns: list[int]
) -> None:
    """Raise InputError when figures stand below a blank row or the notes: they would be lost without a word."""
    lost = [
        Problem(f"{place}, row {first_row + number}", "holds figures below a blank row or the notes")
        for number, row in enumerate(body)
        if number >= begin and any(isinstance(row[column], int | float) for column in columns)
    ]
    if lost:
        raise InputError(file, lost, remedy="Take out the blank row, or move the notes below the figures.")


def _is_end(row: list[object]) -> bool:
    """Tell whether the table has ended: a blank row, or the publisher's source or notes under it."""
    texts = [text for cell in row if (text := str(cell).strip())]
    return not texts or texts[0].lower().startswith(("note", "source:"))
