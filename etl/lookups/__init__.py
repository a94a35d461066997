"""Our lookup tables, made from the ONS lookup folder: the areas of England, their outlines, and the districts."""

from __future__ import annotations

from pathlib import Path

from etl.lookups.areas import AREA_COLUMNS, make_areas
from etl.lookups.districts import DISTRICT_COLUMNS, make_districts
from etl.lookups.outlines import BOUNDARY_COLUMNS, make_boundaries

__all__ = [
    "AREA_COLUMNS",
    "BOUNDARY_COLUMNS",
    "DISTRICT_COLUMNS",
    "make_areas",
    "make_boundaries",
    "make_districts",
    "write_lookups",
]


def write_lookups(*, source: Path, target: Path) -> dict[str, int]:
    """Rows written by file name, after writing areas.csv, boundaries.csv and districts.csv to the folder `target`.

    The same `source` (the ONS lookup folder) gives the same bytes. Raises EtlError as the three makers do.
    """
    areas = make_areas(source)
    tables = {
        "areas.csv": areas,
        "boundaries.csv": make_boundaries(source, areas),
        "districts.csv": make_districts(source),
    }
    target.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        (target / name).write_bytes(table.to_csv(index=False, lineterminator="\n").encode("utf-8"))
    return {name: len(table) for name, table in tables.items()}
