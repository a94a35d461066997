"""Words for the heat-map: since when its figures have changed."""

from __future__ import annotations

import pandas as pd

from dashboard.format import format_date

NO_CHANGE = (
    "No change can be shown: no earlier extract lies on the same side of the last break as these figures, so any "
    "difference could come from the new questions."
)


def describe_since(matrix: pd.DataFrame) -> str:
    """Return since which extract the changes are, what they are among, or that there are none."""
    days = matrix["changed_since"].dropna()
    if days.empty:
        return NO_CHANGE
    return (
        f"Change in percentage points since {format_date(days.iloc[0])}, rounded to whole points. Point at a figure "
        "for its part among the homes that answered both times; the CSV has both parts."
    )
