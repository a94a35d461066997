"""What stands in front of the dashboard: proxies that may be believed, https, and the names it answers to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import flask
from werkzeug.exceptions import BadRequest
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

from dashboard.settings import Settings

LOCAL = ("127.0.0.1", "localhost", "[::1]")
"""Names by which monitors on the same machine ask."""
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def stand_behind(server: flask.Flask, settings: Settings) -> None:
    """Believe what the declared proxies say of a request, and what the settings say of them; refuse other names."""
    if settings.is_behind_tls:
        server.wsgi_app = come_by_https(server.wsgi_app)
    if settings.proxies:
        count = settings.proxies
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=count, x_proto=count, x_host=count)
    if settings.hosts:
        server.before_request(lambda: check_host((*settings.hosts, *LOCAL)))


def come_by_https(application: Application) -> Application:
    """Return the application that takes every request for one by https, so that the links it writes are."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return application(environ | {"wsgi.url_scheme": "https"}, start_response)

    return answer


def check_host(hosts: tuple[str, ...]) -> None:
    """Return when the request is for one of the names; BadRequest otherwise, for links are written with that name."""
    if not host_is_trusted(flask.request.host, list(hosts)):
        raise BadRequest("This service has another name.")
