"""Published figures as they are, and the middle one of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.calculations.observation import OBSERVATION
from etl.catalogue.model import Indicator
from etl.conform.areas import ENGLAND

FEWEST_FOR_MEDIAN = 4


def as_published(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the measure's own rows, value untouched."""
    own = figures[figures["measure"] == indicator.measure]
    return own.assign(numerator=np.nan, denominator=np.nan, period=indicator.period)[OBSERVATION]


def median_of_authorities(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the median of the authorities with a figure, for each region and England; numerator is how many they are.

    Linear interpolation; more than three values are needed, otherwise status x.
    """
    is_authority = figures["area_code"].isin(areas["code"][areas["kind"] == "authority"])
    own = figures[is_authority & (figures["measure"] == indicator.measure)]
    region = own["area_code"].map(dict(zip(areas["code"], areas["region_code"], strict=True)))
    levels = pd.concat([own.assign(area_code=region), own.assign(area_code=ENGLAND)])
    grouped = levels.groupby(["area_code", "date", "date_text", "period", "quality"], as_index=False)
    medians = grouped.agg(value=("value", "median"), numerator=("value", "count"))
    too_few = medians["numerator"] < FEWEST_FOR_MEDIAN
    return medians.assign(
        value=medians["value"].where(~too_few), status=too_few.map({True: "x", False: ""}), denominator=np.nan
    )[OBSERVATION]
