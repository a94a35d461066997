from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard import serving
from dashboard.application import create_app
from dashboard.export import csv
from dashboard.metrics import REGISTRY
from dashboard.pages import area
from dashboard.settings import Settings
from dashboard.store import Snapshot

REFERENCE = re.compile(r"reference ([0-9a-f]{8})")
CALLBACK = {
    "output": ".._pages_content.children..._pages_store.data..",
    "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
    "changedPropIds": ["_pages_location.pathname"],
}


@pytest.fixture
def without_figures(tmp_path: Path) -> FlaskClient:
    """An app over a folder in which nothing has been published."""
    return create_app(Settings(snapshots=tmp_path, host="", port=1)).server.test_client()


def draw(client: FlaskClient, path: str, query: str = "") -> str:
    """Return what the browser is given for the page at an address."""
    where = [{"id": "_pages_location", "property": name, "value": value}
             for name, value in (("pathname", path), ("search", query))]  # fmt: skip
    reply = client.post("/_dash-update-component", json=CALLBACK | {"inputs": where})
    assert reply.status_code == 200
    return reply.text


@pytest.mark.parametrize("path", ["/", "/region/E12000005", "/area/E08000027", "/workforce", "/about"])
def test_answers_200_for_a_page_with_the_security_headers(client: FlaskClient, path: str):
    reply = client.get(path)
    assert reply.status_code == 200
    assert reply.headers["X-Frame-Options"] == "DENY"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "unsafe-eval" not in reply.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    ["/x", "/area/E99999999", "/area/E12000005", "/region/E08000027", "/?measure=x", "/?x=1", "/about?measure=deaths",
     "/?measure=deaths&measure=turnover"],
)  # fmt: skip
def test_answers_404_where_dash_alone_would_answer_200(client: FlaskClient, path: str):
    reply = client.get(path)
    assert reply.status_code == 404
    assert "X-Frame-Options" in reply.headers


def test_redirects_a_replaced_code_and_keeps_the_query(client: FlaskClient):
    reply = client.get("/area/E10000002?measure=turnover")
    assert reply.status_code == 301
    assert reply.headers["Location"] == "/area/E06000060?measure=turnover"


def test_escapes_what_an_address_puts_on_an_error_page(client: FlaskClient):
    reply = client.get("/download/%3Cscript%3E.csv?area=%3Cscript%3E")
    assert reply.status_code == 404
    assert "<script>" not in reply.text


def test_says_which_snapshot_is_live(client: FlaskClient, snapshot: Snapshot):
    assert client.get("/healthz").json == {"status": "ok", "snapshot": snapshot.id, "problem": ""}


def test_shows_a_plain_page_while_there_are_no_figures(without_figures: FlaskClient):
    for path in ("/", "/download/map.csv?area=E92000001"):
        reply = without_figures.get(path)
        assert reply.status_code == 503
        assert "not ready" in reply.text
        assert "Traceback" not in reply.text
    assert "not ready" in draw(without_figures, "/")


def test_says_to_a_monitor_why_there_are_no_figures(without_figures: FlaskClient):
    alive, ready = without_figures.get("/healthz"), without_figures.get("/readyz")
    assert (alive.status_code, ready.status_code) == (200, 503)
    assert alive.json["status"] == "no snapshot"
    assert "python -m etl build" in alive.json["problem"]
    assert "python -m etl build" in ready.json["problem"]


def test_gives_a_fault_a_reference_that_the_log_has_too(client: FlaskClient, monkeypatch, caplog):
    def fail(*_: object) -> None:
        raise RuntimeError("the secret cause")

    monkeypatch.setattr(csv, "write_csv", fail)
    faults = REGISTRY.get_sample_value("asc_faults_total")
    with caplog.at_level(logging.ERROR):
        reply = client.get("/download/map.csv?area=E92000001")
    assert reply.status_code == 500
    assert "the secret cause" not in reply.text
    shown = REFERENCE.search(reply.text)[1]
    assert REFERENCE.search(caplog.text)[1] == shown
    assert "the secret cause" in caplog.text
    assert REGISTRY.get_sample_value("asc_faults_total") == faults + 1


def test_gives_a_fault_inside_a_page_a_reference_that_the_log_has_too(client: FlaskClient, monkeypatch, caplog):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the secret cause")

    monkeypatch.setattr(area, "headline_row", fail)
    with caplog.at_level(logging.ERROR):
        shown = draw(client, "/area/E06000001")
    assert "the secret cause" not in shown
    assert REFERENCE.search(caplog.text)[1] == REFERENCE.search(shown)[1]
    assert "the secret cause" in caplog.text


def test_shows_the_page_again_once_the_fault_is_gone(client: FlaskClient, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(area, "headline_row", None)
        assert "reference" in draw(client, "/area/E06000002")
        document = client.get("/area/E06000002")
        # A document says so in its status too, or nobody who counts errors would see it.
        assert (document.status_code, "Something went wrong here" in document.text) == (500, True)
    assert "reference" not in draw(client, "/area/E06000002")
    assert client.get("/area/E06000002").status_code == 200


def test_explains_a_bad_address_in_the_browser_too(client: FlaskClient):
    for path, query in (("/area/E99999999", ""), ("/", "?measure=x"), ("/region/E08000027", ""), ("/nowhere", "")):
        assert "Page not found" in draw(client, path, query)


def test_refuses_a_body_that_no_browser_of_ours_sends(client: FlaskClient):
    reply = client.post("/_dash-update-component", data=b"x" * 300_000, content_type="application/json")
    assert reply.status_code == 413
    assert "Traceback" not in reply.text


def test_lets_no_fault_of_one_app_into_another(client: FlaskClient, without_figures: FlaskClient):
    assert without_figures.get("/").status_code == 503
    assert client.get("/").status_code == 200


def test_lists_the_paths_that_are_not_pages():
    assert all(path.startswith("/") for path in serving.OURS)
