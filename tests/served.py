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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20


@dataclass(frozen=True)
class Dashboard:
    """A running dashboard: where it answers, its data folder, its log, and the process that starts its workers."""

    origin: str
    data: Path
    log: Path
    process: subprocess.Popen

    @property
    def port(self) -> int:
        """Return the port it listens on."""
        return int(self.origin.rpartition(":")[2])

    @property
    def workers(self) -> list[int]:
        """Return the process ids of its workers."""
        return [child.pid for child in psutil.Process(self.process.pid).children()]


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
def serve(data: Path, *, log: Path, port: int = 0, **environment: str) -> Iterator[Dashboard]:
    """Run the dashboard on the data folder, as `make run` does, on a free port of this machine or on the one given."""
    started = start(data, log=log, port=port, **environment)
    try:
        wait_until_ready(started)
        yield started
    finally:
        stop(started)


def start(data: Path, *, log: Path, port: int = 0, within: Sequence[str] = (), **environment: str) -> Dashboard:
    """Return the dashboard as a process that has been started, by another command if one is given; not ready yet."""
    port = port or find_free_port()
    command = [*within, sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "app:server"]
    ours = {"HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": "2"}
    with log.open("ab") as stream:
        process = subprocess.Popen(
            command, cwd=ROOT, env=_environment(data) | ours | environment, stdout=stream, stderr=subprocess.STDOUT
        )
    return Dashboard(origin=f"http://127.0.0.1:{port}", data=data, log=log, process=process)


def stop(started: Dashboard) -> None:
    """End a dashboard as its operator does."""
    process = started.process
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment(data: Path) -> dict[str, str]:
    # Drawing every page ahead would take the cores that the tests need.
    return os.environ | {"ASC_DATA_DIR": str(data), "DRAW_AHEAD": "0"}


def find_free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_ready(started: Dashboard) -> None:
    """Poll /readyz until it answers 200; AssertionError with the log when it does not in time."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        address = f"{started.origin}/readyz"
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(address) as reply:  # noqa: S310
            if reply.status == 200:
                return
        with contextlib.suppress(subprocess.TimeoutExpired):
            started.process.wait(0.1)
            break
    said = started.log.read_text()
    raise AssertionError(f"{started.origin} was not ready in {SECONDS_TO_START} seconds. Its log:\n{said}")
