"""Counting: from accepted homes to whole numbers an authority, which add up to regions and England exactly.

Every column of the result is a number of homes or a sum over homes; nothing here is a share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl.catalogue.return_model import Ratio, Return
from etl.conform.cells import code_answers
from etl.conform.moments import end_of_day
from etl.returns.homes import Homes

SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Standing:
    """How each home stands at the extract's date, as arrays of one length."""

    is_open: NDArray[np.bool_]
    has_answered: NDArray[np.bool_]
    """At least one question, at any time."""
    answer_age: NDArray[np.int64]
    """Whole days from the answers to the end of the extract's day."""
    is_current: NDArray[np.bool_]
    """Open, answered, and not older than `current_days`."""
    is_updated: NDArray[np.bool_]
    """Open, and its numbers are not older than `current_days`."""


def judge_standing(homes: Homes, *, layout: Return, end: int) -> Standing:
    """Return how each home stands at `end`, the first second after the extract's day."""
    has_answered = np.zeros(len(homes), dtype=bool)
    for answers in homes.answers.values():
        has_answered |= answers > 0
    is_open = homes.is_open == 1
    age = (end - 1 - homes.answered_at) // SECONDS_A_DAY
    updated_age = (end - 1 - homes.updated_at) // SECONDS_A_DAY
    return Standing(
        is_open=is_open,
        has_answered=has_answered,
        answer_age=age,
        is_current=is_open & has_answered & (age <= layout.current_days),
        is_updated=is_open & (homes.updated_at > 0) & (updated_age <= layout.current_days),
    )


def count_homes(homes: Homes, *, layout: Return, date: object) -> pa.Table:
    """Return one row an authority: `area_code` and the counts, named as `figures` reads them."""
    standing = judge_standing(homes, layout=layout, end=end_of_day(date))
    areas = len(homes.authorities)

    def tally(chosen: NDArray[np.bool_], weights: NDArray | None = None) -> NDArray[np.int64]:
        weighed = weights[chosen] if weights is not None else None
        return np.bincount(homes.authority[chosen], weights=weighed, minlength=areas).astype(np.int64)

    stale = standing.is_open & standing.has_answered & ~standing.is_current
    counts = {
        "open": tally(standing.is_open),
        "answering": tally(standing.is_current),
        "never_answered": tally(standing.is_open & ~standing.has_answered),
        "out_of_date": tally(stale),
        "late": tally(standing.is_current & (standing.answer_age >= layout.late_days)),
        "impossible": tally(standing.is_open & find_impossible(homes, layout)),
        "contradictory": tally(standing.is_open & find_contradictory(homes)),
    }
    for days in range(layout.current_days + 1):
        counts[f"age_{days}"] = tally(standing.is_current & (standing.answer_age == days))
    for name, answers in homes.answers.items():
        counts |= _tally_answers(name, answers, standing, homes=homes, layout=layout, areas=areas)
    for ratio in layout.ratio:
        top, bottom, used = sum_ratio(homes, ratio)
        used &= standing.is_updated
        counts[f"{ratio.measure}:numerator"] = tally(used, top)
        counts[f"{ratio.measure}:denominator"] = tally(used, bottom)
        counts[f"{ratio.measure}:homes"] = tally(used)
    for column in layout.sums:
        given = standing.is_updated & (homes.counts[column] >= 0)
        counts[f"{column}:sum"] = tally(given, homes.counts[column])
        counts[f"{column}:homes"] = tally(given)
    return pa.table({"area_code": pa.array(homes.authorities, pa.string())} | counts)


def _tally_answers(
    name: str, answers: NDArray[np.int8], standing: Standing, *, homes: Homes, layout: Return, areas: int
) -> dict[str, NDArray[np.int64]]:
    """Return, for one question, how many open homes gave each answer that is current; 0 is no current answer."""
    codes = code_answers(layout.answer_set("answer"))
    current = np.where(standing.is_current, answers, 0)[standing.is_open]
    place = homes.authority[standing.is_open] * len(codes) + current
    table = np.bincount(place, minlength=areas * len(codes)).reshape(areas, len(codes))
    return {f"{name}:{meaning or 'not_answered'}": table[:, code] for meaning, code in codes.items()}


def sum_ratio(homes: Homes, ratio: Ratio) -> tuple[NDArray, NDArray, NDArray[np.bool_]]:
    """Return each home's sums above and below the line, and which homes gave every part of both, possibly."""
    parts = {name: homes.counts[name] for name in (*ratio.numerator, *ratio.denominator) if name in homes.counts}
    if len(parts) < len({*ratio.numerator, *ratio.denominator}):
        nothing = np.zeros(len(homes), dtype=np.int64)
        return nothing, nothing, np.zeros(len(homes), dtype=bool)
    given = np.logical_and.reduce([part >= 0 for part in parts.values()])
    top = np.add.reduce([parts[name] for name in ratio.numerator], dtype=np.int64)
    bottom = np.add.reduce([parts[name] for name in ratio.denominator], dtype=np.int64)
    possible = np.logical_and.reduce([parts[name] <= ratio.at_most for name in ratio.denominator]) & (top <= bottom)
    return top, bottom, given & possible


def find_impossible(homes: Homes, layout: Return) -> NDArray[np.bool_]:
    """Return the homes that gave every part of a ratio and cannot be right in one of them."""
    impossible = np.zeros(len(homes), dtype=bool)
    for ratio in layout.ratio:
        names = {*ratio.numerator, *ratio.denominator}
        if names <= set(homes.counts):
            given = np.logical_and.reduce([homes.counts[name] >= 0 for name in names])
            impossible |= given & ~sum_ratio(homes, ratio)[2]
    return impossible


def find_contradictory(homes: Homes) -> NDArray[np.bool_]:
    """Return the homes that report as many agency staff as staff of their own, in every group with any."""
    pairs = [(name.removeprefix("agency_"), name) for name in homes.counts if name.startswith("agency_")]
    if not pairs:
        return np.zeros(len(homes), dtype=bool)
    has_staff = np.logical_or.reduce([homes.counts[own] > 0 for own, _ in pairs])
    return has_staff & np.logical_and.reduce([homes.counts[own] == homes.counts[agency] for own, agency in pairs])
