"""The OpenAPI document is true: whatever it allows is answered as it says, and whatever it does not is refused."""

from __future__ import annotations

from urllib.parse import quote_from_bytes

import pytest
import schemathesis
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from dashboard.api.parameters import ListObservations
from dashboard.api.resources import RESOURCES, SNAPSHOTS
from dashboard.store import Snapshot

PATHS = [
    *(f"/api/v1/{name}" for name in ("observations", "indicators", "areas", "sources", "snapshots")),
    *(f"/api/v1/{name}" for name in ("signals", "signals/{signal_id}", "signal_rules", "signal_rules/{id}")),
    *(f"/api/v1/{name}" for name in ("indicators/{id}", "areas/{code}", "sources/{id}", "snapshots/{id}")),
]
WIDEST = ("/api/v1/observations", "/api/v1/areas")
"""The addresses with most parameters; the others take few words, and are soon tried."""
LISTS = [*RESOURCES, SNAPSHOTS.name]
FEW = settings(
    max_examples=60, derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)  # fmt: skip
NAMES = [*(field.alias or name for name, field in ListObservations.model_fields.items()), "group", "kind", "x"]
WORDS = st.one_of(
    st.sampled_from(["E08000027", "deaths_covid_week_count", "2020-05-01", "csv", "latest", "1", "25000", "-1", "NaN"]),
    st.text(max_size=20),
    st.binary(max_size=12).map(quote_from_bytes),
)


@pytest.fixture(scope="module")
def api(app: Dash) -> schemathesis.BaseSchema:
    """The API as its own document describes it, called without a network."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app.server)


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("path", PATHS)
def test_answers_as_its_description_says(api: schemathesis.BaseSchema, path: str, mode: GenerationMode):
    """No 5xx, the described statuses, types, headers and rows; what breaks the description is refused."""
    statuses = set()

    @settings(FEW, max_examples=60 if path in WIDEST else 25)
    @given(case=api[path]["GET"].as_strategy(generation_mode=mode))
    def try_case(case: schemathesis.Case) -> None:
        # A code may be well formed and of no area: the snapshot, not the shape, decides what is known.
        # The caller unpacks no brotli.
        reply = case.call_and_validate(
            headers={"Accept-Encoding": "identity"}, excluded_checks=[positive_data_acceptance]
        )
        statuses.add(reply.status_code)

    try_case()
    assert statuses
    if mode is GenerationMode.POSITIVE and "{" not in path:
        assert 200 in statuses


def test_describes_every_address(api: schemathesis.BaseSchema):
    assert set(PATHS) == set(api)


@pytest.mark.parametrize("name", LISTS)
@settings(FEW, max_examples=100)
@given(query=st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), st.text(max_size=8)), WORDS), max_size=4))
def test_answers_any_query_or_refuses_it_with_a_reason(client: FlaskClient, name: str, query: list[tuple[str, str]]):
    reply = client.get(f"/api/v1/{name}", query_string=query)
    assert reply.status_code in (200, 400, 404), reply.text
    if reply.status_code != 200:
        assert reply.mimetype == "application/problem+json"
        assert len(reply.json["detail"]) > 15


def test_describes_every_parameter_that_is_read_and_every_column_that_is_given(client: FlaskClient, snapshot: Snapshot):
    document = client.get("/api/v1/openapi.json").json
    assert document["openapi"] == "3.1.0"
    operation = document["paths"]["/api/v1/observations"]["get"]
    refused = client.get("/api/v1/observations?x=1").json["detail"]
    known = refused.partition("Known are: ")[2].strip(".").split(", ")
    assert {one["name"] for one in operation["parameters"]} == set(known)
    row = document["components"]["schemas"]["Observation"]
    assert list(row["properties"]) == list(snapshot.observations.columns)
    assert all(column["description"].endswith(".") for column in row["properties"].values())


def test_gives_signals_and_the_rules_that_found_them(made_up_client: FlaskClient, made_up: Snapshot):
    given = made_up_client.get("/api/v1/signals?state=new,stronger,continuing&limit=25000").json["data"]
    rules = {row["id"] for row in made_up_client.get("/api/v1/signal_rules").json["data"]}
    standing = made_up.signals[made_up.signals["state"].isin(["new", "stronger", "continuing"])]
    assert [row["signal_id"] for row in given] == standing["signal_id"].tolist()
    assert {row["rule"] for row in given} <= rules
    refused = made_up_client.get("/api/v1/signals?rule=gut_feeling")
    assert (refused.status_code, refused.mimetype) == (400, "application/problem+json")


def test_names_examples_that_work(client: FlaskClient):
    document = client.get("/api/v1/openapi.json").json
    tried = 0
    for path, operations in document["paths"].items():
        for parameter in operations["get"]["parameters"]:
            if "example" in parameter and "{" not in path:
                words = parameter["example"] if isinstance(parameter["example"], list) else [parameter["example"]]
                reply = client.get(path, query_string=[(parameter["name"], word) for word in words])
                assert reply.status_code == 200, (path, parameter, reply.text)
                tried += 1
    assert tried > 15
