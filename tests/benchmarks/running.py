"""What the benchmarks of serving share: servers on ports of this machine, what they use, and where results go."""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.metadata
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # for the dashboard itself, which scripts that import this may need
SECONDS_TO_START = 90
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, and its process."""

    origin: str
    process: psutil.Process

    def workers(self) -> list[psutil.Process]:
        """Return the processes that answer: the children, or the one process where there are none."""
        return self.process.children(recursive=True) or [self.process]

    def cpu_seconds(self) -> float:
        """Return the seconds of processor that all its processes have used."""
        times = [one.cpu_times() for one in {self.process, *self.workers()}]
        return sum(one.user + one.system for one in times)

    def worker_megabytes(self) -> dict[str, float]:
        """Return each worker's mean share of memory (PSS) and what is its own alone (USS)."""
        held = [one.memory_full_info() for one in self.workers()]
        return {name: statistics.mean(getattr(one, name) for one in held) / 1e6 for name in ("pss", "uss")}


def find_port() -> int:
    """Return a port that is free on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def run_server(
    command: Sequence[str], *, port: int, environment: Mapping[str, str] | None = None, ready: str = "/"
) -> Iterator[Server]:
    """Run a server until the block ends; SystemExit when it does not answer in time."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | dict(environment or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Server(f"http://127.0.0.1:{port}", psutil.Process(process.pid))
    try:
        for _ in range(SECONDS_TO_START * 5):
            with contextlib.suppress(OSError), urllib.request.urlopen(server.origin + ready):  # noqa: S310
                break
            time.sleep(0.2)
        else:
            raise SystemExit(f"{command[0]} did not answer in {SECONDS_TO_START} seconds.")
        yield server
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def run_dashboard(
    data: Path, *, workers: int = 2, app: str = "app:server", environment: Mapping[str, str] | None = None
) -> contextlib.AbstractContextManager[Server]:
    """Run the dashboard over a data folder, as `make run` does."""
    port = find_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", app]
    own = {"ASC_DATA_DIR": str(data), "HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": str(workers)}
    own["DRAW_AHEAD"] = "0"  # what is measured is what readers ask for
    return run_server(command, port=port, environment=own | dict(environment or {}), ready="/healthz")


@contextlib.contextmanager
def run_browser() -> Iterator[Browser]:
    """Run the Chromium of this machine until the block ends."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        yield playwright.chromium.launch(executable_path=path, args=list(FLAGS))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which the share lies (nearest rank)."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def describe_machine(*packages: str) -> str:
    """Return a sentence on the machine, how busy it was, and the versions."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)
    return (
        f"{dt.date.today():%B %Y}: {platform.machine()}, {len(os.sched_getaffinity(0))} cores, load average "
        f"{os.getloadavg()[0]:.1f} before the run, Python {platform.python_version()}, {versions}."
    )


def write_section(file: Path, name: str, text: str) -> None:
    """Put a text between a section's markers in a page, at its end where there are none yet."""
    page = file.read_text(encoding="utf-8") if file.exists() else "# Performance\n"
    section = f"<!-- {name} -->\n{text.strip()}\n<!-- end of {name} -->\n"
    held = re.compile(rf"<!-- {name} -->\n.*?<!-- end of {name} -->\n", re.S)
    page = held.sub(lambda _: section, page) if held.search(page) else f"{page.rstrip()}\n\n{section}"
    file.write_text(page, encoding="utf-8")


def write_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table as Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines) + "\n"
