"""Releases: what went live, when and why. Beside the snapshots and outside every hash.

releases/<id>.json   when a snapshot was first published, by which code, with how many rows, and what changed with it
releases/log.jsonl   a line each time that another snapshot went live; only ever added to
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.compare_snapshots import compare_snapshots
from etl.digest import digest_comparison
from etl.errors import SnapshotError
from etl.publish import find_damage, read_manifest

FOLDER = "releases"
LOG = "log.jsonl"
NOT_NOTED = "not noted at the time"


def describe_release(
    folder: Path, tables: dict[str, pa.Table], *, snapshot_id: str, previous: str | None
) -> dict[str, Any]:
    """Return what is known about a publication but must not change the snapshot's name.

    `changes` is None where there was nothing sound to compare with.
    """
    is_sound = previous is not None and not find_damage(folder / previous)
    rows: dict[str, int] = {}
    if is_sound:
        rows = {entry["file"]: entry["rows"] for entry in read_manifest(folder / str(previous))["outputs"]}
    return {
        "published_at": _now(),
        "code_commit": _find_commit(),
        "previous": previous,
        "rows": {
            name: {"now": table.num_rows, "before": rows.get(f"{name}.parquet")} for name, table in tables.items()
        },
        "changes": _describe_changes(folder / str(previous), folder / snapshot_id) if is_sound else None,
    }


def _describe_changes(before: Path, after: Path) -> dict[str, Any]:
    return digest_comparison(compare_snapshots(before, after, most=1), before=before, after=after)


def write_release(folder: Path, snapshot_id: str, record: dict[str, Any]) -> None:
    """Write the release record, unless the snapshot has one: the first publication is the one that counts."""
    file = folder / FOLDER / f"{snapshot_id}.json"
    if read_release(folder, snapshot_id):
        return
    try:
        file.parent.mkdir(exist_ok=True)
        written = file.with_name(f".{file.name}.new")
        written.write_text(json.dumps({"id": snapshot_id} | record, indent=2) + "\n", encoding="utf-8")
        written.replace(file)
    except OSError as error:
        raise SnapshotError(
            f"Snapshot {snapshot_id} is live, but its release record {file} could not be written: {error.strerror}."
        ) from error


def read_release(folder: Path, snapshot_id: str) -> dict[str, Any]:
    """Return the release record, empty when there is none that can be read: the snapshot stands without it."""
    try:
        record = json.loads((folder / FOLDER / f"{snapshot_id}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def note_live(folder: Path, snapshot_id: str, *, previous: str | None, command: str) -> None:
    """Add a line to the log where another snapshot is live now, and one for a change that a killed command left out."""
    log = read_log(folder)
    noted = log[-1]["to"] if log else None
    steps = [(noted, previous, NOT_NOTED)] if previous not in (None, noted) else []
    if snapshot_id != previous:
        steps.append((previous, snapshot_id, command))
    lines = [json.dumps({"time": _now(), "from": was, "to": now, "command": why}) for was, now, why in steps]
    if lines:
        _add_lines(folder / FOLDER / LOG, lines, live=snapshot_id)


def read_log(folder: Path) -> list[dict[str, Any]]:
    """Return the log's lines in order, oldest first; a line that was cut off is passed over."""
    try:
        lines = (folder / FOLDER / LOG).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [entry for line in lines if (entry := _read_line(line))]


def _read_line(line: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and {"time", "from", "to", "command"} <= set(entry) else None


def _add_lines(log: Path, lines: list[str], *, live: str) -> None:
    try:
        log.parent.mkdir(exist_ok=True)
        with log.open("a+b") as stream:
            # A command that was killed may have left half a line: the next one begins on its own.
            stream.seek(max(stream.seek(0, os.SEEK_END) - 1, 0))
            is_torn = stream.read(1) not in (b"", b"\n")
            stream.write(("\n" * is_torn + "\n".join(lines) + "\n").encode())
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise SnapshotError(
            f"Snapshot {live} is live, but the log {log} could not be written: {error.strerror}."
        ) from error


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


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
