"""Cells: from arrays to the lines of a CSV file, one string a row, quoted only where a cell needs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Columns = dict[str, pa.Array]
"""Cells as text by heading, in the order of the file."""
SPECIAL = ('"', ",", "\n", "\r")


def write_text(texts: Iterable[str]) -> pa.Array:
    """Return a column of texts."""
    return pa.array(texts, pa.string())


def write_numbers(numbers: NDArray[np.int64], *, is_given: NDArray[np.bool_] | None = None) -> pa.Array:
    """Return a column of whole numbers, blank where none is given."""
    column = pa.array(numbers, mask=None if is_given is None else ~is_given).cast(pa.string())
    return pc.fill_null(column, "")


def write_moments(seconds: NDArray[np.int64]) -> pa.Array:
    """Return a column of moments such as 2020-08-10 09:31:00, blank where the seconds are negative."""
    column = pa.array(seconds, mask=seconds < 0).cast(pa.timestamp("s")).cast(pa.string())
    return pc.fill_null(column, "")


def write_words(codes: NDArray[np.integer], words: Sequence[str]) -> pa.Array:
    """Return a column with the word that each code stands for."""
    return write_text(words).take(pa.array(codes))


def join_columns(columns: Sequence[pa.Array]) -> pa.Array:
    """Return the cells of each row side by side, with commas between them, as they stand in the file.

    A column that may need quotation marks goes through `quote_column` first.
    """
    return pc.binary_join_element_wise(*columns, ",")


def quote_column(column: pa.Array) -> pa.Array:
    """Return the column with quotation marks around the cells that need them."""
    encoded = column.dictionary_encode()
    return write_text(map(quote, encoded.dictionary.to_pylist())).take(encoded.indices)


def quote(text: str) -> str:
    """Return a cell as it stands in a CSV file."""
    if any(mark in text for mark in SPECIAL):
        return '"' + text.replace('"', '""') + '"'
    return text


def write_line(cells: Iterable[str]) -> str:
    """Return one row as it stands in a CSV file, without its end."""
    return ",".join(map(quote, cells))


def take_row(columns: Mapping[str, pa.Array], row: int) -> dict[str, str]:
    """Return the cells of one row by heading."""
    return {heading: column[row].as_py() for heading, column in columns.items()}


def replace_lines(lines: pa.Array, rows: NDArray[np.intp], texts: Sequence[str]) -> pa.Array:
    """Return the lines with those at `rows`, in ascending order, replaced."""
    if not len(rows):
        return lines
    is_replaced = np.zeros(len(lines), dtype=bool)
    is_replaced[rows] = True
    return pc.replace_with_mask(lines, pa.array(is_replaced), write_text(texts))


def join_lines(lines: pa.Array) -> bytes:
    """Return the lines as one text in UTF-8, each with its end."""
    whole = pc.binary_join_element_wise(lines, "", "\n")
    data = whole.buffers()[2]
    return data.to_pybytes() if data else b""
