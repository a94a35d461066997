"""Chromium is killed while it draws a picture: the reader is told, the log and the metrics say so, the next works."""

from __future__ import annotations

import logging
import tempfile
import threading
import time
from pathlib import Path

import psutil
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from dashboard.application import create_app
from dashboard.settings import Settings

PICTURE = "/export/deaths.png?page=/"


def count_pictures(client: FlaskClient, status: str) -> float:
    """Return how many pictures were answered with the status."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    samples = (sample for family in families for sample in family.samples if sample.name == "asc_exports_total")
    return sum(sample.value for sample in samples if sample.labels == {"kind": "png", "status": status})


def kill_chromium(*, seconds: float = 30) -> None:
    """Kill the first Chromium that this process starts, once it draws."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for child in psutil.Process().children():
            if any(argument.startswith("--screenshot=") for argument in child.cmdline()):
                child.kill()
                return
        time.sleep(0.005)


def test_says_that_no_picture_was_drawn_and_draws_the_next(snapshots_folder: Path, tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    client = create_app(Settings(snapshots=snapshots_folder, host="", port=1)).server.test_client()
    failed, drawn = count_pictures(client, "503"), count_pictures(client, "200")
    killer = threading.Thread(target=kill_chromium)
    killer.start()
    with caplog.at_level(logging.ERROR):
        refused = client.get(PICTURE)
    killer.join()
    assert refused.status_code == 503
    assert "Chromium could not draw this. Try again in a minute." in refused.text
    assert any("Chromium ended with -9" in record.getMessage() for record in caplog.records)
    assert count_pictures(client, "503") == failed + 1
    left = [file for file in tmp_path.iterdir() if not file.name.startswith("asc-ready-")]  # what workers share
    assert left == [], "it left files behind"

    picture = client.get(PICTURE)
    assert picture.status_code == 200
    assert picture.data.startswith(b"\x89PNG")
    assert count_pictures(client, "200") == drawn + 1
