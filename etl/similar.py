"""Similar areas: for each authority the ten most like it, by declared characteristics, with every part of the distance.

Characteristics: people (its logarithm), share aged 65 and over, share aged 80 and over, people per square kilometre
(its logarithm), care homes per 1,000 people aged 65 and over (PHE's count of 2020), and the kind of authority. All
weigh the same. None of them is a figure that the dashboard judges, so likeness never follows from the answer.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.schema import TABLES
from etl.statistics.similar import find_similar

WANTED = 10
VARIABLES = ("population", "aged_65", "aged_80", "density", "care_homes")
CARE_HOMES = "care_homes_count"
KINDS = {"E06": "unitary authority", "E08": "metropolitan district", "E09": "London borough", "E10": "county"}
SQUARE_METRES_A_SQUARE_KILOMETRE = 1e6


def find_similar_areas(areas: pd.DataFrame, *, boundaries: pd.DataFrame, care_homes: pd.DataFrame) -> pd.DataFrame:
    """Return each authority's similar ones, nearest first, with columns as `etl.schema` declares them.

    `areas` are the authorities to set side by side; `care_homes` holds area_code, date and value of the number of care
    homes. An authority that lacks a characteristic has no similar ones and is nobody's.
    """
    newest = care_homes[care_homes["date"] == care_homes["date"].max()].set_index("area_code")["value"]
    table = describe_areas(areas, boundaries=boundaries, care_homes=newest)
    codes = table["code"].to_numpy()
    found = find_similar(
        table[list(VARIABLES)].to_numpy(dtype=float),
        weights=np.ones(len(VARIABLES)),
        wanted=WANTED,
        kinds=table[["kind"]].to_numpy(dtype=str),
        kind_weights=[1.0],
    )
    area, position = np.nonzero(found.nearest >= 0)
    parts = found.parts[area, position]
    named = {f"part_{name}": parts[:, place] for place, name in enumerate((*VARIABLES, "kind"))}
    frame = pd.DataFrame(
        {
            "area_code": codes[area],
            "similar_code": codes[found.nearest[area, position]],
            "position": position + 1,
            "distance": found.distance[area, position],
        }
        | named
    )
    return frame[[column for column, _, _ in TABLES["similar_areas"][1]]]


def describe_areas(areas: pd.DataFrame, *, boundaries: pd.DataFrame, care_homes: pd.Series) -> pd.DataFrame:
    """Return one row an authority: code, kind of authority, and the characteristics, null where one is not held."""
    people, older, oldest = (
        areas[name].astype(float) for name in ("population", "population_65_plus", "population_80_plus")
    )
    size = areas["code"].map(measure_areas(boundaries))
    homes = areas["code"].map(care_homes)
    return pd.DataFrame(
        {
            "code": areas["code"],
            "kind": areas["code"].str[:3].map(KINDS).fillna(""),
            "population": np.log(people),
            "aged_65": 100 * older / people,
            "aged_80": 100 * oldest / people,
            "density": np.log(people / size),
            "care_homes": 1000 * homes / older,
        }
    ).reset_index(drop=True)


def measure_areas(boundaries: pd.DataFrame) -> dict[str, float]:
    """Return the size of each outline in square kilometres: the shoelace formula, holes running the other way round."""
    sizes: dict[str, float] = {}
    for (code, _), ring in boundaries.groupby(["area_code", "ring"], sort=False):
        x, y = ring["easting_m"].to_numpy(dtype=float), ring["northing_m"].to_numpy(dtype=float)
        sizes[code] = sizes.get(code, 0.0) + float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2
    return {code: abs(size) / SQUARE_METRES_A_SQUARE_KILOMETRE for code, size in sizes.items()}
