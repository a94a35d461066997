"""Places: the authorities, how many homes each has, and the names under which homes write their council."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.conform.areas import REFERENCE_DATE, is_valid_on, load_areas
from etl.errors import CatalogueError, EtlError

MOST_IN = {"E06000053": 1}
"""The Isles of Scilly have one care home, however large the set."""
NHS_REGIONS = {
    "E12000001": "North East and Yorkshire",
    "E12000002": "North West",
    "E12000003": "North East and Yorkshire",
    "E12000004": "Midlands",
    "E12000005": "Midlands",
    "E12000006": "East of England",
    "E12000007": "London",
    "E12000008": "South East",
    "E12000009": "South West",
}
"""The NHS region in which most of a statistical region lies; extracts give the NHS's."""


@dataclass(frozen=True)
class Area:
    """An authority, and what came after it if it has ended."""

    code: str
    name: str
    region_code: str
    region: str
    valid_to: dt.date | None
    successors: tuple[str, ...]
    spellings: tuple[str, ...]
    """The council's names for itself: the usual one first."""


@dataclass(frozen=True)
class Places:
    """The authorities of August 2020 in order of code, with what homes are spread by."""

    codes: tuple[str, ...]
    regions: NDArray[np.intp]
    """The position of each authority's region among the regions."""
    care_homes: NDArray[np.float64]
    population: NDArray[np.float64]
    areas: dict[str, Area]
    """Every authority of any date, by code."""

    def stand_on(self, date: dt.date) -> list[tuple[Area, ...]]:
        """Return, for each authority of August 2020, the area or areas that stood in its place on the date."""
        return [tuple(self._find_in_force(code, date)) for code in self.codes]

    def _find_in_force(self, code: str, date: dt.date) -> list[Area]:
        area = self.areas[code]
        if area.valid_to is None or area.valid_to >= date or not area.successors:
            return [area]
        return [found for successor in area.successors for found in self._find_in_force(successor, date)]


def load_places(*, lookups: Path, published: Path) -> Places:
    """Return the 151 authorities of August 2020 with care homes by PHE's count, population and spellings.

    Raises CatalogueError for a lookup that is missing or unsound, EtlError for the published counts.
    """
    areas = load_areas(lookups / "areas.csv")
    spellings = _load_spellings(lookups / "councils.csv")
    authorities = areas[(areas["kind"] == "authority") & is_valid_on(areas, REFERENCE_DATE)].sort_values("code")
    unnamed = sorted(set(areas["code"][areas["kind"] == "authority"]) - set(spellings))
    if unnamed:
        raise CatalogueError(
            f"{lookups / 'councils.csv'} has no spelling for {', '.join(unnamed)}. Add a row for each."
        )
    shown = dict(zip(areas["code"], areas["shown_as"], strict=True))
    counts = _load_care_homes(published / "phe_outbreaks.csv")
    by_code = counts.groupby(counts.index.map(lambda code: shown.get(code, code))).sum()
    regions = sorted(set(authorities["region_code"]))
    return Places(
        codes=tuple(authorities["code"]),
        regions=np.array([regions.index(code) for code in authorities["region_code"]]),
        care_homes=np.array([by_code.get(code, 0.0) for code in authorities["code"]]),
        population=authorities["population"].to_numpy(dtype=np.float64),
        areas=_describe(areas, spellings),
    )


def _describe(areas: pd.DataFrame, spellings: dict[str, tuple[str, ...]]) -> dict[str, Area]:
    regions = dict(zip(areas["code"], areas["name"], strict=True))
    return {
        row.code: Area(
            code=row.code,
            name=row.name,
            region_code=row.region_code,
            region=regions[row.region_code],
            valid_to=None if pd.isna(row.valid_to) else row.valid_to,
            successors=tuple(row.successors.split()),
            spellings=spellings[row.code],
        )
        for row in areas[areas["kind"] == "authority"].itertuples(index=False)
    }


def share_out(total: int, weights: NDArray[np.float64], *, most: dict[int, int] | None = None) -> NDArray[np.int64]:
    """Return whole numbers that add up to `total` and follow the weights, by largest remainder.

    `most` holds the largest number allowed at some positions. Equal remainders: the earlier position first.
    """
    fixed = {place: limit for place, limit in (most or {}).items() if total * weights[place] / weights.sum() > limit}
    free = weights.copy()
    free[list(fixed)] = 0
    exact = (total - sum(fixed.values())) * free / free.sum()
    shared = np.floor(exact).astype(np.int64)
    shared[list(fixed)] = list(fixed.values())
    left = total - int(shared.sum())
    shared[np.argsort(-(exact - np.floor(exact)), kind="stable")[:left]] += 1
    return shared


def share_out_homes(total: int, places: Places) -> NDArray[np.int64]:
    """Return the number of care homes of each authority in a set of `total`."""
    most = {places.codes.index(code): limit for code, limit in MOST_IN.items() if code in places.codes}
    return share_out(total, places.care_homes, most=most)


def _load_spellings(file: Path) -> dict[str, tuple[str, ...]]:
    """Return the spellings of each authority, the usual name of its council first."""
    if not file.is_file():
        raise CatalogueError(f"{file} is missing. Restore it from the repository.")
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    lacking = [column for column in ("code", "name", "spelling") if column not in table.columns]
    if lacking:
        raise CatalogueError(f"{file} lacks the column {', '.join(lacking)}. Restore it from the repository.")
    return {code: tuple(sorted(group, key=_rank)) for code, group in table.groupby("code")["spelling"]}


def _rank(spelling: str) -> tuple[bool, int, str]:
    """Return where a spelling stands: the full name of the council first."""
    return (not spelling.endswith("Council"), -len(spelling), spelling)


def _load_care_homes(file: Path) -> pd.Series:
    """Return the newest published number of care homes by area code; blank where there is none."""
    if not file.is_file():
        raise EtlError(f"{file} is missing. Restore it from the repository: homes are spread by its counts.")
    figures = pd.read_csv(file, dtype=str, keep_default_na=False)
    lacking = [column for column in ("measure", "area_code", "date", "value") if column not in figures.columns]
    if lacking:
        raise EtlError(f"{file} lacks the column {', '.join(lacking)}. Restore it from the repository.")
    counts = figures[figures["measure"] == "care_homes"]
    counts = counts[counts["date"] == counts["date"].max()]
    if counts.empty:
        raise EtlError(f"{file} has no rows of the measure care_homes. Restore it from the repository.")
    return pd.to_numeric(counts.set_index("area_code")["value"], errors="coerce").fillna(0.0)
