"""Observing: each request gets an id, is timed and counted, by the route it took and never by what it asked for."""

from __future__ import annotations

import logging
import re
import time
import uuid

import flask

from dashboard import metrics
from dashboard.clock import Watch
from dashboard.seldom import Seldom

log = logging.getLogger(__name__)
HEADER = "X-Request-ID"
ANYTHING = "/<path:path>"
"""Dash's rule for whatever has no other."""
SHAPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
"""An id from in front of us is kept when it looks like this: nothing else gets into the log."""
PAGES = {"/", ANYTHING}
"""The rules by which Dash answers every page; the kind of page is told apart instead."""
NOWHERE = {"none", "page unknown"}
"""The routes of what leads to nothing that we have."""


def register_observing(server: flask.Flask) -> None:
    """Name, time and count every request. Registered first, so that refusals are counted too."""
    watch, nowhere = Watch(), Seldom(log, "requests for what is not here since the last such line: %s")
    server.before_request(begin_request)
    server.before_request(watch.look)
    server.after_request(lambda response: finish_request(response, nowhere=nowhere))


def begin_request() -> None:
    """Take the request's id, or make one, and the time."""
    given = flask.request.headers.get(HEADER, "")
    flask.g.request_id = given if SHAPE.fullmatch(given) else uuid.uuid4().hex
    flask.g.began = time.perf_counter()


def finish_request(response: flask.Response, *, nowhere: Seldom) -> flask.Response:
    """Return the response with the request's id, counted; what led nowhere is said too, but never what it was."""
    if "request_id" not in flask.g:
        return response
    response.headers[HEADER] = flask.g.request_id
    route, status = name_route(), str(response.status_code)
    metrics.REQUESTS.labels(route, status).inc()
    metrics.SECONDS.labels(route).observe(time.perf_counter() - flask.g.began)
    if route in NOWHERE and 400 <= response.status_code < 500:
        nowhere.count()
    if "callback" in flask.g:
        metrics.CALLBACKS.labels(flask.g.callback, status).inc()
    if "export_kind" in flask.g:
        metrics.EXPORTS.labels(flask.g.export_kind, status).inc()
    return response


def name_route() -> str:
    """Return the rule that the request matched, for a page its kind: a few dozen names, whatever is asked for."""
    rule = flask.request.url_rule
    if rule is None:
        return "none"
    if rule.rule in PAGES:
        return f"page {flask.g.get('page_kind') or 'unknown'}"
    return rule.rule
