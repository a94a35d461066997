"""Levels: counts by authority of many dates as one block of numbers, added up to regions and England.

Home, authority, region and England reconcile exactly: each level is a sum of whole numbers of the one below.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from etl.conform.areas import ENGLAND


@dataclass(frozen=True)
class Block:
    """Counts by area, date and name: `numbers[area, date, name]`, and which areas have a row on which date."""

    areas: tuple[str, ...]
    dates: tuple[dt.date, ...]
    names: dict[str, int]
    numbers: NDArray[np.int64]
    is_held: NDArray[np.bool_]

    def count(self, name: str) -> NDArray[np.int64]:
        """Return one count as areas by dates; zeros where no extract has it (a column that came later)."""
        place = self.names.get(name)
        return self.numbers[:, :, place] if place is not None else np.zeros(self.numbers.shape[:2], dtype=np.int64)


def stack(tables: dict[dt.date, pa.Table], *, areas: pd.DataFrame) -> Block:
    """Return the counts of all dates at all levels, areas in order of code."""
    regions = dict(zip(areas["code"], areas["region_code"], strict=True))
    held = sorted({code for table in tables.values() for code in table.column("area_code").to_pylist()})
    wider = sorted({regions[code] for code in held} | {ENGLAND}) if held else []
    codes = sorted([*held, *wider])
    position = {code: place for place, code in enumerate(codes)}
    names: dict[str, int] = {}
    for table in tables.values():
        for name in table.column_names[1:]:
            names.setdefault(name, len(names))
    dates = tuple(sorted(tables))
    numbers = np.zeros((len(codes), len(dates), len(names)), dtype=np.int64)
    is_held = np.zeros((len(codes), len(dates)), dtype=bool)
    for day, date in enumerate(dates):
        own = tables[date].column("area_code").to_pylist()
        counts = np.column_stack([column.to_numpy() for column in tables[date].columns[1:]])
        columns = [names[name] for name in tables[date].column_names[1:]]
        rows = [position[code] for code in own]
        numbers[np.ix_(rows, [day], columns)] = counts[:, None, :]
        is_held[rows, day] = True
        for code in wider:
            parts = [place for place, part in enumerate(own) if code in (regions[part], ENGLAND)]
            if parts:
                numbers[position[code], day, columns] = counts[parts].sum(axis=0)
                is_held[position[code], day] = True
    return Block(areas=tuple(codes), dates=dates, names=names, numbers=numbers, is_held=is_held)
