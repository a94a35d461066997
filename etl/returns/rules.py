"""Rules: which rows of an extract are refused, by the numbered rules of return_rules.toml."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from etl.catalogue.return_model import Return
from etl.conform.cells import BAD, MISSING, code_answers
from etl.conform.moments import end_of_day, to_seconds
from etl.extract.home_level import HomeLevelFile
from etl.returns.homes import UNKNOWN, Homes

TOTAL_WORDS = ("total", "totals", "grand total", "sum", "all homes")
ACCEPTED = 0
TOTAL, NO_ID, BAD_ID, COUNCIL, TWO_COUNCILS, ANSWER, NUMBER, DATE, FUTURE, TWICE = range(1, 11)
"""The numbers of the row rules, as return_rules.toml declares them; a contract test compares the two."""


def find_refusals(homes: Homes, *, layout: Return, read: HomeLevelFile) -> NDArray[np.int8]:
    """Return the number of the first rule that refuses each row, ACCEPTED where none does."""
    rules: tuple[tuple[int, NDArray[np.bool_]], ...] = (
        (TOTAL, _is_total(homes)),
        (NO_ID, homes.location_id == MISSING),
        (BAD_ID, homes.location_id == BAD),
        (COUNCIL, homes.authority == UNKNOWN),
        (TWO_COUNCILS, homes.is_two_councils),
        (ANSWER, _has_unknown_answer(homes, layout)),
        (NUMBER, _any_bad(homes.counts) | _any_bad(homes.amounts)),
        (DATE, _has_no_date(homes)),
        (FUTURE, np.maximum(homes.updated_at, homes.answered_at) >= end_of_day(read.date)),
    )
    refused = np.zeros(len(homes), dtype=np.int8)
    for number, is_broken in rules:
        refused[(refused == ACCEPTED) & is_broken] = number
    refused[_find_repeats(homes, is_kept=refused == ACCEPTED, read=read)] = TWICE
    return refused


def _is_total(homes: Homes) -> NDArray[np.bool_]:
    is_total = homes.location_id == MISSING
    for row in np.flatnonzero(is_total):
        is_total[row] = str(homes.location[row]).strip().casefold() in TOTAL_WORDS
    return is_total


def _has_unknown_answer(homes: Homes, layout: Return) -> NDArray[np.bool_]:
    unknown = homes.is_open == BAD
    for declared in layout.answers:
        columns = homes.answers if declared.kind == "answer" else homes.choices
        codes = code_answers(declared)
        later = set(declared.later.words) if declared.later else set()
        late = [codes[name] for name, words in declared.meanings.items() if later & set(words)]
        too_early = homes.answered_at <= to_seconds(declared.later.given_after) if declared.later else None
        for answers in columns.values():
            unknown = unknown | (answers == BAD)
            if late:
                unknown = unknown | (np.isin(answers, late) & too_early)
    return unknown


def _any_bad(columns: dict[str, NDArray]) -> NDArray[np.bool_] | bool:
    found: NDArray[np.bool_] | bool = False
    for numbers in columns.values():
        found = found | (numbers == BAD)
    return found


def _has_no_date(homes: Homes) -> NDArray[np.bool_]:
    """Return where a date cannot be read, or a home gave answers and no date: nobody can say how old they are."""
    has_answer: NDArray[np.bool_] | bool = False
    for answers in homes.answers.values():
        has_answer = has_answer | (answers > 0)
    return (homes.updated_at == BAD) | (homes.answered_at == BAD) | ((homes.answered_at == MISSING) & has_answer)


def _find_repeats(homes: Homes, *, is_kept: NDArray[np.bool_], read: HomeLevelFile) -> NDArray[np.int64]:
    """Return the rows that repeat a location: all but the one updated last, or all where that cannot be told."""
    rows = np.flatnonzero(is_kept)
    order = rows[np.lexsort((homes.updated_at[rows], homes.location_id[rows]))]
    ids = homes.location_id[order]
    is_last = np.append(ids[1:] != ids[:-1], True) if len(ids) else np.zeros(0, dtype=bool)
    if is_last.all():
        return np.zeros(0, dtype=np.int64)
    dropped = list(order[~is_last])
    repeated = np.unique(ids[:-1][ids[1:] == ids[:-1]])
    for location in repeated:
        same = order[ids == location]
        newest = same[homes.updated_at[same] == homes.updated_at[same[-1]]]
        if len({read.lines[row].rstrip(b"\r") for row in newest}) > 1:
            dropped.append(same[-1])
    return np.array(sorted(set(dropped)), dtype=np.int64)
