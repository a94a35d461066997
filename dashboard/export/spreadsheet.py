"""Accessible spreadsheets: cover, contents, notes and one table a sheet, by the Analysis Function's own library.

https://analysisfunction.civilservice.gov.uk/policy-store/releasing-statistics-in-spreadsheets/ is the checklist.
"""

from __future__ import annotations

import io
import re
import textwrap
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import gptables
import pandas as pd
from xlsxwriter.worksheet import Worksheet

from dashboard.export.csv import disarm
from dashboard.export.sheets import LEGEND, format_columns, make_table
from dashboard.format import format_date
from dashboard.store import Snapshot

NAME_AT_MOST = 31
"""Characters a sheet's name may have in a spreadsheet."""

A4 = 9
"""The paper's number in a spreadsheet."""

NUMBER, WIDEST, HEADING_LINES = 9, 60, 3
"""Characters that a number takes and that a line of words has at most, and lines that a heading may take."""

LINE = 16
"""Points that a line of a cell takes."""
SET = 0.95
"""Letters of the sheets' type to one of the type that widths are counted in."""

COVER_WIDTH = 120
"""Characters a line of the cover holds. Longer ones would be laid over the next line by some readers."""

MADE_UP = (
    "Tables whose title begins with “Illustrative” hold made-up figures. They show how the dashboard works.",
    "Real councils' names stand beside them. Do not quote them.",
)


@dataclass(frozen=True)
class Sheet:
    """One table: the name of its view, its words as on the screen, its rows as its query gave them."""

    name: str
    title: str
    subtitle: str
    source: str
    frame: pd.DataFrame
    caveats: tuple[str, ...] = ()


def write_spreadsheet(sheets: Sequence[Sheet], snapshot: Snapshot, *, title: str, address: str) -> bytes:
    """Return an xlsx of the sheets. `address` is the page that shows the same; ValueError without any sheet."""
    if not sheets:
        raise ValueError("A spreadsheet needs at least one table.")
    notes = list(dict.fromkeys(line for sheet in sheets for line in sheet.caveats))
    keys = {line: f"note{place}" for place, line in enumerate(notes, start=1)}
    tables = {name: _make_sheet(sheet, keys=keys) for name, sheet in zip(_name_sheets(sheets), sheets, strict=True)}
    written = io.BytesIO()
    with warnings.catch_warnings():
        # Tables without a caveat have no note: so they should. How the library calls pandas is its own affair.
        warnings.simplefilter("ignore", UserWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        book = gptables.produce_workbook(
            written,
            tables,
            cover=_make_cover(sheets, snapshot, title=title, address=address),
            notes_table=pd.DataFrame({"reference": list(keys.values()), "Note text": notes}) if notes else None,
            # A text that begins with = is text: nothing in a cell is ever run or followed.
            workbook_options={"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        for page in book.worksheets():
            page.set_landscape()
            page.set_paper(A4)
            page.fit_to_pages(1, 0)  # as wide as the paper, as long as it takes
            if page.name in tables:
                _fit_cells(page, tables[page.name])
        book.set_properties({"title": title, "comments": f"Snapshot {snapshot.id}", "author": "The dashboard team"})
        book.close()
    return written.getvalue()


def _fit_cells(page: Worksheet, made: gptables.GPTable) -> None:
    """Give columns and rows the room that their words take: not every program that opens the file does so itself."""
    widths = measure_columns(made.table)
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    rows = [list(made.table.columns), *made.table.to_numpy().tolist()]
    for place, row in enumerate(rows, start=made.data_range[0]):
        lines = max(_count_lines(str(cell), width) for cell, width in zip(row, widths, strict=True))
        if lines > 1:
            page.set_row(place, LINE * lines)


def _count_lines(words: str, width: int) -> int:
    return len(textwrap.wrap(words, max(1, round(width * SET)))) or 1


def measure_columns(table: pd.DataFrame) -> list[int]:
    """Return the width of each column in characters: what stands in it, wrapped where it is long, and its heading."""
    widths = []
    for heading in table.columns:
        cells = [NUMBER if isinstance(cell, float) else len(str(cell)) for cell in table[heading]]
        words = max((len(word) for word in str(heading).split()), default=0)
        widths.append(max(min(max(cells, default=0), WIDEST), words, -(-len(str(heading)) // HEADING_LINES)) + 2)
    return widths


def _make_cover(sheets: Sequence[Sheet], snapshot: Snapshot, *, title: str, address: str) -> gptables.Cover:
    made_up = MADE_UP if any(sheet.frame["is_illustrative"].any() for sheet in sheets) else ()
    return gptables.Cover(
        title=title,
        intro=["From the national COVID-19 adult social care dashboard for England.", *made_up],
        about=[
            f"Snapshot {snapshot.id}. Capacity Tracker figures to {format_date(snapshot.data_date)}.",
            "Each table says its own dates.",
            f"The same view on the dashboard: {address}",
            "Shares are self-reported by providers. Percentages change by percentage points.",
            *[f"{mark}: {words}." for mark, words in LEGEND.items()],
            "Licence: Open Government Licence v3.0 unless a table's source says otherwise.",
        ],
        width=COVER_WIDTH,
        contact=["To report an error, see “About the data” on the dashboard."],
    )


def _make_sheet(sheet: Sheet, *, keys: dict[str, str]) -> gptables.GPTable:
    table, index = make_table(sheet.frame)
    references = "".join(f"$${keys[line]}$$" for line in sheet.caveats)
    return gptables.GPTable(
        table=table,
        table_name=re.sub(r"\W", "_", sheet.name),
        title=disarm(sheet.title),
        subtitles=[
            text for text in (sheet.subtitle, f"Notes to this table: {references}" if references else "") if text
        ],
        instructions="This worksheet contains one table."
        + (" Notes are on the worksheet called Notes." if references else ""),
        source=sheet.source,
        legend=[f"{mark}: {words}" for mark, words in LEGEND.items() if _has(table, mark)],
        index_columns=index,
        additional_formatting=[
            {"column": {"columns": [name], "format": {"num_format": shown}}}
            for name, shown in format_columns(sheet.frame, table).items()
        ],
    )


def _has(table: pd.DataFrame, mark: str) -> bool:
    return bool((table.astype(object) == mark).any(axis=None))


def _name_sheets(sheets: Sequence[Sheet]) -> list[str]:
    """Return a name for each sheet, short enough and each but once."""
    names: list[str] = []
    for sheet in sheets:
        base = re.sub(r"[\[\]:*?/\\']", " ", sheet.name)[:NAME_AT_MOST]
        name, place = base, 2
        while name in names:
            name, place = f"{base[: NAME_AT_MOST - 3]} {place}", place + 1
        names.append(name)
    return names
