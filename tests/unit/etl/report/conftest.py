"""What a build prepared, with and without extracts, and the lines that a report shows of it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from rich.console import Console

from etl import tables
from etl.catalogue import load_catalogue
from etl.extract.frame import Refusal
from etl.pipeline import Prepared
from etl.returns.ingest import Ingested
from etl.returns.prepare import Prepared as Returned
from etl.schema import to_arrow

DAY = dt.date(2020, 8, 10)
DECLARED = ("returns", "registers", "return_rules")
FINDING = {"source_id": "made_up", "area_code": "E92000001", "rule": "totals_differ", "severity": "warning"}
FINDING |= {"rows": 1234, "finding": "The totals differ.", "what_to_do": "Ask.", "who_can": "They"}
RECORD = {
    "source_id": "capacity_tracker_care_homes",
    "file": "capacity_tracker_care_homes_2020-08-10.csv",
    "date": "2020-08-10",
    "sha256": "1" * 64,
    "is_illustrative": True,
    "rows_read": 1210,
    "rows_accepted": 1200,
    "rows_refused": 10,
    "refused_by_rule": {"unknown_council": 7, "total_row": 3},
    "totals": {"open": 1190, "answering": 1100},
}
SOURCE = {
    "id": RECORD["source_id"],
    "title": "Illustrative: returns",
    "publisher": "The dashboard team",
    "licence": "none: made up",
    "edition": "1 extract",
    "published": "never published",
    "received": DAY,
    "next_expected": "whenever",
    "file": RECORD["file"],
    "sha256": RECORD["sha256"],
    "data_from": DAY,
    "data_to": DAY,
    "rows_read": 1210,
    "rows_accepted": 1200,
    "rows_refused": 10,
    "notes": "",
    "is_illustrative": True,
}


@pytest.fixture
def show() -> Callable[..., list[str]]:
    """A function that gives the lines shown, without frames and with single spaces."""

    def run(*parts: object) -> list[str]:
        console = Console(file=io.StringIO(), width=300)
        for part in parts:
            console.print(part)
        lines = console.file.getvalue().replace("│", " ").replace("┃", " ").splitlines()
        return [" ".join(line.split()) for line in lines]

    return run


def make_returned(*, records: tuple[dict, ...] = (), replaced: tuple = (), is_illustrative: bool = True) -> Returned:
    """Returns with these records of care homes, each read just now."""
    read = {RECORD["source_id"]: len(records)} if records else {}
    return Returned(
        ingested=Ingested(records={RECORD["source_id"]: list(records)}, replaced=replaced, read_now=read),
        figures={},
        changes=pd.DataFrame(),
        findings=[],
        sources=[SOURCE | {"is_illustrative": is_illustrative}] if records else [],
        inputs=[],
        newest=DAY if records else None,
        is_illustrative=is_illustrative,
    )


@pytest.fixture
def record() -> dict:
    """The record of one extract of care homes."""
    return dict(RECORD)


@pytest.fixture
def returned() -> Callable[..., Returned]:
    """A function that makes returns from records."""
    return make_returned


@pytest.fixture
def prepare(make_extract: Callable, make_catalogue: Callable) -> Callable[..., Prepared]:
    """A function that prepares one small source, and returns if it is given some."""
    refusals = (Refusal("a", "One.", 1200),)
    extract = make_extract(file=Path("in/made_up.csv"), rows_read=5200, refusals=refusals, is_carried=True)

    def make(*, returns: Returned | None = None, findings: tuple[dict, ...] = (), **changes: object) -> Prepared:
        returns = returns or make_returned()
        # One source of our own, and the declared rules and layouts of the returns.
        whole = load_catalogue()
        catalogue = make_catalogue().model_copy(update={name: getattr(whole, name) for name in DECLARED})
        frames = {
            "sources": tables.make_sources(
                catalogue, extracts={"made_up": extract}, spans={"made_up": (DAY, DAY)}, returned=returns.sources
            ),
            "quality": tables.make_quality([FINDING, *findings], extracts={"made_up": extract}, area_code="E92000001"),
        }
        given = {
            "catalogue": catalogue,
            "extracts": {"made_up": extract},
            "tables": {name: to_arrow(name, frame) for name, frame in frames.items()},
            "inputs": [],
            "data_date": DAY,
            "returns": returns,
        }
        return Prepared(**(given | changes))

    return make


@pytest.fixture
def world() -> SimpleNamespace:
    """The day and the moment that the reports speak of."""
    return SimpleNamespace(day=DAY, now=dt.datetime(2020, 9, 1, 12, tzinfo=dt.UTC))
