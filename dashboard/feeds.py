"""Feeds (Atom, RFC 4287): a release is an entry, for everyone and for each area. An entry's id never changes."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

import flask

from dashboard.archive import Record, current_archive, read_signals
from dashboard.format import format_date
from dashboard.selection import area_path
from dashboard.store import Snapshot, current_snapshot
from dashboard.text.feeds import say_moves
from dashboard.views.since import list_inside

ATOM = "http://www.w3.org/2005/Atom"
NAMES = uuid.UUID("6f1f5f0e-6a0b-5c53-9d5a-0f5b1a2c7d10")
"""The space in which ids are made of names: the same name gives the same id on every machine."""
MOST = 50
"""Releases that a feed goes back."""
NOT_KEPT = "The time of publication was not kept: the date is that of the data."


def register_feeds(server: flask.Flask) -> None:
    """Add the feeds to the server."""
    server.add_url_rule("/feeds/releases.atom", view_func=answer_releases)
    server.add_url_rule("/feeds/areas/<code>.atom", view_func=answer_area)
    server.add_url_rule("/feeds/<path:rest>", endpoint="no feed", view_func=answer_nothing)
    server.add_url_rule("/feeds/", endpoint="no feed", view_func=answer_nothing, defaults={"rest": ""})


def answer_nothing(rest: str) -> flask.Response:
    """Return 404 for a feed that there is not."""
    flask.abort(404, "There is no feed at this address. There are /feeds/releases.atom and /feeds/areas/<code>.atom.")


def answer_releases() -> flask.Response:
    """Return the feed of all releases."""
    return _respond(write_feed(current_archive().list_records(), current_snapshot(), root=flask.request.url_root))


def answer_area(code: str) -> flask.Response:
    """Return an area's feed: every release, with what its record says of the area; 404 for an unknown area."""
    snapshot = current_snapshot()
    if code not in snapshot.areas.index:
        flask.abort(404, "There is no area with that code. /api/v1/areas lists them.")
    if snapshot.areas.at[code, "shown_as"] != code:
        return flask.redirect(f"/feeds/areas/{snapshot.areas.at[code, 'shown_as']}.atom", code=301)
    return _respond(write_feed(current_archive().list_records(), snapshot, root=flask.request.url_root, area=code))


def _respond(text: bytes) -> flask.Response:
    response = flask.Response(text, mimetype="application/atom+xml")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(flask.request)


def write_feed(records: list[Record], snapshot: Snapshot, *, root: str, area: str = "") -> bytes:
    """Return the feed as XML, the newest release first; of one area where its code is given."""
    name = str(snapshot.areas.at[area, "name"]) if area else ""
    path = f"feeds/areas/{area}.atom" if area else "feeds/releases.atom"
    page = area_path(snapshot, area).lstrip("/") if area else ""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    _add(feed, "title", f"Adult social care COVID-19 dashboard: {name or 'releases'}")
    _add(feed, "id", _make_id(path))
    _add(feed, "updated", _when(records[0]) if records else f"{snapshot.data_date}T00:00:00+00:00")
    _add(_add(feed, "author"), "name", "The dashboard team")
    _add(feed, "link", rel="self", type="application/atom+xml", href=root + path)
    _add(feed, "link", rel="alternate", type="text/html", href=root + page)
    inside = list_inside(snapshot, area) if area else []
    signals = {record.id: read_signals(record, inside) for record in records[: MOST + 1]} if area else {}
    for record in records[:MOST]:
        before = signals.get(str(record.release.get("previous")))
        own = signals.get(record.id)
        moved = [] if own is None else say_moves(own, before, snapshot)
        feed.append(_make_entry(record, snapshot, root=root, area=area, page=page, moved=moved))
    return ET.tostring(feed, encoding="utf-8", xml_declaration=True)


def _make_entry(record: Record, snapshot: Snapshot, *, root: str, area: str, page: str, moved: list[str]) -> ET.Element:
    entry = ET.Element(f"{{{ATOM}}}entry")
    day = format_date(record.manifest_date)
    _add(entry, "title", f"Figures up to {day}, snapshot {record.id}")
    _add(entry, "id", _make_id(f"{area} {record.id}"))
    _add(entry, "updated", _when(record))
    is_live = record.id == snapshot.id
    _add(
        entry, "link", rel="alternate", type="text/html",
        href=root + (page if is_live else f"downloads?snapshot={record.id}"),
    )  # fmt: skip
    if area:
        data = f"api/v1/observations?area={area}&snapshot={record.id}"
        _add(entry, "link", rel="related", type="application/json", href=root + data)
    said = " ".join(describe_record(record, snapshot, area=area))
    _add(entry, "content", "\n\n".join([said, *moved]), type="text")
    return entry


def describe_record(record: Record, snapshot: Snapshot, *, area: str = "") -> list[str]:
    """Return sentences on what a release holds and what changed with it; of an area, what the record names of it."""
    changes = record.release.get("changes") or {}
    said = [] if record.published_at else [NOT_KEPT]
    if record.is_illustrative:
        said.append("Some of its figures are illustrative: made up to show how the dashboard works.")
    said += [_describe_source(move, snapshot) for move in changes.get("sources", [])]
    if area:
        own = [_describe_change(change, snapshot) for change in _list_of_area(changes, area)]
        return [*said, *(own or ["The release record names no change of this area."])]
    before = record.release.get("rows", {}).get("observations", {}).get("before")
    said.append(
        f"It holds {record.observations:,} observations" + (f"; the one before held {before:,}." if before else ".")
    )
    if changes:
        said.append(f"{changes.get('added', 0):,} are new, {changes.get('revised', 0):,} were revised.")
    return said


def _list_of_area(changes: Mapping[str, Any], area: str) -> list[Mapping[str, Any]]:
    """Return the revised figures and the changed verdicts that a record names of an area."""
    named = [*changes.get("largest", []), *changes.get("newest_verdicts", [])]
    return [change for change in named if change["area_code"] == area]


def _describe_source(move: Mapping[str, Any], snapshot: Snapshot) -> str:
    source = move["source_id"]
    title = snapshot.sources.at[source, "title"] if source in snapshot.sources.index else source
    if not move["after"]:
        return f"{title}: no longer held."
    return f"{title}: figures up to {format_date(dt.date.fromisoformat(move['after']))}."


def _describe_change(change: Mapping[str, Any], snapshot: Snapshot) -> str:
    indicator = change["indicator_id"]
    name = snapshot.indicators.at[indicator, "name"] if indicator in snapshot.indicators.index else indicator
    day = format_date(dt.date.fromisoformat(change["date"]))
    return f"{name}, {day}: {_say(change['before'])} before, {_say(change['after'])} now."


def _say(value: object) -> str:
    if value is None:
        return "no figure"
    return f"{value:,.6g}" if isinstance(value, int | float) else str(value)


def _when(record: Record) -> str:
    return record.published_at or f"{record.data_date}T00:00:00+00:00"


def _make_id(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(NAMES, name)}"


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element
