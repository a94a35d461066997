"""Primary: figures that would tell one home's answer, or a few people, by themselves.

| figure | hidden where |
|---|---|
| share of homes | fewer than 10 homes answered, or all of them said no; every home answering yes may be shown |
| share of people or beds | 1 to 5 above or below the line, or fewer than 10 homes behind it; a true 0 stays 0 |
| sum of people | 1 to 5, or fewer than 10 homes behind it |

Source: DHSC's disclosure rules for the Capacity Tracker; that shares of people need 10 homes too is ours.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.catalogue.model import Indicator

FEWEST_HOMES = 10
MOST_PEOPLE_HIDDEN = 5
OF_HOMES = ("share of answers", "share answering")
OF_PEOPLE = ("share of sums", "sum of counts")


def find_primary(frame: pd.DataFrame, *, indicator: Indicator) -> NDArray[np.bool_]:
    """Return which rows to hide whatever stands beside them. Needs `homes`: how many stand behind each figure."""
    top, bottom, homes = (frame[name].to_numpy(dtype=float) for name in ("numerator", "denominator", "homes"))
    is_hidden = (homes > 0) & (homes < FEWEST_HOMES)
    if indicator.calculation in OF_HOMES:
        is_hidden |= (homes > 0) & (top == 0)
        is_hidden |= (homes == 0) & _tells_of_the_rest(frame)
    if indicator.calculation in OF_PEOPLE:
        is_hidden |= _is_few(top)
    if indicator.calculation == "share of sums":
        is_hidden |= _is_few(bottom)
    return is_hidden


def _is_few(people: NDArray) -> NDArray[np.bool_]:
    return (people > 0) & (people <= MOST_PEOPLE_HIDDEN)


def _tells_of_the_rest(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Return where nobody gave an answer that counts, yet the row would say what a home did: "not applicable", say."""
    if not {"not_answered", "not_applicable"} <= set(frame.columns):
        return np.zeros(len(frame), dtype=bool)
    silent, exempt = (frame[name].fillna(0).to_numpy() for name in ("not_answered", "not_applicable"))
    return (exempt > 0) | ((silent > 0) & (silent < FEWEST_HOMES))
