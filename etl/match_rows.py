"""Match rows: the same row in two tables, by keys of any kind, and where columns hold the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


def encode(before: pa.ChunkedArray, after: pa.ChunkedArray) -> tuple[NDArray, NDArray, list[Any]]:
    """Return each row's place among the distinct values of both, which are in order."""
    encoded = pa.chunked_array([*before.chunks, *after.chunks], type=before.type).combine_chunks().dictionary_encode()
    values = encoded.dictionary
    order = pc.sort_indices(values).to_numpy()
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    codes = place[encoded.indices.to_numpy()]
    return codes[: len(before)], codes[len(before) :], values.take(pa.array(order)).to_pylist()


def join_keys(codes: list[tuple[NDArray, NDArray, list[Any]]]) -> tuple[NDArray, NDArray]:
    """Return one number a row, which is the same in both for the same figure."""
    keys = []
    for side in (0, 1):
        key = np.zeros(len(codes[0][side]), dtype=np.int64)
        for code in codes:
            key = key * max(len(code[2]), 1) + code[side]
        keys.append(key)
    return keys[0], keys[1]


def match(before: NDArray, after: NDArray) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows of the figures that both have, in the order of the second."""
    order = np.argsort(before, kind="stable")
    ordered = before[order]
    place = np.minimum(np.searchsorted(ordered, after), max(len(ordered) - 1, 0))
    is_there = ordered[place] == after if len(ordered) else np.zeros(len(after), dtype=bool)
    return order[place[is_there]], np.flatnonzero(is_there)


def take(column: pa.ChunkedArray, rows: NDArray[np.intp]) -> pa.ChunkedArray:
    """Return these rows of a column, which costs nothing where they are all of them."""
    is_all = len(rows) == len(column) and (len(rows) == 0 or (rows[0] == 0 and (np.diff(rows) == 1).all()))
    return column if is_all else column.take(pa.array(rows))


def is_equal(before: pa.ChunkedArray, after: pa.ChunkedArray) -> NDArray[np.bool_]:
    """Return where two columns hold the same, two nulls among them."""
    both_null = pc.and_(pc.is_null(before), pc.is_null(after))
    return pc.or_kleene(pc.fill_null(pc.equal(before, after), False), both_null).to_numpy().astype(bool)
