"""Compression: ready-made variants of a body, and which of them a request accepts."""

from __future__ import annotations

import gzip
import hashlib
import os
import threading
from pathlib import Path

import brotli
import flask

from dashboard.settings import ROOT

ENCODINGS = ("br", "gzip")
"""In order of preference. A request that accepts neither gets the body as it is."""
BUILT = ROOT / "data" / "built" / "compressed"
"""Where set-up leaves what takes seconds to compress well (`python -m dashboard.precompress`)."""
QUICK = 5
"""How hard brotli tries while somebody waits: about 5 ms for a page of 200 KB."""
THOROUGH = 11
LEAST = 500
"""Bytes below which compressing gains nothing."""


def choose_encoding(size: int) -> str:
    """Return the best encoding that the request accepts, or nothing; small bodies are left as they are."""
    if size < LEAST:
        return ""
    accepted = flask.request.accept_encodings
    return next((name for name in ENCODINGS if accepted[name] > 0), "")


def compress(body: bytes, encoding: str, *, quality: int = QUICK) -> bytes:
    """Return the body in an encoding; without one, as it is."""
    if encoding == "br":
        return brotli.compress(body, quality=quality)
    return gzip.compress(body, 9 if quality == THOROUGH else 6, mtime=0) if encoding == "gzip" else body


class File:
    """A static body with its compressed variants, each made once: from what set-up left, or at the first request."""

    def __init__(self, body: bytes, mimetype: str, *, built: Path = BUILT) -> None:
        self.body = body
        self.mimetype = mimetype
        self.digest = hashlib.sha256(body).hexdigest()
        self._built = built
        self._lock = threading.Lock()
        self._variants: dict[str, bytes] = {"": body}

    def variant(self, encoding: str) -> bytes:
        """Return the body in an encoding."""
        if encoding not in self._variants:
            with self._lock:
                if encoding not in self._variants:
                    self._variants[encoding] = self._read(encoding) or compress(self.body, encoding)
        return self._variants[encoding]

    def place(self, encoding: str) -> Path:
        """Return where set-up leaves a variant. Its name has the hash of the body, so that no old one is taken."""
        return self._built / f"{self.digest}.{encoding}"

    def build(self, encoding: str) -> None:
        """Leave a variant, compressed as well as can be, for the servers to come."""
        place = self.place(encoding)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            part = place.with_suffix(f".part{os.getpid()}")
            part.write_bytes(compress(self.body, encoding, quality=THOROUGH))
            part.replace(place)

    def _read(self, encoding: str) -> bytes:
        try:
            return self.place(encoding).read_bytes()
        except OSError:
            return b""  # set-up left none: it is made now
