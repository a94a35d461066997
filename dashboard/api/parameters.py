"""Parameters of the API, declared once: these models check requests, and the OpenAPI document is made from them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from dashboard.api.problems import Fault, Problem
from dashboard.archive import LATEST, SHAPE

DEFAULT_LIMIT, MOST_ROWS, MOST_OFFSET = 1000, 25_000, 100_000_000
CODE = r"^E\d{8}$"
LESS = "Ask for fewer rows at a time: narrow them by {filters}, or follow `next` from page to page."


def _refuse_loose_number(word: object) -> object:
    """Return the word if it is plain digits: "1_000" and " 5 " are numbers to Python, and slips in an address."""
    if isinstance(word, str) and not re.fullmatch(r"[0-9]{1,12}", word):
        raise ValueError("it is no whole number in plain digits")
    return word


def _refuse_loose_date(word: object) -> object:
    """Return the word if it is a date like 2020-08-10: a bare number would pass for seconds since 1970."""
    if isinstance(word, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", word):
        raise ValueError("it is no date like 2020-08-10")
    return word


Number = Annotated[int, BeforeValidator(_refuse_loose_number)]
Day = Annotated[dt.date, BeforeValidator(_refuse_loose_date)]
Code = Annotated[str, Field(pattern=CODE)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,99}$")]
Words = Annotated[str, Field(min_length=1, max_length=100)]


class Formatted(BaseModel):
    """What every address takes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)

    format: Literal["json", "csv"] | None = Field(
        None,
        description="json or csv. Without it the Accept header decides, and JSON is the default.",
        examples=["csv"],
    )


class Pinned(Formatted):
    """What an address takes whose rows lie in a snapshot."""

    snapshot: Annotated[str, Field(pattern=f"^({LATEST}|{SHAPE})$")] = Field(
        LATEST,
        description="The id of a snapshot, from /api/v1/snapshots, to get what it held then; or latest.",
        examples=[LATEST],
    )


class Paged(Formatted):
    """What a list takes."""

    limit: Number = Field(
        DEFAULT_LIMIT, ge=1, le=MOST_ROWS, description=f"Rows in one answer, {MOST_ROWS:,} at most.", examples=[100]
    )
    offset: Number = Field(
        0, ge=0, le=MOST_OFFSET, description="Rows to pass over. The address in next has it set.", examples=[0]
    )


class ListSnapshots(Paged):
    """Parameters of the list of snapshots."""


class ListSources(Pinned, Paged):
    """Parameters of the list of sources."""


class ListAreas(Pinned, Paged):
    """Parameters of the list of areas."""

    kind: list[Literal["country", "region", "authority"]] = Field(
        [], description="Kinds of area: country, region or authority.", examples=[["region"]]
    )
    region: list[Code] = Field([], description="ONS codes of regions to look in.", examples=[["E12000005"]])


class ListIndicators(Pinned, Paged):
    """Parameters of the list of indicators."""

    group: list[Words] = Field(
        [], description="Focus groups or subjects, as the column group has them.", examples=[["Deaths"]]
    )


class ListSignals(Pinned, Paged):
    """Parameters of the list of signals."""

    area: list[Code] = Field([], description="ONS codes of areas, such as E08000027.", examples=[["E08000027"]])
    rule: list[Id] = Field([], description="Ids of rules, from /api/v1/signal_rules.", examples=[["below_england"]])
    strength: list[Literal["clear", "strong"]] = Field([], description="clear or strong.", examples=[["strong"]])
    state: list[Literal["new", "stronger", "continuing", "asked", "cleared"]] = Field(
        [], description="new, stronger, continuing, asked or cleared.", examples=[["new"]]
    )


class ListRules(Pinned, Paged):
    """Parameters of the list of rules."""


class ListObservations(Pinned, Paged):
    """Parameters of the list of observations."""

    area: list[Code] = Field([], description="ONS codes of areas, such as E08000027.", examples=[["E08000027"]])
    indicator: list[Id] = Field(
        [],
        description="Ids of indicators, from /api/v1/indicators.",
        examples=[["deaths_covid_week_count"]],
    )
    first: Day | None = Field(
        None, alias="from", description="First date to give, such as 2020-08-10.", examples=["2020-08-01"]
    )
    last: Day | None = Field(
        None, alias="to", description="Last date to give, such as 2020-08-31.", examples=["2020-08-31"]
    )


Model = TypeVar("Model", bound=BaseModel)


def read_parameters(model: type[Model], given: Mapping[str, Sequence[str]]) -> Model:
    """Return the parameters of a request, each name with the words given for it; Problem names all that are wrong.

    Lists take several words by commas or by repeating the name; other parameters take one.
    """
    kinds = {field.alias or name: field for name, field in model.model_fields.items()}
    values: dict[str, Any] = {}
    faults = []
    for name, words in given.items():
        if name not in kinds:
            faults.append(Fault(parameter=name[:40], reason=f"it is not known here. Known are: {', '.join(kinds)}."))
        elif _is_list(kinds[name].annotation):
            values[name] = [word for several in words for word in several.split(",")]
        elif len(words) > 1:
            faults.append(Fault(parameter=name, reason="it is given more than once. Give it once."))
        else:
            values[name] = words[0]
    try:
        read = model.model_validate(values)
    except ValidationError as error:
        faults += [_explain(model, entry) for entry in error.errors(include_url=False)]
    if faults:
        raise Problem("bad-parameter", " ".join(f"{one.parameter}: {one.reason}" for one in faults), errors=faults)
    return read


def _is_list(annotation: object) -> bool:
    return getattr(annotation, "__origin__", None) is list


def _explain(model: type[BaseModel], entry: Mapping[str, Any]) -> Fault:
    """Return a fault in plain English: what stands there, and what the declaration says that it takes."""
    name = str(entry["loc"][0])
    shown = repr(entry["input"])[:40]
    field = next(field for key, field in model.model_fields.items() if name == (field.alias or key))
    if name == "limit" and entry["type"] == "less_than_equal":
        filters = [key for key in list_filters(model) if key not in Paged.model_fields]
        less = LESS.format(filters=", ".join(filters)) if filters else LESS.format(filters="`limit`")
        return Fault(parameter=name, reason=f"{shown} is more than the {MOST_ROWS:,} rows that one answer has. {less}")
    return Fault(parameter=name, reason=f"{shown} is not what it takes. {field.description}")


def list_filters(model: type[BaseModel]) -> list[str]:
    """Return the names of the parameters that choose rows."""
    names = [field.alias or name for name, field in model.model_fields.items()]
    return [name for name in names if name not in (*Paged.model_fields, *Pinned.model_fields)]
