from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from xml.etree import ElementTree as ET

from flask.testing import FlaskClient
from kept_snapshots import add_snapshot, serve

from dashboard.store import Snapshot

ATOM = "{http://www.w3.org/2005/Atom}"


def read_feed(client: FlaskClient, path: str) -> ET.Element:
    """Return a feed, once it has what RFC 4287 asks of a feed and of each entry."""
    reply = client.get(path)
    assert (reply.status_code, reply.mimetype) == (200, "application/atom+xml")
    feed = ET.fromstring(reply.data)  # noqa: S314 - our own answer
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        assert element.findtext(f"{ATOM}id").startswith("urn:uuid:")
        assert element.findtext(f"{ATOM}title")
        assert dt.datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert feed.find(f"{ATOM}link[@rel='self']").get("href").endswith(path)
    return feed


def list_entries(feed: ET.Element, name: str) -> list[str]:
    return [entry.findtext(f"{ATOM}{name}") for entry in feed.findall(f"{ATOM}entry")]


def note_release(folder: Path, snapshot_id: str, **said: object) -> None:
    """Write a release record as a build does."""
    (folder / "releases").mkdir(exist_ok=True)
    record = {"id": snapshot_id, "previous": None, "rows": {}} | said
    (folder / "releases" / f"{snapshot_id}.json").write_text(json.dumps(record), encoding="utf-8")


def test_names_each_release_the_newest_first(snapshots_folder: Path, snapshot: Snapshot, tmp_path: Path):
    client = serve(tmp_path)
    first = add_snapshot(snapshots_folder / snapshot.id, to=tmp_path, is_live=True, rows=1000)
    note_release(tmp_path, first, published_at="2026-11-20T09:00:00+00:00")
    before = read_feed(client, "/feeds/releases.atom")
    second = add_snapshot(snapshots_folder / snapshot.id, to=tmp_path, is_live=True)
    note_release(tmp_path, second, published_at="2026-11-21T09:00:00+00:00")
    after = read_feed(client, "/feeds/releases.atom")
    assert [title.rpartition(" ")[2] for title in list_entries(after, "title")] == [second, first]
    assert after.findtext(f"{ATOM}updated") == "2026-11-21T09:00:00+00:00"
    assert list_entries(after, "id")[1:] == list_entries(before, "id")
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")


def test_says_what_changed_for_an_area(snapshots_folder: Path, snapshot: Snapshot, tmp_path: Path):
    client = serve(tmp_path)
    live = add_snapshot(snapshots_folder / snapshot.id, to=tmp_path, is_live=True)
    own = {"indicator_id": "deaths_covid_week_count", "area_code": "E08000027", "date": "2020-05-01"}
    changes = {
        "added": 12, "revised": 3,
        "sources": [{"source_id": "cqc_deaths", "before": "2020-07-01", "after": "2020-08-07"}],
        "largest": [own | {"before": 4.0, "after": 9.0}],
        "newest_verdicts": [own | {"before": "similar", "after": "clearly worse"}],
    }  # fmt: skip
    note_release(tmp_path, live, published_at="2026-11-21T09:00:00+00:00", changes=changes)
    here = list_entries(read_feed(client, "/feeds/areas/E08000027.atom"), "content")[0]
    assert "4 before, 9 now" in here
    assert "similar before, clearly worse now" in here
    assert "7 August 2020" in here
    elsewhere = list_entries(read_feed(client, "/feeds/areas/E08000028.atom"), "content")[0]
    assert "9 now" not in elsewhere
    assert "names no change of this area" in elsewhere
    everyone = list_entries(read_feed(client, "/feeds/releases.atom"), "content")[0]
    assert "12 are new, 3 were revised" in everyone


def test_gives_a_feed_of_each_area_an_id_of_its_own(client: FlaskClient):
    feeds = [read_feed(client, f"/feeds/areas/{code}.atom") for code in ("E08000027", "E12000005", "E92000001")]
    assert len({feed.findtext(f"{ATOM}id") for feed in feeds}) == 3
    assert "Dudley" in feeds[0].findtext(f"{ATOM}title")
    alternate = feeds[0].find(f"{ATOM}link[@rel='alternate']").get("href")
    assert alternate.endswith("/area/E08000027")


def test_says_that_figures_are_made_up(made_up_client: FlaskClient):
    assert "illustrative" in list_entries(read_feed(made_up_client, "/feeds/releases.atom"), "content")[0]


def test_has_no_feed_of_what_is_no_area(client: FlaskClient):
    assert client.get("/feeds/areas/E99999999.atom").status_code == 404
    assert client.get("/feeds/nothing").status_code == 404
    moved = client.get("/feeds/areas/E10000002.atom")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/feeds/areas/E06000060.atom")


def test_answers_304_to_who_has_the_feed(client: FlaskClient):
    tag = client.get("/feeds/releases.atom").headers["ETag"]
    assert client.get("/feeds/releases.atom", headers={"If-None-Match": tag}).status_code == 304


def test_tells_every_page_where_the_feed_is(client: FlaskClient):
    assert 'type="application/atom+xml"' in client.get("/about").text
