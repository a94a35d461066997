"""The files that anyone may take: read back by others' readers, they hold what the snapshot holds."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from kept_snapshots import add_snapshot, serve

from dashboard.export.csv import disarm
from dashboard.export.table_csv import disarm_batch, stream_csv
from dashboard.store import TABLES, Snapshot

CHECKS = {
    "boolean": lambda cell: cell in ("true", "false"),
    "date": lambda cell: bool(dt.date.fromisoformat(cell)),
    "integer": lambda cell: re.fullmatch(r"-?\d+", cell) is not None,
    "double": lambda cell: float(cell) == float(cell),
    "string": lambda cell: True,
}


def read_text(content: bytes) -> pd.DataFrame:
    """Return a CSV with every cell as text."""
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)


def restore(frame: pd.DataFrame, schema: pa.Schema) -> pd.DataFrame:
    """Return a CSV's cells in the types of the table it was written from; words lose the mark that disarms them."""
    columns = {}
    for field in schema:
        cells = frame[field.name]
        if pa.types.is_floating(field.type) or pa.types.is_integer(field.type):
            columns[field.name] = pd.to_numeric(cells.replace("", None)).astype("float64")
        elif pa.types.is_boolean(field.type):
            columns[field.name] = cells.map({"true": True, "false": False})
        elif pa.types.is_date(field.type):
            columns[field.name] = cells.map(lambda cell: dt.date.fromisoformat(cell) if cell else None)
        else:
            columns[field.name] = cells.str.replace(r"^'(?=[=+\-@\t\r])", "", regex=True)
    return pd.DataFrame(columns)


def as_plain(table: pa.Table) -> pd.DataFrame:
    """Return a table as pandas has it, numbers as floats."""
    frame = table.to_pandas()
    for field in table.schema:
        if pa.types.is_integer(field.type):
            frame[field.name] = frame[field.name].astype("float64")
        elif pa.types.is_string(field.type):
            frame[field.name] = frame[field.name].astype(object)
    return frame


@pytest.mark.parametrize("name", TABLES)
def test_gives_every_table_whole_in_both_forms(
    made_up_client: FlaskClient, made_up_folder: Path, made_up: Snapshot, name: str
):
    held = pq.read_table(made_up_folder / made_up.id / f"{name}.parquet")
    parquet = made_up_client.get(f"/downloads/{made_up.id}/{name}.parquet", buffered=True)
    pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(parquet.data)), held.to_pandas())
    reply = made_up_client.get(f"/downloads/{made_up.id}/{name}.csv", buffered=True)
    given = restore(read_text(reply.data), held.schema)
    assert list(given.columns) == held.schema.names
    expected = as_plain(held)
    for column in held.schema.names:
        pd.testing.assert_series_equal(
            given[column].astype(expected[column].dtype), expected[column], check_exact=True, obj=f"{name}.{column}"
        )


def test_marks_what_is_made_up_in_the_name_of_the_file(made_up_client: FlaskClient, made_up: Snapshot):
    for file, is_made_up in (
        ("observations.csv", True), ("observations.parquet", True), ("areas.csv", False),
        ("areas/E08000027.csv", True), ("indicators/deaths_covid_week_count.csv", False),
    ):  # fmt: skip
        named = made_up_client.get(f"/downloads/{made_up.id}/{file}", buffered=True).headers["Content-Disposition"]
        assert ("filename=illustrative-" in named) is is_made_up, file


def test_gives_each_area_and_indicator_its_own_file(client: FlaskClient, snapshot: Snapshot):
    area = read_text(client.get(f"/downloads/{snapshot.id}/areas/E08000027.csv", buffered=True).data)
    assert set(area["area_code"]) == {"E08000027"}
    assert len(area) == (snapshot.observations["area_code"] == "E08000027").sum()
    indicator = read_text(
        client.get(f"/downloads/{snapshot.id}/indicators/deaths_covid_week_count.csv", buffered=True).data
    )
    held = snapshot.by_indicator["deaths_covid_week_count"]
    assert list(pd.to_numeric(indicator["value"])) == list(held["value"])
    assert list(indicator["status"]) == list(held["status"])


def test_leads_from_latest_to_the_live_snapshots_file(client: FlaskClient, snapshot: Snapshot):
    for file in ("observations.csv", "areas/E08000027.csv", "SHA256SUMS"):
        reply = client.get(f"/downloads/latest/{file}")
        assert reply.status_code == 302
        assert reply.headers["Location"] == f"/downloads/{snapshot.id}/{file}"
        assert reply.headers["Cache-Control"] == "no-cache"


def test_gives_checksums_that_fit_the_files(client: FlaskClient, snapshot: Snapshot):
    lines = client.get(f"/downloads/{snapshot.id}/SHA256SUMS", buffered=True).text.splitlines()
    assert len(lines) == 2 * len(TABLES) + 2
    for line in lines:
        digest, file = line.split("  ")
        content = client.get(f"/downloads/{snapshot.id}/{file}", buffered=True).data
        assert hashlib.sha256(content).hexdigest() == digest, file


def test_describes_every_column_so_that_a_machine_can_check_the_csv(made_up_client: FlaskClient, made_up: Snapshot):
    """The tests of CSV on the Web that matter here: titles, datatypes, required cells, keys and references."""
    metadata = made_up_client.get(f"/downloads/{made_up.id}/csv-metadata.json", buffered=True).get_json(force=True)
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
    assert {table["url"] for table in metadata["tables"]} == {f"{name}.csv" for name in TABLES}
    read = {
        table["url"]: read_text(made_up_client.get(f"/downloads/{made_up.id}/{table['url']}", buffered=True).data)
        for table in metadata["tables"]
    }
    for table in metadata["tables"]:
        frame, schema = read[table["url"]], table["tableSchema"]
        assert [column["titles"] for column in schema["columns"]] == list(frame.columns)
        assert table["dc:description"].startswith("One row is ")
        for column in schema["columns"]:
            assert column["dc:description"].endswith("."), column
            cells = frame[column["name"]]
            assert all(map(CHECKS[column["datatype"]], cells[cells != ""].unique())), column
            assert not column.get("required") or (cells != "").all()
        if "primaryKey" in schema:
            assert not frame.duplicated(schema["primaryKey"]).any()
        for key in schema.get("foreignKeys", []):
            target = read[key["reference"]["resource"]][key["reference"]["columnReference"]]
            assert set(frame[key["columnReference"]]) <= set(target), (table["url"], key)


def test_answers_304_to_who_has_the_file(client: FlaskClient, snapshot: Snapshot):
    for file in ("observations.csv", "observations.parquet", "csv-metadata.json"):
        tag = client.get(f"/downloads/{snapshot.id}/{file}", buffered=True).headers["ETag"]
        assert (
            client.get(f"/downloads/{snapshot.id}/{file}", headers={"If-None-Match": tag}, buffered=True).status_code
            == 304
        )


@given(st.lists(st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["=1+1", "+1", "-x", "@a", "\t=", "\r="]))))
def test_disarms_words_as_a_cards_csv_does(words: list[str | None]):
    batch = pa.record_batch({"words": pa.array(words, pa.string())})
    expected = [word if word is None else disarm(word) for word in words]
    assert disarm_batch(batch)["words"].to_pylist() == expected


def test_leaves_negative_numbers_alone():
    batch = pa.record_batch({"change": [-1.5, None], "words": ["-1.5", ""]})
    text = b"".join(stream_csv([batch], schema=batch.schema)).decode("utf-8-sig")
    assert text.splitlines()[1] == '-1.5,"\'-1.5"'


@pytest.mark.parametrize(
    "file",
    ["nothing.csv", "observations.xml", "areas/E99999999.csv", "indicators/x.csv", "sources/x.csv", "manifest.parquet"],
)
def test_has_no_file_that_the_snapshot_has_not(client: FlaskClient, snapshot: Snapshot, file: str):
    reply = client.get(f"/downloads/{snapshot.id}/{file}", buffered=True)
    assert reply.status_code == 404
    assert "X-Frame-Options" in reply.headers


@pytest.mark.parametrize(
    "name", ["..", "releases", "CURRENT", "%2e%2e", "2020-08-10-zzzzzzzzzzzz", "..%2f..", "2020-01-01-0123456789ab"]
)
def test_makes_no_path_of_an_address(client: FlaskClient, name: str):
    assert client.get(f"/downloads/{name}/manifest.json", buffered=True).status_code in (301, 308, 404)
    assert client.get(f"/downloads/{name}/observations.parquet", buffered=True).status_code in (301, 308, 404)


def test_keeps_older_files_as_they_were(snapshots_folder: Path, snapshot: Snapshot, tmp_path: Path):
    client = serve(tmp_path)
    older = add_snapshot(snapshots_folder / snapshot.id, to=tmp_path, is_live=True, rows=1000)
    before = client.get(f"/downloads/{older}/observations.csv", buffered=True).data
    add_snapshot(snapshots_folder / snapshot.id, to=tmp_path, is_live=True)
    assert client.get(f"/downloads/{older}/observations.csv", buffered=True).data == before
    assert client.get("/downloads/latest/observations.csv").headers["Location"].split("/")[2] == snapshot.id
    page = client.get(f"/downloads?snapshot={older}")
    assert page.status_code == 200
    assert f"/downloads/{older}/observations.csv" in page.text
    assert "not the newest" in page.text
    assert client.get("/downloads?snapshot=2020-01-01-0123456789ab").status_code == 404


def test_gives_no_file_of_a_damaged_snapshot(snapshots_folder: Path, snapshot: Snapshot, tmp_path: Path):
    client = serve(tmp_path)
    older = add_snapshot(snapshots_folder / snapshot.id, to=tmp_path, is_live=True, rows=1000)
    add_snapshot(snapshots_folder / snapshot.id, to=tmp_path, is_live=True)
    with (tmp_path / older / "areas.parquet").open("ab") as stream:
        stream.write(b"x")
    reply = client.get(f"/downloads/{older}/areas.parquet", buffered=True)
    assert reply.status_code == 404
    assert "not as it was published" in reply.text


def test_names_every_file_on_the_page_and_each_link_leads_to_one(client: FlaskClient, snapshot: Snapshot):
    page = client.get("/downloads").text
    links = set(re.findall(r'href="(/(?:downloads|feeds)/[^"]+)"', page))
    assert {f"/downloads/{snapshot.id}/{name}.{form}" for name in TABLES for form in ("csv", "parquet")} <= links
    assert len([link for link in links if "/indicators/" in link]) == len(snapshot.indicators)
    for link in sorted(links)[:: len(links) // 25]:
        assert client.head(link, buffered=True).status_code in (200, 302), link


def test_shows_on_the_apis_page_what_the_api_answers(client: FlaskClient):
    page = client.get("/api").text
    for example in re.findall(r'href="(/api/v1/[a-z_]+\?[^"]+)"', page):
        reply = client.get(example.replace("&amp;", "&"))
        assert reply.status_code == 200
        assert len(reply.json["data"]) > 0 or "/signals" in example  # without returns there may be none
    for name in client.get("/api/v1/openapi.json").json["paths"]["/api/v1/observations"]["get"]["parameters"]:
        assert f"<code>{name['name']}</code>" in page
