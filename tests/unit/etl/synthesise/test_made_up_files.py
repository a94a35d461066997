"""Made-up files: the same bytes every time, whole, marked, with what vouches for them, and never among real ones."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import subprocess
import sys

import pandas as pd
import pytest
from recount import AUGUST, LOOKUPS, MAY, ROOT, find_file, list_weeks, read_moments, read_rows

from etl.catalogue import load_catalogue
from etl.conform.areas import load_areas
from etl.conform.councils import load_councils
from etl.errors import EtlError
from etl.returns.intake import take_in
from etl.synthesise import parse_every
from etl.synthesise.request import Request

CATALOGUE = load_catalogue()
JUNE = {"last": dt.date(2020, 6, 12), "homes": 400}


def read_all(folder):
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_makes_the_same_bytes_in_another_process(make, tmp_path):
    folder, written = make(**JUNE)
    command = [sys.executable, "-m", "etl", "synthesise", "--homes", "400", "--to", "2020-06-12"]
    environment = os.environ | {"PYTHONHASHSEED": "12345"}
    subprocess.run([*command, "--to-folder", str(tmp_path)], cwd=ROOT, env=environment, check=True, capture_output=True)
    assert read_all(tmp_path) == read_all(folder)
    assert written["files"] == sum(name.endswith(".csv") for name in read_all(folder)) == 7


def test_makes_another_set_of_another_seed(make):
    one, other = (find_file(make(seed=seed, **JUNE)[0], "care_homes", MAY).read_bytes() for seed in (1, 2))
    assert one != other


def test_agrees_with_a_daily_set_on_the_dates_that_both_have(make):
    weekly, daily = (make(every=dt.timedelta(days=days), **JUNE)[0] for days in (7, 1))
    for kind in ("care_homes", "home_care"):
        for date in (MAY, dt.date(2020, 6, 5), dt.date(2020, 6, 12)):
            assert find_file(weekly, kind, date).read_bytes() == find_file(daily, kind, date).read_bytes()


def test_agrees_with_a_set_that_begins_later(make):
    june = dt.date(2020, 6, 12)
    early, late = make(**JUNE)[0], make(first=june, **JUNE)[0]
    assert find_file(early, "care_homes", june).read_bytes() == find_file(late, "care_homes", june).read_bytes()


def test_puts_true_checksums_and_row_counts_beside_the_files(weekly):
    files = sorted(weekly.rglob("*.csv"))
    assert len(files) == 2 * 24 + 1
    for file in files:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        assert file.with_name(file.name + ".sha256").read_text() == f"{digest}  {file.name}\n"
        above = 5 if file.name.startswith("cqc") else 1
        lines = file.read_bytes().count(b"\n") - above
        assert file.with_name(file.name + ".rows").read_text() == f"{lines}\n"


def test_counts_the_rows_that_it_wrote(make):
    folder, written = make(**JUNE)
    assert written["rows"] == sum(int(file.read_text()) for file in folder.rglob("*.rows"))


@pytest.mark.parametrize("date", [*list_weeks(), AUGUST], ids=str)
def test_dates_nothing_after_the_day_of_the_extract(weekly, date):
    for kind, columns in (
        ("care_homes", ["Last_Updated_UTC", "Last_Updated_BST", "CHSP_Last_Updated_UTC"]),
        ("home_care", ["CQC_Survey_Last_Updated_UTC"]),
    ):
        rows = read_rows(find_file(weekly, kind, date))
        newest = max(read_moments(rows[column]).max() for column in columns if column in rows)
        assert pd.Timestamp(date) <= newest < pd.Timestamp(date) + pd.Timedelta(days=1)


@pytest.mark.parametrize("layout", [layout for layout in CATALOGUE.returns if layout.columns_of("answer")], ids=str)
def test_is_read_as_declared_and_refused_by_the_rules_that_are_meant(weekly, layout):
    councils = load_councils(LOOKUPS / "councils.csv", load_areas(LOOKUPS / "areas.csv"))
    for date in (MAY, AUGUST, list_weeks()[-1]):
        file = weekly / layout.folder / layout.file.format(date=date)
        intake = take_in(file, layout=layout, rulebook=CATALOGUE.return_rules, councils=councils, date=date)
        meant = {"no_location_id", "unknown_council", "unknown_answer", "same_home_twice"}
        assert meant <= set(intake.record["refused_by_rule"]) <= meant | {"total_row"}
        assert intake.record["is_verified"]
        assert intake.record["is_illustrative"]


def test_replaces_an_earlier_set_and_leaves_other_files(make, tmp_path):
    make(target=tmp_path, **JUNE)
    homes = tmp_path / "capacity-tracker-care-homes"
    (homes / "README.md").write_text("ours")
    (homes / ".unfinished-capacity_tracker_care_homes_2020-05-29.csv").write_text("cut o")
    make(target=tmp_path, **(JUNE | {"first": dt.date(2020, 6, 10)}))
    csv = "capacity_tracker_care_homes_2020-06-10.csv"
    assert {file.name for file in homes.iterdir()} == {"README.md", csv, f"{csv}.sha256", f"{csv}.rows"}


@pytest.mark.parametrize("name", ["capacity_tracker_care_homes_2020-08-10.csv", "returns.xlsx"])
def test_touches_nothing_where_a_real_file_lies(make, tmp_path, name):
    make(target=tmp_path, **JUNE)
    (tmp_path / "capacity-tracker-care-homes" / name).write_text("Location,CQC_ID\nA home,1-123456789\n")
    before = read_all(tmp_path)
    with pytest.raises(EtlError, match=f"{name} is not marked as made up.*--to-folder"):
        make(target=tmp_path, **JUNE)
    assert read_all(tmp_path) == before


def test_says_which_folder_cannot_be_written(make, tmp_path):
    (tmp_path / "capacity-tracker-care-homes").write_text("a file where a folder belongs")
    with pytest.raises(EtlError, match=r"capacity-tracker-care-homes.*cannot be used"):
        make(target=tmp_path, **JUNE)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"homes": 150}, "--homes 150: give a number from 300"),
        ({"homes": 100_001}, "to 100,000"),
        ({"first": AUGUST, "last": MAY}, "--from 2020-08-10 is after --to 2020-05-29"),
        ({"first": dt.date(2020, 5, 28)}, "known from 2020-05-29 on"),
        ({"dirt": -0.01}, "--dirt -0.01"),
        ({"dirt": 0.21}, "share of the rows from 0 to 0.2"),
        ({"dirt": float("nan")}, "--dirt nan"),
        ({"every": dt.timedelta(hours=1)}, "at least one day"),
        ({"seed": -1}, "--seed -1"),
    ],
)
def test_refuses_what_cannot_be_made(make, tmp_path, changes, words):
    with pytest.raises(EtlError) as caught:
        make(target=tmp_path, **changes)
    assert words in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_lists_everything_that_is_wrong_at_once(make):
    with pytest.raises(EtlError) as caught:
        make(homes=1, dirt=2.0)
    assert all(option in str(caught.value) for option in ("--homes 1", "--dirt 2.0"))


@pytest.mark.parametrize("table", ["taskforce_indicators.csv", "phe_outbreaks.csv"])
@pytest.mark.parametrize("content", [None, "source_id,measure\n", "measure,area_code,date,value\n"])
def test_needs_the_published_tables(make, data_copy, table, content):
    file = data_copy / "published" / table
    file.unlink() if content is None else file.write_text(content)
    with pytest.raises(EtlError, match=rf"{table} .*Restore it from the repository"):
        make(published=data_copy / "published")


def test_needs_the_spellings_of_every_council(make, data_copy):
    file = data_copy / "lookups" / "councils.csv"
    file.write_text("".join(line for line in file.read_text().splitlines(True) if "E08000016" not in line))
    with pytest.raises(EtlError, match="no spelling for E08000016"):
        make(lookups=data_copy / "lookups")
    file.unlink()
    with pytest.raises(EtlError, match=r"councils\.csv is missing"):
        make(lookups=data_copy / "lookups")


@pytest.mark.parametrize(("text", "days"), [("1d", 1), ("7d", 7), ("1w", 7), ("2W", 14), (" 10d ", 10)])
def test_reads_the_time_between_two_extracts(text, days):
    assert parse_every(text) == dt.timedelta(days=days)


@pytest.mark.parametrize("text", ["", "7", "0d", "-1d", "1m", "1.5d", "d"])
def test_refuses_a_time_that_it_cannot_read(text):
    with pytest.raises(EtlError, match="such as 1d, 7d or 1w"):
        parse_every(text)


@pytest.mark.parametrize(
    ("first", "last", "every", "expected"),
    [
        (MAY, dt.date(2020, 6, 13), 7, ["2020-05-29", "2020-06-05", "2020-06-12"]),
        (dt.date(2020, 8, 7), dt.date(2020, 8, 21), 7, ["2020-08-07", "2020-08-10", "2020-08-14", "2020-08-21"]),
        (dt.date(2020, 8, 11), dt.date(2020, 8, 12), 1, ["2020-08-11", "2020-08-12"]),
        (dt.date(2020, 8, 9), dt.date(2020, 8, 11), 1, ["2020-08-09", "2020-08-10", "2020-08-11"]),
        (MAY, MAY, 30, ["2020-05-29"]),
    ],
)
def test_always_includes_the_first_date_and_10_august(first, last, every, expected):
    request = Request(homes=600, first=first, last=last, every=dt.timedelta(days=every), seed=1, dirt=0)
    assert [str(date) for date in request.list_dates()] == expected
