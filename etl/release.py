"""The release record: what is known about a publication but must not change the snapshot's name."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path

import pyarrow as pa

from etl.publish import find_damage, read_manifest


def describe_release(snapshots: Path, tables: dict[str, pa.Table], *, previous: str | None) -> dict:
    """Return what is known about this publication but must not change the snapshot's name."""
    before = {}
    if previous and not find_damage(snapshots / previous):
        before = {entry["file"]: entry["rows"] for entry in read_manifest(snapshots / previous)["outputs"]}
    return {
        "published_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "code_commit": _find_commit(),
        "previous": previous,
        "rows": {
            name: {"now": table.num_rows, "before": before.get(f"{name}.parquet")} for name, table in tables.items()
        },
    }


def _find_commit() -> str | None:
    """Return the commit of the code, or None outside a checkout (in a container, say)."""
    try:
        found = subprocess.run(
            ["git", "rev-parse", "HEAD"],  # noqa: S607 - git from the PATH is the one wanted
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.strip()
