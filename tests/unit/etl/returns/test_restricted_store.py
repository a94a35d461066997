"""The restricted store: closed to others, whole or not at all, and what stood there before is remembered."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import stat

import pytest

from etl.errors import EtlError
from etl.returns.store import RestrictedStore
from tests.made_up_homes import to_text

SOURCE = "capacity_tracker_care_homes"
DAY = dt.date(2020, 8, 24)


@pytest.fixture
def store(tmp_path):
    kept = RestrictedStore(tmp_path / "restricted")
    kept.prepare(SOURCE)
    return kept


@pytest.fixture
def put(store, take):
    """A function that takes in rows and keeps them."""
    return lambda rows, **changes: store.put(take(rows), **({"key": "k", "seen": {"size": 1}} | changes))


def folder_of(store):
    return store.folder / SOURCE / f"date={DAY}"


def test_keeps_homes_counts_and_record(store, put, make_row):
    record = put([make_row(2), make_row(1)])
    assert store.find(SOURCE, DAY) == record
    assert store.read_homes(SOURCE, DAY).column("location_id").to_pylist() == [900_000_001, 900_000_002]
    assert store.read_counts(SOURCE, DAY).column("open").to_pylist() == [2]
    assert (record["key"], record["seen"], record["rows_accepted"]) == ("k", {"size": 1}, 2)


def test_is_closed_to_others(store, put, make_row):
    put([make_row(1), make_row(2, CQC_ID="")])
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (store.folder, store.folder / SOURCE)} == {0o700}


def test_closes_a_folder_that_was_open(tmp_path):
    (tmp_path / "open").mkdir(mode=0o755)
    RestrictedStore(tmp_path / "open").prepare(SOURCE)
    assert stat.S_IMODE((tmp_path / "open").stat().st_mode) == 0o700


def test_says_so_where_it_cannot_write(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EtlError, match=r"cannot be written: .* Make it writable for the user who builds"):
        RestrictedStore(tmp_path / "file" / "restricted").prepare(SOURCE)


def test_writes_refused_rows_with_rule_reason_and_text(store, put, make_row):
    row = make_row(2, Used_Beds="x", Location='The "Old" House')
    put([make_row(1), row])
    (file,) = (store.folder / "refused" / SOURCE).iterdir()
    assert file.name == f"{SOURCE}_{DAY}.refused.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        (found,) = csv.DictReader(stream)
    assert (found["row"], found["rule_number"], found["rule"]) == ("3", "7", "not_a_number")
    assert "Used_Beds is 'x'" in found["reason"]
    assert found["original"] == to_text([row]).splitlines()[1]


def test_takes_the_refused_rows_away_when_there_are_none_left(store, put, make_row):
    put([make_row(1), make_row(2, Used_Beds="x")])
    put([make_row(1), make_row(2)])
    assert list((store.folder / "refused" / SOURCE).iterdir()) == []


@pytest.mark.parametrize("name", ["homes.parquet", "counts.arrow", "record.json"])
@pytest.mark.parametrize("harm", ["remove", "cut"])
def test_reads_an_extract_again_whose_copy_is_damaged(store, put, make_row, name, harm):
    put([make_row(1)])
    file = folder_of(store) / name
    file.unlink() if harm == "remove" else file.write_bytes(file.read_bytes()[:-9])
    assert store.find(SOURCE, DAY) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}"])
def test_reads_an_extract_again_whose_record_says_nothing(store, put, make_row, text):
    put([make_row(1)])
    (folder_of(store) / "record.json").write_text(text, encoding="utf-8")
    assert store.find(SOURCE, DAY) is None


def test_knows_that_it_holds_nothing(store):
    assert store.find(SOURCE, DAY) is None


def test_replaces_the_same_date_and_leaves_nothing_behind(store, put, make_row):
    put([make_row(1)])
    put([make_row(1), make_row(2)])
    assert store.read_counts(SOURCE, DAY).column("open").to_pylist() == [2]
    assert [path.name for path in (store.folder / SOURCE).iterdir()] == [f"date={DAY}"]


def test_remembers_the_issues_that_it_replaced(store, put, make_row):
    first = put([make_row(1)])
    second = put([make_row(1), make_row(2)])
    third = put([make_row(1), make_row(2), make_row(3)])
    assert first["earlier"] == []
    assert [issue["rows_read"] for issue in second["earlier"]] == [1]
    assert [issue["rows_read"] for issue in third["earlier"]] == [2, 1]
    assert {"totals", "file", "sha256", "rows_refused"} <= set(third["earlier"][0])
    assert not {"key", "seen", "earlier", "counts_sha256", "homes_bytes"} & set(third["earlier"][0])


def test_remembers_nothing_of_the_same_issue_read_again(store, put, make_row):
    put([make_row(1)])
    again = put([make_row(1)], key="other")
    assert again["earlier"] == []
    put([make_row(1), make_row(2)])
    back = put([make_row(1)])
    assert [issue["rows_read"] for issue in back["earlier"]] == [2]


def test_remembers_nothing_of_a_made_up_extract_in_a_real_ones_place(store, put, make_row):
    put([make_row(1)])
    real = make_row(1)
    del real["Is_Illustrative"]
    assert put([real])["earlier"] == []


def test_clears_what_a_killed_build_left_unfinished(store, put, make_row):
    put([make_row(1)])
    (store.folder / SOURCE / ".unfinished-abc").mkdir()
    store.prepare(SOURCE)
    assert [path.name for path in (store.folder / SOURCE).iterdir()] == [f"date={DAY}"]
    assert store.find(SOURCE, DAY) is not None


def test_puts_back_what_a_killed_build_had_moved_aside(store, put, make_row):
    record = put([make_row(1)])
    aside = store.folder / SOURCE / ".unfinished-abc"
    aside.mkdir()
    folder_of(store).rename(aside / "old")
    store.prepare(SOURCE)
    assert store.find(SOURCE, DAY) == record
    assert not aside.exists()


def test_keeps_the_new_one_where_both_are_there(store, put, make_row):
    put([make_row(1)])
    aside = store.folder / SOURCE / ".unfinished-abc"
    aside.mkdir()
    shutil.copytree(folder_of(store), aside / "old")
    record = put([make_row(1), make_row(2)])
    store.prepare(SOURCE)
    assert store.find(SOURCE, DAY) == record


def test_keeps_the_refused_rows_of_an_extract_that_is_refused_whole(store, take, make_row):
    store.put_refused(take([make_row(1, CQC_ID="")]))
    assert store.find(SOURCE, DAY) is None
    assert len(list((store.folder / "refused" / SOURCE).iterdir())) == 1


def test_writes_a_record_that_anyone_can_read(store, put, make_row):
    put([make_row(1)])
    record = json.loads((folder_of(store) / "record.json").read_text(encoding="utf-8"))
    assert record["rows_read"] == record["rows_accepted"] + record["rows_refused"]
    assert "Home 1" not in json.dumps(record)
