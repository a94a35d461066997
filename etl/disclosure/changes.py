"""Changes: which changes between two extracts are hidden, and what regions and England add up.

A region's homes that answered at both dates, and their moves, are added up over the authorities whose own change is
shown. So they add up on the page, and subtraction finds nothing. Where this would leave out more than a tenth of
these homes, the region has no change: those left would not stand for all.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.conform.areas import ENGLAND
from etl.disclosure.primary import FEWEST_HOMES

MOST_LEFT_OUT = 0.1
KEYS = ["indicator_id", "date_from", "date_to"]
SIDES = ["n_from", "yes_total_from", "n_to", "yes_total_to"]
"""Counts of all homes at one of the dates: the figures of the dates show them."""
PAIRED = ["n_both", "yes_from", "yes_to", "no_to_yes", "yes_to_no"]
"""Counts of homes that answered at both dates."""

Key = tuple[str, str, object]


def find_hidden(figures: dict[str, pd.DataFrame]) -> set[Key]:
    """Return the (indicator_id, area_code, date) of the figures that are hidden."""
    columns = ["indicator_id", "area_code", "date"]
    rows = (frame.loc[frame["status"] == "c", columns] for frame in figures.values())
    return {key for frame in rows for key in frame.itertuples(index=False, name=None)}


def add_up_shown(counts: pd.DataFrame, *, hidden: set[Key], regions: dict[str, str]) -> pd.DataFrame:
    """Return the authorities' counts and those of regions and England, with `is_hidden`.

    `counts` has a row an authority, indicator and pair of dates; `hidden` is what `find_hidden` returns.
    """
    own = counts.assign(is_hidden=_is_few(counts) | _stands_beside(counts, hidden))
    shown = own.assign(**{name: own[name].where(~own["is_hidden"], 0.0) for name in PAIRED}, both=own["n_both"])
    wider = pd.concat(
        [
            shown.assign(area_code=code).groupby([*KEYS, "area_code"], as_index=False)[[*SIDES, *PAIRED, "both"]].sum()
            for code in (own["area_code"].map(regions), ENGLAND)
        ],
        ignore_index=True,
    )
    is_partial = wider["n_both"] < (1 - MOST_LEFT_OUT) * wider["both"]
    wider = wider.assign(is_hidden=_is_few(wider) | _stands_beside(wider, hidden) | is_partial)
    return pd.concat([own, wider.drop(columns="both")], ignore_index=True)


def _is_few(counts: pd.DataFrame) -> NDArray[np.bool_]:
    return (counts[["n_from", "n_to", "n_both"]] < FEWEST_HOMES).any(axis=1).to_numpy()


def _stands_beside(counts: pd.DataFrame, hidden: set[Key]) -> NDArray[np.bool_]:
    found = np.zeros(len(counts), dtype=bool)
    for date in ("date_from", "date_to"):
        keys = zip(counts["indicator_id"], counts["area_code"], counts[date], strict=True)
        found |= np.fromiter((key in hidden for key in keys), dtype=bool, count=len(counts))
    return found
