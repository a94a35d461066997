"""Table: an extract's columns in, the bytes of its file out, with the faults of its rows and of the file."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.synthesise.cells import (
    Columns,
    join_columns,
    join_lines,
    quote_column,
    replace_lines,
    take_row,
    write_line,
)
from etl.synthesise.dirt import CLEAN, Dirt, FileDirt
from etl.synthesise.places import Area
from etl.synthesise.soiling import make_earlier, soil

WITHOUT_FAULT = (CLEAN, "closed")
PLAIN = ("CHSP_", "Nurses_", "Care_", "Non_", "Agency_", "Hours_", "Days_", "Last_", "Max_", "Used_", "Declared_")
"""Columns whose headings begin so never need quotation marks."""


def render_extract(
    columns: Columns, *, dirt: Dirt, file_dirt: FileDirt, areas: tuple[list[Area], NDArray[np.int64]], totalled: str
) -> tuple[bytes, int]:
    """Return the file's content and the number of its rows.

    `areas` are the areas in force and each row's position among them; `totalled` names the column of which a row of
    totals gives the sum, if the file has one.
    """
    lines = join_columns([quote_column(column) if needs_marks(name) else column for name, column in columns.items()])
    faulty = np.flatnonzero(~np.isin(dirt.kinds, WITHOUT_FAULT))
    texts, added = [], []
    known, place = areas
    for row in map(int, faulty):
        cells = take_row(columns, row)
        soiled = soil(cells, str(dirt.kinds[row]), spellings=known[place[row]].spellings, number=row)
        texts.append(write_line(soiled.values()))
        if dirt.kinds[row] == "twice":
            added.append(write_line(make_earlier(cells).values()))
    if file_dirt.has_total:
        added.append(_write_total(columns, totalled))
    body = join_lines(replace_lines(lines, faulty, texts))
    text = b"".join(f"{line}\n".encode() for line in (write_line(columns), *added))
    head, _, tail = text.partition(b"\n")
    content = head + b"\n" + body + tail
    if file_dirt.encoding != "utf-8":
        content = content.decode("utf-8").encode(file_dirt.encoding)
    return content, len(lines) + len(added)


def needs_marks(heading: str) -> bool:
    """Return whether cells under the heading may need quotation marks."""
    return not heading.startswith(PLAIN)


def _write_total(columns: Columns, totalled: str) -> str:
    column = columns[totalled]
    total = pc.sum(pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column).cast(pa.int64()))
    given = {"Location": "Total", totalled: str(total.as_py() or 0), "Is_Illustrative": "Y"}
    return write_line(given.get(heading, "") for heading in columns)
