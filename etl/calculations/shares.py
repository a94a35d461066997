"""Counts divided by the whole that they are a part of."""

from __future__ import annotations

import pandas as pd

from etl.calculations.observation import OBSERVATION
from etl.catalogue.model import Indicator
from etl.errors import EtlError


def share_of_homes(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return counts of homes as per cents of registered homes, for regions and England only.

    Authorities are left out because the count takes in places that the register does not (see the source's notes).
    """
    is_wide = figures["area_code"].isin(areas["code"][areas["kind"] != "authority"])
    events = figures[is_wide & (figures["measure"] == indicator.measure)]
    homes = figures[is_wide & (figures["measure"] == "care_homes")].set_index("area_code")["value"]
    denominator = events["area_code"].map(homes)
    too_many = events[events["value"] > denominator]
    if len(too_many):
        where = ", ".join(f"{row.area_code} on {row.date}" for row in too_many.itertuples())
        raise EtlError(
            f"{indicator.source_id}: {indicator.measure} is above the number of care homes ({where}), so no share can "
            "be given. Check both columns of the file with its publisher."
        )
    return events.assign(numerator=events["value"], denominator=denominator, value=100 * events["value"] / denominator)[
        OBSERVATION
    ]
