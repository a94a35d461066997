"""The areas of England from April 2016 to April 2023, with their regions, successors and people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import xor
from pathlib import Path
from typing import Any

import pandas as pd

from etl.errors import EtlError
from etl.lookups.ons import ENGLAND, SUCCESSORS, SUMS, list_arcs, read_geometries, read_ons_file

FIRST_YEAR, LAST_YEAR = 2016, 2023
AGES = {
    "total_population": "population",
    "aged_65_and_over": "population_65_plus",
    "aged_80_and_over": "population_80_plus",
}
AREA_COLUMNS = [
    "code",
    "name",
    "kind",
    "region_code",
    "valid_from",
    "valid_to",
    "successors",
    "successor_kind",
    *AGES.values(),
    "population_year",
]


def make_areas(source: Path) -> pd.DataFrame:
    """One row per area: England, its nine regions, every upper-tier authority of April 2016 to April 2023.

    Columns AREA_COLUMNS; persons at mid-2020 (Int64, missing where no sum of districts gives the area).
    Raises EtlError where a file is missing or two ONS files contradict each other.
    """
    topology = read_ons_file(source, "topo.json")
    geometries = read_geometries(topology)
    for area, parts in SUMS.items():  # a border between two parts occurs twice and vanishes
        if reduce(xor, (list_arcs(geometries[part]) for part in parts)) != list_arcs(geometries[area]):
            raise EtlError(f"topo.json: the outline of {area} is not that of {' and '.join(parts)}.")
    in_2020, in_2023 = (_districts(source, year=year) for year in (2020, 2023))
    by_authority = [
        districts.groupby(["code", "name", "region_code"])[list(AGES)].sum().reset_index(level=[1, 2])
        for districts in (in_2023, in_2020)
    ]
    if any(table.index.has_duplicates for table in by_authority):
        raise EtlError("The ltla-utla and ltla-region lookups put one authority into two regions or under two names.")
    authorities = pd.concat(by_authority).groupby(level=0).first()  # a code keeps its outline, so also its persons
    regions = in_2020.groupby("region_code")[list(AGES)].sum()
    names = in_2020.groupby("region_code")["region_name"].first()
    rows = [_row(ENGLAND, "England", "country", "", regions.sum())]
    rows += [_row(code, names[code], "region", code, figures) for code, figures in regions.iterrows()]
    properties = [g["properties"] for g in topology["objects"]["utla"]["geometries"]]
    rows += [
        _authority_row(p, authorities)
        for p in sorted(properties, key=lambda p: p["areacd"])
        if p["areacd"] in authorities.index or p["areacd"] in SUCCESSORS
    ]
    areas = pd.DataFrame(rows, columns=AREA_COLUMNS).fillna(dict.fromkeys(AREA_COLUMNS[:-4], ""))
    return areas.astype(dict.fromkeys(AREA_COLUMNS[-4:], "Int64"))


def _row(code: str, name: str, kind: str, region_code: str, figures: Mapping[str, Any] | None) -> dict[str, Any]:
    persons = {column: pd.NA if figures is None else figures[ons] for ons, column in AGES.items()}
    return {
        "code": code,
        "name": name,
        "kind": kind,
        "region_code": region_code,
        "population_year": pd.NA if figures is None else 2020,
    } | persons


def _authority_row(properties: Mapping[str, Any], authorities: pd.DataFrame) -> dict[str, Any]:
    code = properties["areacd"]
    successors, successor_kind = SUCCESSORS.get(code, ("", ""))
    like = code if code in authorities.index else successors.split()[0]
    name = authorities.loc[code, "name"] if like == code else properties["areanm"]
    figures = authorities.loc[like] if like == code or successor_kind == "same outline" else None
    # ONS counts in years that begin on 1 April: `end` is the last whole year, over in the March after it.
    valid_from = f"{properties['start']}-04-01" if properties.get("start", 0) >= FIRST_YEAR else ""
    valid_to = f"{properties['end'] + 1}-03-31" if properties.get("end", LAST_YEAR) < LAST_YEAR else ""
    return _row(code, name, "authority", authorities.loc[like, "region_code"], figures) | {
        "valid_from": valid_from,
        "valid_to": valid_to,
        "successors": successors,
        "successor_kind": successor_kind,
    }


def _districts(source: Path, *, year: int) -> pd.DataFrame:
    """The districts of mid-2020: their persons, and their authority and region in `year` (2020 or 2023)."""
    yy = year % 100
    upper, region = (
        read_ons_file(source, f"ltla{yy}-{kind}{yy}.csv").set_index(f"ltla{yy}_code") for kind in ("utla", "region")
    )
    merged = read_ons_file(source, "changes.csv").query("type == 'merger'").set_index("oldcd")["newcd"]

    def persons(edition: int) -> pd.DataFrame:
        rows = read_ons_file(source, f"population-mid2020-ltla{edition}.csv").set_index(f"ltla{edition}_code")
        rows = rows.loc[rows.index.str.startswith("E"), list(AGES)].astype("int64")
        return rows.groupby([code if code in region.index else merged.get(code, code) for code in rows.index]).sum()

    first, second = persons(20), persons(21)
    if missing := sorted(set(first.index) ^ set(region.index) | set(first.index) - set(upper.index)):
        raise EtlError(f"population-mid2020-ltla20.csv and the lookups of {year} differ in {', '.join(missing)}.")
    if year > 2020 and not first.equals(second):  # the districts of 2021 can be added up only from 2021 on
        raise EtlError("population-mid2020-ltla20.csv and population-mid2020-ltla21.csv disagree.")
    return first.assign(
        code=upper[f"utla{yy}_code"],
        name=upper[f"utla{yy}_name"],
        region_code=region[f"region{yy}_code"],
        region_name=region[f"region{yy}_name"],
    )
