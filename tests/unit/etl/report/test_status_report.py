"""What `status` shows: what is live, the extracts in it, and what was refused."""

from __future__ import annotations

import pytest

from etl.errors import SnapshotError
from etl.publish import publish, read_current
from etl.release import write_release
from etl.report.status import describe_status

RETURN = "capacity_tracker_care_homes"
FOUND = {"source_id": RETURN, "severity": "warning", "what_to_do": "Ask.", "who_can": "They"}


@pytest.fixture
def snapshots(prepare, tmp_path, world):
    publish(prepare().tables, data_date=world.day, inputs=[], folder=tmp_path)
    return tmp_path


@pytest.fixture
def with_extracts(prepare, returned, record, tmp_path, world):
    findings = (
        FOUND | {"area_code": "E92000001", "rule": "unknown_council", "rows": 7, "finding": "7 rows refused."},
        FOUND | {"area_code": "E06000001", "rule": "never_answered", "rows": 3, "finding": "3 of 20."},
        FOUND | {"area_code": "E06000002", "rule": "never_answered", "rows": 4, "finding": "4 of 30."},
    )
    made = prepare(returns=returned(records=(record,)), findings=findings)
    publish(made.tables, data_date=world.day, inputs=[], folder=tmp_path)
    return tmp_path


def test_says_what_is_live_how_old_it_is_and_what_was_refused(snapshots, show, world):
    current = read_current(snapshots)
    write_release(snapshots, current, {"published_at": "2020-08-30T09:05:00+00:00"})
    lines = show(*describe_status(snapshots, now=world.now))
    assert f"Live: {current}" in lines
    assert "Newest Capacity Tracker figure: 10 August 2020" in lines
    assert "Published: 30 August 2020 at 09:05 UTC, 2 days ago" in lines
    assert "made_up 10 Aug 2020 none 5,200 4,000 1,200" in lines
    assert "made_up totals_differ 1,234 The totals differ." in lines
    assert "made_up a 1,200 One." in lines
    assert "Extracts" not in lines


def test_shows_the_extracts_and_the_refused_rows_of_each_rule(with_extracts, show, world):
    lines = show(*describe_status(with_extracts, now=world.now))
    assert f"{RETURN} 1 10 Aug 2020 10 Aug 2020 {RETURN}_2020-08-10.csv 1,210 1,200 10" in lines
    assert any(line.startswith(f"{RETURN} 4 The council is not known 7 ") for line in lines)
    assert f"Some figures are made up (illustrative): {RETURN}" in lines


def test_sums_up_what_was_found_in_many_areas(with_extracts, show, world):
    lines = show(*describe_status(with_extracts, now=world.now))
    assert f"{RETURN} never_answered 7 Found in 2 areas; see quality.parquet. Ask." in lines
    assert not any("3 of 20" in line for line in lines)


@pytest.mark.parametrize(
    ("published_at", "age"),
    [
        ("2020-09-01T09:00:00+00:00", "today"),
        ("2020-08-31T12:00:00+00:00", "1 day ago"),
        ("2020-09-03T12:00:00+00:00", "today"),  # by a machine whose clock is ahead of this one's
    ],
)
def test_counts_days_since_publication(snapshots, show, world, published_at, age):
    write_release(snapshots, read_current(snapshots), {"published_at": published_at})
    lines = show(*describe_status(snapshots, now=world.now))
    assert any(line.endswith(f"UTC, {age}") for line in lines)


def test_says_that_the_time_of_publication_is_not_recorded(snapshots, show, world):
    assert "Published: not recorded" in show(*describe_status(snapshots, now=world.now))


@pytest.mark.parametrize("text", ["", '{"published_at":', "[]", "null"])
def test_needs_no_release_record_that_can_be_read(snapshots, show, world, text):
    current = read_current(snapshots)
    write_release(snapshots, current, {})
    (snapshots / "releases" / f"{current}.json").write_text(text, encoding="utf-8")
    assert "Published: not recorded" in show(*describe_status(snapshots, now=world.now))


def test_says_how_to_start_when_nothing_is_live(tmp_path, world):
    with pytest.raises(SnapshotError, match=r"Nothing is live: .* Build first: python -m etl build"):
        describe_status(tmp_path, now=world.now)


def test_lists_the_damage_of_a_live_snapshot(snapshots, world):
    current = read_current(snapshots)
    (snapshots / current / "quality.parquet").write_bytes(b"PAR1")
    with pytest.raises(SnapshotError, match=rf"(?s){current} is damaged:\n  - .*quality\.parquet is not as it was"):
        describe_status(snapshots, now=world.now)
