"""A swap of snapshots under a running server, as readers meet it, who come over new connections all the while."""

from __future__ import annotations

import http.client
import json
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
SECONDS_BETWEEN_LOOKS = 0.02
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
    for _ in range(2):
        for path in READ:
            ask(server.origin, path)
    opened, workers = count_opened(server), len(server.workers())
    pages: list[Future[Asked]] = []
    looks: list[Asked] = []
    is_asked = time.perf_counter() + SECONDS_AROUND
    swapped = done = 0.0
    # Each reader in a thread of its own: a slow answer delays nobody else.
    with ThreadPoolExecutor(64) as readers:
        next_page = time.perf_counter()
        while not done or time.perf_counter() < done + SECONDS_AROUND:
            if not swapped and time.perf_counter() > is_asked:
                swapped = time.perf_counter()
                make_current(snapshots, new)
            if time.perf_counter() > next_page:
                pages.append(readers.submit(ask, server.origin, READ[len(pages) % len(READ)]))
                next_page += SECONDS_BETWEEN_PAGES
            two = [readers.submit(ask, server.origin, "/healthz") for _ in range(2)]
            looks += [one.result() for one in two]
            if swapped and not done and names(looks[-1], new) and count_opened(server) >= opened + workers:
                done = time.perf_counter()
            if swapped and not done and time.perf_counter() > swapped + MOST_SECONDS:
                raise SystemExit(f"After {MOST_SECONDS} seconds not every worker has opened the new snapshot.")
            time.sleep(SECONDS_BETWEEN_LOOKS)
    asked = [one.result() for one in pages]
    old = [one.ended for one in looks if one.begun > swapped and not names(one, new)]
    return Swap(
        seconds=max(old, default=swapped) - swapped,
        longest_look=max(one.ended - one.begun for one in looks),
        longest_page=max(one.ended - one.begun for one in asked),
        asked=len(asked) + len(looks),
        failed=sum(one.status != 200 for one in (*asked, *looks)),
    )


def names(answer: Asked, snapshot_id: str) -> bool:
    """Tell whether an answer of /healthz names this snapshot."""
    return answer.status == 200 and json.loads(answer.body)["snapshot"] == snapshot_id
