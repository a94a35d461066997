"""Which figures changed between two snapshots, and why."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pyarrow as pa
import pytest

from etl import publish as publishing
from etl.compare_snapshots import FigureChange, InputChange, compare_snapshots, find_causes
from etl.publish import publish

DAY = dt.date(2020, 8, 10)
ROW = {
    "indicator_id": "deaths_count",
    "area_code": "E06000001",
    "date": DAY,
    "period": "day",
    "value": 1.0,
    "numerator": 1.0,
    "status": "",
    "source_id": "deaths",
    "versus_england": "",
    "versus_region": "",
}
KINDS = {"date": pa.date32(), "value": pa.float64(), "numerator": pa.float64()}
SCHEMA = pa.schema([(name, KINDS.get(name, pa.string())) for name in ROW])
INPUTS = {"deaths": ("deaths.csv", "11"), "lookup areas": ("areas.csv", "22")}


@pytest.fixture
def put(tmp_path):
    """A function that publishes observations, each row given by what it changes, and returns the snapshot."""

    def make(*rows, inputs=INPUTS, drop=()):
        table = pa.Table.from_pylist([ROW | row for row in rows], schema=SCHEMA).drop_columns(list(drop))
        listed = [{"id": name, "file": file, "sha256": digest} for name, (file, digest) in inputs.items()]
        return tmp_path / publish({"observations": table}, data_date=DAY, inputs=listed, folder=tmp_path)

    return make


def test_finds_nothing_between_a_snapshot_and_itself(put):
    one = put({}, {"area_code": "E06000002"})
    found = compare_snapshots(one, one)
    assert (found.inputs, found.versions, found.tables, found.indicators, found.same) == ((), {}, {}, (), 2)


def test_counts_figures_that_came_and_went(put):
    before = put({}, {"area_code": "E06000002"})
    after = put({}, {"area_code": "E06000003"}, {"area_code": "E06000004"})
    (change,) = compare_snapshots(before, after).indicators
    assert (change.added, change.removed, change.value, change.status, change.other) == (2, 1, 0, 0, 0)
    assert compare_snapshots(before, after).same == 1


def test_counts_an_indicator_that_only_one_of_them_has(put):
    before, after = put({}, {"indicator_id": "old"}), put({}, {"indicator_id": "new"})
    found = {change.id: (change.added, change.removed) for change in compare_snapshots(before, after).indicators}
    assert found == {"new": (1, 0), "old": (0, 1)}


def test_counts_each_changed_figure_once(put):
    places = [{"area_code": f"E0600000{n}"} for n in range(1, 6)]
    hidden = {"value": None, "numerator": None, "status": "c"}
    before = put(*places)
    after = put(
        places[0],
        places[1] | {"value": 2.0, "numerator": 2.0},
        places[2] | hidden,
        places[3] | {"numerator": 9.0},
        places[4] | {"versus_england": "above"},
    )
    found = compare_snapshots(before, after)
    (change,) = found.indicators
    assert (change.value, change.status, change.other, change.verdicts) == (1, 1, 1, 1)
    assert change.statuses == {("", "c"): 1}
    assert found.same == 1


def test_takes_two_missing_values_as_the_same(put):
    hidden = {"value": None, "numerator": None, "status": "c"}
    found = compare_snapshots(put(hidden), put(hidden, {"area_code": "E06000002"}))
    assert found.same == 1
    assert found.indicators[0].status == 0


def test_does_not_care_about_the_order_of_rows(put):
    rows = [{"area_code": f"E0600000{n}", "value": float(n)} for n in range(1, 6)]
    found = compare_snapshots(put(*rows), put(*reversed(rows)))
    assert (found.indicators, found.same) == ((), 5)


def test_lists_the_values_that_moved_most(put):
    rows = [{"area_code": f"E0600000{n}"} for n in range(1, 6)]
    after = [row | {"value": value} for row, value in zip(rows, (1.0, 4.0, -9.0, 2.0, 3.0), strict=True)]
    (change,) = compare_snapshots(put(*rows), put(*after), most=2).indicators
    assert change.value == 4
    assert change.largest == (
        FigureChange("E06000003", DAY, "value", 1.0, -9.0),
        FigureChange("E06000002", DAY, "value", 1.0, 4.0),
    )


def test_lists_the_newest_verdicts_that_changed(put):
    old, new = {"date": dt.date(2020, 8, 3)}, {"area_code": "E06000002"}
    before = put(old, new)
    after = put(old | {"versus_england": "above"}, new | {"versus_region": "below"})
    (change,) = compare_snapshots(before, after).indicators
    assert change.verdicts == 2
    assert change.newest_verdicts == (
        FigureChange("E06000002", DAY, "versus_region", "", "below"),
        FigureChange("E06000001", dt.date(2020, 8, 3), "versus_england", "", "above"),
    )


def test_lists_inputs_that_came_went_or_changed(put):
    before = put({}, inputs=INPUTS | {"homes 2020-08-03": ("a.csv", "33"), "homes 2020-08-10": ("b.csv", "44")})
    after = put({}, inputs=INPUTS | {"homes 2020-08-10": ("b_v2.csv", "55"), "homes 2020-08-17": ("c.csv", "66")})
    assert compare_snapshots(before, after).inputs == (
        InputChange("homes 2020-08-03", "a.csv", None),
        InputChange("homes 2020-08-10", "b.csv", "b_v2.csv"),
        InputChange("homes 2020-08-17", None, "c.csv"),
    )


def test_says_which_version_changed(put, monkeypatch):
    before = put({})
    monkeypatch.setattr(publishing, "METHOD_VERSION", 99)
    found = compare_snapshots(before, put({"value": 2.0}))
    assert found.versions == {"method_version": (publishing.read_manifest(before)["method_version"], 99)}
    assert found.indicators[0].causes == ("method",)


def test_gives_the_rows_of_tables_that_changed(put):
    found = compare_snapshots(put({}), put({}, {"area_code": "E06000002"}))
    assert found.tables == {"observations": (1, 2)}


def test_passes_over_a_column_that_only_one_of_them_has(put):
    found = compare_snapshots(put({}, drop=("numerator", "versus_region")), put({}))
    assert (found.indicators, found.same) == ((), 1)


def test_compares_snapshots_without_figures(put):
    empty, one = put(), put({})
    assert compare_snapshots(empty, one).indicators[0].added == 1
    assert compare_snapshots(one, empty).indicators[0].removed == 1
    assert compare_snapshots(empty, empty).same == 0


@pytest.mark.parametrize(
    ("inputs", "versions", "causes"),
    [
        ([("deaths", "a", "b")], {}, ("inputs",)),
        ([("deaths 2020-08-10", None, "b")], {}, ("inputs",)),
        ([("deaths_all", "a", "b")], {}, ("code",)),
        ([("lookup areas", "a", "a")], {}, ("lookups",)),
        ([("deaths", "a", "b")], {"method_version": (1, 2)}, ("inputs", "method")),
        ([("other", "a", "b")], {"method_version": (1, 2)}, ("method",)),
        ([], {"schema_version": (1, 2)}, ("layout",)),
        ([], {}, ("code",)),
    ],
)
def test_tells_inputs_from_method(inputs, versions, causes):
    changes = tuple(InputChange(*entry) for entry in inputs)
    assert find_causes("deaths", inputs=changes, versions=versions) == causes


def test_matches_what_a_merge_in_pandas_finds(put):
    rows = [
        {"indicator_id": f"i{i}", "area_code": f"E0600000{a}", "date": DAY + dt.timedelta(days=d), "value": float(a)}
        for i in range(3)
        for a in range(1, 5)
        for d in range(5)
    ]
    other = [row | {"value": row["value"] + (n % 7 == 0)} for n, row in enumerate(rows) if n % 11]
    found = {change.id: change for change in compare_snapshots(put(*rows), put(*other)).indicators}
    keys = ["indicator_id", "area_code", "date"]
    merged = pd.DataFrame(rows).merge(pd.DataFrame(other), on=keys, how="outer", indicator=True)
    for name, own in merged.groupby("indicator_id"):
        both = own[own["_merge"] == "both"]
        assert found[name].removed == (own["_merge"] == "left_only").sum()
        assert found[name].value == (both["value_x"] != both["value_y"]).sum()
