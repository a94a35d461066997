"""Places: which authorities make up each region, in the order in which a neighbour is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.conform.areas import ENGLAND


@dataclass(frozen=True)
class Places:
    """The region of every area (its own code for a region, "" for England) and how many older people live in it.

    The number orders the areas. It is public and does not change from week to week, so the same neighbour is hidden
    as long as it will do, and it is nearly always one with few homes.
    """

    regions: dict[str, str]
    people: dict[str, int]

    def order(self, codes: Sequence[str]) -> list[str]:
        """Return the codes by older people, fewest first."""
        return sorted(codes, key=lambda code: (self.people.get(code, 0), code))


@dataclass(frozen=True)
class Region:
    """A region's place among the areas, and the places of its authorities in order."""

    place: int
    parts: NDArray[np.intp]


@dataclass(frozen=True)
class Tree:
    """The areas of a set of figures: England's place, and the regions in order."""

    england: int
    regions: tuple[Region, ...]


def find_places(areas: pd.DataFrame) -> Places:
    """Return the places of the areas table."""
    older = areas["population_65_plus"].fillna(0).astype(int)
    return Places(
        regions=dict(zip(areas["code"], areas["region_code"], strict=True)),
        people=dict(zip(areas["code"], older, strict=True)),
    )


def make_tree(codes: Sequence[str], places: Places) -> Tree:
    """Return how these areas add up; they hold England and the region of each authority among them."""
    position = {code: place for place, code in enumerate(codes)}
    parts: dict[str, list[str]] = {code: [] for code in codes if places.regions[code] == code}
    for code in places.order(codes):
        region = places.regions[code]
        if code not in (region, ENGLAND):
            parts[region].append(code)
    return Tree(
        england=position[ENGLAND],
        regions=tuple(
            Region(position[code], np.array([position[part] for part in parts[code]], dtype=np.intp))
            for code in places.order(list(parts))
        ),
    )
