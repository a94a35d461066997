"""What a release record keeps of the comparison with the snapshot before."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from etl.compare_snapshots import compare_snapshots
from etl.digest import MOST, digest_comparison
from etl.publish import publish
from etl.release import describe_release

FIRST, SECOND = dt.date(2020, 8, 10), dt.date(2020, 8, 17)
ROW = {
    "indicator_id": "deaths_count",
    "area_code": "E06000001",
    "date": FIRST,
    "period": "week",
    "value": 1.0,
    "status": "",
    "source_id": "deaths",
    "versus_england": "similar",
    "versus_region": "",
}
KINDS = {"date": pa.date32(), "value": pa.float64()}
SCHEMA = pa.schema([(name, KINDS.get(name, pa.string())) for name in ROW])


@pytest.fixture
def put(tmp_path):
    """A function that publishes observations, each row given by what it changes, and returns the snapshot."""

    def make(*rows, drop=()):
        listed = [ROW | row for row in rows]
        newest = max(row["date"] for row in listed)
        tables = {
            "observations": pa.Table.from_pylist(listed, schema=SCHEMA).drop_columns(list(drop)),
            "sources": pa.table({"id": ["deaths"], "data_to": pa.array([newest], pa.date32())}),
        }
        return tmp_path / publish(tables, data_date=newest, inputs=[], folder=tmp_path)

    return make


def digest(before, after):
    return digest_comparison(compare_snapshots(before, after), before=before, after=after)


def test_says_which_sources_have_newer_figures(put):
    found = digest(put({}), put({}, {"date": SECOND}))
    assert found["sources"] == [{"source_id": "deaths", "before": "2020-08-10", "after": "2020-08-17"}]
    assert (found["added"], found["revised"], found["removed"], found["same"]) == (1, 0, 0, 1)
    one = put({})
    assert digest(one, one)["sources"] == []


def test_names_the_value_that_moved_most_of_the_most_revised_indicators(put):
    ids = [f"indicator_{number}" for number in range(MOST + 2)]
    rows = [{"indicator_id": name, "area_code": code} for name in ids for code in ("E06000001", "E06000002")]
    after = [row | {"value": 3.0 if row["area_code"] == "E06000002" else 2.0} for row in rows[:-1]]
    found = digest(put(*rows), put(*after, rows[-1]))
    assert found["revised"] == 2 * len(ids) - 1
    assert [entry["indicator_id"] for entry in found["largest"]] == ids[:MOST]
    assert found["largest"][0] == {
        "indicator_id": "indicator_0", "area_code": "E06000002", "date": "2020-08-10", "before": 1.0, "after": 3.0,
    }  # fmt: skip


def test_counts_a_figure_that_came_to_be_hidden_as_revised(put):
    found = digest(put({}), put({"value": None, "status": "c"}))
    assert (found["revised"], found["largest"]) == (1, [])


def test_says_whose_newest_verdict_changed_clear_ones_first(put):
    before = put({"area_code": "E06000001"}, {"area_code": "E06000002"}, {"area_code": "E06000003"})
    new = {"date": SECOND}
    after = put(
        {"area_code": "E06000001"}, {"area_code": "E06000002"}, {"area_code": "E06000003"},
        new | {"area_code": "E06000001", "versus_england": "worse"},
        new | {"area_code": "E06000002", "versus_england": "clearly worse"},
        new | {"area_code": "E06000003"},
    )  # fmt: skip
    found = digest(before, after)
    assert (found["verdicts"], found["clear_verdicts"]) == (2, 1)
    assert [(entry["area_code"], entry["before"], entry["after"]) for entry in found["newest_verdicts"]] == [
        ("E06000002", "similar", "clearly worse"), ("E06000001", "similar", "worse"),
    ]  # fmt: skip
    assert found["newest_verdicts"][0]["date"] == "2020-08-17"


@pytest.mark.parametrize("drop", [(), ("versus_england",)])
def test_takes_a_first_verdict_for_no_change(put, drop):
    before = put({"versus_england": ""}, drop=drop)
    assert digest(before, put({"versus_england": "clearly worse"}))["verdicts"] == 0


def test_keeps_the_comparison_in_the_release_record_but_not_with_a_damaged_snapshot(put, tmp_path):
    before, after = put({}), put({"value": 2.0})
    record = describe_release(tmp_path, {}, snapshot_id=after.name, previous=before.name)
    assert record["changes"]["revised"] == 1
    (before / "sources.parquet").write_bytes(b"")
    record = describe_release(tmp_path, {}, snapshot_id=after.name, previous=before.name)
    assert record["changes"] is None
    assert record["previous"] == before.name
