"""The OpenAPI 3.1 document: made from the models that check requests and from the columns of the live snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from pydantic import BaseModel

from dashboard.api.problems import KINDS, ProblemBody
from dashboard.api.resources import RESOURCES, SNAPSHOT_COLUMNS, SNAPSHOTS, Resource, parameters_of_one
from dashboard.archive import Holding, read_meaning

Json = dict[str, Any]

ABOUT = (
    "The figures of the dashboard, as they stand in its published snapshots. A snapshot never changes: name one by its "
    "id and get what it held then. `value` is null where there is none, and `status` says why. Rows with "
    "`is_illustrative` true were made up to show how the dashboard works: never quote them as facts about a council."
)
LICENCE = {
    "name": "Open Government Licence v3.0; vacancies by authority CC BY 4.0. Each source names its own.",
    "identifier": "OGL-UK-3.0",
}
HEADERS: Json = {
    "Snapshot-Id": {"description": "The snapshot that the rows are of.", "schema": {"type": "string"}},
    "Is-Illustrative": {
        "description": "true when any row of the answer was made up.",
        "schema": {"type": "string", "enum": ["true", "false"]},
    },
    "ETag": {"description": "Send it back as If-None-Match: 304 says nothing changed.", "schema": {"type": "string"}},
}


def describe_api(holding: Holding) -> Json:
    """Return the document; the columns are those of the snapshot whose files are given."""
    resources = [*RESOURCES.values(), SNAPSHOTS]
    paths: Json = {}
    for resource in resources:
        paths[resource.path] = {"get": _describe_list(resource)}
        if resource.key:
            paths[f"{resource.path}/{{{resource.key}}}"] = {"get": _describe_one(resource)}
    schemas = {resource.row: describe_row(read_columns(resource, holding), key=resource.key) for resource in resources}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Adult social care COVID-19 dashboard",
            "version": "1",
            "summary": "Published figures on COVID-19 and adult social care in England.",
            "description": ABOUT,
            "license": LICENCE,
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas | _describe_problem(), "headers": HEADERS},
    }


def read_columns(resource: Resource, holding: Holding) -> pa.Schema:
    """Return the columns of a resource's rows."""
    return SNAPSHOT_COLUMNS if resource is SNAPSHOTS else holding.tables[resource.name].schema


def describe_row(columns: pa.Schema, *, key: str) -> Json:
    """Return the JSON schema of a row: each column with its type and meaning; numbers and dates may be null."""
    properties = {field.name: _describe_column(field) for field in columns}
    return {"type": "object", "properties": properties, "required": list(columns.names), "additionalProperties": False}


def _describe_column(field: pa.Field) -> Json:
    meaning = read_meaning(field)
    said = {"description": meaning} if meaning else {}
    if pa.types.is_boolean(field.type):
        return {"type": "boolean", **said}
    if pa.types.is_string(field.type):
        return {"type": "string", **said}
    if pa.types.is_date(field.type):
        return {"type": ["string", "null"], "format": "date", **said}
    return {"type": ["integer" if pa.types.is_integer(field.type) else "number", "null"], **said}


def _describe_list(resource: Resource) -> Json:
    envelope = {
        "type": "object",
        "properties": _say_snapshot()
        | {
            "total": {"type": "integer", "description": "Rows that the parameters choose, on all pages."},
            "data": {"type": "array", "items": {"$ref": f"#/components/schemas/{resource.row}"}},
            "next": {
                "type": ["string", "null"],
                "format": "uri",
                "description": "The address of the rows that follow, in the same snapshot; null on the last page.",
            },
        },
        "required": ["snapshot", "is_illustrative", "total", "data", "next"],
    }
    parameters = list(describe_parameters(resource.parameters))
    return _describe_operation(resource, f"list_{resource.name}", resource.summary, parameters, envelope)


def _describe_one(resource: Resource) -> Json:
    envelope = {
        "type": "object",
        "properties": _say_snapshot() | {"data": {"$ref": f"#/components/schemas/{resource.row}"}},
        "required": ["snapshot", "is_illustrative", "data"],
    }
    key = {"name": resource.key, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    parameters = [key, *describe_parameters(parameters_of_one(resource))]
    summary = f"One {resource.row.lower()} by its {resource.key}."
    return _describe_operation(resource, f"get_{resource.row.lower()}", summary, parameters, envelope)


def _say_snapshot() -> Json:
    return {
        "snapshot": {"type": "string", "description": "The snapshot that the answer is of."},
        "is_illustrative": {"type": "boolean", "description": "True when any row of the answer was made up."},
    }


def _describe_operation(resource: Resource, name: str, summary: str, parameters: list[Json], envelope: Json) -> Json:
    content = {"application/json": {"schema": envelope}, "text/csv": {"schema": {"type": "string"}}}
    headers = {header: {"$ref": f"#/components/headers/{header}"} for header in HEADERS}
    responses: Json = {
        "200": {"description": "The rows.", "headers": headers, "content": content},
        "304": {"description": "Nothing changed since the answer whose ETag was sent."},
    }
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, title in KINDS.values():
        if status != 405:
            responses[str(status)] = {"description": title, "content": problem}
    return {
        "operationId": name,
        "summary": summary,
        "tags": [resource.name],
        "parameters": parameters,
        "responses": responses,
    }


def describe_parameters(model: type[BaseModel]) -> Iterator[Json]:
    """Yield the parameters of a model as OpenAPI has them."""
    for name, declared in model.model_json_schema(by_alias=True)["properties"].items():
        schema = {key: value for key, value in declared.items() if key not in ("title", "description", "examples")}
        choices = [one for one in schema.pop("anyOf", []) if one != {"type": "null"}]
        if choices:  # None only says that it was not given
            schema |= choices[0]
        if schema.get("default", "") in (None, []):
            del schema["default"]
        parameter: Json = {"name": name, "in": "query", "required": False, "description": declared["description"]}
        if schema.get("type") == "array":
            parameter["description"] += " Several by commas, or by giving the parameter again."
            parameter |= {"style": "form", "explode": True}
        if "examples" in declared:
            parameter["example"] = declared["examples"][0]
        yield parameter | {"schema": schema}


def _describe_problem() -> Json:
    problem = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
    inner = problem.pop("$defs")
    return {"Problem": problem} | inner
