"""Benchmark of a snapshot itself: opening it, swapping it under a running server, and the memory that workers take.

Opening is measured in new processes, with the files in the system's cache. A swap is measured from the replacement of
CURRENT until the last answer that named the old snapshot, over new connections, while readers ask for pages.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from growing import publish_pair, read_live
from places import AREAS, ENCODED, REGIONS, ask_page
from running import ROOT, Server, describe_machine, run_dashboard, write_section, write_table
from swaps import MOST_SECONDS, measure_swap

from dashboard.addresses import PATHS
from dashboard.store import open_snapshot
from etl.publish import read_current


def open_once(folder: Path) -> None:
    """Open a snapshot in this process, and print the seconds and the memory that it took."""
    process = psutil.Process()
    before, begun = process.memory_info().rss, time.perf_counter()
    snapshot = open_snapshot(folder)
    seconds = time.perf_counter() - begun
    taken = (process.memory_info().rss - before) / 1e6
    print(json.dumps({"seconds": seconds, "megabytes": taken, "rows": len(snapshot.observations)}))


def measure_opening(folder: Path, *, times: int) -> dict[str, float]:
    """Return the median seconds and megabytes of opening a snapshot in so many new processes, and its rows."""
    command = [sys.executable, __file__, "--open", str(folder)]
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(times + 1)]
    return {name: statistics.median(run[name] for run in runs[1:]) for name in runs[0]}  # the first fills the cache


def connect_to(server: Server, worker: psutil.Process) -> http.client.HTTPConnection:
    """Return a connection that this worker answers; SystemExit where it takes none of many."""
    for _ in range(300):
        connection = http.client.HTTPConnection(server.origin.removeprefix("http://"), timeout=MOST_SECONDS)
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        port = connection.sock.getsockname()[1]
        if any(one.raddr and one.raddr.port == port for one in worker.net_connections("tcp")):
            return connection
        connection.close()
    raise SystemExit("A worker answers none of 300 connections.")


def list_kinds(place: int) -> Iterator[str]:
    """Yield a page of every kind, with a region and a council that no other worker was asked for."""
    yield from (*PATHS, REGIONS[place % len(REGIONS)], AREAS[place % len(AREAS)])


def ask_every_kind(server: Server) -> None:
    """Ask each worker for a page of every kind, as a document and as Dash does; SystemExit when one is refused."""
    for place, worker in enumerate(server.workers()):
        for path in list_kinds(place):
            connection = connect_to(server, worker)
            call = json.dumps(ask_page(path, ""))
            as_json = ENCODED | {"Content-Type": "application/json"}
            for request in (("GET", path, None, ENCODED), ("POST", "/_dash-update-component", call, as_json)):
                connection.request(*request)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    raise SystemExit(f"{request[0]} {path} was answered with {answer.status}.")
            connection.close()


def measure_memory(server: Server) -> dict[str, float]:
    """Return the workers' memory (MB) after the start, and after every kind of page."""
    result = {f"start_{kind}": size for kind, size in server.worker_megabytes().items()}
    ask_every_kind(server)
    return result | {f"pages_{kind}": size for kind, size in server.worker_megabytes().items()}


def measure_swaps(server: Server, snapshots: Path, pair: tuple[str, str], *, swaps: int) -> dict[str, float]:
    """Return what swaps to and fro take, and the workers' memory (MB) after them and every kind of page."""
    done = [measure_swap(server, snapshots, pair[1 - turn % 2]) for turn in range(swaps)]
    ask_every_kind(server)
    return {f"swapped_{kind}": size for kind, size in server.worker_megabytes().items()} | {
        "swap": statistics.median(one.seconds for one in done),
        "longest_swap": max(one.seconds for one in done),
        "longest_look": max(one.longest_look for one in done),
        "longest_page": max(one.longest_page for one in done),
        "asked": sum(one.asked for one in done),
        "failed": sum(one.failed for one in done),
        "swaps": swaps,
    }


def report(opening: dict[str, float], served: dict[str, float], *, times: int, machine: str) -> str:
    """Return the results as Markdown."""
    states = {"start": "after the start", "pages": "after every kind of page", "swapped": "the same after the swaps"}
    rows = [
        [words, f"{served[f'{state}_uss']:.0f} MB", f"{served[f'{state}_pss']:.0f} MB"]
        for state, words in states.items()
    ]
    return (
        f"## Snapshots and memory\n\n{machine} {opening['rows']:,.0f} observations.\n\n"
        f"Opening a snapshot (checked and read, in a new process, its files in the system's cache, median of {times}): "
        f"**{opening['seconds'] * 1000:.0f} ms**, {opening['megabytes']:.0f} MB.\n\n"
        f"A swap, from the replacement of CURRENT until the last answer that named the old snapshot, two workers, "
        f"five pages a second from readers: **{served['swap']:.2f} s** in the median of {served['swaps']:.0f}, "
        f"{served['longest_swap']:.2f} s at most. The longest a reader waited for a page meanwhile: "
        f"{served['longest_page']:.2f} s, for pages are drawn anew; for `/healthz`: {served['longest_look']:.2f} s. "
        f"{served['failed']:.0f} of {served['asked']:,.0f} requests failed.\n\n"
        "Memory of a worker, mean of two. Every worker answered a page of every kind, and a region and a council of "
        "its own. They share the snapshot that was opened before they parted; after a swap each holds the new one by itself, until the server is reloaded.\n\n"
        + write_table(["when", "its own (USS)", "with its share of what is shared (PSS)"], rows)
    )


def main() -> None:
    """Measure, print, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--swaps", type=int, default=5)
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    parser.add_argument("--output", type=Path)
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.open:
        open_once(given.open)
        return
    machine = describe_machine("pandas", "pyarrow", "gunicorn")
    live = given.data / "snapshots"
    opening = measure_opening(live / str(read_current(live)), times=given.times)
    with tempfile.TemporaryDirectory() as folder:
        snapshots = Path(folder) / "snapshots"
        pair = publish_pair(read_live(live), snapshots)
        with run_dashboard(Path(folder)) as server:
            served = measure_memory(server) | measure_swaps(server, snapshots, pair, swaps=given.swaps)
    text = report(opening, served, times=given.times, machine=machine)
    sys.stdout.write(text)
    if given.output:
        write_section(given.output, "snapshots", text)


if __name__ == "__main__":
    main()
