"""The log: one JSON object a line, with the request's id, and no secret."""

from __future__ import annotations

import json
import logging
import sys

import flask
import pytest
from flask.testing import FlaskClient

from dashboard import logs
from dashboard.export import csv


def write_line(message: str, *arguments: object, fault: bool = False) -> dict:
    """Return what the log would hold of a message, read back."""
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, message, arguments, sys.exc_info() if fault else None)
    line = logs.JsonFormatter().format(record)
    assert "\n" not in line
    return json.loads(line)


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("cannot reach https://user:hunter2@db.example.org/x", "hunter2"),
        ("headers: {'Authorization': 'Bearer abc.def.ghi'}", "abc.def.ghi"),
        ("GET /x?token=abcdef&area=E92000001", "abcdef"),
        ("password: open-sesame", "open-sesame"),
    ],
)
def test_hides_what_looks_like_a_secret(said: str, secret: str):
    shown = write_line(said)["message"]
    assert secret not in shown
    assert logs.HIDDEN in shown


def test_hides_the_secrets_of_the_environment_wherever_they_come_up(monkeypatch: pytest.MonkeyPatch):
    environment = {
        "X_TOKEN": "",
        "MAIL_PASSWORD": "plain-words-here",
        "API_KEY": "k-1234567",
        "ASC_DATA_DIR": "/srv/data",
    }
    found = logs.list_secrets(environment)
    assert found == {"plain-words-here", "k-1234567"}
    monkeypatch.setattr(logs, "_known", found)
    try:
        raise RuntimeError("refused: plain-words-here")
    except RuntimeError:
        entry = write_line("with %s in /srv/data", "k-1234567", fault=True)
    assert "plain-words-here" not in json.dumps(entry)
    assert "k-1234567" not in json.dumps(entry)
    assert "RuntimeError" in entry["fault"]
    assert "/srv/data" in entry["message"]


def test_names_the_request_in_the_line_of_its_fault(client: FlaskClient, monkeypatch, caplog):
    def fail(*_: object) -> None:
        raise RuntimeError("cause")

    monkeypatch.setattr(csv, "write_csv", fail)
    lines = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(json.loads(logs.JsonFormatter().format(record)))

    keeper = Keeper()
    logging.getLogger("dashboard").addHandler(keeper)
    try:
        reply = client.get("/download/map.csv?area=E92000001", headers={"X-Request-ID": "from-the-front-1"})
    finally:
        logging.getLogger("dashboard").removeHandler(keeper)
    assert reply.status_code == 500
    (entry,) = lines
    assert entry["request_id"] == reply.headers["X-Request-ID"] == "from-the-front-1"
    assert entry["level"] == "ERROR"
    assert not flask.has_request_context()
    assert "request_id" not in write_line("outside")
