"""What tests of arriving extracts look at: what is live, its tables, and what a build says that it read."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from etl.publish import read_current

SOURCE = "capacity_tracker_care_homes"


def live(data: Path) -> str | None:
    """Return the id of the live snapshot."""
    return read_current(data / "snapshots")


def rows_of(data: Path, table: str) -> list[dict]:
    """Return the rows of a table of the live snapshot."""
    return pq.read_table(data / "snapshots" / str(live(data)) / f"{table}.parquet").to_pylist()


def read_now(lines: list[str]) -> int:
    """Return how many extracts of care homes a build says that it read now."""
    (line,) = [line for line in lines if line.startswith(f"{SOURCE} ") and ".csv" in line]
    return int(line.split()[3])
