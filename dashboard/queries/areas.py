"""Queries of areas: which regions and authorities there are, on a date or by now."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from dashboard.store import Snapshot


def list_regions(snapshot: Snapshot) -> list[str]:
    """Return the codes of the nine regions, by name."""
    areas = snapshot.areas
    return list(areas[areas["kind"] == "region"].sort_values("name")["code"])


def list_authorities(snapshot: Snapshot, *, region: str | None = None, on: dt.date | None = None) -> list[str]:
    """Return the codes of the authorities in force on a date (without one, the dashboard's 151), by name.

    Only the codes under which figures stand, and of one region if it is given.
    """
    areas = snapshot.areas
    chosen = areas[areas["kind"] == "authority"]
    if on is None:
        chosen = chosen[chosen["is_current"]]
    else:
        begun = chosen["valid_from"].map(lambda day: pd.isna(day) or day <= on)
        ended = chosen["valid_to"].map(lambda day: pd.notna(day) and day < on)
        chosen = chosen[begun & ~ended]
    # An older code of the same outline (Buckinghamshire's, up to March 2020) stands for the one that has the figures.
    chosen = areas.loc[chosen["shown_as"].unique()]
    if region is not None:
        chosen = chosen[chosen["region_code"] == region]
    return list(chosen.sort_values("name")["code"])


def list_other_authorities(snapshot: Snapshot) -> list[str]:
    """Return the codes of the authorities that ended before the reference date or began after it, by name."""
    areas = snapshot.areas
    others = areas[(areas["kind"] == "authority") & ~areas["is_current"] & (areas["shown_as"] == areas["code"])]
    return list(others.sort_values("name")["code"])
