"""Dates as publishers write them in a text."""

from __future__ import annotations

import datetime as dt
import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WRITTEN = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[A-Za-z]{3,9})\s+(?P<year>\d{4})")
NUMBERED = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})")
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")


def read_last_date(cell: object) -> dt.date | None:
    """Return the date that a cell is, or that its text ends with: 28th March 2021, 28/03/2021 or 2021-03-28.

    Days come before months, as in Britain. None when there is no date, when it is none (31 April), or when digits
    follow it: in "8 December 2020 to 28 March" the one that can be read is not the last.
    """
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    matches = [match for pattern in (WRITTEN, NUMBERED, ISO) for match in pattern.finditer(str(cell))]
    if not matches:
        return None
    last = max(matches, key=lambda match: match.end())
    if any(character.isdigit() for character in str(cell)[last.end() :]):
        return None
    month = last["month"]
    if not month.isdigit():
        name = month[:3].lower()
        if name not in MONTHS:
            return None
        month = MONTHS.index(name) + 1
    try:
        return dt.date(int(last["year"]), int(month), int(last["day"]))
    except ValueError:  # 31 April is no date; the caller says so where one is needed
        return None
