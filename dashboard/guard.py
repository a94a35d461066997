"""The guard: a callback is answered only if its form and its values are such as our pages send."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import flask
from dash import Dash
from werkzeug.exceptions import BadRequest

from dashboard import metrics
from dashboard.seldom import Seldom

log = logging.getLogger(__name__)
CALLBACKS = "/_dash-update-component"
LONGEST = 4094
"""Characters of a value: as long as an address may be."""
KEYS = {"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"}
QUERY = {"endId"}
"""Dash names the page's loading there, for callbacks in the background, of which we have none."""
REFUSAL = "The dashboard's pages send nothing like this. Load the page again."


def is_path(value: object) -> bool:
    """Tell whether a value can be a page's path; whether there is such a page is the page's own affair."""
    return is_text(value) and str(value).startswith("/")


def is_search(value: object) -> bool:
    """Tell whether a value can be a page's query, with its question mark, or none."""
    return is_text(value) and (value == "" or str(value).startswith("?"))


def is_text(value: object) -> bool:
    """Tell whether a value is a text that can be written as UTF-8 and is no longer than an address."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


DECLARED: dict[tuple[str, str], Callable[[object], bool]] = {
    ("_pages_location", "pathname"): is_path,
    ("_pages_location", "search"): is_search,
}
"""What a callback's inputs may be, by id and property. What is not declared here is refused."""


def register_guard(app: Dash) -> None:
    """Check each callback before Dash sees it."""
    refused = Seldom(log, "malformed callbacks refused since the last such line: %s")
    app.server.before_request(lambda: check_callback(app, refused=refused))


def check_callback(app: Dash, *, refused: Seldom) -> None:
    """Return when the request is no callback, or one of ours; BadRequest otherwise."""
    if flask.request.path != CALLBACKS or flask.request.method != "POST":
        return
    is_plain = flask.request.is_json and set(flask.request.args) <= QUERY
    body = read_body(flask.request.get_data()) if is_plain else {}
    if not is_ours(app, body):
        metrics.MALFORMED.inc()
        refused.count()
        raise BadRequest(REFUSAL)
    flask.g.callback = name_callback(str(body["output"]))


def read_body(data: bytes) -> dict[str, Any]:
    """Return the JSON object that was sent; empty where it is none, or one nested too deeply to be read."""
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def is_ours(app: Dash, body: dict[str, Any]) -> bool:
    """Tell whether a body names a callback of the server with its own inputs, in order, and declared values."""
    output = body.get("output")
    known = app.callback_map.get(output) if isinstance(output, str) else None
    if known is None or "callback" not in known or not set(body) <= KEYS:
        return False
    return (
        _is_each_declared(body.get("inputs"), known["inputs"])
        and _is_each_declared(body.get("state", []), known["state"])
        and _are_outputs(body.get("outputs"), known["output"])
        and _are_names(body.get("changedPropIds"), known["inputs"])
        and _are_names(body.get("parsedChangedPropsIds", []), known["inputs"])
    )


def name_callback(output: str) -> str:
    """Return the short name of a callback: the first thing it changes."""
    return output.strip(".").partition("...")[0]


def _is_each_declared(given: object, wanted: list[dict[str, str]]) -> bool:
    if not isinstance(given, list) or len(given) != len(wanted):
        return False
    return all(_is_declared(entry, want) for entry, want in zip(given, wanted, strict=True))


def _is_declared(entry: object, want: dict[str, str]) -> bool:
    if not isinstance(entry, dict) or set(entry) - {"value"} != {"id", "property"}:
        return False
    accepts = DECLARED.get((want["id"], want["property"]))
    is_named = (entry["id"], entry["property"]) == (want["id"], want["property"])
    return is_named and accepts is not None and accepts(entry.get("value"))


def _are_outputs(given: object, declared: object) -> bool:
    wanted = declared if isinstance(declared, list | tuple) else [declared]
    named = [{"id": one.component_id, "property": one.component_property} for one in wanted]
    return given == (named if isinstance(declared, list | tuple) else named[0])


def _are_names(given: object, inputs: list[dict[str, str]]) -> bool:
    if not isinstance(given, list) or len(given) > len(inputs):
        return False
    names = {f"{one['id']}.{one['property']}" for one in inputs}
    return all(isinstance(name, str) and name in names for name in given)
