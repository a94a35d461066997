"""Limits: how much of the expensive work one address may ask for in a minute.

A bucket of tokens for each address, in the memory of each process: replicas share nothing, so none needs the others.
The front server counts for all of them (docs/deploy/nginx.conf).
"""

from __future__ import annotations

import ipaddress
import logging
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

import flask
from werkzeug.exceptions import TooManyRequests

from dashboard import metrics
from dashboard.seldom import Seldom

log = logging.getLogger(__name__)

COSTS = (
    ("/briefing/", 20),
    ("/agenda/", 20),
    ("/export/", 10),
    ("/downloads/", 2),
    ("/download/", 1),
    ("/api/", 1),
    ("/feeds/", 1),
)
"""What a request takes from the bucket, by what its path begins with; the rest takes nothing."""
MOST_KNOWN = 10_000
"""Addresses that are remembered, the last seen: memory has an end, however many come."""


class Limiter:
    """Buckets that hold a minute's tokens and fill at an even pace. Any number of threads may ask."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._pace = per_minute / 60
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str, cost: float) -> float:
        """Return 0 and take the cost from the bucket of that name, or the seconds after which it will hold enough."""
        now = self._clock()
        with self._lock:
            held, seen = self._buckets.pop(name, (self._most, now))
            held = min(self._most, held + (now - seen) * self._pace)
            wait = max(0.0, min(cost, self._most) - held) / self._pace
            self._buckets[name] = (held if wait else held - min(cost, self._most), now)
            while len(self._buckets) > MOST_KNOWN:
                self._buckets.popitem(last=False)
        return wait


def register_limits(server: flask.Flask, *, per_minute: int, is_proxied: bool) -> None:
    """Refuse expensive requests of an address that has asked for more than its share; 0 refuses none."""
    if not per_minute:
        return
    limiter = Limiter(per_minute)
    warned = threading.Event()
    refused = Seldom(log, "requests refused since the last such line, for an address asked too much: %s")

    def limit() -> None:
        cost = find_cost(flask.request.path)
        if not cost:
            return
        if not is_proxied and "X-Forwarded-For" in flask.request.headers and not warned.is_set():
            warned.set()
            log.warning("requests come through a proxy, but PROXIES is 0: all of them share one allowance")
        wait = limiter.take(name_client(flask.request.remote_addr or ""), cost)
        if wait:
            metrics.LIMITED.inc()
            refused.count()
            seconds = math.ceil(wait)
            unit = "second" if seconds == 1 else "seconds"
            text = f"Too much was asked from your address within a minute. Try again in {seconds} {unit}."
            raise TooManyRequests(text, retry_after=seconds)

    server.before_request(limit)


def find_cost(path: str) -> int:
    """Return what a request to the path takes."""
    return next((cost for start, cost in COSTS if path.startswith(start)), 0)


def name_client(address: str) -> str:
    """Return whose bucket an address takes from: its own, or in IPv6 its network's, for a household has a whole one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if parsed.version == 4:
        return str(parsed)
    return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))
