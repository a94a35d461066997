"""The dashboard as a process: built, started, asked whether it is ready, and stopped."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20


@dataclass(frozen=True)
class Dashboard:
    """A running dashboard: where it answers, its data folder and its log."""

    origin: str
    data: Path
    log: Path


def make_up_returns(data: Path) -> None:
    """Write a small made-up set of returns into the data folder: few homes, eight weeks about the break of August."""
    _run_etl(data, "synthesise", "--homes", "4000", "--from", "2020-07-31", "--to", "2020-09-18")


def build_snapshot(data: Path) -> str:
    """Build a snapshot from the data folder's own figures, make it live and return its id."""
    _run_etl(data, "build", "--yes")
    return (data / "snapshots" / "CURRENT").read_text(encoding="utf-8").strip()


def _run_etl(data: Path, *command: str) -> None:
    line = [sys.executable, "-m", "etl", *command]
    done = subprocess.run(line, cwd=ROOT, env=_environment(data), capture_output=True, text=True)
    said = f"{done.stdout}{done.stderr}"
    assert done.returncode == 0, f"python -m etl {' '.join(command)} ended with {done.returncode}:\n{said}"


@contextlib.contextmanager
def serve(data: Path, *, log: Path) -> Iterator[Dashboard]:
    """Run the dashboard on the data folder, as `make run` does, on a free port of this machine."""
    port = _find_free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "app:server"]
    environment = _environment(data) | {"HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": "2"}
    with log.open("wb") as stream:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=stream, stderr=subprocess.STDOUT)
    try:
        origin = f"http://127.0.0.1:{port}"
        _wait_until_healthy(origin, process=process, log=log)
        yield Dashboard(origin=origin, data=data, log=log)
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment(data: Path) -> dict[str, str]:
    return os.environ | {"ASC_DATA_DIR": str(data)}


def _find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_healthy(origin: str, *, process: subprocess.Popen, log: Path) -> None:
    """Poll /healthz until it answers 200; AssertionError with the log when it does not in time."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(f"{origin}/healthz") as reply:  # noqa: S310
            if reply.status == 200:
                return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
            break
    raise AssertionError(f"{origin} was not ready in {SECONDS_TO_START} seconds. Its log:\n{log.read_text()}")
