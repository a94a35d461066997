"""Since: from when on an area's changes are told: a day on which figures were taken, or an older snapshot.

The address has one word for either, `?since=2020-10-02` or `?since=<snapshot id>`; without it, a week ago.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import flask

from dashboard.archive import SHAPE, ArchiveError, Record, current_archive, is_readable
from dashboard.measures import ANSWERING
from dashboard.selection import ENGLAND, Selection, SelectionError, read_selection
from dashboard.store import Snapshot, StoreError

KEY = "since"
WEEK = dt.timedelta(days=7)
DATED = (ANSWERING, "deaths_covid_week_count", "cases_week_rate_per_100000", "ipc_1_1_isolate_yes_percent")
"""Whose days can be chosen: those of the first that is held."""
USUAL_WEEKS = (1, 2, 4)
MOST_SNAPSHOTS = 6
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Since:
    """From when on: the day, the word for it in the address, and the older snapshot where one is compared with."""

    day: dt.date
    word: str
    older: Snapshot | None = None


def list_days(snapshot: Snapshot) -> list[dt.date]:
    """Return the days before the snapshot's own that can be chosen, the newest first."""
    for name in DATED:
        held = snapshot.by_indicator.get(name)
        days = [] if held is None else [day for day in held["date"].unique() if day < snapshot.data_date]
        if days:
            return sorted(days, reverse=True)
    return []


def list_older(snapshot: Snapshot) -> list[Record]:
    """Return the records of the older snapshots that can be compared with, the last published first.

    Outside a server there is no archive and so none to choose from.
    """
    if not flask.has_app_context():
        return []
    try:
        records = [record for record in current_archive().list_records() if is_readable(record.manifest)]
    except StoreError:
        return []  # the folder is gone; what is live is in memory, and a page of it needs no other
    return [one for one in records if one.id != snapshot.id and one.manifest_date <= snapshot.data_date]


def find_default(snapshot: Snapshot) -> dt.date:
    """Return the newest of the days that lies a week or more before the snapshot's date."""
    days = list_days(snapshot)
    return next((day for day in days if day <= snapshot.data_date - WEEK), snapshot.data_date - WEEK)


def read_area_view(snapshot: Snapshot, query: Mapping[str, str], *, page: str, area: str = ENGLAND) -> Selection:
    """Return the view of an area's page that the query asks for, with the word that says since when."""
    rest = {name: word for name, word in query.items() if name != KEY}
    selection = read_selection(snapshot, rest, page=page, area=area)
    return replace(selection, since=read_since(snapshot, query.get(KEY, "")))


def read_since(snapshot: Snapshot, word: str) -> str:
    """Return the word if it names a day or an older snapshot that can be chosen, "" for none; SelectionError if not."""
    if word:
        find_since(snapshot, word)
    return word


def find_since(snapshot: Snapshot, word: str) -> Since:
    """Return from when on the word asks for, a week before the newest where it is empty.

    SelectionError for a day without figures, and for a snapshot that is not kept, not older or of another version.
    """
    if not word:
        day = find_default(snapshot)
        return Since(day=day, word=day.isoformat())
    if re.fullmatch(SHAPE, word):
        return _find_snapshot(snapshot, word)
    days = [day.isoformat() for day in list_days(snapshot)]
    if word not in days:
        known = f"Days with figures: {', '.join(days)}." if days else "No earlier day is held."
        raise SelectionError(
            f"Changes cannot be told since {word[:40]!r}. Give a day with figures before "
            f"{snapshot.data_date.isoformat()}, or the id of an older snapshot. {known}"
        )
    return Since(day=dt.date.fromisoformat(word), word=word)


def _find_snapshot(snapshot: Snapshot, word: str) -> Since:
    if word == snapshot.id:
        raise SelectionError(f"{word} is the snapshot that is shown: nothing can have changed since.")
    try:
        older = current_archive().open(word)
    except ArchiveError as error:
        raise SelectionError(str(error)) from error
    if older.data_date > snapshot.data_date:
        raise SelectionError(f"Snapshot {word} holds newer figures than the one that is shown, {snapshot.id}.")
    return Since(day=older.data_date, word=word, older=older)
