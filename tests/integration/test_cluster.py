"""The same build on a Dask cluster: a real scheduler and two workers in processes of their own."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from etl.errors import EtlError
from etl.pipeline import Folders, Options, build
from etl.returns.cluster import run_on_cluster
from etl.synthesise import synthesise

ROOT = Path(__file__).resolve().parents[2]
TODAY = dt.date(2026, 11, 24)
WORKERS = 2


@pytest.fixture
def scheduler(tmp_path):
    """The address of a scheduler with two workers, all on the loopback interface."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__DIAGNOSTICS__NVML": "false"}
    processes = []

    def start(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments], cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
        )
        processes.append(process)
        return process

    def wait_for(process, pattern):
        for line in process.stderr:
            if found := re.search(pattern, line):
                return found[1]
        return pytest.fail(f"the process ended without saying {pattern}")

    plain = ["--no-dashboard"]
    first = start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", *plain)
    address = wait_for(first, r"Scheduler at:\s+(tcp://\S+)")
    for _ in range(WORKERS):
        worker = start(
            "distributed.cli.dask_worker", address, "--nthreads", "1", "--host", "127.0.0.1", "--no-nanny", *plain
        )
        wait_for(worker, r"Registered to:\s+(tcp://\S+)")
    yield address
    for process in reversed(processes):
        process.terminate()
        process.wait(timeout=30)
        process.stderr.close()


def make_folders(data, *, extracts):
    return Folders(
        extracts=data / "extracts", published=ROOT / "data" / "published", lookups=ROOT / "data" / "lookups",
        snapshots=data / "snapshots", illustrative=extracts, restricted=data / "restricted",
        enquiries=data / "enquiries",
    )  # fmt: skip


def test_gives_the_same_snapshot_as_this_machine_alone(tmp_path, scheduler):
    made = tmp_path / "illustrative"
    synthesise(
        homes=400, first=dt.date(2020, 8, 3), last=dt.date(2020, 8, 17), every=dt.timedelta(days=7), seed=3, dirt=0.05,
        target=made, lookups=ROOT / "data" / "lookups", published=ROOT / "data" / "published",
    )  # fmt: skip
    alone = build(make_folders(tmp_path / "alone", extracts=made), today=TODAY)
    folders = make_folders(tmp_path / "cluster", extracts=made)
    spread = build(folders, today=TODAY, options=Options(scheduler=scheduler))
    assert sum(spread.prepared.returns.ingested.read_now.values()) > WORKERS
    assert spread.snapshot_id == alone.snapshot_id
    for file in sorted((tmp_path / "alone" / "snapshots" / alone.snapshot_id).iterdir()):
        assert file.read_bytes() == (folders.snapshots / spread.snapshot_id / file.name).read_bytes()


def test_says_that_no_scheduler_answers(monkeypatch):
    monkeypatch.setattr("etl.returns.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(EtlError, match=r"does not answer.*without --scheduler"):
        list(run_on_cluster(str, ["x"], address="tcp://127.0.0.1:9"))
