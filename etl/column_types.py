"""The types that columns of the snapshot's tables have."""

from __future__ import annotations

import pyarrow as pa

TEXT, REAL, WHOLE, FLAG, DAY = pa.string(), pa.float64(), pa.int64(), pa.bool_(), pa.date32()
