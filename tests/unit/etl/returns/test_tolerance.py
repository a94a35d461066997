"""Totals that jump from one extract to the next."""

from __future__ import annotations

import pytest

from etl.errors import InputError
from etl.returns.tolerance import check_totals


def record(day, sha256, *, homes=1000, answering=900):
    name = f"capacity_tracker_care_homes_2020-08-{day:02}.csv"
    return {
        "file": name, "date": f"2020-08-{day:02}", "sha256": sha256, "totals": {"open": homes, "answering": answering},
    }  # fmt: skip


@pytest.fixture
def check(layout, declared):
    return lambda *records, known=(): check_totals(
        records, layout=layout, catalogue=declared, known=set(known), folder="in"
    )


def test_passes_totals_within_the_tolerance(check):
    check(record(3, "a"), record(10, "b", homes=1100), record(17, "c", homes=990))


def test_refuses_an_extract_with_half_the_homes_and_says_what_to_do(check):
    with pytest.raises(InputError) as raised:
        check(record(3, "a"), record(10, "b", homes=500))
    for phrase in ("2020-08-10.csv", "500 open care homes", "50% fewer than the 1,000 of 2020-08-03", "--accept"):
        assert phrase in str(raised.value)


def test_refuses_many_homes_more_than_before(check):
    with pytest.raises(InputError, match="20% more"):
        check(record(3, "a"), record(10, "b", homes=1200))


def test_lets_answers_rise_and_not_fall(check):
    check(record(3, "a", answering=450), record(10, "b", answering=990))
    with pytest.raises(InputError, match="with a current answer"):
        check(record(3, "a", answering=990), record(10, "b", answering=450))


def test_asks_only_once_about_what_is_live(check):
    pair = record(3, "a"), record(10, "b", homes=500)
    check(*pair, known=("a", "b"))
    with pytest.raises(InputError):
        check(*pair, known=("a",))
