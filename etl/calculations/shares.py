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


def share_of_total(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return counts as per cents of the first of the indicator's totals that the source prints for the date.

    A share without its part or its total has that figure's status; a share of nobody is not applicable (`z`), and
    neither side of its line is given.
    """
    part = figures[figures["measure"] == indicator.measure]
    whole = choose_totals(figures, indicator)[["area_code", "date", "value", "status"]]
    both = part.merge(whole, on=["area_code", "date"], how="left", suffixes=("", "_whole"))
    denominator = both["value_whole"].where(both["value_whole"] > 0)
    share = 100 * both["value"] / denominator
    status = both["status"].where(both["status"] != "", both["status_whole"].fillna("x"))
    is_of_nobody = (status == "") & share.isna()
    return both.assign(
        value=share,
        status=status.mask(is_of_nobody, "z"),
        numerator=both["value"].mask(is_of_nobody),
        denominator=denominator,
        period=indicator.period,
    )[OBSERVATION]


def choose_totals(figures: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Return the figures that an indicator's shares are divided by: for each date those of the first measure held."""
    chosen = figures.iloc[:0]
    for measure in indicator.denominator_measures:
        own = figures[figures["measure"] == measure]
        chosen = pd.concat([chosen, own[~own["date"].isin(chosen["date"])]])
    return chosen
