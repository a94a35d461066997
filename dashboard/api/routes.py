"""Routes of the API: read the parameters, find the snapshot, answer. Nothing is worked out here."""

from __future__ import annotations

import hashlib
from functools import partial

import flask

from dashboard.api.answers import Rows, find_row, list_rows, write_csv, write_json, write_list, write_one
from dashboard.api.openapi import describe_api
from dashboard.api.parameters import Formatted, read_parameters
from dashboard.api.problems import Problem, answer_problem
from dashboard.api.resources import RESOURCES, SNAPSHOTS, Resource, parameters_of_one
from dashboard.archive import LATEST, current_archive
from dashboard.store import Snapshot, current_snapshot

ROOT = "/api/"
"""What the path of every address of the API begins with."""
EDITION = 1
"""Raised when the same rows come to be written differently, so that no browser keeps the old form."""
TYPES = {"json": "application/json", "csv": "text/csv"}


def register_api(server: flask.Flask) -> None:
    """Add the API to the server."""
    for resource in (*RESOURCES.values(), SNAPSHOTS):
        server.add_url_rule(resource.path, endpoint=f"api {resource.name}", view_func=partial(answer_list, resource))
        if resource.key:
            server.add_url_rule(
                f"{resource.path}/<key>", endpoint=f"api {resource.name} one", view_func=partial(answer_one, resource)
            )
    server.add_url_rule("/api/v1/openapi.json", view_func=answer_document)
    server.add_url_rule(ROOT, endpoint="api nothing", view_func=answer_nothing, defaults={"rest": ""})
    server.add_url_rule(f"{ROOT}<path:rest>", endpoint="api nothing", view_func=answer_nothing)
    server.register_error_handler(Problem, answer_problem)


def answer_nothing(rest: str) -> flask.Response:
    """Return the problem of an address that leads nowhere."""
    flask.abort(404)


def answer_list(resource: Resource) -> flask.Response:
    """Return a list's rows as the parameters ask, or 304 where the asker has them already."""
    asked = read_parameters(resource.parameters, flask.request.args.to_dict(flat=False))
    snapshot = _open(asked)
    kind = choose_format(asked)
    tag = make_tag(snapshot, resource.path, kind, asked.model_dump_json(), *_list_ids(resource))
    if _is_known(tag):
        return _finish(flask.Response(status=304), asked, tag=tag)
    rows = list_rows(current_archive(), snapshot, resource, asked)
    address = flask.request.base_url
    text = write_csv(rows) if kind == "csv" else write_list(rows, address=address)
    response = _respond(text, rows, kind=kind, name=resource.name)
    if rows.following:
        response.headers["Link"] = f'<{address}?{rows.following}>; rel="next"'
    return _finish(response, asked, tag=tag)


def answer_one(resource: Resource, key: str) -> flask.Response:
    """Return one row by its id; 404 where there is none."""
    asked = read_parameters(parameters_of_one(resource), flask.request.args.to_dict(flat=False))
    snapshot = _open(asked)
    kind = choose_format(asked)
    rows = find_row(current_archive(), snapshot, resource, key)
    if rows.frame.empty:
        raise Problem("not-found", f"There is no {resource.row.lower()} {key[:40]!r}. {resource.path} lists them.")
    tag = make_tag(snapshot, flask.request.path, kind, asked.model_dump_json(), *_list_ids(resource))
    if _is_known(tag):
        return _finish(flask.Response(status=304), asked, tag=tag)
    text = write_csv(rows) if kind == "csv" else write_one(rows)
    return _finish(_respond(text, rows, kind=kind, name=key), asked, tag=tag)


def answer_document() -> flask.Response:
    """Return the OpenAPI document, made from the declarations and the live snapshot's columns."""
    snapshot = current_snapshot()
    tag = make_tag(snapshot, flask.request.path)
    response = flask.Response(status=304) if _is_known(tag) else None
    if response is None:
        document = describe_api(current_archive().hold(snapshot.id))
        response = flask.Response(write_json(document), mimetype="application/json")
    return _finish(response, Formatted(), tag=tag)


def choose_format(asked: Formatted) -> str:
    """Return json or csv, as the parameter says or else the Accept header; Problem where it takes neither."""
    if asked.format:
        return asked.format
    accepted = flask.request.accept_mimetypes
    if not accepted:
        return "json"
    best = accepted.best_match(list(TYPES.values()))
    if best is None:
        raise Problem("not-acceptable", "An answer is application/json or text/csv. Accept one, or add format=csv.")
    return "csv" if best == TYPES["csv"] else "json"


def make_tag(snapshot: Snapshot, *parts: str) -> str:
    """Return the ETag of an answer: the same as long as snapshot, question and format are."""
    digest = hashlib.sha256("\n".join((str(EDITION), *parts)).encode()).hexdigest()
    return f"{snapshot.id}-{digest[:12]}"


def _open(asked: Formatted) -> Snapshot:
    return current_archive().open(getattr(asked, "snapshot", LATEST))


def _list_ids(resource: Resource) -> list[str]:
    """Return what the list of snapshots depends on beside the live one."""
    if resource is not SNAPSHOTS:
        return []
    return [f"{record.id} {record.published_at}" for record in current_archive().list_records()]


def _is_known(tag: str) -> bool:
    """Tell whether the asker has the answer; compression adds its name to a tag, after a colon."""
    known = flask.request.if_none_match
    return known.star_tag or any(one.partition(":")[0] == tag for one in known.as_set(include_weak=True))


def _respond(text: str | bytes, rows: Rows, *, kind: str, name: str) -> flask.Response:
    response = flask.Response(text, mimetype=TYPES[kind])
    response.headers["Snapshot-Id"] = rows.snapshot_id
    response.headers["Is-Illustrative"] = str(rows.is_illustrative).lower()
    if kind == "csv":
        made_up = "illustrative-" if rows.is_illustrative else ""
        response.headers["Content-Disposition"] = f"attachment; filename={made_up}{name}-{rows.snapshot_id}.csv"
    return response


def _finish(response: flask.Response, asked: Formatted, *, tag: str) -> flask.Response:
    """Return the response with what caches need: an answer of a named snapshot stays, the latest is asked for anew."""
    response.set_etag(tag)
    response.vary.add("Accept")
    is_pinned = getattr(asked, "snapshot", LATEST) != LATEST
    response.headers["Cache-Control"] = "public, max-age=86400" if is_pinned else "no-cache"
    return response
