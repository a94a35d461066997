"""Ten thousand malformed callbacks and addresses: each is refused in words, none is a fault, no reader notices."""

from __future__ import annotations

import copy
import json
import logging
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from dashboard.application import create_app
from dashboard.drawing import ask_for
from dashboard.settings import Settings

CALLBACKS = "/_dash-update-component"
MANY_CALLBACKS, MANY_ADDRESSES = 9_000, 1_000
VALID = ask_for("/about")
JUNK = (
    None, True, -1, 1e308, 10**30, "", "x", "\ud800", "\x00", "a" * 5000, "__class__", "../../etc/passwd", "{{7*7}}",
    "<script>", "'; drop table", [], [[]], {}, {"id": {"index": "ALL"}}, "/area/\ud800", "?measure=\udfff", [None] * 50,
)  # fmt: skip
PLACES = (
    "area", "region", "compare", "compare/card", "workforce", "briefing", "support",
    "recommendations", "download", "downloads", "export", "api/v1", "feeds",
    "assets", "_dash-layout", "_dash-component-suites", "_dash-update-component", "plotly", "quality", "indicators",
    "healthz", "metrics", "_reload-hash", "static", "latest", "observations", "areas", "map.csv", "page.xlsx",
)  # fmt: skip
WORDS = (
    "E08000027", "E12000005", "E99999999", "..", "%2e%2e", "....//", "\x00", "%00", "\r\nX: y", "é", "💥", "%ff%fe",
    "<img src=x>", "{{config}}", "${env}", "-1", "9" * 40, "null", "a" * 900, "releases.atom", "manifest.json",
)  # fmt: skip
KEYS = (
    "measure", "indicator", "area", "page", "snapshot", "limit", "offset", "format", "chart", "q", "kind", "from", "x",
)  # fmt: skip


@pytest.fixture(scope="module")
def said() -> Iterator[list[str]]:
    """What the dashboard has written into its log, in all tests of this file."""
    lines: list[str] = []
    keeper = logging.Handler()
    keeper.emit = lambda record: lines.append(record.getMessage())
    logging.getLogger("dashboard").addHandler(keeper)
    yield lines
    logging.getLogger("dashboard").removeHandler(keeper)


@pytest.fixture(scope="module")
def server(snapshots_folder: Path, said: list[str]) -> FlaskClient:
    """Requests to an app without limits: it is its answers that are tried, not its patience."""
    return create_app(Settings(snapshots=snapshots_folder, host="", port=1)).server.test_client()


def count(server: FlaskClient, name: str) -> float:
    """Return the value of a metric without labels."""
    families = text_string_to_metric_families(server.get("/metrics").text)
    return sum(sample.value for family in families for sample in family.samples if sample.name == name)


def spoil(value: object, dice: random.Random) -> object:
    """Return a copy of a value in which one thing, somewhere, is other than it should be."""
    if isinstance(value, dict) and value and dice.random() < 0.85:
        changed = copy.copy(value)
        key = dice.choice(list(changed))
        if dice.random() < 0.2:
            del changed[key]
        elif dice.random() < 0.1:
            changed[dice.choice(("extra", "__proto__", "background", ""))] = dice.choice(JUNK)
        else:
            changed[key] = spoil(changed[key], dice)
        return changed
    if isinstance(value, list) and value and dice.random() < 0.85:
        changed = copy.copy(value)
        place = dice.randrange(len(changed))
        if dice.random() < 0.2:
            changed.insert(place, dice.choice(JUNK))
        else:
            changed[place] = spoil(changed[place], dice)
        return changed
    return dice.choice([junk for junk in JUNK if junk != value])


def make_bodies(dice: random.Random, many: int) -> Iterator[bytes]:
    """Yield bodies none of which a page of ours sends."""
    whole = json.dumps(VALID).encode()
    for number in range(many):
        match number % 8:
            case 0:
                yield dice.randbytes(dice.randrange(200))
            case 1:
                yield whole[: dice.randrange(len(whole))]
            case 2:
                yield b"[" * dice.randrange(1, 60_000)
            case _:
                yield json.dumps(spoil(VALID, dice)).encode()


def make_address(dice: random.Random) -> str:
    """Return an address put together from what the dashboard has and from what it never had."""
    parts = [quote(dice.choice(dice.choice((PLACES, WORDS))), safe="/%.") for _ in range(dice.randrange(1, 5))]
    pairs = [f"{dice.choice(KEYS)}={quote(dice.choice(WORDS + PLACES), safe='%')}" for _ in range(dice.randrange(4))]
    return "/" + "/".join(parts) + ("?" + "&".join(pairs) if pairs else "")


def test_refuses_every_callback_that_no_page_sends(server: FlaskClient, said: list[str]):
    dice = random.Random(8)  # noqa: S311  # the same dice in every run
    before, faults = count(server, "asc_malformed_callbacks_total"), count(server, "asc_faults_total")
    statuses: Counter[int] = Counter()
    for body in make_bodies(dice, MANY_CALLBACKS):
        address = CALLBACKS + dice.choice(("", "", "", "", "?cacheKey=x&job=1", "?cancelJob=1"))
        reply = server.post(address, data=body, content_type=dice.choice((*["application/json"] * 4, "text/plain")))
        statuses[reply.status_code] += 1
        if reply.status_code != 400:  # a page that says so where path or query lead nowhere; the rest stayed as it was
            assert reply.status_code == 200, body[:300]
            assert "Page not found" in reply.text or json.loads(body)["inputs"] == VALID["inputs"], body[:300]
    assert statuses[400] > 0.9 * MANY_CALLBACKS
    assert count(server, "asc_malformed_callbacks_total") == before + statuses[400]
    lines = [line for line in said if "malformed callbacks refused" in line]
    assert 1 <= len(lines) < 20, "none, or one for each, by which the log could be filled"
    assert count(server, "asc_faults_total") == faults
    assert server.post(f"{CALLBACKS}?endId=abc~def", json=VALID).status_code == 200  # as a browser sends it


def test_answers_every_address_with_a_page_or_a_refusal(server: FlaskClient, said: list[str]):
    dice = random.Random(9)  # noqa: S311
    faults = count(server, "asc_faults_total")
    page = server.post(CALLBACKS, json=VALID).data
    statuses: Counter[int] = Counter()
    for _ in range(MANY_ADDRESSES):
        address = make_address(dice)
        reply = server.open(address, method=dice.choice(("GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE")))
        statuses[reply.status_code] += 1
        assert reply.status_code < 500, address
        assert "Content-Security-Policy" in reply.headers
        assert "<img src=x>" not in reply.get_data(as_text=True) or "json" in reply.mimetype, address
    assert statuses[404] > MANY_ADDRESSES / 2
    assert count(server, "asc_faults_total") == faults
    assert server.post(CALLBACKS, json=VALID).data == page
    unknown = re.findall(r'asc_requests_total\{route="page unknown",status="404"\} (\S+)', server.get("/metrics").text)
    assert float(unknown[0]) > MANY_ADDRESSES / 4
    assert 1 <= len([line for line in said if "requests for what is not here" in line]) < 20
