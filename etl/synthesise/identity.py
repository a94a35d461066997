"""Identity: names, ids and places of made-up locations, each of them plainly made up."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl.synthesise.cells import Columns, write_text
from etl.synthesise.places import NHS_REGIONS, Area, Places

HOME, HOME_CARE = "Illustrative home", "Illustrative home care"
ID_STARTS = {HOME: 900_000_000, HOME_CARE: 910_000_000}
PROVIDER_ID_START = 990_000_000
"""All ids begin 1-9. The providers' own stand on the register only."""
ODS_LETTERS = {HOME: "ZH", HOME_CARE: "ZC"}
"""No real code of the NHS begins with these."""


class Localities:
    """Where the locations are: the areas in force on a date, and the area of each location among them."""

    def __init__(self, places: Places, *, authority: NDArray[np.intp], numbers: NDArray[np.int64]) -> None:
        """Keep the authority of August 2020 of each location; where it was divided later, its number says the part."""
        self._places, self._authority, self._numbers = places, authority, numbers

    def stand_on(self, date: dt.date) -> tuple[list[Area], NDArray[np.int64]]:
        """Return the areas in force on the date, and the position of each location's area among them."""
        parts = self._places.stand_on(date)
        sizes = np.array([len(areas) for areas in parts])
        starts = np.cumsum(sizes) - sizes
        place = starts[self._authority] + self._numbers % sizes[self._authority]
        return [area for areas in parts for area in areas], place

    def name_on(self, date: dt.date) -> Columns:
        """Return the columns of an extract that say where each location is."""
        areas, place = self.stand_on(date)
        indices = pa.array(place)

        def name(texts: list[str]) -> pa.Array:
            return write_text(texts).take(indices)

        return {
            "Local_Authority": name([area.name for area in areas]),
            "Lrf": name([f"Illustrative forum {area.region_code[-2:]}" for area in areas]),
            "LocalAuthority": name([area.spellings[0] for area in areas]),
            "Region": name([NHS_REGIONS[area.region_code] for area in areas]),
            "ICB": name([f"Illustrative care system {area.region_code[-2:]}" for area in areas]),
            "Sub_ICB": name([f"Illustrative place {area.code}" for area in areas]),
        }


def name_locations(numbers: NDArray[np.int64], *, providers: NDArray[np.int64], kind: str) -> Columns:
    """Return the columns that say which location and provider each row is; `kind` is HOME or HOME_CARE."""
    return {
        "Location": write_text(f"{kind} {number:05d}" for number in numbers),
        "Parent_Organisation": name_providers(providers),
        "CQC_ID": identify(numbers, kind=kind),
        "ODS_Code": write_text(f"{ODS_LETTERS[kind]}{number:05d}" for number in numbers),
    }


def identify(numbers: NDArray[np.int64], *, kind: str) -> pa.Array:
    """Return the made-up location ids."""
    return write_text(f"1-{ID_STARTS[kind] + number}" for number in numbers)


def name_providers(providers: NDArray[np.int64]) -> pa.Array:
    """Return the names of the providers with these numbers."""
    return write_text(f"Illustrative provider {number:04d}" for number in providers)
