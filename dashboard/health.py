"""Health, for programs: is the process alive, is it ready to be sent readers, and what has it measured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask
import pandas as pd
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from dashboard.disks import Told, find_writable, list_warnings, measure_disks
from dashboard.metrics import write_metrics
from dashboard.store import Snapshot, Store, StoreError, current_store


def register_health(server: flask.Flask, *, metrics_folder: Path | None) -> None:
    """Add /healthz, /readyz and /metrics. The front server keeps the last one from the public."""
    told = Told()
    server.add_url_rule("/healthz", view_func=answer_health)
    server.add_url_rule("/readyz", endpoint="answer_ready", view_func=lambda: answer_ready(told))
    server.add_url_rule("/metrics", endpoint="answer_metrics", view_func=lambda: answer_metrics(metrics_folder, told))


def answer_health() -> flask.Response:
    """Return 200: the process answers. Beside it the snapshot that is live, and what stands in the way of a newer."""
    snapshot, problem = look_at_store(current_store())
    status = "ok" if snapshot else "no snapshot"
    return _say(status=status, snapshot=snapshot.id if snapshot else None, problem=problem)


def answer_ready(told: Told) -> tuple[flask.Response, int]:
    """Return 200 when there are figures to show, else 503.

    What is wrong with a disk is said and does not make it unready: readers need no disk, and every replica would go at
    once.
    """
    store = current_store()
    snapshot, problem = look_at_store(store)
    free = measure_disks(store.folder)
    warnings = list_warnings(store.folder)
    told.tell(warnings)
    if snapshot and problem:
        warnings.append(f"The newest snapshot is refused: {problem}")
    body: dict[str, Any] = {"snapshot": snapshot.id if snapshot else None, "warnings": warnings, "free_bytes": free}
    if snapshot:
        return _say(status="ready", problem="", **body), 200
    return _say(status="not ready", problem=problem, **body), 503


def answer_metrics(folder: Path | None, told: Told) -> flask.Response:
    """Return every metric of this server, as Prometheus reads it."""
    store = current_store()
    told.tell(list_warnings(store.folder))
    text = write_metrics(folder, beside=StoreCollector(store))
    response = flask.Response(text, content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response


def look_at_store(store: Store) -> tuple[Snapshot | None, str]:
    """Return the live snapshot, if there is one, and the store's problem, if it has one."""
    try:
        return store.snapshot, store.problem
    except StoreError as error:
        return None, str(error)


class StoreCollector(Collector):
    """The metrics of the figures themselves, read when they are asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterator[Metric]:
        """Yield what is live, how old it is by its own date, each source's newest date, and the room on the disks."""
        snapshot, problem = look_at_store(self._store)
        yield GaugeMetricFamily("asc_snapshot_ready", "1 when there are figures to show.", value=bool(snapshot))
        yield GaugeMetricFamily(
            "asc_snapshot_problem", "1 when what CURRENT names is refused or not there.", value=bool(problem)
        )
        free = GaugeMetricFamily("asc_disk_free_bytes", "Room left on the disk of a folder.", labels=["folder"])
        for name, left in measure_disks(self._store.folder).items():
            free.add_metric([name], left)
        yield free
        writable = GaugeMetricFamily("asc_folder_writable", "1 where this server may write.", labels=["folder"])
        for name, may_write in find_writable(self._store.folder).items():
            writable.add_metric([name], may_write)
        yield writable
        if snapshot:
            yield from _describe(snapshot)


def _describe(snapshot: Snapshot) -> Iterator[Metric]:
    live = GaugeMetricFamily("asc_snapshot_info", "1 for the snapshot that is live.", labels=["snapshot"])
    live.add_metric([snapshot.id], 1)
    yield live
    yield GaugeMetricFamily(
        "asc_snapshot_data_timestamp_seconds",
        "The date of the newest extract in the snapshot; its age is the time since then.",
        value=_to_seconds(snapshot.data_date),
    )
    published = str(snapshot.release.get("published_at") or "")
    if published:
        yield GaugeMetricFamily(
            "asc_snapshot_published_timestamp_seconds",
            "When the snapshot was first published.",
            value=dt.datetime.fromisoformat(published).timestamp(),
        )
    newest = GaugeMetricFamily(
        "asc_source_newest_timestamp_seconds", "The date of a source's newest figures.", labels=["source"]
    )
    lag = GaugeMetricFamily(
        "asc_source_lag_days",
        "Days from a source's newest figures to the snapshot's date; below 0 where they are newer.",
        labels=["source"],
    )
    for source, day in snapshot.sources["data_to"].items():
        if pd.notna(day):
            newest.add_metric([str(source)], _to_seconds(day))
            lag.add_metric([str(source)], (snapshot.data_date - day).days)
    yield newest
    yield lag


def _to_seconds(day: dt.date) -> float:
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp()


def _say(**body: object) -> flask.Response:
    response = flask.jsonify(**body)
    response.headers["Cache-Control"] = "no-store"
    return response
