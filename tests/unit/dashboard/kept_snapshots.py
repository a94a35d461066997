"""Folders with several snapshots, made of one that is sound."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
from flask.testing import FlaskClient

from dashboard.application import create_app
from dashboard.settings import Settings
from dashboard.store import make_id


def serve(folder: Path) -> FlaskClient:
    """Return requests to an app over the folder."""
    return create_app(Settings(snapshots=folder, host="127.0.0.1", port=8050)).server.test_client()


def add_snapshot(source: Path, *, to: Path, is_live: bool, rows: int | None = None) -> str:
    """Return the id of a copy of a snapshot, live or not; with `rows`, one that has only so many observations."""
    staged = to / ".staged"
    shutil.copytree(source, staged)
    manifest = json.loads((staged / "manifest.json").read_text(encoding="utf-8"))
    if rows is not None:
        file = staged / "observations.parquet"
        pq.write_table(pq.read_table(file).slice(0, rows), file)
        entry = next(one for one in manifest["outputs"] if one["file"] == file.name)
        entry |= {"rows": rows, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    manifest["id"] = make_id(manifest)
    (staged / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    staged.rename(to / manifest["id"])
    if is_live:
        (to / ".new").write_text(manifest["id"] + "\n", encoding="utf-8")
        (to / ".new").replace(to / "CURRENT")
    return manifest["id"]
