"""Keys: what must stand once, whatever code or name a publisher gave it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.errors import InputError, Problem


def check_unique(file: Path, frame: pd.DataFrame, *, key: list[str]) -> None:
    """Raise InputError when two figures answer to the same key."""
    twice = frame[frame.duplicated(key, keep=False)].sort_values(key, kind="stable")
    if len(twice):
        problems = [
            Problem(row.place, f"{row.measure} for {row.area_code or row.area_name} on {row.date} is given twice")
            for row in twice.itertuples()
        ]
        raise InputError(file, problems, remedy="Keep one figure for each area and date.")
