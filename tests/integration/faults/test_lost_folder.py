"""The folder of snapshots goes while readers read: they read on, the operator is told, and its return is seen."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from dashboard.addresses import PATHS
from dashboard.application import create_app
from dashboard.settings import Settings

FROM_THE_FOLDER = {"/downloads", "/api"}
"""Pages that tell what files there are."""
READ_ON = (
    *sorted(set(PATHS) - FROM_THE_FOLDER), "/region/E12000005", "/area/E08000025", "/agenda?region=E12000005",
    "/download/map.csv?area=E92000001", "/api/v1/areas?limit=2",
)  # fmt: skip
"""Addresses whose answers are made of what is in memory."""


def test_goes_on_without_the_folder_and_says_so(snapshots_folder: Path, tmp_path: Path, caplog):
    folder = shutil.copytree(snapshots_folder, tmp_path / "snapshots")
    client = create_app(Settings(snapshots=folder, host="", port=1)).server.test_client()
    shown = client.get("/readyz").json["snapshot"]
    assert client.get("/api/v1/areas?limit=1").status_code == 200
    folder.rename(tmp_path / "gone")

    with caplog.at_level(logging.ERROR):
        for path in READ_ON:
            assert client.get(path).status_code == 200, path
    assert any(f"{shown} stays" in record.message for record in caplog.records)
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json["snapshot"]) == (200, shown)
    assert str(folder) in ready.json["warnings"][0]
    assert "asc_snapshot_problem 1.0" in client.get("/metrics").text
    assert "New figures cannot be shown at the moment" in client.get("/about").text
    for path in (*FROM_THE_FOLDER, "/feeds/releases.atom", f"/downloads/{shown}/areas.csv"):
        reply = client.get(path)
        assert reply.status_code == 503, path
        assert "Traceback" not in reply.text

    (tmp_path / "gone").rename(folder)
    assert client.get("/downloads").status_code == 200
    assert "asc_snapshot_problem 0.0" in client.get("/metrics").text
    assert "New figures cannot be shown" not in client.get("/about").text
