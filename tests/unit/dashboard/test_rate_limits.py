"""Limits on expensive work, and what is believed of a request that comes through other servers."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from dashboard.application import create_app
from dashboard.limits import MOST_KNOWN, Limiter, find_cost, name_client
from dashboard.metrics import REGISTRY
from dashboard.settings import Settings, read_settings

ATOM = "{http://www.w3.org/2005/Atom}"


def make_client(snapshots: Path, **settings: object) -> FlaskClient:
    """Return requests to an app with these settings."""
    return create_app(Settings(snapshots=snapshots, host="", port=1, **settings)).server.test_client()


def test_gives_a_minutes_work_at_once_and_then_at_an_even_pace():
    now = [1000.0]
    limiter = Limiter(60, clock=lambda: now[0])
    assert [limiter.take("a", 30), limiter.take("a", 30)] == [0, 0]
    assert limiter.take("a", 10) == pytest.approx(10)
    assert limiter.take("b", 10) == 0
    now[0] += 10
    assert limiter.take("a", 10) == 0
    assert limiter.take("a", 1) > 0


def test_lets_through_what_costs_more_than_a_whole_bucket_once_it_is_full():
    now = [0.0]
    limiter = Limiter(5, clock=lambda: now[0])
    assert limiter.take("a", 10) == 0
    assert limiter.take("a", 10) == pytest.approx(60)


def test_remembers_no_more_addresses_than_it_has_room_for():
    limiter = Limiter(60)
    for number in range(MOST_KNOWN + 500):
        limiter.take(str(number), 1)
    assert len(limiter._buckets) == MOST_KNOWN


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_takes_a_network_of_ipv6_for_one_address(address: str, name: str):
    assert name_client(address) == name


def test_charges_for_expensive_routes_alone():
    assert find_cost("/export/page.xlsx") > find_cost("/download/map.csv") > 0
    assert [find_cost(path) for path in ("/", "/area/E08000027", "/assets/a.css", "/healthz")] == [0, 0, 0, 0]


def test_answers_429_with_a_sentence_and_when_to_try_again(snapshots_folder: Path, caplog: pytest.LogCaptureFixture):
    before = REGISTRY.get_sample_value("asc_limited_requests_total")
    client = make_client(snapshots_folder, work_per_minute=2)
    path = "/download/map.csv?area=E92000001"
    assert [client.get(path).status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get(path)
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert "Try again in" in refused.text
    problem = client.get("/api/v1/areas")
    assert problem.mimetype == "application/problem+json"
    assert (problem.status_code, problem.json["type"]) == (429, "/api#too-many-requests")
    assert int(problem.headers["Retry-After"]) >= 1
    assert REGISTRY.get_sample_value("asc_limited_requests_total") == before + 3
    said = [line for line in caplog.messages if "an address asked too much" in line]
    assert said == ["requests refused since the last such line, for an address asked too much: 1"]
    assert client.get("/").status_code == 200
    assert client.get(path, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 200


def test_believes_only_the_declared_proxies(snapshots_folder: Path):
    path, said = "/download/map.csv?area=E92000001", {"X-Forwarded-For": "198.51.100.7"}
    alone = make_client(snapshots_folder, work_per_minute=1)
    assert [alone.get(path, headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in (1, 2)] == [200, 429]
    behind = make_client(snapshots_folder, work_per_minute=1, proxies=1)
    assert [behind.get(path, headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in (1, 2)] == [200, 200]
    # What somebody wrote in front of what our own proxy added is not believed.
    forged = [behind.get(path, headers={"X-Forwarded-For": f"10.9.9.{n}, 198.51.100.7"}).status_code for n in (1, 2)]
    assert forged == [200, 429]
    assert behind.get(path, headers=said).status_code == 429


def test_writes_https_links_and_asks_for_https_only_behind_tls(snapshots_folder: Path):
    plain, secure = make_client(snapshots_folder), make_client(snapshots_folder, is_behind_tls=True)
    assert "Strict-Transport-Security" not in plain.get("/about").headers
    reply = secure.get("/feeds/releases.atom", headers={"Host": "dashboard.example.org"})
    assert "max-age=31536000" in reply.headers["Strict-Transport-Security"]
    links = [link.get("href") for link in ET.fromstring(reply.data).iter(f"{ATOM}link")]  # noqa: S314  # our own
    assert links
    assert all(link.startswith("https://dashboard.example.org/") for link in links)


def test_answers_to_its_own_names_alone(snapshots_folder: Path):
    client = make_client(snapshots_folder, hosts=("dashboard.example.org",))
    assert client.get("/healthz", headers={"Host": "dashboard.example.org"}).status_code == 200
    assert client.get("/healthz", headers={"Host": "127.0.0.1:8050"}).status_code == 200
    assert client.get("/", headers={"Host": "elsewhere.example.org"}).status_code == 400


@pytest.mark.parametrize(("name", "value"), [("PROXIES", "-1"), ("WORK_PER_MINUTE", "many"), ("BEHIND_TLS", "yes")])
def test_names_the_setting_of_the_front_that_is_wrong(name: str, value: str):
    with pytest.raises(ValueError, match=name):
        read_settings({name: value})
