"""The shortlist: which authorities of a region need a conversation first, this week.

No score: an authority with more strong signals comes first, then one with more clear ones, then the one with more homes
short of what the signals set them beside. Signals that somebody has asked about, and that have not grown since, do not
count. The list is short by construction: at most `MOST` a region.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pandas as pd

MOST = 3
OPEN = ("new", "stronger", "continuing")


def add_places(signals: pd.DataFrame, *, kinds: dict[str, str], regions: dict[str, str]) -> pd.DataFrame:
    """Return the signals with `place`: that of their authority in its region's list, null for those not on it."""
    counted = signals[signals["state"].isin(OPEN) & (signals["area_code"].map(kinds) == "authority")]
    ranks = {}
    by_region: dict[str, list[tuple]] = defaultdict(list)
    for code, own in counted.groupby("area_code", sort=True):
        is_strong = own["strength"] == "strong"
        homes = own["homes_short"].fillna(0).sum()
        by_region[regions[code]].append((-is_strong.sum(), -(~is_strong).sum(), -homes, code))
    for order in by_region.values():
        ranks |= {entry[-1]: place for place, entry in enumerate(sorted(order)[:MOST], 1)}
    place = signals["area_code"].map(ranks).astype(float)
    return signals.assign(place=place.where(signals["state"].isin(OPEN), np.nan))
