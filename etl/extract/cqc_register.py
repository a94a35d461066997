"""Reads the register of the Care Quality Commission (its care directory): one row a registered location.

Older editions are CSV with lines above the headings, later ones workbooks with blank rows above them. The headings
are found by what they say. Only the columns below are kept: a full edition has more than 100, and names of people.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa
import python_calamine

from etl.errors import InputError, Problem
from etl.extract.files import DOWNLOAD_AGAIN, check_workbook, hash_file, read_content
from etl.extract.sidecars import check_sidecars

SHEET = "HSCA_Active_Locations"
WORKBOOKS = (".ods", ".xlsx")
LOOKED_THROUGH = 30
"""The headings stand within so many rows from the top: CSV editions have four above them, workbooks up to six."""

HEADINGS = {
    "location_id": "Location ID",
    "is_dormant": "Dormant (Y/N)",
    "is_care_home": "Care home?",
    "beds": "Care homes beds",
    "rating": "Location Latest Overall Rating",
    "region_name": "Location Region",
    "council_name": "Location Local Authority",
    "is_nursing": "Service type - Care home service with nursing",
    "is_residential": "Service type - Care home service without nursing",
    "is_domiciliary": "Service type - Domiciliary care service",
    "is_illustrative": "Is_Illustrative",
}
OPTIONAL = {"is_illustrative"}
"""A made-up register carries the mark on every row; the Commission's own has no such column."""

FLAGS = {
    "is_dormant": ("Y", "N"),
    "is_care_home": ("Y", "N"),
    "is_nursing": ("Y", "N", ""),
    "is_residential": ("Y", "N", ""),
    "is_domiciliary": ("Y", "N", ""),
    "is_illustrative": ("Y",),
}
NONE = "-"
"""How some editions print that there is nothing to say."""

LOCATION_ID = re.compile(r"1-[0-9]{6,12}|(?:R[A-Z0-9]{2}|TA[A-Z0-9])[A-Z0-9]{1,5}")
"""The second form is that of NHS trusts' own places, which the whole register lists among the others."""
BEDS = re.compile(r"([0-9]{1,4})(?:\.0)?")

SCHEMA = pa.schema(
    [
        ("location_id", pa.string()),
        ("is_dormant", pa.bool_()),
        ("is_care_home", pa.bool_()),
        ("beds", pa.int32()),
        ("rating", pa.string()),
        ("region_name", pa.string()),
        ("council_name", pa.string()),
        ("is_nursing", pa.bool_()),
        ("is_residential", pa.bool_()),
        ("is_domiciliary", pa.bool_()),
        ("is_illustrative", pa.bool_()),
        ("place", pa.int32()),
    ]
)
Row = Sequence[object]
Record = tuple[int, list[str]]
Found = tuple[int, Problem]


def read_register(file: Path) -> pa.Table:
    """Return the locations in the file's order; `beds` is null where none are given, `place` the row in the file.

    Raises InputError that lists every heading that is missing, or every cell that is not what its column holds.
    """
    is_workbook = file.suffix.lower() in WORKBOOKS
    rows = enumerate(_read_workbook(file) if is_workbook else _read_csv(file), 1)
    number, headings = _find_headings(file, rows)
    positions = _find_columns(file, headings, row=number)
    width = None if is_workbook else len(headings)
    records = _take_records(file, rows, positions=list(positions.values()), width=width)
    check_sidecars(file, sha256=hash_file(file), rows=len(records))
    places = [place for place, _ in records]
    texts = {name: [cells[at] for _, cells in records] for at, name in enumerate(positions)}
    return _make_table(file, texts, places)


def _read_workbook(file: Path) -> Iterator[Row]:
    """Yield the rows of the sheet of locations, blank ones at the top among them."""
    check_workbook(file)
    try:
        with python_calamine.CalamineWorkbook.from_path(file) as workbook:
            # The same sheet has been called "HSCA Active Locations".
            names = {name.strip().replace(" ", "_").casefold(): name for name in workbook.sheet_names}
            if SHEET.casefold() not in names:
                problem = Problem("", f"there is no sheet {SHEET!r}; it has {', '.join(workbook.sheet_names)}")
                raise InputError(file, [problem], remedy='Load the "care directory with filters" of the Commission.')
            yield from workbook.get_sheet_by_name(names[SHEET.casefold()]).iter_rows()
    except (python_calamine.CalamineError, OSError) as error:
        raise InputError(file, [Problem("", f"it is damaged: {error}")], remedy=DOWNLOAD_AGAIN) from error


def _read_csv(file: Path) -> Iterator[Row]:
    """Yield the rows of a CSV in UTF-8, with or without a byte order mark, or else in Windows-1252."""
    content = read_content(file)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            problem = Problem(f"byte {error.start + 1}", "the text is neither UTF-8 nor Windows-1252")
            raise InputError(file, [problem], remedy='Save the file again as "CSV UTF-8".') from error
    try:
        yield from csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error as error:
        problem = Problem("", f"it is not a sound CSV file: {error}")
        raise InputError(file, [problem], remedy="Look for a stray quotation mark. " + DOWNLOAD_AGAIN) from error


def _find_headings(file: Path, rows: Iterator[tuple[int, Row]]) -> tuple[int, list[str]]:
    """Return the row of headings and its number; the rows after it are left for the caller."""
    for number, row in islice(rows, LOOKED_THROUGH):
        headings = [" ".join(str(cell).split()) for cell in row]
        if HEADINGS["location_id"] in headings:
            return number, headings
    problem = Problem("", f"none of its first {LOOKED_THROUGH} rows has the heading {HEADINGS['location_id']!r}")
    raise InputError(file, [problem], remedy='Load the "care directory with filters" of the Commission.')


def _find_columns(file: Path, headings: list[str], *, row: int) -> dict[str, int]:
    """Return the position of each column that is kept."""
    counts = {name: headings.count(heading) for name, heading in HEADINGS.items()}
    problems = [
        Problem(f"row {row}", f"the column {HEADINGS[name]!r} {'stands twice' if count else 'is missing'}")
        for name, count in counts.items()
        if count > 1 or (count == 0 and name not in OPTIONAL)
    ]
    if problems:
        remedy = (
            "Check that this is the Commission's care directory. If it renamed a column, give the new heading "
            "in etl/extract/cqc_register.py."
        )
        raise InputError(file, problems, remedy=remedy)
    return {name: headings.index(HEADINGS[name]) for name, count in counts.items() if count}


def _take_records(
    file: Path, rows: Iterator[tuple[int, Row]], *, positions: list[int], width: int | None
) -> list[Record]:
    """Return the kept cells of each row that has any, as text; in a CSV every row must have `width` cells."""
    records: list[Record] = []
    uneven: list[Problem] = []
    for number, row in rows:
        if width is not None and row and len(row) != width:
            uneven.append(Problem(f"row {number}", f"has {len(row)} cells where the headings have {width}"))
        elif row:
            cells = [str(row[position]).strip() for position in positions]
            if any(cells):
                records.append((number, cells))
    if uneven:
        raise InputError(file, uneven, remedy="The file may be cut off. " + DOWNLOAD_AGAIN)
    if not records:
        raise InputError(file, [Problem("", "it has headings but no rows")], remedy=DOWNLOAD_AGAIN)
    return records


def _make_table(file: Path, texts: dict[str, list[str]], places: list[int]) -> pa.Table:
    """Return the texts as the columns of SCHEMA; InputError lists all that do not fit, by row."""
    found = list(_find_bad_ids(texts["location_id"], places))
    found += _find_bad_cells(texts["beds"], places, column="beds", fits=_is_beds, what="a number of beds")
    for name in (name for name in FLAGS if name in texts):
        what = "Y or N" if "N" in FLAGS[name] else "Y, as on every row of a made-up register"
        found += _find_bad_cells(texts[name], places, column=name, fits=FLAGS[name].__contains__, what=what)
    if found:
        problems = [problem for _, problem in sorted(found, key=lambda each: each[0])]
        raise InputError(file, problems, remedy="Correct these cells, or ask the Commission for a sound copy.")
    values: dict[str, list[object]] = {name: list(cells) for name, cells in texts.items()}
    values |= {name: [text == "Y" for text in texts.get(name, [""] * len(places))] for name in FLAGS}
    values["beds"] = [int(text.partition(".")[0]) if _is_given(text) else None for text in texts["beds"]]
    values["rating"] = [text if _is_given(text) else "" for text in texts["rating"]]
    return pa.table(values | {"place": places}, schema=SCHEMA)


def _is_given(text: str) -> bool:
    return text not in ("", NONE)


def _is_beds(text: str) -> bool:
    return not _is_given(text) or BEDS.fullmatch(text) is not None


def _find_bad_cells(
    texts: list[str], places: list[int], *, column: str, fits: Callable[[str], bool], what: str
) -> Iterator[Found]:
    """Yield a problem for each cell that does not fit."""
    bad = {text for text in set(texts) if not fits(text)}
    for text, place in zip(texts, places, strict=True):
        if text in bad:
            said = f"{text!r} is not {what}" if text else f"the cell is blank and not {what}"
            yield place, Problem(f"row {place}, column {HEADINGS[column]!r}", said)


def _find_bad_ids(texts: list[str], places: list[int]) -> Iterator[Found]:
    """Yield a problem for each location id that is blank, malformed or the same as on an earlier row."""
    first: dict[str, int] = {}
    for text, place in zip(texts, places, strict=True):
        where = f"row {place}, column {HEADINGS['location_id']!r}"
        if not LOCATION_ID.fullmatch(text):
            said = f"{text!r} is not a location id such as 1-123456789" if text else "the cell is blank"
            yield place, Problem(where, said)
        elif text in first:
            yield place, Problem(where, f"{text!r} stands on row {first[text]} too")
        first.setdefault(text, place)
