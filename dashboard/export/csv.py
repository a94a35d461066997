"""CSV of a card: the same view as on the screen, with source, snapshot and status in every row."""

from __future__ import annotations

import flask
import pandas as pd

from dashboard.selection import DEFAULT_MEASURE, MEASURES, Selection
from dashboard.store import Snapshot, current_snapshot
from dashboard.views import VIEWS

COLUMNS = [
    "indicator_id", "indicator_name", "unit", "polarity", "area_code", "area_name", "date", "date_text", "period",
    "value", "numerator", "denominator", "lower_95", "upper_95", "status", "quality", "is_illustrative",
]  # fmt: skip
RISKY = ("=", "+", "-", "@", "\t", "\r")


def register_downloads(server: flask.Flask) -> None:
    """Add /download/<view>.csv to the server."""
    server.add_url_rule("/download/<view>.csv", view_func=answer_csv)


def answer_csv(view: str) -> flask.Response:
    """Return a view's rows as CSV; 404 for an unknown view or area, 400 for an unknown measure."""
    snapshot = current_snapshot()
    area = flask.request.args.get("area", "")
    measure = flask.request.args.get("measure", DEFAULT_MEASURE)
    if view not in VIEWS:
        flask.abort(404, f"There is no download of that name. There are: {', '.join(VIEWS)}.")
    if area not in snapshot.areas.index:
        flask.abort(404, "There is no area with that code. Give ?area= and an ONS code, such as E92000001.")
    if measure not in MEASURES:
        flask.abort(400, f"There is no measure of that name. There are: {', '.join(MEASURES)}.")
    frame = VIEWS[view](snapshot, Selection(area_code=area, measure=measure))
    response = flask.Response(write_csv(frame, snapshot), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename={view}-{area}-{snapshot.id}.csv"
    return response


def write_csv(frame: pd.DataFrame, snapshot: Snapshot) -> str:
    """Return the frame as CSV text, each row with its source and snapshot; with a BOM, so that Excel reads it right."""
    out = frame[COLUMNS].assign(
        source=frame["source_id"].map(snapshot.sources["publisher"] + ": " + snapshot.sources["title"]),
        licence=frame["source_id"].map(snapshot.sources["licence"]),
        snapshot=snapshot.id,
    )
    for column in ("indicator_name", "area_name", "date_text", "source"):
        out[column] = out[column].map(disarm)
    return "\ufeff" + out.to_csv(index=False, lineterminator="\r\n")


def disarm(text: str) -> str:
    """Return the text so that no spreadsheet runs it as a formula."""
    return "'" + text if text.startswith(RISKY) else text
