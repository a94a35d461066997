"""Reads home-level extracts: one CSV a date, one row a registered location, every cell still as text.

Columns come back as dictionaries of distinct texts, so that each rule looks at a text once and not at every row.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv

from etl.catalogue.return_model import Return, ReturnColumn
from etl.errors import InputError, Problem
from etl.extract.files import DOWNLOAD_AGAIN, read_content
from etl.extract.sidecars import check_sidecars

TEXT = pa.dictionary(pa.int32(), pa.string())
PLAIN = pa.string()
FOLDED = str.maketrans("", "", " _-")


@dataclass(frozen=True)
class HomeLevelFile:
    """An extract as it stands: our column names, texts as dictionaries, and what vouches for it."""

    file: Path
    date: dt.date
    sha256: str
    size: int
    is_verified: bool
    is_illustrative: bool
    table: pa.Table
    body: bytes
    """The file's rows as they stand, in UTF-8."""

    @cached_property
    def lines(self) -> list[bytes]:
        """Return the rows one by one, for the list of refused rows. Only a line feed ends a row."""
        return self.body.split(b"\n")


def read_home_level(file: Path, *, layout: Return, date: dt.date) -> HomeLevelFile:
    """Return the extract; InputError when it is not as declared, is cut off or is not what its sidecars say."""
    content = read_content(file)
    digest = hashlib.sha256(content).hexdigest()
    text = _to_utf8(content).rstrip(b"\r\n")
    head, _, body = text.partition(b"\n")
    headings = next(csv.reader(io.StringIO(head.decode("utf-8").strip("\r"))), [])
    names = match_headings(file, headings, layout=layout, date=date)
    lines = body.count(b"\n") + 1 if body else 0
    is_verified = check_sidecars(file, sha256=digest, rows=lines)
    if not body:
        raise InputError(file, [Problem("", "it has headings but no rows")], remedy=DOWNLOAD_AGAIN)
    table = _parse(file, body, names=names, layout=layout)
    if table.num_rows != lines:  # every refused row is shown as it stands, so a row must be a line
        problem = Problem("", f"its {lines:,} lines hold {table.num_rows:,} rows: a line break stands inside a cell")
        raise InputError(file, [problem], remedy="Take the line break out of the cell, or ask for the extract again.")
    return HomeLevelFile(
        file=file,
        date=date,
        sha256=digest,
        size=len(content),
        is_verified=is_verified,
        is_illustrative=_read_marker(file, table, layout),
        table=table,
        body=body,
    )


def fold_heading(heading: str) -> str:
    """Return a heading as it is compared: without case, spaces, underscores and hyphens."""
    return heading.strip().casefold().translate(FOLDED)


def match_headings(file: Path, headings: list[str], *, layout: Return, date: dt.date) -> list[str]:
    """Return our name for each heading, in the file's order; InputError lists all that are missing, unknown, twice."""
    columns = _find_columns(headings, layout)
    problems = [
        Problem("row 1", f"the column {heading!r} is not known")
        for heading, column in zip(headings, columns, strict=True)
        if column is None or _comes_too_early(column, date)
    ]
    names = [column.name if column else "" for column in columns]
    problems += [
        Problem("row 1", f"the column {name!r} stands twice")
        for name in sorted(set(names))
        if name and names.count(name) > 1
    ]
    problems += [
        Problem("row 1", f"the column {column.headings[0]!r} is missing")
        for column in layout.column
        if column.is_required and column.name not in names and not _comes_too_early(column, date)
    ]
    if problems:
        remedy = (
            "Check that this is the extract that its name says. If its headings changed, declare them in "
            "etl/catalogue/returns.toml."
        )
        raise InputError(file, problems, remedy=remedy)
    return names


def _find_columns(headings: list[str], layout: Return) -> list[ReturnColumn | None]:
    """Return the column of each heading: as declared but for case, or else folded, to a column that is still free.

    Local_Authority and LocalAuthority are two columns of the real export, so folding alone cannot tell them apart.
    """
    declared = {heading.casefold(): column for column in layout.column for heading in column.headings}
    columns = [declared.get(heading.strip().casefold()) for heading in headings]
    # The columns that an extract must have come first, where a folded heading could be either of two.
    by_need = sorted(layout.column, key=lambda column: not column.is_required)
    for place, heading in enumerate(headings):
        if columns[place] is None:
            fitting = (c for c in by_need if fold_heading(heading) in map(fold_heading, c.headings))
            columns[place] = next((column for column in fitting if column not in columns), None)
    return columns


def _comes_too_early(column: ReturnColumn, date: dt.date) -> bool:
    return column.not_before is not None and date < column.not_before


def _to_utf8(content: bytes) -> bytes:
    """Return the content as UTF-8 without a byte order mark; what is not UTF-8 is Windows-1252, as Excel saves it."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    if content.isascii():
        return content
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").encode("utf-8")
    return content


def _parse(file: Path, body: bytes, *, names: list[str], layout: Return) -> pa.Table:
    """Return the rows as one chunk of dictionary columns; columns that feed nothing are not converted at all."""
    kinds = {column.name: column.kind for column in layout.column}
    types = {name: PLAIN if kinds[name] in ("id", "name", "moment") else TEXT for name in names}
    uneven: list[Problem] = []

    def note_uneven(row: pacsv.InvalidRow) -> str:
        what = f"has {row.actual_columns} cells where the headings have {row.expected_columns}"
        uneven.append(Problem(f"row {row.number + 1}", what))
        return "skip"

    try:
        table = pacsv.read_csv(
            pa.BufferReader(body),
            # One thread: files are read side by side in processes of their own. One block: one dictionary a column.
            read_options=pacsv.ReadOptions(use_threads=False, block_size=len(body) + 1, column_names=names),
            parse_options=pacsv.ParseOptions(invalid_row_handler=note_uneven, ignore_empty_lines=False),
            convert_options=pacsv.ConvertOptions(
                column_types=types, strings_can_be_null=False, include_columns=[n for n in names if kinds[n] != "text"]
            ),
        )
    except pa.ArrowInvalid as error:
        problem = Problem("", f"it is not a sound CSV file: {error}")
        raise InputError(file, [problem], remedy="Look for a stray quotation mark. " + DOWNLOAD_AGAIN) from error
    if uneven:
        raise InputError(file, uneven, remedy="The file may be cut off. " + DOWNLOAD_AGAIN)
    return table.combine_chunks()


def _read_marker(file: Path, table: pa.Table, layout: Return) -> bool:
    """Return whether the file is marked as made up; a mark on some rows only is refused."""
    markers = [column.name for column in layout.columns_of("marker") if column.name in table.column_names]
    if not markers:
        return False
    words = {str(word).strip().casefold() for word in table.column(markers[0]).unique().to_pylist()}
    # A total row may stand without the mark.
    if words not in ({"y"}, {"y", ""}):
        said = ", ".join(repr(word) for word in sorted(words))
        problem = Problem(f"column {markers[0]}", f"holds {said} where a made-up extract has Y on every row")
        raise InputError(file, [problem], remedy="Make the set again: python -m etl synthesise")
    return True
