"""Moments: every way in which extracts write date and time, and none besides."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from etl.conform.cells import BAD, MISSING
from etl.conform.moments import end_of_day, read_moment, read_moments, to_seconds

NOON = to_seconds(dt.datetime(2020, 8, 10, 12))
MIDNIGHT = to_seconds(dt.datetime(2020, 8, 10))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2020-08-10 12:00:00", NOON),
        ("2020-08-10T12:00:00", NOON),
        ("2020-08-10 12:00", NOON),
        ("10/08/2020 12:00:00", NOON),
        ("10/08/2020 12:00", NOON),
        ("2020-08-10", MIDNIGHT),
        ("10/08/2020", MIDNIGHT),
        ("44053", MIDNIGHT),
        ("44053.5", NOON),
        ("44053.39652777778", to_seconds(dt.datetime(2020, 8, 10, 9, 31))),
    ],
)
def test_reads_every_declared_form(text, seconds):
    assert read_moment(text) == seconds
    assert read_moments(pa.chunked_array([pa.array([f" {text} "])])).tolist() == [seconds]


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "2020-13-10 12:00:00",
        "2020-02-30",
        "31/02/2020",
        "10-08-2020",
        "08/31/2020",
        "4405",
        "440530",
        "44053.",
        "2020",
    ],
)
def test_marks_what_is_in_no_declared_form(text):
    assert read_moment(text) == BAD


@pytest.mark.parametrize("text", ["2020-08-10 25:00:00", "2020-08-10 12:61:00", "9999-99-99 12:00:00"])
def test_marks_what_looks_usual_and_is_no_moment(text):
    assert len(text) == 19
    assert read_moments(pa.chunked_array([pa.array([text])])).tolist() == [BAD]


def test_reads_a_column_with_every_kind_at_once():
    texts = ["2020-08-10 12:00:00", "", "44053.5", "soon", "  ", "10/08/2020 12:00"]
    column = pa.chunked_array([pa.array(texts)])
    assert read_moments(column).tolist() == [NOON, MISSING, NOON, BAD, MISSING, NOON]


def test_reads_a_column_that_comes_in_chunks():
    column = pa.chunked_array([pa.array(["2020-08-10 12:00:00"]), pa.array(["10/08/2020"])])
    assert read_moments(column).tolist() == [NOON, MIDNIGHT]


def test_ends_a_day_with_the_first_second_of_the_next():
    assert end_of_day(dt.date(2020, 8, 10)) == to_seconds(dt.datetime(2020, 8, 11))


def test_counts_seconds_from_1970():
    assert to_seconds(dt.datetime(1970, 1, 1)) == 0
    assert to_seconds(dt.datetime(1970, 1, 2, 0, 0, 1)) == 86_401
