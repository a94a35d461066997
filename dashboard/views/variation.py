"""Views of how a region's councils vary: the funnel round England's share, and their parts in the gap to the target."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard import queries
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.views.areas import region_of
from dashboard.views.returns import pick_trend

LIMITS = ["limit_lower_95", "limit_upper_95", "limit_lower_998", "limit_upper_998"]
"""The columns of the funnel's lines at the size of each area."""

PARTS = [
    "indicator_id", "indicator_name", "short_name", "area_code", "area_name", "date", "target", "answered",
    "homes_to_move", "share_of_gap_percent", "points", "is_illustrative", "source_id",
]  # fmt: skip


def show_funnel(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the newest figure of the trend's measure in each authority of the region, then England's.

    With the columns `LIMITS`: where the lines run at its number of answers. Empty for a measure without a funnel.
    """
    name = pick_trend(snapshot, selection)
    region = region_of(snapshot, selection.area_code)
    on = queries.newest_date(snapshot, name)
    codes = queries.list_authorities(snapshot, region=region or None, on=on)
    return _read_points(snapshot, name, codes=codes, compared=[ENGLAND])


def show_other_points(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the same in the authorities of the other regions."""
    name = pick_trend(snapshot, selection)
    own = set(show_funnel(snapshot, selection)["area_code"])
    codes = queries.list_authorities(snapshot, on=queries.newest_date(snapshot, name))
    return _read_points(snapshot, name, codes=[code for code in codes if code not in own], compared=[])


def show_funnel_lines(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the lines of the funnel, a row a number of homes, the smallest first; empty where there is none."""
    funnels = snapshot.funnels
    return funnels[funnels["indicator_id"] == pick_trend(snapshot, selection)].sort_values("homes")


def show_contributions(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return each authority's part in its region's gap to the target of the trend's measure, the largest part first.

    Columns `PARTS`: `homes_to_move` is how many homes would have to change their answer, `points` the part in England's
    gap, `share_of_gap_percent` the part in the region's. A hidden figure has no part.
    """
    name = pick_trend(snapshot, selection)
    points = show_funnel(snapshot, selection)
    counts = points[["area_code", "denominator", "source_id"]].rename(columns={"denominator": "answered"})
    own = snapshot.contributions[snapshot.contributions["indicator_id"] == name]
    own = own.merge(counts, on="area_code", validate="one_to_one")
    whole = own["points"].clip(lower=0).sum()
    words = snapshot.indicators[["name", "short_name"]].rename(columns={"name": "indicator_name"})
    full = own.join(words, on="indicator_id").join(snapshot.areas["name"].rename("area_name"), on="area_code")
    full = full.assign(share_of_gap_percent=100 * full["points"].clip(lower=0) / whole if whole else 0.0)
    return full.sort_values(["points", "area_name"], ascending=[False, True])[PARTS].reset_index(drop=True)


def _read_points(snapshot: Snapshot, indicator: str, *, codes: list[str], compared: list[str]) -> pd.DataFrame:
    lines = snapshot.funnels[snapshot.funnels["indicator_id"] == indicator].sort_values("homes")
    frame = queries.select_ranking(snapshot, indicator, areas=codes, compared=compared)
    frame = queries.add_areas_without_figures(snapshot, frame, areas=codes) if len(lines) else frame.iloc[:0]
    sizes = frame["denominator"].where(frame["role"] == "area")
    found = {
        name: np.interp(sizes, lines["homes"], lines[name.removeprefix("limit_")]) if len(lines) else np.nan
        for name in LIMITS
    }
    return frame.assign(**found)
