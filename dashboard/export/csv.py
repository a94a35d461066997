"""CSV of a card: the same view as on the screen, with source, snapshot and status in every row."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import flask
import pandas as pd

from dashboard.comparison import read_comparison
from dashboard.measures import DEFAULT_MEASURE, MEASURES
from dashboard.selection import Selection, SelectionError
from dashboard.since import KEY, read_since
from dashboard.store import Snapshot, current_snapshot
from dashboard.views import LISTS, VIEWS
from dashboard.views.comparing import show_comparison
from dashboard.views.heat_map import CHANGED
from dashboard.views.ranges import LIMITS, SPREAD
from dashboard.views.similar import LIKENESS
from dashboard.views.variation import LIMITS as FUNNEL_LIMITS

COLUMNS = [
    "indicator_id", "indicator_name", "unit", "polarity", "area_code", "area_name", "date", "date_text", "period",
    "value", "numerator", "denominator", "lower_95", "upper_95", "status", "quality", "is_illustrative",
    "not_answered", "not_applicable", "lower_bound", "upper_bound", "answered_percent", "answer_age_days",
    "versus_england", "versus_region", "p_england", "is_widened",
]  # fmt: skip
BESIDE = tuple(dict.fromkeys((*CHANGED, *FUNNEL_LIMITS, *SPREAD, *LIMITS, *LIKENESS)))
"""Columns that some views have beyond those of an observation."""

DOWNLOADS = "/download/"
COMPARE = "compare"
SAMPLED = 8
"""Rows from which the size of a download is estimated."""

MADE_UP = "Illustrative: made up"
RISKY = ("=", "+", "-", "@", "\t", "\r")


def register_downloads(server: flask.Flask) -> None:
    """Add /download/<view>.csv to the server."""
    server.add_url_rule(f"{DOWNLOADS}{COMPARE}.csv", view_func=answer_comparison)
    server.add_url_rule(f"{DOWNLOADS}<view>.csv", view_func=answer_csv)


def answer_csv(view: str) -> flask.Response:
    """Return a view's rows as CSV; 404 for an unknown view or area, 400 for an unknown measure."""
    snapshot = current_snapshot()
    area = flask.request.args.get("area", "")
    if view not in VIEWS | LISTS:
        flask.abort(404, f"There is no download of that name. There are: {', '.join(VIEWS | LISTS)}.")
    if area not in snapshot.areas.index:
        flask.abort(404, "There is no area with that code. Give ?area= and an ONS code, such as E92000001.")
    try:
        frame = find_rows(snapshot, view, flask.request.args.to_dict())
    except SelectionError as error:
        flask.abort(400, str(error))
    return _send(frame, snapshot, name=f"{view}-{area}")


def answer_comparison() -> flask.Response:
    """Return the rows of a comparison as CSV, by the query of its page; 400 for a query that the page would refuse."""
    snapshot = current_snapshot()
    given = flask.request.args.to_dict(flat=False)
    twice = [name for name, words in given.items() if len(words) > 1]
    if twice:
        flask.abort(400, f"The address asks for {twice[0][:20]!r} more than once.")
    try:
        frame = find_rows(snapshot, COMPARE, flask.request.args.to_dict())
        chart = read_comparison(snapshot, flask.request.args.to_dict()).chart
    except SelectionError as error:
        flask.abort(400, str(error))
    return _send(frame, snapshot, name=f"compare-{chart}")


def find_rows(snapshot: Snapshot, view: str, query: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows behind a download's address: its view and its query. SelectionError for what is not there."""
    if view == COMPARE:
        return show_comparison(snapshot, read_comparison(snapshot, query))
    measure, area = query.get("measure", DEFAULT_MEASURE), query.get("area", "")
    if measure not in MEASURES:
        raise SelectionError(f"There is no measure of that name. There are: {', '.join(MEASURES)}.")
    if view not in VIEWS | LISTS or area not in snapshot.areas.index:
        raise SelectionError("There is no download of that name for that area.")
    since = read_since(snapshot, query.get(KEY, ""))
    return (VIEWS | LISTS)[view](snapshot, Selection(area_code=area, measure=measure, since=since))


def _send(frame: pd.DataFrame, snapshot: Snapshot, *, name: str) -> flask.Response:
    response = flask.Response(write_csv(frame, snapshot), mimetype="text/csv")
    # A file travels without its page: its name and each of its rows say what was made up.
    made_up = "illustrative-" if frame["is_illustrative"].any() else ""
    response.headers["Content-Disposition"] = f"attachment; filename={made_up}{name}-{snapshot.id}.csv"
    return response


def write_csv(frame: pd.DataFrame, snapshot: Snapshot) -> str:
    """Return the frame as CSV text, each row with its source and snapshot; with a BOM, so that Excel reads it right.

    Observations have `COLUMNS`, and what their view holds them against; the rows of a list have their own columns.
    """
    own = [name for name in frame.columns if name != "source_id"]
    columns = [*COLUMNS, *[name for name in BESIDE if name in frame]] if "value" in frame else own
    titles = snapshot.sources["publisher"] + ": " + snapshot.sources["title"]
    sources, licences = (words.map(disarm).to_dict() for words in (titles, snapshot.sources["licence"]))
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([*columns, "note", "source", "licence", "snapshot"])
    # Not pandas' own: it goes column by column, and a card's frame has forty and few rows.
    rows = frame[columns].astype(object).to_numpy().tolist()
    for row, source, is_made_up in zip(rows, frame["source_id"], frame["is_illustrative"], strict=True):
        cells = [disarm(cell) if isinstance(cell, str) else "" if pd.isna(cell) else cell for cell in row]
        about = MADE_UP if is_made_up else "", sources.get(source, ""), licences.get(source, "")
        writer.writerow([*cells, *about, snapshot.id])
    return "\ufeff" + written.getvalue()


def estimate_size(frame: pd.DataFrame, snapshot: Snapshot) -> int:
    """Return about how many bytes the frame's CSV has, from the length of a few of its rows, taken all along it."""
    if frame.empty:
        return 0
    part = frame.iloc[:: max(1, len(frame) // SAMPLED)]
    heading, _, rows = write_csv(part, snapshot).partition("\r\n")
    return len(heading.encode()) + 2 + len(rows.encode()) * len(frame) // len(part)


def disarm(text: str) -> str:
    """Return the text so that no spreadsheet runs it as a formula."""
    return "'" + text if text.startswith(RISKY) else text
