"""Our two lookup tables, made from the ONS lookup folder: the areas of England and their outlines.

Every outline is a sum of atoms: the authorities of April 2023, with Bournemouth, Christchurch and Poole cut
into its three former districts. So Bournemouth, Poole and Dorset county are exact too; no area is left out.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from functools import reduce
from operator import xor
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from etl.errors import EtlError

ENGLAND, FIRST_YEAR, LAST_YEAR = "E92000001", 2016, 2023
EDITION = "ONS 2014-2025, simplified"
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
BOUNDARY_COLUMNS = ["area_code", "edition", "ring", "point", "easting_m", "northing_m"]
# ONS lists what became of districts, not of counties: set down here, checked on outlines in `make_areas`.
SUCCESSORS = {
    "E06000028": ("E06000058", "merged"),
    "E06000029": ("E06000058", "merged"),
    "E10000002": ("E06000060", "same outline"),
    "E10000006": ("E06000063 E06000064", "split"),
    "E10000009": ("E06000058 E06000059", "boundary moved"),
    "E10000021": ("E06000061 E06000062", "split"),
    "E10000023": ("E06000065", "same outline"),
    "E10000027": ("E06000066", "same outline"),
}
SUMS = {old: new.split() for old, (new, kind) in SUCCESSORS.items() if kind in ("same outline", "split")} | {
    "E06000058": ["E06000028", "E06000029", "E07000048"],
    "E10000009": ["E06000059", "E07000048"],
}
# The published parameters (EPSG:1314), not a grid that a machine may lack: the same bytes, right to 5 m.
TO_NATIONAL_GRID = (
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 +step +proj=cart "
    "+ellps=WGS84 +step +inv +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 "
    "+s=-20.489 +convention=position_vector +step +inv +proj=cart +ellps=airy +step +proj=pop +v_3 "
    "+step +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy"
)
# (area from, tolerance): small areas keep a finer line, also where they border on larger ones.
TOLERANCES = ((0, 200), (20e6, 400), (60e6, 600), (100e6, 800), (300e6, 1200))  # m2, m
ISLET_M2, ISLET_SHARE = 3e6, 0.02  # the share keeps the five inhabited Isles of Scilly
LEAST_POINTS, LEAST_OVERLAP = 8, 0.85


def write_lookups(*, source: Path, target: Path) -> dict[str, int]:
    """Rows written by file name, after writing `areas.csv` and `boundaries.csv` to the folder `target`.

    The same `source` (the ONS lookup folder) gives the same bytes. Raises EtlError as the two makers do.
    """
    areas = make_areas(source)
    tables = {"areas.csv": areas, "boundaries.csv": make_boundaries(source, areas)}
    target.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        (target / name).write_bytes(table.to_csv(index=False, lineterminator="\n").encode("utf-8"))
    return {name: len(table) for name, table in tables.items()}


def make_areas(source: Path) -> pd.DataFrame:
    """One row per area: England, its nine regions, every upper-tier authority of April 2016 to April 2023.

    Columns AREA_COLUMNS; persons at mid-2020 (Int64, missing where no sum of districts gives the area).
    Raises EtlError where a file is missing or two ONS files contradict each other.
    """
    topology = _read(source, "topo.json")
    geometries = _geometries(topology)
    for area, parts in SUMS.items():  # a border between two parts occurs twice and vanishes
        if reduce(xor, (_arcs(geometries[part]) for part in parts)) != _arcs(geometries[area]):
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


def make_boundaries(source: Path, areas: pd.DataFrame) -> pd.DataFrame:
    """One row per vertex of the simplified outline of each area of `areas`, in its order.

    Columns BOUNDARY_COLUMNS; whole metres on the British National Grid. Rings are closed, largest first, for
    an even-odd fill; a hole is there only where other authorities fill it. Neighbours share their border
    vertex for vertex. Raises EtlError where a file, shapely or pyproj is missing, or an outline suffers.
    """
    shapely = _development_library("shapely")
    atoms_of = _atoms_of(areas)
    originals = _originals(_read(source, "topo.json"), atoms=sorted(set().union(*atoms_of.values())))
    simplified = _simplified(_without_islets(originals))
    rows = []
    for code, atoms in atoms_of.items():
        outline, original = (shapely.coverage_union_all(pieces[atoms].to_numpy()) for pieces in (simplified, originals))
        rings = _rings(outline)
        overlap = outline.intersection(original).area / outline.union(original).area
        points = sum(map(len, rings)) - len(rings)
        if overlap < LEAST_OVERLAP or points < LEAST_POINTS:
            raise EtlError(f"The outline of {code} suffers: {points} points, {overlap:.0%} overlap. Lower TOLERANCES.")
        rows += [
            (code, EDITION, number, point, int(x), int(y))
            for number, ring in enumerate(rings)
            for point, (x, y) in enumerate(ring)
        ]
    return pd.DataFrame(rows, columns=BOUNDARY_COLUMNS)


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
        _read(source, f"ltla{yy}-{kind}{yy}.csv").set_index(f"ltla{yy}_code") for kind in ("utla", "region")
    )
    merged = _read(source, "changes.csv").query("type == 'merger'").set_index("oldcd")["newcd"]

    def persons(edition: int) -> pd.DataFrame:
        rows = _read(source, f"population-mid2020-ltla{edition}.csv").set_index(f"ltla{edition}_code")
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


def _atoms_of(areas: pd.DataFrame) -> dict[str, list[str]]:
    authorities = areas[areas["kind"] == "authority"]
    today = authorities[authorities["valid_to"] == ""]
    members = {code: [code] for code in authorities["code"]} | {ENGLAND: list(today["code"])}
    members |= {region: list(codes) for region, codes in today.groupby("region_code")["code"]}
    return {area: [atom for code in members[area] for atom in SUMS.get(code, [code])] for area in areas["code"]}


def _geometries(topology: Mapping[str, Any]) -> dict[str, list[list[list[int]]]]:
    """The polygons, each a list of rings of arc numbers, of every district and authority by code."""
    return {
        g["properties"]["areacd"]: [g["arcs"]] if g["type"] == "Polygon" else g["arcs"]
        for layer in ("ltla", "utla")
        for g in topology["objects"][layer]["geometries"]
    }


def _arcs(geometry: list[list[list[int]]]) -> set[int]:
    return {arc if arc >= 0 else ~arc for rings in geometry for ring in rings for arc in ring}


def _originals(topology: Mapping[str, Any], *, atoms: list[str]) -> pd.Series:
    """The outline of each atom, by code, in metres; together they cover England without gap or overlap."""
    shapely, pyproj = _development_library("shapely"), _development_library("pyproj")
    grid = pyproj.Transformer.from_pipeline(TO_NATIONAL_GRID)
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    places = [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]
    arcs = [np.column_stack(grid.transform(place[:, 0], place[:, 1])).round() for place in places]
    geometries = _geometries(topology)

    def ring(numbers: list[int]) -> np.ndarray:
        return np.vstack([arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in numbers])

    # Some outlines cross themselves by metres: cut all borders where they meet, give each face to one holder.
    used = sorted(set().union(*(_arcs(geometries[code]) for code in atoms)))
    lines = shapely.get_parts(shapely.union_all([shapely.LineString(arcs[arc]) for arc in used]))
    faces = shapely.get_parts(shapely.polygonize(lines))
    polygons = [
        shapely.MultiPolygon([(ring(outer), [ring(hole) for hole in holes]) for outer, *holes in geometries[code]])
        for code in atoms
    ]
    tree = shapely.STRtree(shapely.make_valid(polygons))
    face, holder = tree.query(shapely.point_on_surface(faces), predicate="intersects")
    holder = pd.Series(holder, index=face).groupby(level=0).min()  # one face of 0.3 m2 is claimed twice
    return pd.Series(
        {code: shapely.coverage_union_all(faces[holder.index[holder == place]]) for place, code in enumerate(atoms)}
    )


def _without_islets(atoms: pd.Series) -> pd.Series:
    """The same atoms less small loose pieces: islets go, a piece against another atom becomes part of it."""
    shapely = _development_library("shapely")
    parts = atoms.map(lambda atom: list(shapely.get_parts(atom))).explode()
    area = pd.Series(shapely.area(parts.to_numpy()), index=parts.index)
    whole, largest = (area.groupby(level=0).transform(how) for how in ("sum", "max"))
    loose = ((area < np.minimum(ISLET_M2, ISLET_SHARE * whole)) & (area < largest)).to_numpy()
    kept, pieces = parts[~loose], parts[~loose].groupby(level=0).agg(list)
    for part in parts[loose]:
        if (shared := shapely.length(shapely.intersection(part, kept.to_numpy()))).max() > 0:
            pieces[kept.index[shared.argmax()]].append(part)
    return pieces.map(shapely.coverage_union_all)


def _simplified(atoms: pd.Series) -> pd.Series:
    """The same atoms with fewer vertices and borders still shared, coarser from one size to the next."""
    shapely = _development_library("shapely")
    land = shapely.coverage_union_all(atoms.to_numpy())
    # The sea is one more member, so that only the borders of areas already done are a rim, which stays.
    sea = shapely.box(*land.bounds).buffer(1e5, join_style="mitre").difference(land)
    outlines = pd.concat([atoms, pd.Series({"sea": sea})])
    sizes = shapely.area(outlines.to_numpy())
    for least, tolerance in TOLERANCES:
        members = outlines[sizes >= least]
        outlines[members.index] = shapely.coverage_simplify(members.to_numpy(), tolerance, simplify_boundary=False)
    outlines = outlines.map(lambda outline: shapely.transform(outline, np.rint))
    if not shapely.coverage_is_valid(outlines.to_numpy()):
        raise EtlError("The simplified outlines overlap or leave gaps: lower TOLERANCES.")
    return outlines.drop("sea")


def _rings(outline: Any) -> list[np.ndarray]:
    """The rings of an outline, each a closed (n, 2) array, the largest first."""
    shapely = _development_library("shapely")
    rings = [ring for part in shapely.get_parts(outline.normalize()) for ring in shapely.get_rings(part)]
    rings.sort(key=lambda ring: (-shapely.Polygon(ring).area, tuple(ring.coords[0])))
    return [np.asarray(ring.coords) for ring in rings]


def _read(source: Path, name: str) -> Any:
    path = source / name
    if not path.is_file():
        raise EtlError(f"{path} is missing. Give the ONS lookup folder, which holds {name}.")
    csv = path.suffix == ".csv"
    return pd.read_csv(path, dtype=str, encoding="utf-8-sig") if csv else json.loads(path.read_text("utf-8-sig"))


def _development_library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise EtlError(f"Outlines need {name}, a development-only library: pip install shapely pyproj") from None
