"""What programs are told: alive, ready, and the metrics, each from what is really so."""

from __future__ import annotations

import gc
import json
import logging
import shutil
import weakref
from collections import namedtuple
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from dashboard import disks
from dashboard.application import create_app
from dashboard.seldom import Seldom
from dashboard.settings import Settings
from dashboard.store import Snapshot, make_id

Usage = namedtuple("Usage", "total used free")


def read(client: FlaskClient) -> dict[tuple[str, ...], float]:
    """Return each metric's value by its name and the values of its labels."""
    text = client.get("/metrics").text
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return {(sample.name, *sample.labels.values()): sample.value for sample in samples}


@pytest.fixture
def own(snapshot_folder: Path, tmp_path: Path) -> FlaskClient:
    """An app over a private folder with one snapshot."""
    shutil.copytree(snapshot_folder, tmp_path / snapshot_folder.name)
    (tmp_path / "CURRENT").write_text(snapshot_folder.name, encoding="utf-8")
    return create_app(Settings(snapshots=tmp_path, host="", port=1)).server.test_client()


def test_is_ready_with_figures_and_says_how_much_room_there_is(client: FlaskClient, snapshot: Snapshot):
    reply = client.get("/readyz")
    assert reply.status_code == 200
    assert (reply.json["status"], reply.json["snapshot"], reply.json["warnings"]) == ("ready", snapshot.id, [])
    assert min(reply.json["free_bytes"].values()) > 0
    assert reply.headers["Cache-Control"] == "no-store"


def test_warns_of_a_full_disk_and_goes_on(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(disks.shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 1024))
    reply = client.get("/readyz")
    assert reply.status_code == 200
    assert reply.json["warnings"][0] == "The disk of snapshots is nearly full."
    assert read(client)["asc_disk_free_bytes", "snapshots"] == 1024


def test_is_ready_without_a_folder_for_temporary_files_and_says_once_what_that_means(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def find_none() -> str:
        raise FileNotFoundError("No usable temporary directory found")

    assert read(client)["asc_folder_writable", "temporary files"] == 1
    monkeypatch.setattr(disks.tempfile, "gettempdir", find_none)
    replies = [client.get("/readyz") for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200] * 3
    (warning,) = replies[0].json["warnings"]
    assert warning.startswith("No temporary file can be written")
    assert read(client)["asc_folder_writable", "temporary files"] == 0
    assert caplog.messages.count(warning) == 1


def test_says_what_happens_often_once_a_minute_with_its_number(caplog: pytest.LogCaptureFixture):
    seconds = iter([0.0, 1.0, 59.9, 60.0, 60.1, 200.0])
    seldom = Seldom(logging.getLogger("often"), "%s times", clock=lambda: next(seconds))
    for _ in range(6):
        seldom.count()
    assert caplog.messages == ["1 times", "3 times", "2 times"]


def test_refuses_a_damaged_snapshot_and_says_so_to_reader_operator_and_monitor(own: FlaskClient, tmp_path: Path):
    before = read(own)
    kept = own.get("/healthz").json["snapshot"]
    assert before["asc_snapshot_problem",] == 0
    assert "did not pass its check" not in own.get("/").text

    (tmp_path / ".new").write_text("2020-08-12-0123456789ab", encoding="utf-8")
    (tmp_path / ".new").replace(tmp_path / "CURRENT")
    assert "did not pass its check" in own.get("/quality").text
    ready = own.get("/readyz")
    assert (ready.status_code, ready.json["snapshot"]) == (200, kept)
    assert "2020-08-12-0123456789ab" in ready.json["warnings"][0]
    after = read(own)
    assert after["asc_snapshot_problem",] == 1
    assert after["asc_snapshot_info", kept] == 1
    assert after["asc_snapshots_refused_total",] == before["asc_snapshots_refused_total",] + 1


def test_measures_age_by_the_figures_own_dates(client: FlaskClient, snapshot: Snapshot):
    found = read(client)
    day = snapshot.data_date
    assert found["asc_snapshot_data_timestamp_seconds",] == pytest.approx((day - type(day)(1970, 1, 1)).days * 86400)
    source = snapshot.sources.index[0]
    newest = snapshot.sources.at[source, "data_to"]
    assert found["asc_source_lag_days", source] == (day - newest).days


def test_counts_requests_by_route_and_never_by_what_was_asked_for(client: FlaskClient):
    before = read(client)
    for path in ("/area/E08000027", "/area/E08000026", "/nowhere-at-all", "/download/map.csv?area=E92000001"):
        client.get(path)
    after = read(client)
    grown = {key: after[key] - before.get(key, 0) for key in after if key[0] == "asc_requests_total"}
    assert grown["asc_requests_total", "page authority", "200"] == 2
    assert grown["asc_requests_total", "page unknown", "404"] == 1
    assert grown["asc_requests_total", "/download/<view>.csv", "200"] == 1
    assert not [key for key in after if "E08000027" in "".join(key) or "nowhere" in "".join(key)]


def test_counts_what_the_cache_of_pages_had(client: FlaskClient):
    client.get("/about")
    before = read(client)
    client.get("/about")
    after = read(client)
    assert after["asc_cache_asked_total", "answers"] == before["asc_cache_asked_total", "answers"] + 1
    assert after["asc_cache_made_total", "answers"] == before["asc_cache_made_total", "answers"]


@pytest.mark.parametrize(("given", "is_kept"), [("abc-DEF_1.2345", True), ("short", False), ('x" 200 -\n', False)])
def test_keeps_a_well_formed_request_id_and_replaces_any_other(client: FlaskClient, given: str, is_kept: bool):
    reply = client.get("/healthz", environ_overrides={"HTTP_X_REQUEST_ID": given})
    assert (reply.headers["X-Request-ID"] == given) is is_kept
    assert len(reply.headers["X-Request-ID"]) >= 8


def test_lets_go_of_a_snapshot_that_another_took_the_place_of(own: FlaskClient, tmp_path: Path, snapshot_folder: Path):
    """Pages, rows and pictures kept of it would hold on to a hundred megabytes for each publication."""
    old = weakref.ref(own.application.extensions["asc_store"].snapshot)
    for path in ("/", "/region/E12000005", "/indicators", "/quality", "/downloads", "/api/v1/areas?limit=1"):
        assert own.get(path).status_code == 200
    manifest = json.loads((snapshot_folder / "manifest.json").read_text(encoding="utf-8")) | {"data_date": "2021-12-31"}
    new = tmp_path / make_id(manifest)
    shutil.copytree(snapshot_folder, new)
    (new / "manifest.json").write_text(json.dumps(manifest | {"id": new.name}), encoding="utf-8")
    (tmp_path / ".new").write_text(new.name, encoding="utf-8")
    (tmp_path / ".new").replace(tmp_path / "CURRENT")
    for path in ("/indicators", "/recommendations"):  # what is kept of the last snapshot alone, whichever that is
        assert own.get(path).status_code == 200
    assert own.get("/healthz").json["snapshot"] == new.name
    gc.collect()
    assert old() is None
