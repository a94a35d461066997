"""Disclose: the last stage before publish, and the only one that knows what must be hidden. Nothing after it can.

Figures that a publisher has already released pass as published: their publishers applied their own rules. Figures
counted from home-level returns are hidden (null, status c) where they would tell one home's answer or a few people,
and so is what would give a hidden figure back by subtraction. The rules are in `etl.disclosure`, a file a rule; in
plain words they are in docs/disclosure.md.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.catalogue.model import Indicator
from etl.catalogue.whole import Catalogue
from etl.disclosure.changes import PAIRED, SIDES, add_up_shown, find_hidden
from etl.disclosure.grid import make_grid
from etl.disclosure.neighbours import Counts, find_neighbours
from etl.disclosure.places import Places
from etl.disclosure.primary import OF_PEOPLE, find_primary
from etl.errors import CatalogueError

KEPT = {"indicator_id", "area_code", "date", "date_text", "period", "status", "quality"}
"""Columns of a hidden figure that say what is hidden, not how much."""


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


def disclose_figures(
    figures: dict[str, pd.DataFrame], *, indicators: Sequence[Indicator], places: Places
) -> dict[str, pd.DataFrame]:
    """Return the figures of one return, by indicator, the hidden ones without a number; without the column `homes`.

    Where it is hidden how many homes answer at all, the answers to each question are hidden too: they would tell.
    """
    if all(frame.empty for frame in figures.values()):
        return {name: frame.drop(columns="homes") for name, frame in figures.items()}
    grid = make_grid(figures.values(), places=places)
    is_silent = np.zeros(grid.shape, dtype=bool)
    disclosed = {}
    for indicator in sorted(indicators, key=lambda entry: entry.calculation != "share answering"):
        frame = figures[indicator.id]
        at = grid.locate(frame)
        hidden = grid.spread(find_primary(frame, indicator=indicator), at)
        if indicator.calculation == "share of answers":
            hidden |= is_silent
        counts = _count(frame, indicator=indicator)
        matrices = (grid.spread(column, at) for column in (*counts, np.ones(len(frame), dtype=bool)))
        least = 1 if indicator.calculation in OF_PEOPLE else 0
        hidden = find_neighbours(Counts(*matrices, least=least), hidden, tree=grid.tree)
        if indicator.calculation == "share answering":
            is_silent = hidden
        disclosed[indicator.id] = _hide(frame.drop(columns="homes"), hidden[at])
    return disclosed


def disclose_changes(counts: pd.DataFrame, *, figures: dict[str, pd.DataFrame], places: Places) -> pd.DataFrame:
    """Return the counts of each pair of dates at every level, null with status c where they are hidden.

    `counts` has a row an authority; `figures` are disclosed. What a change is made from is hidden before it is made.
    """
    levels = add_up_shown(counts, hidden=find_hidden(figures), regions=places.regions)
    is_hidden = levels.pop("is_hidden").to_numpy()
    shown = {name: levels[name].where(~is_hidden) for name in (*SIDES, *PAIRED)}
    return levels.assign(**shown, status=np.where(is_hidden, "c", "").astype(object))


def _count(frame: pd.DataFrame, *, indicator: Indicator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what is above the line of each figure and what bounds it."""
    part, whole = (frame[name].to_numpy(dtype=float) for name in ("numerator", "denominator"))
    if indicator.calculation in ("share answering", "sum of counts"):
        # A sum has no bound; and that every home answers may be shown, so nothing need hide it.
        whole = np.where(whole > 0, np.inf, 0.0)
    return part, whole


def _hide(frame: pd.DataFrame, is_hidden: NDArray[np.bool_]) -> pd.DataFrame:
    if not is_hidden.any():
        return frame
    numbers = [name for name in frame.columns if name not in KEPT]
    nothing = {name: frame[name].where(~is_hidden) for name in numbers}
    return frame.assign(**nothing, status=frame["status"].where(~is_hidden, "c"))
