"""Views of what surrounds care homes: cases in the community, and vaccination of residents and staff."""

from __future__ import annotations

import pandas as pd

from dashboard import queries
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.views.areas import wider_areas

CASES = "cases_week_rate_per_100000"
GROUPS = ("older_residents", "older_staff", "younger_residents", "younger_staff", "home_care_staff", "other_staff")
"""The groups of people in which vaccination was counted, as indicators' ids name them."""

DOSES = ("first", "second")


def show_cases(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return weekly cases per 100,000 people in an area beside the wider areas."""
    code = selection.area_code
    return queries.select(snapshot, indicators=[CASES], areas=[code], compared=wider_areas(snapshot, code))


def show_local_cases(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the same in each authority of a region; of England, in each region; of an authority, nowhere."""
    kind = snapshot.areas.at[selection.area_code, "kind"]
    inside = {
        "country": queries.list_regions(snapshot),
        "region": queries.list_authorities(snapshot, region=selection.area_code),
    }
    return queries.select(snapshot, indicators=[CASES], areas=inside.get(kind, []))


def show_vaccination(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the newest first and second dose shares of each group of people in an area, with England's of that day.

    A row an indicator and area. Empty where no source holds the area.
    """
    code = selection.area_code
    names = [f"vaccination_{group}_{dose}_dose_percent" for group in GROUPS for dose in DOSES]
    frame = queries.select(snapshot, indicators=names, areas=[code], compared=[ENGLAND] if code != ENGLAND else [])
    newest = frame[frame["role"] == "area"].groupby("indicator_id")["date"].max()
    return frame[frame["date"] == frame["indicator_id"].map(newest)].reset_index(drop=True)
