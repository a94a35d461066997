"""Serving: status codes that tell the truth, security headers, compression, and errors a person can read."""

from __future__ import annotations

import logging

import flask
from dash import Dash
from dash.exceptions import DependencyException, InvalidResourceError
from markupsafe import escape
from werkzeug.exceptions import HTTPException, NotFound, ServiceUnavailable

from dashboard.addresses import OURS, find_page
from dashboard.api.problems import answer_problem
from dashboard.api.routes import ROOT, register_api
from dashboard.briefing.agenda_routes import register_agenda
from dashboard.briefing.routes import register_briefing
from dashboard.document import write_document
from dashboard.export.csv import register_downloads
from dashboard.export.open_data import register_open_data
from dashboard.export.routes import register_exports
from dashboard.faults import record_fault
from dashboard.feeds import register_feeds
from dashboard.fronting import stand_behind
from dashboard.guard import register_guard
from dashboard.health import register_health
from dashboard.limits import register_limits
from dashboard.observing import ANYTHING, register_observing
from dashboard.pages.compare import answer_card
from dashboard.ready import attach_ready, keep_ready
from dashboard.settings import Settings
from dashboard.shared import SharedAnswers, make_folder
from dashboard.statics import answer_static
from dashboard.store import StoreError, current_store

log = logging.getLogger(__name__)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

FOR_DEVELOPERS = {"/_reload-hash"}
OPEN = ("/api/v1/", "/downloads/", "/feeds/")
"""Open data, without any key or cookie: pages of other sites may read it too."""
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Link, Snapshot-Id, Is-Illustrative, Content-Disposition",
    "Access-Control-Max-Age": "86400",
}

PLAIN_PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/assets/dashboard.css"></head>
<body><main class="plain"><h1>{title}</h1><p>{text}</p><p><a href="/">Go to the England page</a></p></main>
</body></html>"""


def register_serving(app: Dash, settings: Settings) -> None:
    """Add the routes, the headers and the error pages to the app's server."""
    server = app.server
    server.debug = False  # whatever FLASK_DEBUG says, which Flask reads by itself
    server.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_MIN_SIZE=500,
        MAX_CONTENT_LENGTH=256 * 1024,
        SEND_FILE_MAX_AGE_DEFAULT=3600,  # Dash names assets with the time of their last change, so none grows stale
    )
    register_observing(server)
    stand_behind(server, settings)
    server.before_request(hide_developers_routes)
    register_limits(server, per_minute=settings.work_per_minute, is_proxied=settings.proxies > 0)
    register_guard(app)
    register_health(server, metrics_folder=settings.metrics_folder)
    server.add_url_rule("/compare/card", view_func=answer_card)
    register_downloads(server)
    register_open_data(server)
    register_exports(server)
    register_briefing(server)
    register_agenda(server)
    register_feeds(server)
    register_api(server)
    server.before_request(answer_static)
    folder = make_folder()
    attach_ready(server, shared=SharedAnswers(folder) if folder else None)
    server.before_request(lambda: answer_page(app))
    server.after_request(lambda response: add_headers(response, app, is_behind_tls=settings.is_behind_tls))
    # The last registered is the first to run: others add their headers to what it returns.
    server.after_request(keep_ready)
    server.register_error_handler(Exception, answer_error)


def hide_developers_routes() -> None:
    """Answer 404 where Dash has something for developers, which it registers in production too."""
    if flask.request.path in FOR_DEVELOPERS:
        raise NotFound


def answer_page(app: Dash) -> flask.typing.ResponseReturnValue | None:
    """Return the page with its text in place, a redirect, or a page with 404; None for another route to answer."""
    path, rule = flask.request.path, flask.request.url_rule
    if path.startswith(OURS):
        if rule is not None and rule.rule == ANYTHING:
            raise NotFound  # Dash would send its bare document
        return None
    if flask.request.method not in ("GET", "HEAD"):
        return None
    given = read_query()
    address = find_page(current_store().snapshot, path, given)
    flask.g.page_kind = address.kind
    if address.status == 301:
        query = flask.request.query_string.decode("ascii", "ignore")
        return flask.redirect(f"{address.target}?{query}" if query else address.target, code=301)
    written = write_document(app, address, given)
    return written, flask.g.get("page_status") or address.status


def read_query() -> dict[str, str]:
    """Return the query as the page's layout will get it: a key given twice has a value that no page offers."""
    given = flask.request.args.to_dict(flat=False)
    return {name: words[0] if len(words) == 1 else str(words) for name, words in given.items()}


def add_headers(response: flask.Response, app: Dash, *, is_behind_tls: bool) -> flask.Response:
    """Return the response with the security headers; scripts only from here and by the hashes that Dash declares."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", make_policy(app))
    if is_behind_tls:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={365 * 24 * 3600}; includeSubDomains")
    if flask.request.path.startswith(OPEN):
        response.headers.update(SHARED)
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-cache")
    return response


def make_policy(app: Dash) -> str:
    """Return the content-security policy. Styles may stand inline: charts are placed by them."""
    policy = getattr(app, "_asc_policy", None)
    if policy is None:
        hashes = " ".join(f"'{digest.strip(chr(39))}'" for digest in app.csp_hashes())
        policy = (
            f"default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
            "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
            "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
        )
        app._asc_policy = policy
    return policy


def find_wait(error: Exception) -> dict[str, str]:
    """Return the header that says when to try again, where the error knows."""
    wait = getattr(error, "retry_after", None)
    return {"Retry-After": str(wait)} if wait else {}


def answer_error(error: Exception) -> flask.typing.ResponseReturnValue:
    """Return a plain page, or a problem where the API was asked; the unforeseen is logged with a reference it shows."""
    if flask.request.path.startswith(ROOT):
        return answer_problem(error)
    if isinstance(error, DependencyException | InvalidResourceError):
        error = NotFound()  # Dash's words for a script that it has not
    if isinstance(error, HTTPException):
        text = error.description or "The request could not be answered."
        title = "Not available just now" if isinstance(error, ServiceUnavailable) else error.name
        page = PLAIN_PAGE.format(title=escape(title), text=escape(text))
        return page, error.code or 500, find_wait(error)
    if isinstance(error, StoreError):
        log.error("no snapshot: %s", error)
        return PLAIN_PAGE.format(
            title="The figures are not ready",
            text="The dashboard has no published figures to show. The people who run it have been told in its log.",
        ), 503
    reference = record_fault(f"{flask.request.method} {flask.request.path}")
    return PLAIN_PAGE.format(
        title="Something went wrong here",
        text=f"It is our fault, not yours. If it happens again, quote the reference {reference}.",
    ), 500
