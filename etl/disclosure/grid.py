"""Grid: one return's figures as areas by dates, so that all dates are worked on at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.disclosure.places import Places, Tree, make_tree


@dataclass(frozen=True)
class Grid:
    """The areas and dates of a return's figures, and how the areas add up."""

    areas: pd.Index
    dates: pd.Index
    tree: Tree

    @property
    def shape(self) -> tuple[int, int]:
        """How many areas and dates there are."""
        return len(self.areas), len(self.dates)

    def locate(self, frame: pd.DataFrame) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the place of each row's area and of its date: an index into what `spread` makes."""
        return _place(frame["area_code"], self.areas), _place(frame["date"], self.dates)

    def spread(self, values: NDArray, at: tuple[NDArray, NDArray]) -> NDArray:
        """Return the rows' values as areas by dates; 0 or False where there is no row."""
        matrix = np.zeros(self.shape, dtype=values.dtype)
        matrix[at] = values
        return matrix


def make_grid(frames: Iterable[pd.DataFrame], *, places: Places) -> Grid:
    """Return the grid that holds every area and date of the frames."""
    areas: set[str] = set()
    dates: set[object] = set()
    for frame in frames:
        areas |= set(frame["area_code"].unique())
        dates |= set(frame["date"].unique())
    codes = pd.Index(sorted(areas), dtype=object)
    return Grid(areas=codes, dates=pd.Index(sorted(dates), dtype=object), tree=make_tree(codes, places))


def _place(column: pd.Series, index: pd.Index) -> NDArray[np.intp]:
    if isinstance(column.dtype, pd.CategoricalDtype):  # each word is looked up once
        return index.get_indexer(column.cat.categories)[column.cat.codes]
    return index.get_indexer(column)
