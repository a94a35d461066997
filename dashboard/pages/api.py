"""The API's page (`/api`): every list with its parameters, an example that works, and what it answers now.

It is written from the OpenAPI document and from the API's own answers, so neither can say anything else.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import dash
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.api.answers import list_rows, write_list
from dashboard.api.openapi import describe_api
from dashboard.api.parameters import DEFAULT_LIMIT, MOST_ROWS, read_parameters
from dashboard.api.problems import KINDS
from dashboard.api.resources import RESOURCES, SNAPSHOTS, Resource
from dashboard.archive import current_archive
from dashboard.components.data_links import scroll_table
from dashboard.pages.page import drawn_from_address, page
from dashboard.selection import read_selection
from dashboard.store import Snapshot

Json = dict[str, Any]


def register() -> None:
    """Register the page at /api."""
    dash.register_page(
        __name__, path="/api", title="API: adult social care COVID-19 dashboard", layout=drawn_from_address(layout)
    )


def layout(snapshot: Snapshot, /, **query: str) -> Component:
    """Return the page; it takes no query."""
    read_selection(snapshot, query, page="api")
    document = describe_api(current_archive().hold(snapshot.id))
    resources = [*RESOURCES.values(), SNAPSHOTS]
    links = [html.Li(html.A(resource.name, href=f"#{resource.name}")) for resource in resources]
    return page(
        title="API",
        lead="The figures of this dashboard for programs, as JSON or CSV. No key is needed.",
        children=[
            html.Nav(
                [html.Ul([html.Li(html.A("How it works", href="#how")), *links, _link_problems()])],
                className="contents",
                **{"aria-label": "On this page"},
            ),
            html.H2("How it works", id="how"),
            html.Ul([html.Li(line) for line in HOW_IT_WORKS], className="prose"),
            html.P(
                [
                    "For programs that read such descriptions: ",
                    html.A("openapi.json", href="/api/v1/openapi.json"),
                    " (OpenAPI 3.1). For whole files: ",
                    dcc.Link("Downloads", href="/downloads"),
                    ".",
                ]
            ),
            *[part for resource in resources for part in _describe_resource(snapshot, resource, document)],
            *_list_problems(),
        ],
    )


HOW_IT_WORKS = (
    f"A list answers data and next. It has {DEFAULT_LIMIT:,} rows unless limit says otherwise, {MOST_ROWS:,} at most. "
    "Follow next, which is null on the last page: all pages are then of one snapshot.",
    "Each answer names its snapshot, in its body and in the header Snapshot-Id. Add snapshot and an id to get the same "
    "answer again for as long as that snapshot is kept.",
    "A value that is missing is null, and status says why: c confidential, x unavailable, z not applicable.",
    "Rows with is_illustrative true were made up to show how the dashboard works. Never quote them as facts.",
    "For CSV add format=csv, or accept text/csv. The address of the next page is then in the header Link.",
    "Send an ETag back as If-None-Match: 304 says that nothing has changed.",
    "An unknown parameter or value is refused, with a reason, and never passed over.",
)


def _link_problems() -> html.Li:
    return html.Li(html.A("Problems", href="#problems"))


def _describe_resource(snapshot: Snapshot, resource: Resource, document: Json) -> list[Component]:
    operation = document["paths"][resource.path]["get"]
    columns = document["components"]["schemas"][resource.row]["properties"]
    example = f"{resource.path}?{resource.sample}"
    single = f"{resource.path}/{{{resource.key}}}"
    return [
        html.H2(resource.name.capitalize(), id=resource.name),
        html.P(resource.summary),
        html.P(["GET ", html.Code(resource.path), *([", or one by ", html.Code(single)] if resource.key else [])]),
        scroll_table(
            [_describe_parameter(parameter) for parameter in operation["parameters"]],
            headings=("Parameter", "What it takes", "Default"),
            caption=f"Parameters of {resource.name}",
        ),
        html.Details(
            [
                html.Summary(f"Columns ({len(columns)})"),
                html.Dl([part for name, column in columns.items() for part in _describe_column(name, column)]),
            ],
            className="columns",
        ),
        html.P(["Example: ", html.A(html.Code(f"GET {example}"), href=example)], className="example"),
        html.Pre(
            html.Code(_answer_example(snapshot, resource)),
            className="answer",
            tabIndex=0,
            role="region",
            **{"aria-label": f"Example answer of {resource.name}"},
        ),
    ]


def _describe_parameter(parameter: Json) -> html.Tr:
    default = parameter["schema"].get("default", "none")
    cells = [html.Td(parameter["description"]), html.Td(f"{default:,}" if isinstance(default, int) else default)]
    return html.Tr([html.Th(html.Code(parameter["name"]), scope="row"), *cells])


def _describe_column(name: str, column: Json) -> tuple[Component, Component]:
    kinds = column["type"] if isinstance(column["type"], list) else [column["type"]]
    kind = column.get("format", kinds[0]) + (" or null" if "null" in kinds else "")
    meaning = column.get("description", "")
    return html.Dt(html.Code(name)), html.Dd(f"{kind}. {meaning}" if meaning else kind)


def _answer_example(snapshot: Snapshot, resource: Resource) -> str:
    """Return what the example's address answers now, spread over lines."""
    asked = read_parameters(resource.parameters, parse_qs(resource.sample))
    rows = list_rows(current_archive(), snapshot, resource, asked)
    return json.dumps(json.loads(write_list(rows, address=resource.path)), ensure_ascii=False, indent=2)


def _list_problems() -> list[Component]:
    rows = [
        html.Tr([html.Th(html.Code(kind), scope="row", id=kind), html.Td(str(status)), html.Td(title)])
        for kind, (status, title) in KINDS.items()
    ]
    return [
        html.H2("Problems", id="problems"),
        html.P(
            "What cannot be answered gets application/problem+json: type, title, status, detail, instance, and errors "
            "with a reason for each parameter that is wrong.",
            className="prose",
        ),
        scroll_table(rows, headings=("Type", "Status", "What it means"), caption="Kinds of problem"),
    ]
