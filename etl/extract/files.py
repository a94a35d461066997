"""Opening files: rows of cells from a sheet or a CSV, or one error that says what is wrong with the file."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import python_calamine

from etl.errors import InputError, Problem

Rows = list[list[object]]
DOWNLOAD_AGAIN = "Download the file from its publisher again and put it in the same place."


def read_sheet(file: Path, sheet: str) -> Rows:
    """Return the sheet's rows of cells from an xlsx or ods workbook; InputError when it cannot be read."""
    check_workbook(file)
    try:
        with python_calamine.CalamineWorkbook.from_path(file) as workbook:
            names = {name.strip(): name for name in workbook.sheet_names}
            if sheet not in names:
                problem = Problem("", f"there is no sheet {sheet!r}; it has {', '.join(workbook.sheet_names)}")
                raise InputError(
                    file,
                    [problem],
                    remedy="Load the publisher's own file, or name its sheet in sources.toml.",
                )
            return workbook.get_sheet_by_name(names[sheet]).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError) as error:
        raise InputError(file, [Problem("", f"it is damaged: {error}")], remedy=DOWNLOAD_AGAIN) from error


def read_sheet_records(file: Path, sheet: str) -> tuple[list[str], list[list[str]]]:
    """Return the headings and the rows of a sheet that has its headings first, as the texts that a CSV would hold."""
    rows = [[_as_text(cell) for cell in row] for row in read_sheet(file, sheet)]
    if len(rows) < 2:
        raise InputError(file, [Problem(f"sheet {sheet!r}", "it has no rows")], remedy=DOWNLOAD_AGAIN)
    return rows[0], rows[1:]


def _as_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def read_sheets(file: Path, *, wanted: Callable[[str], bool]) -> dict[str, Rows]:
    """Return the rows of cells of each sheet whose name is wanted; InputError when the workbook cannot be read."""
    check_workbook(file)
    try:
        with python_calamine.CalamineWorkbook.from_path(file) as workbook:
            names = [name for name in workbook.sheet_names if wanted(name.strip())]
            return {n.strip(): workbook.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in names}
    except (python_calamine.CalamineError, OSError) as error:
        raise InputError(file, [Problem("", f"it is damaged: {error}")], remedy=DOWNLOAD_AGAIN) from error


def check_workbook(file: Path) -> None:
    """Raise InputError when a file called a workbook is empty, a web page, cut off or otherwise no workbook."""
    read_content(file)
    if not zipfile.is_zipfile(file):
        raise InputError(file, [Problem("", "it is cut off or is not a workbook")], remedy=DOWNLOAD_AGAIN)
    try:
        with zipfile.ZipFile(file) as archive:
            damaged = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise InputError(file, [Problem("", f"it is cut off: {error}")], remedy=DOWNLOAD_AGAIN) from error
    if damaged:
        raise InputError(file, [Problem(damaged, "this part is damaged")], remedy=DOWNLOAD_AGAIN)


def read_csv(file: Path) -> tuple[list[str], list[list[str]]]:
    """Return the headings and the rows of a UTF-8 CSV as text; InputError when a row has too few or many cells."""
    content = read_content(file)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = Problem(f"byte {error.start + 1}", "the text is not UTF-8")
        raise InputError(file, [problem], remedy='Save the file again as "CSV UTF-8".') from error
    try:
        rows = list(csv.reader(io.StringIO(text.rstrip("\r\n"), newline=""), strict=True))
    except csv.Error as error:
        problem = Problem("", f"it is not a sound CSV file: {error}")
        raise InputError(file, [problem], remedy="Look for a stray quotation mark. " + DOWNLOAD_AGAIN) from error
    if len(rows) < 2:
        raise InputError(file, [Problem("", "it has headings but no rows")], remedy=DOWNLOAD_AGAIN)
    headings = [heading.strip() for heading in rows[0]]
    uneven = [
        Problem(f"row {number}", f"has {len(row)} cells where the headings have {len(headings)}")
        for number, row in enumerate(rows[1:], 2)
        if len(row) != len(headings)
    ]
    if uneven:
        raise InputError(file, uneven, remedy="The file may be cut off. " + DOWNLOAD_AGAIN)
    nameless = [
        Problem(f"column {column + 1}", "has cells but no heading")
        for column, heading in enumerate(headings)
        if not heading and any(row[column].strip() for row in rows[1:])
    ]
    if nameless:
        raise InputError(file, nameless, remedy="Give the column its heading. " + DOWNLOAD_AGAIN)
    return headings, rows[1:]


def check_headings(
    file: Path, place: str, *, found: Sequence[str], required: Sequence[str], allowed: Sequence[str] = ()
) -> None:
    """Raise one InputError that lists every heading that is missing, unknown or given twice."""
    problems = [Problem(place, f"the column {name!r} is missing") for name in required if name not in found]
    known = {*required, *allowed}
    problems += [Problem(place, f"the column {name!r} is not known") for name in found if name and name not in known]
    problems += [
        Problem(place, f"the column {n!r} stands twice") for n in sorted(set(found)) if n and found.count(n) > 1
    ]
    if problems:
        raise InputError(
            file,
            problems,
            remedy="Check that this is the publisher's file. If the publisher renamed or added a column, "
            "declare it for this source in etl/catalogue/sources.toml.",
        )


def hash_file(file: Path) -> str:
    """Return the file's sha256 in hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def read_content(file: Path) -> bytes:
    """Return the file's bytes; InputError when it cannot be read, is empty or is a web page."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(file, [Problem("", f"it cannot be read: {error.strerror}")], remedy=DOWNLOAD_AGAIN) from error
    if not content.strip():
        raise InputError(file, [Problem("", "it is empty")], remedy=DOWNLOAD_AGAIN)
    if content[:512].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise InputError(
            file,
            [Problem("", "it is a web page, most likely an error page saved under the file's name")],
            remedy=DOWNLOAD_AGAIN,
        )
    return content
