"""CSV of whole tables, batch by batch: any number of rows in the memory of one batch, in the snapshot's own columns."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from dashboard.export.csv import RISKY

MARK = b"\xef\xbb\xbf"
"""With it Excel reads UTF-8 as such."""
IS_RISKY = f"^[{''.join(re.escape(sign) for sign in RISKY)}]"
FORMAT = csv.WriteOptions(include_header=False, quoting_style="needed")


def stream_csv(batches: Iterable[pa.RecordBatch], *, schema: pa.Schema) -> Iterator[bytes]:
    """Return the batches as pieces of one CSV file: heading first, words in quotes, an empty cell for nothing."""
    yield MARK + ",".join(f'"{name}"' for name in schema.names).encode() + b"\n"
    for batch in batches:
        piece = io.BytesIO()
        csv.write_csv(disarm_batch(batch), piece, FORMAT)
        yield piece.getvalue()


def disarm_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the batch with its words so that no spreadsheet runs one as a formula, as `disarm` does for one cell."""
    columns = [_disarm_words(column) if pa.types.is_string(column.type) else column for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _disarm_words(column: pa.Array) -> pa.Array:
    is_risky = pc.match_substring_regex(column, IS_RISKY)
    if not pc.any(is_risky).as_py():
        return column
    return pc.if_else(is_risky, pc.binary_join_element_wise("'", column, ""), column)
