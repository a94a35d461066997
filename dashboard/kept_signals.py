"""Signals of any snapshot that is kept, read without opening the rest of it: a feed asks for those of fifty."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from dashboard.archive import Record, is_readable
from dashboard.store import read_batches, read_schema


def read_signals(record: Record, areas: list[str]) -> pd.DataFrame | None:
    """Return the signals of these areas in a snapshot without opening the rest; None where it was made without any."""
    file = record.folder / "signals.parquet"
    if not is_readable(record.manifest) or not file.is_file():
        return None
    frame = pa.Table.from_batches(read_batches(file), schema=read_schema(file)).to_pandas()
    return frame[frame["area_code"].isin(areas)].astype({"signal_id": object, "state": object})
