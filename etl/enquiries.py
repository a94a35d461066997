"""Enquiries: the log of who asked about which signal, what was answered and what came of it. Roles, never names.

One CSV in data/enquiries, which only grows: `python -m etl respond` adds a line, and the next snapshot publishes all.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field, ValidationError, field_validator

from etl.catalogue.entry import Entry
from etl.errors import InputError, MisuseError, Problem
from etl.locks import lock_file

Role = Literal[
    "regional ADASS lead",
    "director of adult social services",
    "director of public health",
    "local authority commissioner",
    "integrated care lead",
    "regional NHS lead",
    "DHSC regional team",
    "CQC inspector",
    "dashboard team",
]
Outcome = Literal["explained", "action agreed", "data to be corrected", "passed on", "no answer yet"]
ROLES, OUTCOMES = get_args(Role), get_args(Outcome)
FILE = "enquiries.csv"
LONGEST = 300
PERSONAL = {
    r"\S+@\S+": "an e-mail address",
    r"(?:\d[\s().-]?){9,}": "a telephone number",
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Cllr|Sir|Dame)\.?\s+[A-Z]": "a person's name",
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b": "a postcode",
}
"""What an answer must not hold, as it is published: patterns and what they look like."""


class Enquiry(Entry):
    """A line of the log."""

    signal_id: str = Field(pattern=r"^[a-z_]+-[a-z0-9_]+-E\d{8}$")
    asked_on: dt.date
    asked_by: Role
    answer: str = Field(min_length=1, max_length=LONGEST)
    outcome: Outcome
    strength: Literal["clear", "strong"]
    snapshot_id: str

    @field_validator("answer")
    @classmethod
    def _is_one_line_about_nobody(cls, answer: str) -> str:
        if any(not letter.isprintable() for letter in answer):
            raise ValueError("the answer must be one line of plain text")
        for pattern, what in PERSONAL.items():
            if re.search(pattern, answer):
                raise ValueError(f"the answer seems to hold {what}, and it is published: say it without")
        return answer


COLUMNS = tuple(Enquiry.model_fields)


def read_enquiries(folder: Path) -> tuple[Enquiry, ...]:
    """Return the log, oldest line first; none where there is no log. InputError lists every line that is wrong."""
    file = folder / FILE
    if not file.exists():
        return ()
    try:
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(file, [Problem("", f"cannot be read: {error}")], remedy="Restore it from a backup.") from error
    problems, entries = [], []
    if not rows or tuple(rows[0]) != COLUMNS:
        problems.append(Problem("line 1", f"must be the heading {','.join(COLUMNS)}"))
    for number, row in enumerate(rows[1:], 2):
        try:
            entries.append(Enquiry(**dict(zip(COLUMNS, row, strict=True))))
        except (ValidationError, ValueError) as error:
            problems.append(Problem(f"line {number}", "; ".join(_list_faults(error))))
    if problems:
        raise InputError(file, problems, remedy="Mend the lines, or restore the file from a backup.")
    return tuple(entries)


def add_enquiry(folder: Path, enquiry: Enquiry) -> Path:
    """Add a line to the log and return the file; nothing that is in it is touched. InputError if it cannot be kept."""
    file = folder / FILE
    line = io.StringIO()
    dumped = enquiry.model_dump(mode="json")
    csv.writer(line, lineterminator="\n").writerow([dumped[name] for name in COLUMNS])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as stream:
            lock_file(stream, waits=True)
            if stream.tell() == 0:
                stream.write(",".join(COLUMNS) + "\n")
            stream.write(line.getvalue())
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        raise InputError(file, [Problem("", what)], remedy="Give the folder to the user who runs this.") from error
    return file


def make_enquiry(**given: object) -> Enquiry:
    """Return the enquiry; MisuseError says what is wrong with what was given, and what there is."""
    try:
        return Enquiry(**given)
    except ValidationError as error:
        raise MisuseError("The enquiry was not kept. " + "; ".join(_list_faults(error)) + ".") from error


def _list_faults(error: ValueError) -> list[str]:
    """Return what is wrong in words for a person, a text a fault."""
    if not isinstance(error, ValidationError):
        return ["has not the columns of the heading"]
    said = []
    for fault in error.errors():
        name = str(fault["loc"][0])
        choices = {"asked_by": ROLES, "outcome": OUTCOMES}.get(name)
        message = fault["msg"].removeprefix("Value error, ")
        said.append(f"{name} must be one of: {', '.join(choices)}" if choices else f"{name}: {message}")
    return said
