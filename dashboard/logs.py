"""Logs: one JSON object a line, with the request it belongs to; what looks like a secret is left out."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import sys
from collections.abc import Iterable, Mapping

import flask

HIDDEN = "[hidden]"
SECRET_NAMES = re.compile(r"(?i)(secret|token|password|passwd|credential|api_?key|private_?key)")
"""What the name of an environment variable has in it when its value must not be seen."""
SHAPES = (
    re.compile(r"(?i)(\b[a-z][a-z0-9+.-]*://)[^\s/@]+(?=@)"),  # user and password in an address
    re.compile(r"(?i)(\bauthorization['\"]?\s*[:=]\s*['\"]?(?:basic|bearer)?\s*)[^\s'\",]+"),
    re.compile(r"(?i)(\b(?:password|passwd|secret|token|api_?key)['\"]?\s*[=:]\s*['\"]?)[^\s&'\",]+"),
)
"""What secrets look like wherever they stand; the first group is kept."""
SHORTEST = 6
"""A shorter value would hide ordinary words."""
_known: set[str] = set()


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON: when, how grave, where, what, the request's id, the fault."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        when = dt.datetime.fromtimestamp(record.created, tz=dt.UTC)
        entry = {
            "time": when.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
            "message": redact(record.getMessage()),
        }
        if flask.has_request_context() and "request_id" in flask.g:
            entry["request_id"] = flask.g.request_id
        if record.exc_info:
            entry["fault"] = redact(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=True)


def redact(text: str) -> str:
    """Return the text without the secrets that are known and without what looks like one."""
    for secret in _known:
        text = text.replace(secret, HIDDEN)
    for shape in SHAPES:
        text = shape.sub(rf"\g<1>{HIDDEN}", text)
    return text


def list_secrets(environment: Mapping[str, str]) -> set[str]:
    """Return the values of the environment that must never be logged, by the names of their variables."""
    found = {value.strip() for name, value in environment.items() if SECRET_NAMES.search(name)}
    return {value for value in found if len(value) >= SHORTEST}


def configure_logging(*, secrets: Iterable[str] = ()) -> None:
    """Send everything that is logged to standard error as JSON, without these secrets."""
    _known.update(secrets)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
