"""Views of home care: what is held of it in one area, published figures apart from those counted from returns."""

from __future__ import annotations

import pandas as pd

from dashboard import queries
from dashboard.measures import HOME_CARE
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot

MARK = "home_care"
"""What the id of every indicator of home care has in it."""


def show_home_care(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the newest published figure of each home-care measure in the area, and England's of the same date."""
    returned = set(HOME_CARE.values())
    names = [name for name in snapshot.indicators.index if MARK in name and name not in returned]
    return pick_newest(snapshot, [name for name in names if not _is_made_up(snapshot, name)], area=selection.area_code)


def show_home_care_returns(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the same of the measures that are counted from returns, and of any other made-up one."""
    names = [name for name in snapshot.indicators.index if MARK in name]
    returned = [name for name in names if name in HOME_CARE.values() or _is_made_up(snapshot, name)]
    return pick_newest(snapshot, returned, area=selection.area_code)


def pick_newest(snapshot: Snapshot, names: list[str], *, area: str) -> pd.DataFrame:
    """Return each indicator's newest row in the area with England's of that date; none of what the area lacks."""
    beside = [] if area == ENGLAND else [ENGLAND]
    frame = queries.select(snapshot, indicators=names, areas=[area], compared=beside)
    newest = frame[frame["role"] == "area"].groupby("indicator_id")["date"].max()
    kept = frame[frame["date"] == frame["indicator_id"].map(newest)]
    return kept.reset_index(drop=True)


def _is_made_up(snapshot: Snapshot, name: str) -> bool:
    held = snapshot.by_indicator.get(name)
    return held is not None and bool(held["is_illustrative"].any())
