"""Reads and writes our own tidy tables: the same figures as the publishers' files, in one layout.

They let the product run with nothing else. They are written from the originals by `python -m etl carry`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from etl.errors import InputError, Problem
from etl.extract.dates import read_last_date
from etl.extract.files import check_headings, hash_file, read_csv
from etl.extract.frame import BETWEEN, CARRIED_COLUMNS, COLUMNS, Extract, Refusal, add_up_refusals

ORIGINS_FILE = "origins.csv"
REFUSED_FILE = "refused.csv"
ORIGIN_COLUMNS = ("source_id", "file", "sha256", "rows_read", "publisher", "licence", "carried_sha256")
REFUSED_COLUMNS = ("source_id", "rule", "reason", "rows")
AS_AT = "as_at"
"""The column of both that says which edition a line is about; blank for a source with one file."""
CARRY_AGAIN = (
    "Restore the table from the repository, or write it again from the publishers' files: "
    "python -m etl carry --extracts FOLDER"
)


def read_carried(file: Path, source_id: str) -> Extract:
    """Return an Extract from a carried table, with the names, hashes and row counts of the files it came from."""
    figures = _read_table(file, source_id)
    origins = _read_origins(file, source_id)
    return Extract(
        file=file,
        origin=BETWEEN.join(origin["file"] for origin in origins),
        sha256=BETWEEN.join(origin["sha256"] for origin in origins),
        figures=figures,
        rows_read=sum(int(origin["rows_read"]) for origin in origins),
        refusals=add_up_refusals(refusal for refusal, _ in _read_refusals(file.parent, source_id)),
        is_carried=True,
    )


def read_carried_editions(file: Path, source_id: str) -> list[Extract]:
    """Return an Extract for each edition in a carried table: the figures of one as-at date and their own file."""
    figures = _read_table(file, source_id)
    refusals = _read_refusals(file.parent, source_id)
    editions = []
    for origin in _read_origins(file, source_id):
        as_at = origin.get(AS_AT, "")
        date = read_last_date(as_at)
        if date is None:
            problem = Problem("", f"its line for {source_id}, {origin['file']}, has no as-at date")
            raise InputError(file.parent / ORIGINS_FILE, [problem], remedy=CARRY_AGAIN)
        edition = Extract(
            file=file,
            origin=origin["file"],
            sha256=origin["sha256"],
            figures=figures[figures["date"] == date],
            rows_read=int(origin["rows_read"]),
            refusals=tuple(refusal for refusal, of in refusals if of == as_at),
            is_carried=True,
            as_at=date,
        )
        editions.append(edition)
    return editions


def _read_table(file: Path, source_id: str) -> pd.DataFrame:
    """Return a carried table's figures in the readers' layout; InputError where a row is not ours or has no date."""
    headings, rows = read_csv(file)
    check_headings(file, "row 1", found=headings, required=CARRIED_COLUMNS)
    frame = pd.DataFrame(rows, columns=headings)
    places = pd.Series([f"row {number}" for number in range(2, len(frame) + 2)], dtype=object)
    problems = [
        Problem(p, f"belongs to {s!r}") for s, p in zip(frame["source_id"], places, strict=True) if s != source_id
    ]
    dates = pd.to_datetime(frame["date"], format="%Y-%m-%d", errors="coerce").dt.date
    unread = zip(frame["date"], dates.isna(), places, strict=True)
    problems += [Problem(p, f"{date!r} is not a date such as 2020-08-10") for date, wrong, p in unread if wrong]
    both = zip(frame["value"], frame["status"], places, strict=True)
    problems += [Problem(p, f"has a value ({v}) and a status ({s})") for v, s, p in both if v and s]
    if problems:
        raise InputError(file, problems, remedy=CARRY_AGAIN)
    # A status stands in place of a value; the validator reads it back through the same column.
    raw = frame["value"].where(frame["status"] == "", "status " + frame["status"]).astype(object)
    return frame.assign(date=dates, raw=raw, scale=1.0, table=-1, place=places)[COLUMNS]


def check_carried(file: Path, source_id: str) -> None:
    """Raise InputError when a carried table was edited or cut: it would pass for the publisher's figures."""
    origins = _read_origins(file, source_id)
    if {hash_file(file)} != {origin["carried_sha256"] for origin in origins}:
        names = BETWEEN.join(origin["file"] for origin in origins)
        problem = Problem("", f"it is not the table that was carried from {names}: it was edited or cut")
        raise InputError(file, [problem], remedy=CARRY_AGAIN)


def write_carried(folder: Path, *, tables: dict[str, pd.DataFrame], origins: list[dict], refused: list[dict]) -> None:
    """Write one table a source, and what each came from, as CSV with LF line ends."""
    folder.mkdir(parents=True, exist_ok=True)
    for source_id, frame in tables.items():
        written = frame[CARRIED_COLUMNS].assign(value=frame["value"].map(_write_number))
        written.to_csv(folder / f"{source_id}.csv", index=False, lineterminator="\n")
    hashed = [origin | {"carried_sha256": hash_file(folder / f"{origin['source_id']}.csv")} for origin in origins]
    pd.DataFrame(hashed).to_csv(folder / ORIGINS_FILE, index=False, lineterminator="\n")
    pd.DataFrame(refused).to_csv(folder / REFUSED_FILE, index=False, lineterminator="\n")


def _write_number(value: float) -> str:
    """Return the shortest text that reads back as the same number; whole numbers without a point."""
    if pd.isna(value):
        return ""
    return str(int(value)) if value == int(value) else repr(float(value))


def _read_origins(file: Path, source_id: str) -> list[dict[str, str]]:
    """Return the lines of origins.csv for a source, one a file; InputError when there is none."""
    origins = file.parent / ORIGINS_FILE
    lines = [line for line in _read_records(origins, ORIGIN_COLUMNS) if line["source_id"] == source_id]
    if not lines:
        raise InputError(origins, [Problem("", f"it has no line for {source_id}")], remedy=CARRY_AGAIN)
    return lines


def _read_refusals(folder: Path, source_id: str) -> list[tuple[Refusal, str]]:
    """Return what rules set aside in a source's files, each with the as-at date of its edition, if it has one."""
    return [
        (Refusal(rule=line["rule"], reason=line["reason"], rows=int(line["rows"])), line.get(AS_AT, ""))
        for line in _read_records(folder / REFUSED_FILE, REFUSED_COLUMNS)
        if line["source_id"] == source_id
    ]


def _read_records(file: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    headings, rows = read_csv(file)
    check_headings(file, "row 1", found=headings, required=columns, allowed=[AS_AT])
    return [dict(zip(headings, row, strict=True)) for row in rows]
