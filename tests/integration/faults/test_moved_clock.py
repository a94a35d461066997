"""The machine's clock jumps while the dashboard runs: pages stay as they are, and the log and the metrics say it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MOVING = Path(__file__).with_name("moving.py")
LIBRARIES = ("/usr/lib", "/usr/local/lib", "/lib")


@pytest.fixture(scope="module")
def library() -> Path:
    """What stands between a process and the system's clock."""
    found = [file for folder in LIBRARIES for file in Path(folder).glob("**/faketime/libfaketime.so.1")]
    assert found, "libfaketime is missing: `make test` installs it where it can, or: apt-get install faketime"
    return found[0]


def read_ages(text: str) -> list[str]:
    """Return the lines of the metrics that tell how old figures are."""
    return [line for line in text.splitlines() if line.startswith(("asc_snapshot_data", "asc_source_"))]


def count_jumps(text: str) -> float:
    """Return how many jumps of the clock the metrics have."""
    return float(re.search(r"(?m)^asc_clock_jumps_total (\S+)$", text)[1])


def test_shows_the_same_ages_whatever_the_clock_says(library: Path, snapshots_folder: Path, tmp_path: Path):
    """In a process without a server round it: the library cannot move the clock of one that sleeps as gunicorn does."""
    clock = tmp_path / "clock"
    clock.write_text("+0d", encoding="utf-8")
    moved = {"LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1"}
    # A clock that is set moves neither what counts from the start of the machine nor the times of files.
    moved |= {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(MOVING), str(snapshots_folder.parent), str(clock)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | moved, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    first, later, earlier = json.loads(done.stdout)
    assert abs(first["now"] - time.time()) < 600
    assert len(read_ages(first["metrics"])) > 10
    for answer, days in ((later, 400), (earlier, -400)):
        assert abs(answer["now"] - first["now"] - days * 86400) < 600, "the clock did not move"
        assert answer["statuses"] == [200, 200, 200]
        assert answer["page"] == first["page"]
        assert read_ages(answer["metrics"]) == read_ages(first["metrics"])
        assert answer["warnings"] == []
    assert [count_jumps(answer["metrics"]) for answer in (first, later, earlier)] == [0, 1, 2]
    lines = [json.loads(line)["message"] for line in done.stderr.splitlines()]
    moves = [line for line in lines if line.startswith("the machine's clock has moved by ")]
    assert [line[-16:] for line in moves] == ["34560000 seconds", "69120000 seconds"]
