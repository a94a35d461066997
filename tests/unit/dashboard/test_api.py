"""What the API answers: the snapshot's own figures, page by page, in two formats, now and as of an older snapshot."""

from __future__ import annotations

import io
import json
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import pytest
from flask.testing import FlaskClient
from kept_snapshots import add_snapshot, serve
from werkzeug.test import TestResponse

from dashboard.api.parameters import MOST_ROWS
from dashboard.store import Snapshot

ROOT = "/api/v1"
DUDLEY = f"{ROOT}/observations?area=E08000027"


def follow(client: FlaskClient, address: str) -> list[dict]:
    """Return the rows of a list, page after page."""
    rows = []
    while address:
        reply = client.get(address)
        assert reply.status_code == 200, reply.text
        rows += reply.json["data"]
        parts = urlsplit(reply.json["next"] or "")
        address = f"{parts.path}?{parts.query}" if parts.path else ""
    return rows


def read_problem(reply: TestResponse) -> dict:
    """Return a problem, once it is shaped as RFC 9457 says."""
    assert reply.mimetype == "application/problem+json"
    assert {"type", "title", "status", "detail", "instance"} <= set(reply.json)
    assert reply.json["status"] == reply.status_code
    assert len(reply.json["detail"]) > 15
    return reply.json


def test_gives_each_observation_once_whatever_the_size_of_the_page(client: FlaskClient, snapshot: Snapshot):
    held = snapshot.observations[snapshot.observations["area_code"] == "E08000027"]
    rows = follow(client, f"{DUDLEY}&limit=7")
    keys = [(row["indicator_id"], row["date"]) for row in rows]
    assert keys == list(zip(held["indicator_id"], held["date"].map(str), strict=True))
    assert rows == follow(client, f"{DUDLEY}&limit=25000")


def test_gives_the_snapshots_own_columns_and_numbers(client: FlaskClient, snapshot: Snapshot):
    held = snapshot.observations[snapshot.observations["area_code"] == "E08000027"].reset_index(drop=True)
    given = pd.DataFrame(client.get(f"{DUDLEY}&limit=25000").json["data"])
    assert list(given.columns) == list(held.columns)
    for name in held.columns:
        if pd.api.types.is_float_dtype(held[name]):
            pd.testing.assert_series_equal(pd.to_numeric(given[name]), held[name], check_dtype=False, check_exact=True)
        else:
            assert list(given[name].map(str)) == list(held[name].map(str)), name


def test_gives_the_numbers_that_a_cards_csv_gives(made_up_client: FlaskClient):
    text = made_up_client.get("/download/deaths.csv?area=E08000027").get_data(as_text=True).removeprefix("\ufeff")
    card = pd.read_csv(io.StringIO(text), keep_default_na=False, dtype=str)
    checked = 0
    for (indicator, area), rows in card.groupby(["indicator_id", "area_code"]):
        address = f"{ROOT}/observations?indicator={indicator}&area={area}&limit=25000"
        given = {row["date"]: row for row in made_up_client.get(address).json["data"]}
        for row in rows.to_dict("records"):
            value = given[row["date"]]["value"]
            assert (row["value"] == "") if value is None else (float(row["value"]) == value)
            checked += 1
    assert checked > 40


def test_gives_null_with_its_status_where_there_is_no_figure(client: FlaskClient, snapshot: Snapshot):
    held = snapshot.observations[snapshot.observations["status"] != ""].iloc[0]
    reply = client.get(f"{ROOT}/observations?indicator={held['indicator_id']}&area={held['area_code']}&limit=25000")
    row = next(row for row in reply.json["data"] if row["date"] == str(held["date"]))
    assert (row["value"], row["status"]) == (None, held["status"])
    everything = "".join(client.get(f"{ROOT}/observations?limit=25000&offset={at}").text for at in (0, 25_000, 50_000))
    assert "NaN" not in everything
    assert "Infinity" not in everything


def test_chooses_by_area_indicator_and_dates(client: FlaskClient, snapshot: Snapshot):
    wanted = "area=E08000027,E12000005&area=E92000001&indicator=deaths_covid_week_count&from=2020-05-01&to=2020-05-31"
    rows = follow(client, f"{ROOT}/observations?{wanted}")
    held = snapshot.by_indicator["deaths_covid_week_count"]
    is_wanted = held["area_code"].isin(["E08000027", "E12000005", "E92000001"])
    days = held["date"].map(str)
    assert len(rows) == (is_wanted & (days >= "2020-05-01") & (days <= "2020-05-31")).sum() > 10
    assert {row["area_code"] for row in rows} == {"E08000027", "E12000005", "E92000001"}


@pytest.mark.parametrize(
    ("table", "key"), [("areas", "code"), ("indicators", "id"), ("sources", "id"), ("snapshots", "id")]
)
def test_lists_and_finds_by_id(client: FlaskClient, table: str, key: str):
    rows = follow(client, f"{ROOT}/{table}?limit=20")
    assert len({row[key] for row in rows}) == len(rows) > 0
    one = client.get(f"{ROOT}/{table}/{rows[-1][key]}")
    assert one.json["data"] == rows[-1]
    assert read_problem(client.get(f"{ROOT}/{table}/nothing"))["status"] == 404


def test_keeps_whole_numbers_whole_also_beside_missing_ones(client: FlaskClient, snapshot: Snapshot):
    rows = follow(client, f"{ROOT}/areas")
    people = [row["population"] for row in rows]
    assert None in people
    assert all(type(count) is int for count in people if count is not None)


def test_gives_the_same_rows_as_csv(client: FlaskClient):
    rows = client.get(f"{DUDLEY}&limit=50").json["data"]
    by_name = client.get(f"{DUDLEY}&limit=50&format=csv")
    by_header = client.get(f"{DUDLEY}&limit=50", headers={"Accept": "text/csv"})
    assert by_name.data == by_header.data
    assert by_name.mimetype == "text/csv"
    frame = pd.read_csv(io.BytesIO(by_name.data))
    assert list(frame.columns) == list(rows[0])
    assert list(frame["value"].astype(object).where(frame["value"].notna(), None)) == [row["value"] for row in rows]
    assert 'rel="next"' in by_name.headers["Link"]


def test_says_which_snapshot_and_whether_any_row_is_made_up(made_up_client: FlaskClient, made_up: Snapshot):
    real = made_up_client.get(f"{DUDLEY}&indicator=deaths_covid_week_count")
    invented = made_up_client.get(f"{DUDLEY}&limit=25000")
    for reply, is_illustrative in ((real, False), (invented, True)):
        assert reply.json["snapshot"] == reply.headers["Snapshot-Id"] == made_up.id
        assert reply.json["is_illustrative"] is is_illustrative
        assert reply.headers["Is-Illustrative"] == str(is_illustrative).lower()
    as_csv = made_up_client.get(f"{DUDLEY}&limit=25000&format=csv")
    assert "filename=illustrative-observations-" in as_csv.headers["Content-Disposition"]


def test_answers_304_to_who_has_the_answer_already(client: FlaskClient):
    for path in (DUDLEY, f"{ROOT}/areas/E08000027", f"{ROOT}/openapi.json", f"{ROOT}/snapshots"):
        tag = client.get(path).headers["ETag"]
        again = client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    tags = {client.get(f"{DUDLEY}{more}").headers["ETag"] for more in ("", "&limit=5", "&format=csv", "&offset=1")}
    assert len(tags) == 4


def test_gives_an_answer_in_a_compressed_form_its_304_too(client: FlaskClient):
    tag = client.get(DUDLEY, headers={"Accept-Encoding": "br"}).headers["ETag"]
    assert client.get(DUDLEY, headers={"Accept-Encoding": "br", "If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("limit=25001", "indicator"), ("limit=0", "limit"), ("limit=x", "limit"), ("limit=1_0", "limit"),
        ("limit=1&limit=2", "once"), ("offset=-1", "offset"), ("colour=red", "Known are"), ("area=", "area"),
        ("area=E99999999", "/api/v1/areas"), ("area=E10000002", "E06000060"), ("indicator=nothing", "indicators"),
        ("from=1", "from"), ("from=2020-02-30", "from"), ("from=2020-06-01&to=2020-05-01", "after"),
        ("format=xml", "csv"), ("snapshot=../../etc", "snapshot"), ("snapshot=", "snapshot"),
    ],
)  # fmt: skip
def test_refuses_what_it_does_not_know_and_says_why(client: FlaskClient, query: str, said: str):
    problem = read_problem(client.get(f"{ROOT}/observations?{query}"))
    assert problem["status"] == 400
    assert said in problem["detail"]
    assert problem["errors"][0]["parameter"] == query.split("=")[0]
    assert problem["instance"].startswith("/api/v1/observations?")


def test_says_how_to_ask_for_less(client: FlaskClient):
    detail = read_problem(client.get(f"{ROOT}/observations?limit={MOST_ROWS + 1}"))["detail"]
    assert all(name in detail for name in ("area", "indicator", "from", "to", "next", "25,000"))


def test_answers_each_wrong_request_with_its_own_status(client: FlaskClient):
    assert read_problem(client.get("/api/v1/nothing"))["status"] == 404
    assert read_problem(client.get("/api/"))["status"] == 404
    assert read_problem(client.get(f"{ROOT}/areas", headers={"Accept": "image/png"}))["status"] == 406
    for method in ("post", "put", "delete", "patch"):
        reply = getattr(client, method)(f"{ROOT}/areas")
        assert read_problem(reply)["status"] == 405
        assert "GET" in reply.headers["Allow"]
    missing = client.get(f"{ROOT}/areas?snapshot=2020-01-01-0123456789ab")
    assert read_problem(missing)["status"] == 404


def test_gives_a_fault_a_reference_and_not_its_cause(client: FlaskClient, monkeypatch, caplog):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the secret cause")

    monkeypatch.setattr("dashboard.api.routes.write_list", fail)
    problem = read_problem(client.get(f"{ROOT}/areas"))
    assert problem["status"] == 500
    assert "the secret cause" not in json.dumps(problem)
    assert problem["detail"].rpartition(" ")[2].strip(".") in caplog.text


def test_says_that_there_are_no_figures(tmp_path: Path):
    assert read_problem(serve(tmp_path).get(f"{ROOT}/areas"))["status"] == 503


def test_gives_what_an_older_snapshot_gave(snapshots_folder: Path, snapshot: Snapshot, tmp_path: Path):
    client = serve(tmp_path)
    add_snapshot(snapshots_folder / snapshot.id, to=tmp_path, is_live=True)
    before = client.get(f"{DUDLEY}&snapshot={snapshot.id}&limit=25000").json["data"]
    newer = add_snapshot(snapshots_folder / snapshot.id, to=tmp_path, is_live=True, rows=1000)
    assert client.get(f"{ROOT}/observations").json["snapshot"] == newer
    assert client.get(f"{ROOT}/observations").json["total"] == 1000
    older = client.get(f"{DUDLEY}&snapshot={snapshot.id}&limit=25000")
    assert older.json["snapshot"] == snapshot.id
    assert older.json["data"] == before
    assert "max-age" in older.headers["Cache-Control"]
    assert [row["id"] for row in follow(client, f"{ROOT}/snapshots") if row["is_latest"]] == [newer]


def test_follows_the_pages_of_one_snapshot_when_another_goes_live(
    snapshots_folder: Path, snapshot: Snapshot, tmp_path: Path
):
    client = serve(tmp_path)
    add_snapshot(snapshots_folder / snapshot.id, to=tmp_path, is_live=True)
    first = client.get(f"{DUDLEY}&limit=10").json
    add_snapshot(snapshots_folder / snapshot.id, to=tmp_path, is_live=True, rows=1000)
    parts = urlsplit(first["next"])
    second = client.get(f"{parts.path}?{parts.query}").json
    assert second["snapshot"] == first["snapshot"] == snapshot.id
    assert second["total"] == first["total"]


def test_refuses_an_older_snapshot_that_was_changed(snapshots_folder: Path, snapshot: Snapshot, tmp_path: Path):
    client = serve(tmp_path)
    older = add_snapshot(snapshots_folder / snapshot.id, to=tmp_path, is_live=True, rows=1000)
    add_snapshot(snapshots_folder / snapshot.id, to=tmp_path, is_live=True)
    with (tmp_path / older / "areas.parquet").open("ab") as stream:
        stream.write(b"x")
    problem = read_problem(client.get(f"{ROOT}/areas?snapshot={older}"))
    assert problem["status"] == 404
    assert "areas.parquet" in problem["detail"]


def test_opens_an_older_snapshot_once_however_many_ask(
    snapshots_folder: Path, snapshot: Snapshot, tmp_path: Path, monkeypatch
):
    client = serve(tmp_path)
    older = add_snapshot(snapshots_folder / snapshot.id, to=tmp_path, is_live=True, rows=1000)
    add_snapshot(snapshots_folder / snapshot.id, to=tmp_path, is_live=True)
    opened = []
    from dashboard import archive

    real = archive.open_snapshot
    monkeypatch.setattr(archive, "open_snapshot", lambda folder: opened.append(folder) or real(folder))
    totals = []

    def ask() -> None:
        reply = client.application.test_client().get(f"{ROOT}/observations?snapshot={older}&limit=1")
        totals.append(reply.json["total"])

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (totals, len(opened)) == ([1000] * 6, 1)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/areas?limit=1", 200),
        ("/api/v1/areas?x=1", 400),
        ("/downloads/latest/areas.csv", 302),
        ("/feeds/releases.atom", 200),
        ("/", None),
        ("/export/measures.xlsx?page=/", None),
        ("/healthz", None),
    ],
)
def test_lets_pages_of_other_sites_read_open_data_and_nothing_else(
    client: FlaskClient, address: str, status: int | None
):
    reply = client.get(address, headers={"Origin": "https://example.org"})
    assert reply.headers.get("Access-Control-Allow-Origin") == ("*" if status else None)
    assert "Access-Control-Allow-Credentials" not in reply.headers
    if status:
        assert reply.status_code == status
        assert "Snapshot-Id" in reply.headers["Access-Control-Expose-Headers"]


def test_answers_a_browser_that_asks_first_whether_it_may_send_a_tag(client: FlaskClient):
    asked = {"Origin": "https://example.org", "Access-Control-Request-Headers": "if-none-match"}
    reply = client.options("/api/v1/observations", headers=asked | {"Access-Control-Request-Method": "GET"})
    assert reply.status_code == 200
    assert "If-None-Match" in reply.headers["Access-Control-Allow-Headers"]
    assert reply.headers["Access-Control-Allow-Methods"] == "GET, HEAD"


def test_answers_head_like_get_without_the_rows(client: FlaskClient):
    got, asked = (client.open("/api/v1/areas?limit=2", method=method) for method in ("GET", "HEAD"))
    assert asked.status_code == 200
    assert not asked.data
    assert {name: asked.headers[name] for name in ("ETag", "Snapshot-Id", "Content-Type")} == {
        name: got.headers[name] for name in ("ETag", "Snapshot-Id", "Content-Type")
    }
