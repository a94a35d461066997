"""Extract: from a source's file, in whatever shape, to figures as printed in one layout.

A publisher's file dropped into the extract folder is preferred; without one, our carried table is read.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.catalogue.model import Source
from etl.errors import InputError, Problem
from etl.extract.carried import read_carried
from etl.extract.files import hash_file
from etl.extract.frame import Extract
from etl.extract.long_table import read_long_table
from etl.extract.wide_dates import read_wide_dates


def find_original(source: Source, folder: Path) -> Path | None:
    """Return the publisher's file in the extract folder, or None; InputError when there is more than one."""
    if not source.file:
        return None
    found = (folder / source.folder).glob(source.file)
    # An office program leaves a lock file beside a workbook that is open.
    files = sorted(file for file in found if file.is_file() and not file.name.startswith(("~$", ".~")))
    if len(files) > 1:
        problems = [Problem(file.name, "is one of several files for this source") for file in files]
        raise InputError(folder / source.folder, problems, remedy="Keep the newest edition and move the others away.")
    return files[0] if files else None


def extract(source: Source, *, extracts: Path, published: Path) -> Extract:
    """Return the source's figures as printed, from the original if it is there, otherwise from our carried table."""
    original = find_original(source, extracts)
    if original is not None:
        return read_original(source, original)
    carried = published / f"{source.id}.csv"
    if not carried.is_file():
        wanted = extracts / source.folder / source.file
        raise InputError(
            carried,
            [Problem("", f"there is no carried table, and no original at {wanted}")],
            remedy="Restore the table from the repository, or put the publisher's file in the folder named.",
        )
    return read_carried(carried, source.id)


def read_original(source: Source, file: Path) -> Extract:
    """Return the figures of all the tables that the catalogue declares for this file."""
    parts, rows_read, refusals = [], 0, ()
    for number, table in enumerate(source.table):
        if table.shape == "wide_dates":
            figures, rows = read_wide_dates(file, table, number=number)
        else:
            figures, rows, set_aside = read_long_table(file, table, number=number)
            refusals += set_aside
        parts.append(figures)
        rows_read += rows
    return Extract(
        file=file,
        origin=file.name,
        sha256=hash_file(file),
        figures=pd.concat(parts, ignore_index=True),
        rows_read=rows_read,
        refusals=refusals,
    )
