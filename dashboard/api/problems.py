"""Problems: what the API could not do, why, and what to do about it, as application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
import logging

import flask
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.exceptions import HTTPException, MethodNotAllowed, TooManyRequests

from dashboard.archive import ArchiveError
from dashboard.faults import record_fault
from dashboard.store import StoreError

log = logging.getLogger(__name__)

KINDS: dict[str, tuple[int, str]] = {
    "bad-parameter": (400, "A parameter cannot be used as it stands"),
    "not-found": (404, "There is nothing at this address"),
    "method-not-allowed": (405, "The API can only be read"),
    "not-acceptable": (406, "The answer is not available in the format asked for"),
    "too-many-requests": (429, "Too much was asked from one address"),
    "fault": (500, "Something went wrong here"),
    "no-figures": (503, "The figures are not ready"),
}
"""Every kind of problem: its status and its title."""


class Fault(BaseModel):
    """One parameter that is wrong, and why."""

    parameter: str
    reason: str


class ProblemBody(BaseModel):
    """What a problem says."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="Which kind of problem: an address on the API's page.")
    title: str = Field(description="The kind in words; the same for every problem of it.")
    status: int = Field(description="The status of the answer.")
    detail: str = Field(description="What is wrong this time, and what to do.")
    instance: str = Field(description="The address that was asked for.")
    errors: list[Fault] = Field(default=[], description="The parameters that are wrong, each with a reason.")


class Problem(Exception):
    """The API cannot answer as asked; `detail` says why and what to do."""

    def __init__(self, kind: str, detail: str, *, errors: list[Fault] | None = None) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.errors = errors or []


def answer_problem(error: Exception) -> flask.Response:
    """Return an error of the API as a problem; an unforeseen one is logged with a reference that the problem shows."""
    problem = _name_problem(error)
    status, title = KINDS[problem.kind]
    query = flask.request.query_string.decode("ascii", "replace")
    body = ProblemBody(
        type=f"/api#{problem.kind}",
        title=title,
        status=status,
        detail=problem.detail,
        instance=f"{flask.request.path}?{query}" if query else flask.request.path,
        errors=problem.errors,
    )
    text = json.dumps(body.model_dump(), ensure_ascii=False)
    response = flask.Response(text, status=status, mimetype="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ["GET"]))
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _name_problem(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, MethodNotAllowed):
        return Problem("method-not-allowed", f"{flask.request.method} changes or asks what the API has not. Use GET.")
    if isinstance(error, TooManyRequests):
        return Problem("too-many-requests", str(error.description))
    if isinstance(error, HTTPException) and error.code == 404:
        return Problem("not-found", "The API has nothing at this address. /api/v1/openapi.json lists what it has.")
    if isinstance(error, ArchiveError):
        return Problem("not-found", str(error))
    if isinstance(error, StoreError):
        log.error("no snapshot: %s", error)
        return Problem("no-figures", "There are no published figures to give just now. Try again in a few minutes.")
    if isinstance(error, HTTPException) and error.code and error.code < 500:
        return Problem("bad-parameter", error.description or "The request cannot be read.")
    reference = record_fault(f"{flask.request.method} {flask.request.path}")
    return Problem("fault", f"It is our fault, not yours. If it happens again, quote the reference {reference}.")
