"""Metrics: what is counted, by prometheus-client, and how the processes of one server share their counts.

gunicorn.conf.py names a folder in memory (PROMETHEUS_MULTIPROC_DIR) before this is imported; each worker then counts in
files of its own, which carry the number of its place rather than its process id, so that restarts add no files.
"""

from __future__ import annotations

from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, multiprocess, values
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

MAIN = "main"
"""The place of the process that starts the workers."""
_place = [MAIN]

is_shared = values.ValueClass is not values.MutexValue
"""Whether several processes count together."""
if is_shared:
    values.ValueClass = values.MultiProcessValue(process_identifier=lambda: _place[0])

REGISTRY = CollectorRegistry()
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Counter("asc_requests", "Requests answered.", ["route", "status"], registry=REGISTRY)
SECONDS = Histogram("asc_request_seconds", "Time until an answer began.", ["route"], buckets=BUCKETS, registry=REGISTRY)
CALLBACKS = Counter("asc_callbacks", "Callbacks answered.", ["callback", "status"], registry=REGISTRY)
MALFORMED = Counter("asc_malformed_callbacks", "Callbacks refused: no page sends such.", registry=REGISTRY)
LIMITED = Counter("asc_limited_requests", "Requests refused: one address asked too much.", registry=REGISTRY)
ASKED = Counter("asc_cache_asked", "Things asked of a cache.", ["cache"], registry=REGISTRY)
MADE = Counter("asc_cache_made", "Things a cache did not have, so that they were made.", ["cache"], registry=REGISTRY)
UNSHARED = Counter("asc_answers_unshared", "Answers that could not be left for other workers.", registry=REGISTRY)
FAULTS = Counter("asc_faults", "Faults of the program: each is in the log with a reference.", registry=REGISTRY)
EXPORTS = Counter("asc_exports", "Exports asked for, by kind and status.", ["kind", "status"], registry=REGISTRY)
CLOCK_JUMPS = Counter("asc_clock_jumps", "Jumps of the machine's clock, by each process.", registry=REGISTRY)
OPENED = Counter("asc_snapshots_opened", "Snapshots opened and found sound, by each process.", registry=REGISTRY)
REFUSED = Counter("asc_snapshots_refused", "Snapshots refused or not found, by each process.", registry=REGISTRY)
STARTED = Counter("asc_workers_started", "Worker processes started.", registry=REGISTRY)
FINISHED = Counter("asc_workers_finished", "Worker processes that ended as asked.", registry=REGISTRY)
ENDED = Counter("asc_workers_ended", "Worker processes that ended, also those that were killed.", registry=REGISTRY)


def take_place(name: str) -> None:
    """Count for the place of this name from now on; a new process says so before it counts anything."""
    _place[0] = name


def write_metrics(folder: Path | None, *, beside: Collector) -> bytes:
    """Return all metrics as Prometheus reads them: the counts of every process of this server, and those beside."""
    counted = REGISTRY
    if folder is not None and is_shared:
        counted = CollectorRegistry()
        multiprocess.MultiProcessCollector(counted, path=str(folder))
    measured = CollectorRegistry()
    measured.register(beside)
    return generate_latest(counted) + generate_latest(measured)
