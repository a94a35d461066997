"""A swap of snapshots under a running server, as readers meet it, who come over new connections all the while."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from places import ENCODED
from running import Server

from etl.publish import make_current

READ = ("/", "/region/E12000005", "/area/E08000027", "/workforce", "/about")
SECONDS_BETWEEN_PAGES = 0.2
SECONDS_BETWEEN_LOOKS = 0.05
SECONDS_BETWEEN_COUNTS = 0.5
SECONDS_AROUND = 2
MOST_SECONDS = 60


@dataclass(frozen=True)
class Swap:
    """One swap: seconds until every worker had it, the longest answers meanwhile, and what was asked and failed."""

    seconds: float
    longest_look: float
    longest_page: float
    asked: int
    failed: int


@dataclass(frozen=True)
class Asked:
    """One request of a reader: when it was sent and answered, the status (0 for none) and the body."""

    begun: float
    ended: float
    status: int
    body: bytes


def ask(origin: str, path: str, *, headers: Mapping[str, str] = ENCODED) -> Asked:
    """Ask for a path over a new connection, as a reader who comes does."""
    connection = http.client.HTTPConnection(origin.removeprefix("http://"), timeout=MOST_SECONDS)
    begun = time.perf_counter()
    try:
        connection.request("GET", path, headers=dict(headers) | {"Connection": "close"})
        answer = connection.getresponse()
        status, body = answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        status, body = 0, b""
    finally:
        connection.close()
    return Asked(begun, time.perf_counter(), status, body)


def count_opened(server: Server) -> float:
    """Return how many snapshots the server's processes have opened, by its metrics."""
    text = ask(server.origin, "/metrics", headers={}).body.decode()
    return sum(float(line.split()[-1]) for line in text.splitlines() if line.startswith("asc_snapshots_opened_total"))


def measure_swap(server: Server, snapshots: Path, new: str) -> Swap:
    """Make a snapshot live while readers ask for pages; SystemExit when a worker has not opened it in a minute."""
    for path in (*READ, *READ):
        ask(server.origin, path)
    wanted = count_opened(server) + len(server.workers())
    is_over = threading.Event()
    with ThreadPoolExecutor(64) as readers:
        pages = readers.submit(keep_reading, server.origin, readers, is_over)
        lookers = [readers.submit(keep_looking, server.origin, is_over) for _ in range(2)]
        try:
            time.sleep(SECONDS_AROUND)
            swapped = time.perf_counter()
            make_current(snapshots, new)
            while count_opened(server) < wanted:
                if time.perf_counter() > swapped + MOST_SECONDS:
                    raise SystemExit(f"After {MOST_SECONDS} seconds not every worker has opened the new snapshot.")
                time.sleep(SECONDS_BETWEEN_COUNTS)
            time.sleep(SECONDS_AROUND)
        finally:
            is_over.set()
        asked = [one.result() for one in pages.result()]
        looks = [look for one in lookers for look in one.result()]
    old = [one.ended for one in looks if one.begun > swapped and not names(one, new)]
    return Swap(
        seconds=max(old, default=swapped) - swapped,
        longest_look=max(one.ended - one.begun for one in looks),
        longest_page=max(one.ended - one.begun for one in asked),
        asked=len(asked) + len(looks),
        failed=sum(one.status != 200 for one in (*asked, *looks)),
    )


def keep_reading(origin: str, readers: ThreadPoolExecutor, is_over: threading.Event) -> list[Future[Asked]]:
    """Ask for pages at a steady rate, each in a thread of its own, so that a slow answer delays nobody else."""
    pages: list[Future[Asked]] = []
    while not is_over.wait(SECONDS_BETWEEN_PAGES):
        pages.append(readers.submit(ask, origin, READ[len(pages) % len(READ)]))
    return pages


def keep_looking(origin: str, is_over: threading.Event) -> list[Asked]:
    """Ask /healthz again and again, which names the snapshot that its worker has."""
    looks: list[Asked] = []
    while not is_over.wait(SECONDS_BETWEEN_LOOKS):
        looks.append(ask(origin, "/healthz"))
    return looks


def names(answer: Asked, snapshot_id: str) -> bool:
    """Tell whether an answer of /healthz names this snapshot."""
    return answer.status == 200 and json.loads(answer.body)["snapshot"] == snapshot_id
