"""Areas of a view: which places a selection sets side by side, and what lies above them."""

from __future__ import annotations

from dashboard import queries
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot

NEAREST = 5
"""Similar areas that a page names."""


def ranked_areas(snapshot: Snapshot, selection: Selection) -> list[str]:
    """Return the areas that a ranking sets side by side: regions for England where held, otherwise authorities."""
    if selection.area_code == ENGLAND and queries.has_level(snapshot, selection.indicator_id, kind="region"):
        return queries.list_regions(snapshot)
    return local_areas(snapshot, selection)


def mapped_areas(snapshot: Snapshot, selection: Selection) -> list[str]:
    """Return the areas that a map draws: authorities where held, otherwise regions."""
    if selection.area_code == ENGLAND and not queries.has_level(snapshot, selection.indicator_id, kind="authority"):
        return queries.list_regions(snapshot)
    return local_areas(snapshot, selection)


def local_areas(snapshot: Snapshot, selection: Selection) -> list[str]:
    """Return the authorities of the newest figure's date: Northamptonshire in 2020, its two successors in 2023."""
    region = None if selection.area_code == ENGLAND else region_of(snapshot, selection.area_code)
    return queries.list_authorities(snapshot, region=region, on=queries.newest_date(snapshot, selection.indicator_id))


def region_of(snapshot: Snapshot, code: str) -> str:
    """Return the code of the region that an area lies in; a region lies in itself."""
    return str(snapshot.areas.at[code, "region_code"])


def similar_areas(snapshot: Snapshot, code: str, *, most: int = NEAREST) -> list[str]:
    """Return the areas most like an authority, the nearest first; none where it lacks a characteristic."""
    own = snapshot.similar_areas[snapshot.similar_areas["area_code"] == code]
    return list(own.sort_values("position")["similar_code"].head(most))


def wider_areas(snapshot: Snapshot, code: str) -> list[str]:
    """Return the region and England above an area, without itself."""
    return [area for area in (region_of(snapshot, code), ENGLAND) if area and area != code]
