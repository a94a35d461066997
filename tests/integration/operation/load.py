"""Load: a few readers who ask one thing after another, each over a connection of its own, and write down what fails."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable
from types import TracebackType

import brotli

from dashboard.drawing import ask_for

NAME = "dashboard.example.org"
ADDRESSES = (
    "/", "/region/E12000005", "/area/E08000027", "/workforce", "/about", "/quality", "/download/map.csv?area=E92000001",
    "/_dash-layout", "/assets/dashboard.css", "callback",
)  # fmt: skip
QUICK = ("/about", "/api", "/download/map.csv?area=E92000001", "/assets/dashboard.css", "callback")
"""Those that take little, for tests in which nothing has been drawn yet."""
CALLBACK = ask_for("/about")
PAUSE = 0.05
"""Seconds between one answer and the next question: readers, not a flood."""


def ask(
    port: int, address: str, *, is_secure: bool, source: str = "127.0.0.1", is_text: bool = True
) -> http.client.HTTPResponse:
    """Return the whole answer to one question over a new connection; OSError or HTTPException when there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.sock = socket.create_connection(("127.0.0.1", port), timeout=30, source_address=(source, 0))
    if is_secure:
        connection.sock = _trust_anyone().wrap_socket(connection.sock, server_hostname=NAME)
    try:
        headers = {"Host": NAME, "Connection": "close", "Accept-Encoding": "br"}
        if address == "callback":
            headers |= {"Content-Type": "application/json"}
            connection.request("POST", "/_dash-update-component", body=json.dumps(CALLBACK), headers=headers)
        else:
            connection.request("GET", address, headers=headers)
        reply = connection.getresponse()
        content = reply.read()
        decode = {"gzip": gzip.decompress, "br": brotli.decompress}.get(reply.headers["Content-Encoding"], bytes)
        reply.content = decode(content)
        reply.text = reply.content.decode() if is_text else ""
    finally:
        connection.close()
    return reply


def _trust_anyone() -> ssl.SSLContext:
    """Return what TLS needs for a certificate that the test made for itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


class Load:
    """Readers at work while the block runs; `answers` counts the statuses and `failures` says what went wrong."""

    def __init__(
        self, port: int, *, is_secure: bool = False, readers: int = 4, addresses: tuple[str, ...] = ADDRESSES
    ) -> None:
        self.answers: Counter[int] = Counter()
        self.failures: list[str] = []
        self._port, self._is_secure, self._addresses = port, is_secure, addresses
        self._done = threading.Event()
        self._readers = [threading.Thread(target=self._read, args=(number,)) for number in range(readers)]

    def __enter__(self) -> Load:
        for reader in self._readers:
            reader.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._done.set()
        for reader in self._readers:
            reader.join()

    def wait_for(self, more: int) -> None:
        """Return when so many more answers have come; AssertionError when they do not."""
        wanted = self.answers.total() + more
        self.wait_until(lambda: self.answers.total() >= wanted, what=f"there were not {more} more answers")

    def wait_until(self, holds: Callable[[], bool], *, what: str, seconds: float = 60) -> None:
        """Return when the condition holds; AssertionError that says what did not come true when it does not."""
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, f"{what}: {self.answers.total()} answers, {self.failures[:3]}"
            time.sleep(0.05)

    def _read(self, number: int) -> None:
        while not self._done.is_set():
            address = self._addresses[number % len(self._addresses)]
            number += 3
            try:
                reply = ask(self._port, address, is_secure=self._is_secure)
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(f"{address}: {error!r}")
                continue
            self.answers[reply.status] += 1
            if reply.status != 200 or not reply.text:
                self.failures.append(f"{address}: {reply.status} {reply.text[:200]}")
            time.sleep(PAUSE)
