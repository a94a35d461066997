"""What the command line shows."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from rich.console import Console

from etl import report, tables
from etl.errors import SnapshotError
from etl.extract.frame import Refusal
from etl.pipeline import Outcome, Prepared
from etl.publish import publish, read_current, write_release
from etl.returns.ingest import Ingested
from etl.returns.prepare import Prepared as Returned
from etl.schema import to_arrow

DAY = dt.date(2020, 8, 10)
NOW = dt.datetime(2020, 9, 1, 12, tzinfo=dt.UTC)
FINDING = {"source_id": "made_up", "area_code": "E92000001", "rule": "totals_differ", "severity": "warning"}
FINDING |= {"rows": 1234, "finding": "The totals differ.", "what_to_do": "Ask.", "who_can": "They"}
NO_RETURNS = Returned(
    ingested=Ingested(records={}, replaced=(), read=0),
    figures={}, changes=pd.DataFrame(), findings=[], sources=[], inputs=[], newest=None, is_illustrative=False,
)  # fmt: skip


def show(*parts):
    """The lines shown, without frames and with single spaces."""
    console = Console(file=io.StringIO(), width=300)
    for part in parts:
        console.print(part)
    lines = console.file.getvalue().replace("│", " ").replace("┃", " ").splitlines()
    return [" ".join(line.split()) for line in lines]


@pytest.fixture
def prepared(make_catalogue, make_extract):
    refusals = (Refusal("a", "One.", 1200),)
    extract = make_extract(file=Path("in/made_up.csv"), rows_read=5200, refusals=refusals, is_carried=True)
    catalogue = make_catalogue()
    figures = pd.DataFrame({"source_id": ["made_up"], "date": [DAY]})
    frames = {
        "sources": tables.make_sources(catalogue, extracts={"made_up": extract}, figures=figures),
        "quality": tables.make_quality([FINDING], extracts={"made_up": extract}, area_code="E92000001"),
    }
    made = {name: to_arrow(name, frame) for name, frame in frames.items()}
    return Prepared(
        catalogue=catalogue, extracts={"made_up": extract}, tables=made, inputs=[], data_date=DAY, returns=NO_RETURNS
    )


@pytest.fixture
def snapshots(prepared, tmp_path):
    publish(prepared.tables, data_date=DAY, inputs=[], folder=tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("previous", "news"),
    [(None, "Snapshot 2020-08-10-ab is live."), ("2020-08-10-ab", "was live already: nothing has changed.")],
)
def test_says_whether_a_build_changed_anything(prepared, previous, news):
    outcome = Outcome(snapshot_id="2020-08-10-ab", previous_id=previous, prepared=prepared)
    lines = show(report.describe_build(outcome))
    assert lines[-1].endswith(news)
    assert "quality 2" in lines
    assert outcome.is_new is (previous is None)


def test_shows_rows_read_accepted_and_refused(prepared):
    assert "made_up deaths.csv carried table 5,200 4,000 1,200" in show(report.describe_inputs(prepared))


def test_says_when_a_file_is_the_publishers_own(prepared, make_extract):
    own = Prepared(prepared.catalogue, {"made_up": make_extract()}, {}, [], DAY, NO_RETURNS)
    assert "made_up deaths.csv original 0 0 0" in show(report.describe_inputs(own))


def test_says_what_is_live_how_old_it_is_and_what_was_refused(snapshots):
    current = read_current(snapshots)
    write_release(snapshots, current, {"published_at": "2020-08-30T09:05:00+00:00"})
    lines = show(*report.describe_status(snapshots, now=NOW))
    assert f"Live: {current}" in lines
    assert "Newest Capacity Tracker figure: 10 August 2020" in lines
    assert "Published: 30 August 2020 at 09:05 UTC, 2 days ago" in lines
    assert "made_up 10 Aug 2020 none 5,200 4,000 1,200" in lines
    assert "made_up totals_differ 1,234 The totals differ." in lines
    assert "made_up a 1,200 One." in lines


@pytest.mark.parametrize(
    ("published_at", "age"),
    [
        ("2020-09-01T09:00:00+00:00", "today"),
        ("2020-08-31T12:00:00+00:00", "1 day ago"),
        ("2020-09-03T12:00:00+00:00", "today"),  # by a machine whose clock is ahead of this one's
    ],
)
def test_counts_days_since_publication(snapshots, published_at, age):
    write_release(snapshots, read_current(snapshots), {"published_at": published_at})
    lines = show(*report.describe_status(snapshots, now=NOW))
    assert any(line.endswith(f"UTC, {age}") for line in lines)


def test_says_that_the_time_of_publication_is_not_recorded(snapshots):
    assert "Published: not recorded" in show(*report.describe_status(snapshots, now=NOW))


@pytest.mark.parametrize("text", ["", '{"published_at":', "[]", "null"])
def test_needs_no_release_record_that_can_be_read(snapshots, text):
    current = read_current(snapshots)
    write_release(snapshots, current, {})
    (snapshots / "releases" / f"{current}.json").write_text(text, encoding="utf-8")
    assert "Published: not recorded" in show(*report.describe_status(snapshots, now=NOW))


def test_says_how_to_start_when_nothing_is_live(tmp_path):
    with pytest.raises(SnapshotError, match=r"Nothing is live: .* Build first: python -m etl build"):
        report.describe_status(tmp_path, now=NOW)


def test_lists_the_damage_of_a_live_snapshot(snapshots):
    current = read_current(snapshots)
    (snapshots / current / "quality.parquet").write_bytes(b"PAR1")
    with pytest.raises(SnapshotError, match=rf"(?s){current} is damaged:\n  - .*quality\.parquet is not as it was"):
        report.describe_status(snapshots, now=NOW)


def test_shows_a_table_of_no_rows_as_nought(prepared):
    empty = Prepared(
        prepared.catalogue, {}, {"quality": pa.table({"rows": pa.array([], pa.int64())})}, [], DAY, NO_RETURNS
    )
    lines = show(report.describe_build(Outcome(snapshot_id="a", previous_id=None, prepared=empty)))
    assert "quality 0" in lines
