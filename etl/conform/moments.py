"""Moments: from the ways in which extracts write date and time to seconds since 1970 in UTC."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.conform.cells import BAD, MISSING

EXCEL_NOUGHT = dt.datetime(1899, 12, 30)
EXCEL_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
FORMS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
)
"""Every form that is read; the first is the usual one."""
USUAL_LENGTH = 19
SECONDS_A_DAY = 86_400


def read_moments(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Return each row's moment in seconds; MISSING for a blank, BAD for a text in no declared form."""
    texts = pc.utf8_trim_whitespace(column.combine_chunks())
    blank = pc.equal(texts, "")
    usual = pc.equal(pc.utf8_length(texts), USUAL_LENGTH)
    parsed = pc.strptime(pc.if_else(usual, texts, None), format=FORMS[0], unit="s", error_is_null=True)
    seconds = pc.fill_null(pc.cast(parsed, pa.int64()), BAD).to_numpy().copy()
    seconds[blank.to_numpy(zero_copy_only=False)] = MISSING
    for row in np.flatnonzero(seconds == BAD):
        seconds[row] = read_moment(texts[int(row)].as_py())
    return seconds


def read_moment(text: str) -> int:
    """Return a moment written in any declared form, an Excel serial number among them; BAD for anything else."""
    if EXCEL_SERIAL.fullmatch(text):
        return to_seconds(EXCEL_NOUGHT + dt.timedelta(seconds=round(float(text) * SECONDS_A_DAY)))
    for form in FORMS:
        try:
            return to_seconds(dt.datetime.strptime(text, form))
        except ValueError:
            continue
    return BAD


def to_seconds(moment: dt.datetime) -> int:
    """Return the seconds from 1970 to a moment without a time zone, which means UTC."""
    return round((moment - dt.datetime(1970, 1, 1)).total_seconds())


def end_of_day(date: dt.date) -> int:
    """Return the first second after the date."""
    return to_seconds(dt.datetime.combine(date, dt.time())) + SECONDS_A_DAY
