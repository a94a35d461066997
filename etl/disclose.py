"""Disclose: the last stage before publish, and the only one that knows what must be hidden. Nothing after it can.

Figures that a publisher has already released pass as published: their publishers applied their own rules. Figures
counted from home-level returns are hidden (null, status c) where they would tell one home's answer or a few people:
- fewer than 10 homes behind a figure;
- every home answering no;
- 1 to 5 people above or below the line; a true 0 stays 0;
- where one authority of a region, or one region of England, is hidden: the smallest other, so that subtraction gives
  nothing back.
Source: DHSC's disclosure rules for the Capacity Tracker.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.catalogue.model import Indicator
from etl.catalogue.whole import Catalogue
from etl.conform.areas import ENGLAND
from etl.errors import CatalogueError

FEWEST_HOMES = 10
MOST_PEOPLE_HIDDEN = 5
KEPT = {"indicator_id", "area_code", "date", "date_text", "period", "status", "quality"}
"""Columns of a hidden figure that say what is hidden, not how much."""
KEPT_OF_CHANGE = {"indicator_id", "area_code", "date_from", "date_to", "status", "source_id"}


def disclose(observations: pd.DataFrame, *, catalogue: Catalogue) -> pd.DataFrame:
    """Return the published figures as they are; CatalogueError when a source is not declared as published."""
    published = {source.id for source in catalogue.sources if source.is_published}
    closed = sorted(set(observations["source_id"]) - published)
    if closed:
        raise CatalogueError(
            f"Figures from {', '.join(closed)} are not declared as published and no disclosure rule covers them. "
            "Set is_published in sources.toml only if the publisher has released these very figures."
        )
    return observations


def disclose_figures(frame: pd.DataFrame, *, indicator: Indicator, regions: dict[str, str]) -> pd.DataFrame:
    """Return one indicator's figures from returns, the hidden ones without a number; without the column `homes`."""
    top, bottom, homes = (frame[name].to_numpy() for name in ("numerator", "denominator", "homes"))
    is_hidden = (homes > 0) & (homes < FEWEST_HOMES)
    if indicator.calculation == "share of answers":
        is_hidden |= (top == 0) & (homes > 0)
    elif indicator.calculation in ("share of sums", "sum of counts"):
        is_hidden |= _is_few(top)
        is_hidden |= _is_few(bottom) if indicator.calculation == "share of sums" else False
    is_hidden |= _find_second(frame, is_hidden, size=homes, regions=regions, by=["date"])
    return _hide(frame.drop(columns="homes"), is_hidden, kept=KEPT)


def disclose_changes(changes: pd.DataFrame, *, hidden: set[tuple], regions: dict[str, str]) -> pd.DataFrame:
    """Return the changes, those hidden that would tell of few homes or set a figure beside a hidden one.

    `hidden` holds (indicator_id, area_code, date) of the figures that are hidden.
    """
    few = np.zeros(len(changes), dtype=bool)
    for name in ("n_from", "n_to", "n_both"):
        few |= (changes[name] < FEWEST_HOMES).to_numpy()
    for date in ("date_from", "date_to"):
        keys = zip(changes["indicator_id"], changes["area_code"], changes[date], strict=True)
        few |= np.fromiter((key in hidden for key in keys), dtype=bool, count=len(changes))
    by = ["indicator_id", "date_from", "date_to"]
    few |= _find_second(changes, few, size=changes["n_both"].to_numpy(), regions=regions, by=by)
    return _hide(changes, few, kept=KEPT_OF_CHANGE)


def _is_few(people: np.ndarray) -> np.ndarray:
    return (people > 0) & (people <= MOST_PEOPLE_HIDDEN)


def _find_second(
    frame: pd.DataFrame, is_hidden: np.ndarray, *, size: np.ndarray, regions: dict[str, str], by: list[str]
) -> np.ndarray:
    """Return which figures to hide too, so that no hidden one stands alone among the parts of a total."""
    second = np.zeros(len(frame), dtype=bool)
    if not is_hidden.any():
        return second
    places = pd.Categorical(frame["area_code"])
    parents = np.array([_parent(code, regions) for code in places.categories], dtype=object)[places.codes]
    table = frame[by].assign(parent=parents, is_hidden=is_hidden, size=size, row=np.arange(len(frame)))
    group = [*by, "parent"]
    # Only where something is hidden need anything be looked at.
    table = table[(table["parent"] != "") & (table["size"] > 0)].astype(dict.fromkeys(by, object))
    touched = table.merge(table.loc[table["is_hidden"], group].drop_duplicates(), on=group)
    alone = touched.groupby(group, sort=False)["is_hidden"].transform("sum") == 1
    others = touched[alone & ~touched["is_hidden"]].sort_values(["size", "row"], kind="stable")
    second[others.drop_duplicates(group)["row"].to_numpy()] = True
    return second


def _parent(code: str, regions: dict[str, str]) -> str:
    """Return the area that this one is a part of: its region, England for a region, "" for England."""
    if code == ENGLAND:
        return ""
    return ENGLAND if regions[code] == code else regions[code]


def _hide(frame: pd.DataFrame, is_hidden: np.ndarray, *, kept: set[str]) -> pd.DataFrame:
    if not is_hidden.any():
        return frame
    hidden = frame.copy()
    numbers = [name for name in frame.columns if name not in kept]
    hidden.loc[is_hidden, numbers] = np.nan
    hidden.loc[is_hidden, "status"] = "c"
    return hidden
