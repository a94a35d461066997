"""Homes: the rows of an extract as arrays, each cell a code or a number. Faults are marked in them, not yet judged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.catalogue.return_model import Return
from etl.conform.cells import BAD, MISSING, look_up, read_amount, read_answers, read_count, read_location_ids
from etl.conform.councils import Councils
from etl.conform.moments import read_moments
from etl.extract.home_level import HomeLevelFile

SECONDS_AN_HOUR = 3_600
UNKNOWN = -1
"""In place of the position of an authority: the row's council is not known."""
OPEN_WORDS = {"": 1, "open": 1, "closed": 0}


@dataclass(frozen=True)
class Homes:
    """An extract's rows as arrays of one length; `authorities` holds the codes that `authority` points into."""

    location_id: NDArray[np.int64]
    location: NDArray[np.object_]
    authorities: tuple[str, ...]
    authority: NDArray[np.int32]
    is_two_councils: NDArray[np.bool_]
    is_open: NDArray[np.int8]
    updated_at: NDArray[np.int64]
    answered_at: NDArray[np.int64]
    answers: dict[str, NDArray[np.int8]]
    choices: dict[str, NDArray[np.int8]]
    counts: dict[str, NDArray[np.int32]]
    amounts: dict[str, NDArray[np.float64]]

    def __len__(self) -> int:
        return len(self.location_id)


def conform_homes(read: HomeLevelFile, *, layout: Return, councils: Councils) -> Homes:
    """Return the extract's rows with codes in place of texts."""
    table, held = read.table, set(read.table.column_names)

    def named(*kinds: str) -> list[str]:
        return [column.name for column in layout.columns_of(*kinds) if column.name in held]

    authorities, authority, is_two = _find_authorities(table, named("council"), councils, read)
    moments = {name: read_moments(table.column(name)) for name in named("moment")}
    updated = _first_given(moments, layout.updated, rows=table.num_rows)
    status = named("status")
    return Homes(
        location_id=read_location_ids(table.column(named("id")[0])),
        location=table.column(named("name")[0]).to_numpy(zero_copy_only=False),
        authorities=authorities,
        authority=authority,
        is_two_councils=is_two,
        is_open=_read_status(table.column(status[0])) if status else np.ones(table.num_rows, dtype=np.int8),
        updated_at=updated,
        answered_at=_first_given(moments, (*layout.answered, *layout.updated), rows=table.num_rows),
        answers={name: read_answers(table.column(name), layout.answer_set("answer")) for name in named("answer")},
        choices={name: read_answers(table.column(name), layout.answer_set("choice")) for name in named("choice")},
        counts={name: look_up(table.column(name), read_count, kind=np.int32) for name in named("count")},
        amounts={name: look_up(table.column(name), read_amount, kind=np.float64) for name in named("amount")},
    )


def _find_authorities(
    table: object, columns: list[str], councils: Councils, read: HomeLevelFile
) -> tuple[tuple[str, ...], NDArray[np.int32], NDArray[np.bool_]]:
    """Return the authorities' codes, each row's position among them, and where two columns name different ones."""
    texts = {name: table.column(name).combine_chunks().dictionary.to_pylist() for name in columns}
    distinct = sorted({text for column in texts.values() for text in column})
    found = dict(zip(distinct, councils.find(distinct, on=read.date), strict=True))
    codes = tuple(sorted({code for code in found.values() if code}))
    positions = {code: place for place, code in enumerate(codes)}

    def find(text: str) -> int:
        return MISSING - 1 if not text.strip() else positions.get(found[text] or "", UNKNOWN)

    blank = MISSING - 1
    by_column = [look_up(table.column(name), find, kind=np.int32) for name in columns]
    authority = np.full(table.num_rows, blank, dtype=np.int32)
    is_two = np.zeros(table.num_rows, dtype=bool)
    # The council's own name counts; ours, which stands first in the layout, fills in where it is blank.
    for named in reversed(by_column):
        is_two |= (authority >= 0) & (named >= 0) & (authority != named)
        authority = np.where(authority == blank, named, authority)
    return codes, np.where(authority == blank, UNKNOWN, authority).astype(np.int32), is_two


def _first_given(moments: dict[str, NDArray], names: tuple[str, ...], *, rows: int) -> NDArray[np.int64]:
    """Return, for each row, the first of the named moments that is not blank; BST is an hour ahead of UTC."""
    first = np.full(rows, MISSING, dtype=np.int64)
    for name in names:
        if name in moments:
            given = moments[name]
            ahead = SECONDS_AN_HOUR if name.endswith("_bst") else 0
            first = np.where(first == MISSING, np.where(given > 0, given - ahead, given), first)
    return first


def _read_status(column: object) -> NDArray[np.int8]:
    return look_up(column, lambda text: OPEN_WORDS.get(text.strip().casefold(), BAD), kind=np.int8)
