"""Listing: which homes stand behind a figure, for whoever holds the permission on the restricted store.

The lists of one question's answers, and of the homes without a current one, divide the open homes of an area: each
home stands in exactly one of them, and they are as long as the published counts say.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from etl.catalogue.return_model import Return
from etl.conform.areas import ENGLAND
from etl.conform.cells import code_answers
from etl.conform.moments import end_of_day
from etl.returns.counting import Standing, judge_standing
from etl.returns.homes import Homes

ANSWERING = "answering"
NONE = "none"
COLUMNS = (
    "location_id", "location_name", "area_code", "answer", "answered_at", "age_days", "is_current", "is_illustrative",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Which homes are asked for: everything is looked up and known to be there."""

    layout: Return
    column: str
    """The answers' column, "" where the question is whether a home answers at all."""
    answer: str
    authorities: frozenset[str]
    date: dt.date


def list_answers(layout: Return, column: str) -> tuple[str, ...]:
    """Return the answers that can be asked for: those that are declared, and none (no current answer)."""
    return (*layout.answer_set("answer").meanings, NONE) if column else ("yes", "no", NONE)


def list_homes(table: pa.Table, wanted: Wanted, *, is_illustrative: bool) -> pd.DataFrame:
    """Return the open homes that gave this answer, in order of area and location; columns as COLUMNS says.

    `table` is what the restricted store holds of the date. A home without a current answer is shown with its last.
    """
    homes = restore_homes(table, wanted.layout)
    standing = judge_standing(homes, layout=wanted.layout, end=end_of_day(wanted.date))
    said, chosen = _choose(homes, standing, wanted)
    in_area = np.isin(np.array(homes.authorities, dtype=object), list(wanted.authorities))
    rows = np.flatnonzero(chosen & standing.is_open & in_area[homes.authority])
    # Without an answer the moment is when the rest of the row was updated, which is not asked for.
    moments = np.where(standing.has_answered, homes.answered_at, 0)[rows]
    frame = pd.DataFrame(
        {
            "location_id": [f"1-{number}" for number in homes.location_id[rows]],
            "location_name": homes.location[rows],
            "area_code": np.array(homes.authorities, dtype=object)[homes.authority[rows]],
            "answer": said[rows],
            "answered_at": [_say_moment(seconds) if seconds > 0 else "" for seconds in moments],
            "age_days": np.where(moments > 0, standing.answer_age[rows].astype(str), "").astype(object),
            "is_current": standing.is_current[rows],
            "is_illustrative": is_illustrative,
        },
        columns=list(COLUMNS),
    )
    return frame.sort_values(["area_code", "location_id"], kind="stable", ignore_index=True)


def choose_authorities(code: str, *, regions: dict[str, str]) -> frozenset[str]:
    """Return the authorities of an area: itself, those of its region, or all; `regions` by authority's code."""
    if code == ENGLAND:
        return frozenset(regions)
    return frozenset(own for own, region in regions.items() if code in (own, region))


def restore_homes(table: pa.Table, layout: Return) -> Homes:
    """Return the homes that the restricted store holds, as far as standing and answers go; the rest stays empty."""
    area = table.column("area_code").cast(pa.string()).combine_chunks().dictionary_encode()
    area = area.combine_chunks() if isinstance(area, pa.ChunkedArray) else area
    nothing: dict[str, Any] = {"choices": {}, "counts": {}, "amounts": {}}
    return Homes(
        location_id=table.column("location_id").to_numpy(),
        location=table.column("location").to_numpy(),
        authorities=tuple(area.dictionary.to_pylist()),
        authority=area.indices.to_numpy(),
        is_two_councils=np.zeros(table.num_rows, dtype=bool),
        is_open=table.column("is_open").to_numpy().astype(np.int8),
        updated_at=table.column("updated_at").to_numpy(),
        answered_at=table.column("answered_at").to_numpy(),
        answers={
            column.name: table.column(column.name).to_numpy()
            for column in layout.columns_of("answer")
            if column.name in table.column_names
        },
        **nothing,
    )


def _choose(homes: Homes, standing: Standing, wanted: Wanted) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
    """Return what each home said last, in words, and which homes are wanted for it."""
    if not wanted.column:
        said = np.where(standing.is_current, "yes", "no").astype(object)
        return said, standing.is_current == (wanted.answer == "yes")
    codes = code_answers(wanted.layout.answer_set("answer"))
    words = np.array(list(codes), dtype=object)
    answers = homes.answers.get(wanted.column, np.zeros(len(homes), dtype=np.int8))
    current = np.where(standing.is_current, answers, 0)
    return words[answers], current == (0 if wanted.answer == NONE else codes[wanted.answer])


def _say_moment(seconds: int) -> str:
    return dt.datetime.fromtimestamp(int(seconds), tz=dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
