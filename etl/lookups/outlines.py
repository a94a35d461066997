"""The outlines of the areas: projected, simplified together so that neighbours keep one border, dissolved upward.

Every outline is a sum of atoms: the authorities of April 2023, with Bournemouth, Christchurch and Poole cut
into its three former districts. So Bournemouth, Poole and Dorset county are exact too; no area is left out.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from etl.errors import EtlError
from etl.lookups.ons import ENGLAND, SUMS, list_arcs, read_geometries, read_ons_file

EDITION = "ONS 2014-2025, simplified"
BOUNDARY_COLUMNS = ["area_code", "edition", "ring", "point", "easting_m", "northing_m"]
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


def make_boundaries(source: Path, areas: pd.DataFrame) -> pd.DataFrame:
    """One row per vertex of the simplified outline of each area of `areas`, in its order.

    Columns BOUNDARY_COLUMNS; whole metres on the British National Grid. Rings are closed, largest first, for
    an even-odd fill; a hole is there only where other authorities fill it. Neighbours share their border
    vertex for vertex. Raises EtlError where a file, shapely or pyproj is missing, or an outline suffers.
    """
    shapely = _development_library("shapely")
    atoms_of = _atoms_of(areas)
    originals = _originals(read_ons_file(source, "topo.json"), atoms=sorted(set().union(*atoms_of.values())))
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


def _atoms_of(areas: pd.DataFrame) -> dict[str, list[str]]:
    authorities = areas[areas["kind"] == "authority"]
    today = authorities[authorities["valid_to"] == ""]
    members = {code: [code] for code in authorities["code"]} | {ENGLAND: list(today["code"])}
    members |= {region: list(codes) for region, codes in today.groupby("region_code")["code"]}
    return {area: [atom for code in members[area] for atom in SUMS.get(code, [code])] for area in areas["code"]}


def _originals(topology: Mapping[str, Any], *, atoms: list[str]) -> pd.Series:
    """The outline of each atom, by code, in metres; together they cover England without gap or overlap."""
    shapely, pyproj = _development_library("shapely"), _development_library("pyproj")
    grid = pyproj.Transformer.from_pipeline(TO_NATIONAL_GRID)
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    places = [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]
    arcs = [np.column_stack(grid.transform(place[:, 0], place[:, 1])).round() for place in places]
    geometries = read_geometries(topology)

    def ring(numbers: list[int]) -> np.ndarray:
        return np.vstack([arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in numbers])

    # Some outlines cross themselves by metres: cut all borders where they meet, give each face to one holder.
    used = sorted(set().union(*(list_arcs(geometries[code]) for code in atoms)))
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


def _development_library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise EtlError(f"Outlines need {name}, a development-only library: pip install shapely pyproj") from None
