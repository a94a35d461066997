"""What both lookup tables read from the ONS lookup folder, and what became of which authority."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from etl.errors import EtlError

ENGLAND = "E92000001"
# ONS lists what became of districts, not of counties: set down here, checked on outlines in `areas.make_areas`.
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


def read_ons_file(source: Path, name: str) -> Any:
    """The table (text cells) or the topology in a file of the ONS lookup folder; EtlError when it is missing."""
    path = source / name
    if not path.is_file():
        raise EtlError(f"{path} is missing. Give the ONS lookup folder, which holds {name}.")
    csv = path.suffix == ".csv"
    return pd.read_csv(path, dtype=str, encoding="utf-8-sig") if csv else json.loads(path.read_text("utf-8-sig"))


def read_geometries(topology: Mapping[str, Any]) -> dict[str, list[list[list[int]]]]:
    """The polygons, each a list of rings of arc numbers, of every district and authority by code."""
    return {
        g["properties"]["areacd"]: [g["arcs"]] if g["type"] == "Polygon" else g["arcs"]
        for layer in ("ltla", "utla")
        for g in topology["objects"][layer]["geometries"]
    }


def list_arcs(geometry: list[list[list[int]]]) -> set[int]:
    """The numbers of the arcs that a geometry runs along, whichever way."""
    return {arc if arc >= 0 else ~arc for rings in geometry for ring in rings for arc in ring}
