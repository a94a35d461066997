"""Extract: from a source's file, in whatever shape, to figures as printed in one layout.

A publisher's file dropped into the extract folder is preferred; without one, our carried table is read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from etl.catalogue.model import Source
from etl.errors import InputError, Problem
from etl.extract.by_meaning import read_by_meaning
from etl.extract.carried import read_carried
from etl.extract.editions import add_carried_editions, join_editions, read_editions
from etl.extract.files import hash_file
from etl.extract.frame import Extract, Refusal, add_up_refusals
from etl.extract.long_table import read_long_table
from etl.extract.wide_dates import read_wide_dates

Reader = Callable[..., tuple[pd.DataFrame, int, tuple[Refusal, ...]]]
READERS: dict[str, Reader] = {
    "wide_dates": read_wide_dates,
    "long_table": read_long_table,
    "by_meaning": read_by_meaning,
}
"""One reader for each shape of table: figures, rows read, and what declared rules set aside."""


def find_originals(source: Source, folder: Path) -> list[Path]:
    """Return the publisher's files in the extract folder, by name: one at most, unless the source takes every file.

    InputError when there are more files than the source takes.
    """
    if not source.file:
        return []
    found = (folder / source.folder).glob(source.file)
    # An office program leaves a lock file beside a workbook that is open.
    files = sorted(file for file in found if file.is_file() and not file.name.startswith(("~$", ".~")))
    if len(files) > 1 and not source.takes_every_file:
        problems = [Problem(file.name, "is one of several files for this source") for file in files]
        raise InputError(folder / source.folder, problems, remedy="Keep the newest edition and move the others away.")
    return files


def extract(source: Source, *, extracts: Path, published: Path) -> Extract:
    """Return the source's figures as printed, from the original if it is there, otherwise from our carried table.

    Where every file is an edition, the originals are joined by the carried editions of other dates.
    """
    carried = published / f"{source.id}.csv"
    originals = read_originals(source, find_originals(source, extracts))
    if originals and source.takes_every_file:
        editions = add_carried_editions(originals, carried=carried, source_id=source.id)
        return join_editions(editions, file=extracts / source.folder)
    if originals:
        return originals[0]
    if not carried.is_file():
        wanted = extracts / source.folder / source.file
        raise InputError(
            carried,
            [Problem("", f"there is no carried table, and no original at {wanted}")],
            remedy="Restore the table from the repository, or put the publisher's file in the folder named.",
        )
    return read_carried(carried, source.id)


def read_originals(source: Source, files: Sequence[Path]) -> list[Extract]:
    """Return an extract for each of a source's files, by as-at date where each is an edition."""
    if source.takes_every_file:
        return read_editions(files, read=partial(read_original, source))
    return [read_original(source, file) for file in files]


def read_original(source: Source, file: Path) -> Extract:
    """Return the figures of all the tables that the catalogue declares for this file."""
    parts, rows_read, refusals = [], 0, ()
    for number, table in enumerate(source.table):
        figures, rows, set_aside = READERS[table.shape](file, table, number=number)
        parts.append(figures)
        rows_read += rows
        refusals += set_aside
    return Extract(
        file=file,
        origin=file.name,
        sha256=hash_file(file),
        figures=pd.concat(parts, ignore_index=True),
        rows_read=rows_read,
        refusals=add_up_refusals(refusals),
    )
