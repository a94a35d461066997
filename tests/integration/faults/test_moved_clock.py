"""The machine's clock jumps while the dashboard runs: pages stay as they are, and the log and the metrics say it."""

from __future__ import annotations

import email.utils
import json
import re
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from served import Dashboard, start, stop, wait_until_ready

from dashboard.drawing import ask_for

LIBRARIES = ("/usr/lib", "/usr/local/lib", "/lib")
DAY = 86400
QUALITY = ask_for("/quality")
SLEEP = """import select, time
time.sleep = lambda seconds: select.select([], [], [], seconds) and None
"""
"""Python's sleep goes by a call that the library gets wrong. Its other one, which waits as long, is left alone."""


@dataclass(frozen=True)
class Answers:
    """What the dashboard answered at one setting of the clock."""

    now: float
    page: str
    warnings: list[str]
    metrics: str

    @property
    def ages(self) -> list[str]:
        """Return the lines of the metrics that tell how old figures are."""
        return [line for line in self.metrics.splitlines() if line.startswith(("asc_snapshot_data", "asc_source_"))]

    @property
    def jumps(self) -> float:
        """Return how many jumps of the clock the processes have counted."""
        return float(re.search(r"(?m)^asc_clock_jumps_total (\S+)$", self.metrics)[1])


@pytest.fixture(scope="module")
def library() -> Path:
    """What stands between a process and the system's clock."""
    found = [file for folder in LIBRARIES for file in Path(folder).glob("**/faketime/libfaketime.so.1")]
    assert found, "libfaketime is missing: `make test` installs it where it can, or: apt-get install faketime"
    return found[0]


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    """The file that says by how much the dashboard's clock is off."""
    file = tmp_path / "clock"
    file.write_text("+0d", encoding="utf-8")
    return file


@pytest.fixture
def own(library: Path, clock: Path, snapshots_folder: Path, tmp_path: Path) -> Iterator[Dashboard]:
    """The dashboard as it is served, all its processes under that clock."""
    (tmp_path / "sitecustomize.py").write_text(SLEEP, encoding="utf-8")
    moved = {"LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1"}
    # A clock that is set moves neither what counts from the start of the machine nor the times of files.
    moved |= {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1", "PYTHONPATH": str(tmp_path), "WARM_UP": "0"}
    started = start(snapshots_folder.parent, log=tmp_path / "server.log", **moved)
    try:
        wait_until_ready(started)
        yield started
    finally:
        stop(started)


def ask(own: Dashboard) -> Answers:
    """Return what the dashboard answers now; an answer that is not 200 is an error."""

    def fetch(path: str, body: dict | None = None) -> tuple[str, float]:
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(own.origin + path, data, {"Content-Type": "application/json"})  # noqa: S310
        with urllib.request.urlopen(request, timeout=20) as reply:  # noqa: S310
            return reply.read().decode(), email.utils.parsedate_to_datetime(reply.headers["Date"]).timestamp()

    page, now = fetch("/_dash-update-component", QUALITY)
    ready, metrics = fetch("/readyz")[0], fetch("/metrics")[0]
    return Answers(now=now, page=page, warnings=json.loads(ready)["warnings"], metrics=metrics)


def test_answers_the_same_whatever_the_clock_says(own: Dashboard, clock: Path):
    workers, first = own.workers, ask(own)
    assert abs(first.now - time.time()) < 600
    assert len(first.ages) > 10
    assert first.jumps == 0
    jumps = [0.0]
    for days in (400, -400):
        clock.write_text(f"{days:+d}d", encoding="utf-8")
        answers = ask(own)
        assert abs(answers.now - first.now - days * DAY) < 600, "the clock did not move"
        assert (answers.page, answers.ages, answers.warnings) == (first.page, first.ages, [])
        jumps.append(answers.jumps)
    assert jumps[0] < jumps[1] < jumps[2]  # each worker sees a jump at its next request
    assert own.workers == workers, "a worker was ended, as if it had been silent for long"
    lines = [json.loads(line) for line in own.log.read_text(encoding="utf-8").splitlines()]
    moves = [line["message"] for line in lines if line["logger"] == "dashboard.clock"]
    assert len(moves) == jumps[-1]
    assert "the machine's clock has moved by 34560000 seconds" in moves
    assert not [line for line in lines if line["level"] in ("ERROR", "CRITICAL")]
