"""Figures: from counts at every level to observations, one indicator at a time, as the catalogue declares them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.calculate import LEVELS
from etl.catalogue.model import Indicator
from etl.catalogue.return_model import Layout, Register
from etl.conform.cells import code_answers
from etl.returns.levels import Block
from etl.statistics.intervals import wilson

Columns = dict[str, NDArray]


def make_figures(block: Block, *, layout: Layout, indicators: tuple[Indicator, ...]) -> dict[str, pd.DataFrame]:
    """Return the observations of each indicator of this return, by id, in order of area and date.

    Columns as `etl.schema` declares them for observations, but for what is the same in every row, and `homes`: over
    how many homes each figure is, which disclosure needs and does not publish.
    """
    return {
        indicator.id: _make_frame(block, CALCULATIONS[indicator.calculation](block, indicator, layout), indicator)
        for indicator in indicators
        if indicator.source_id == layout.id
    }


def share_of_answers(block: Block, indicator: Indicator, layout: Layout) -> Columns:
    """Return yes of those who answered, with the bounds that non-response leaves open and the age of the answers.

    Bounds: yes / all homes <= truth <= (yes + not answered) / all homes, over the homes to which it applies.
    """
    column = next(name for name, measure in layout.questions.items() if measure == indicator.measure)
    meanings = code_answers(layout.answer_set("answer"))
    yes, silent = block.count(f"{column}:yes"), block.count(f"{column}:not_answered")
    answered = sum(block.count(f"{column}:{name}") for name in meanings if name not in ("", "not_applicable"))
    everyone = answered + silent
    return {
        "numerator": yes,
        "denominator": answered,
        "homes": answered,
        "value": _percent(yes, answered),
        "not_answered": silent,
        "not_applicable": block.count(f"{column}:not_applicable"),
        "lower_bound": _percent(yes, everyone),
        "upper_bound": _percent(yes + silent, everyone),
        "answered_percent": _percent(answered, everyone),
        "answer_age_days": median_age(block, layout),
    }


def share_answering(block: Block, indicator: Indicator, layout: Layout) -> Columns:
    """Return the share of open homes with a current answer, and the age of their answers."""
    answering, everyone = block.count("answering"), block.count("open")
    return {
        "numerator": answering,
        "denominator": everyone,
        "homes": everyone,
        "value": _percent(answering, everyone),
        "not_answered": everyone - answering,
        "answer_age_days": median_age(block, layout),
    }


def share_of_sums(block: Block, indicator: Indicator, layout: Layout) -> Columns:
    """Return a share of people or beds over the homes that gave every part of it."""
    top, bottom = (block.count(f"{indicator.measure}:{part}") for part in ("numerator", "denominator"))
    homes = block.count(f"{indicator.measure}:homes")
    return {"numerator": top, "denominator": bottom, "value": _percent(top, bottom), "homes": homes}


def sum_of_counts(block: Block, indicator: Indicator, layout: Layout) -> Columns:
    """Return a sum over the homes that gave a number; the denominator is how many homes they are."""
    column = next(name for name, measure in layout.sums.items() if measure == indicator.measure)
    total, homes = block.count(f"{column}:sum"), block.count(f"{column}:homes")
    return {"numerator": total, "denominator": homes, "value": np.where(homes > 0, total, np.nan), "homes": homes}


def register_count(block: Block, indicator: Indicator, layout: Register) -> Columns:
    """Return one of the register's counts."""
    count = block.count(indicator.measure)
    return {"value": count, "numerator": count, "denominator": np.full(count.shape, np.nan), "homes": count}


def register_share(block: Block, indicator: Indicator, layout: Register) -> Columns:
    """Return the share of rated homes that are rated good or outstanding."""
    part, rated = block.count(indicator.measure), block.count("rated")
    return {"numerator": part, "denominator": rated, "value": _percent(part, rated), "homes": rated}


def median_age(block: Block, layout: Layout) -> NDArray[np.float64]:
    """Return the median age in days of the current answers, from how many homes there are of each age."""
    ages = np.stack([block.count(f"age_{days}") for days in range(layout.current_days + 1)], axis=-1)
    running, total = np.cumsum(ages, axis=-1), ages.sum(axis=-1)
    # The middle home, or the mean of the two in the middle.
    lower = (running < ((total + 1) // 2)[..., None]).sum(axis=-1)
    upper = (running < (total // 2 + 1)[..., None]).sum(axis=-1)
    return np.where(total > 0, (lower + upper) / 2, np.nan)


def _percent(part: NDArray, whole: NDArray) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, 100.0 * part / whole, np.nan)


def _make_frame(block: Block, columns: Columns, indicator: Indicator) -> pd.DataFrame:
    """Return the held cells as rows, with limits, and status x where nobody gave what the figure needs.

    A date on which no area has a figure has no rows: the question was not asked yet.
    """
    is_asked = ~np.isnan(np.asarray(columns["value"], dtype=float)).all(axis=0)
    held = (block.is_held & is_asked).reshape(-1)
    flat = {name: np.asarray(column, dtype=float).reshape(-1)[held] for name, column in columns.items()}
    shape = block.is_held.shape
    area = np.repeat(np.arange(shape[0]), shape[1])[held]
    day = np.tile(np.arange(shape[1]), shape[0])[held]
    rows = len(area)
    frame = pd.DataFrame(
        {
            "indicator_id": repeat(indicator.id, rows),
            "area_code": pd.Categorical.from_codes(area, categories=list(block.areas)),
            "date": pd.Categorical.from_codes(day, categories=pd.Index(block.dates, dtype=object)),
            "date_text": repeat("", rows),
            "period": repeat(indicator.period, rows),
            "status": pd.Categorical.from_codes(np.isnan(flat["value"]).astype(int), categories=["", "x", "c"]),
            "quality": repeat("", rows),
        }
        | flat
    )
    return frame.assign(**_find_limits(frame, indicator))


def repeat(word: str, rows: int) -> pd.Categorical:
    """Return a word in every row at the cost of one."""
    return pd.Categorical.from_codes(np.zeros(rows, dtype=np.int8), categories=[word])


def _find_limits(frame: pd.DataFrame, indicator: Indicator) -> Columns:
    limits: Columns = {}
    trials = frame["denominator"].where(frame["denominator"] > 0).to_numpy()
    for name, confidence in LEVELS.items():
        if indicator.interval == "wilson":
            lower, upper = wilson(frame["numerator"], trials=trials, confidence=confidence)
        else:
            lower = upper = np.full(len(frame), np.nan)
        limits |= {f"lower_{name}": 100 * lower, f"upper_{name}": 100 * upper}
    return limits


CALCULATIONS: dict[str, Callable[[Block, Indicator, Layout], Columns]] = {
    "share of answers": share_of_answers,
    "share answering": share_answering,
    "share of sums": share_of_sums,
    "sum of counts": sum_of_counts,
    "register count": register_count,
    "register share": register_share,
}
