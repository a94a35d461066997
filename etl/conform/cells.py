"""Cells of home-level extracts: from distinct texts to codes and numbers, looked up once a text and taken by row.

Arrays out, one element a row. Faults are marked, never coerced: BAD for a text that fits no declared form.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.catalogue.return_model import AnswerSet

MISSING, BAD = -1, -2
"""In place of a count: the cell is blank; the cell holds something else than a number."""

WHOLE = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?")
AMOUNT = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
MOST = 2**31 - 1
TEXTS_KEPT = 1 << 16


def look_up(column: pa.ChunkedArray, find: Callable[[str], int | float], *, kind: type) -> NDArray:
    """Return what `find` says of each row's text, asked once a distinct text."""
    encoded = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    found = np.array([find(text) for text in encoded.dictionary.to_pylist()], dtype=kind)
    return found[encoded.indices.to_numpy(zero_copy_only=False)] if len(found) else np.zeros(0, dtype=kind)


@lru_cache(maxsize=TEXTS_KEPT)
def read_count(text: str) -> int:
    """Return a whole number from 0 up, thousands separators allowed; MISSING for a blank, BAD for anything else."""
    text = text.strip()
    if not text:
        return MISSING
    if not WHOLE.fullmatch(text) or not text.isascii():
        return BAD
    number = int(text.partition(".")[0].replace(",", ""))
    return number if number <= MOST else BAD


@lru_cache(maxsize=TEXTS_KEPT)
def read_amount(text: str) -> float:
    """Return a number from 0 up; MISSING for a blank, BAD for anything else."""
    text = text.strip()
    if not text:
        return MISSING
    return float(text.replace(",", "")) if AMOUNT.fullmatch(text) and text.isascii() else BAD


def code_answers(answers: AnswerSet) -> dict[str, int]:
    """Return the code of each meaning: 0 for no answer, then 1, 2, … in the order declared."""
    return {"": 0} | {name: place for place, name in enumerate(answers.meanings, 1)}


def read_answers(column: pa.ChunkedArray, answers: AnswerSet) -> NDArray[np.int8]:
    """Return the code of each row's answer (see `code_answers`); BAD for an answer outside the declared set."""
    codes = code_answers(answers)

    def find(text: str) -> int:
        meaning = answers.meaning_of(text)
        return BAD if meaning is None else codes[meaning]

    return look_up(column, find, kind=np.int8)


def read_location_ids(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Return the number after "1-" of each CQC location id; MISSING for a blank, BAD for any other form."""
    texts = pc.utf8_trim_whitespace(column.combine_chunks())
    fits = pc.match_substring_regex(texts, r"^1-[0-9]{6,12}$")
    numbers = pc.cast(pc.if_else(fits, pc.utf8_slice_codeunits(texts, 2), "0"), pa.int64()).to_numpy()
    blank = pc.equal(texts, "").to_numpy(zero_copy_only=False)
    return np.where(fits.to_numpy(zero_copy_only=False), numbers, np.where(blank, MISSING, BAD))
