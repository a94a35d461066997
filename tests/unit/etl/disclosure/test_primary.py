"""Each row of the table of rules, at its boundaries."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.disclosure.primary import find_primary


@pytest.fixture
def is_hidden(make_indicator):
    """A function from one figure to whether it is hidden by itself."""

    def judge(calculation, numerator, denominator, homes=None, *, not_answered=0, not_applicable=0):
        row = {
            "numerator": numerator, "denominator": denominator, "homes": denominator if homes is None else homes,
            "not_answered": not_answered, "not_applicable": not_applicable,
        }  # fmt: skip
        indicator = make_indicator(id="some_percent", unit="percent", calculation=calculation)
        return bool(find_primary(pd.DataFrame([row], dtype=float), indicator=indicator)[0])

    return judge


SHARES_OF_HOMES = pytest.mark.parametrize("calculation", ["share of answers", "share answering"])


@SHARES_OF_HOMES
@pytest.mark.parametrize(("homes", "expected"), [(1, True), (9, True), (10, False), (11, False)])
def test_hides_a_share_of_fewer_than_ten_homes(is_hidden, calculation, homes, expected):
    assert is_hidden(calculation, 1, homes) is expected


@SHARES_OF_HOMES
def test_hides_where_every_home_said_no_and_shows_where_every_home_said_yes(is_hidden, calculation):
    assert is_hidden(calculation, 0, 20)
    assert not is_hidden(calculation, 1, 20)
    assert not is_hidden(calculation, 20, 20)


def test_leaves_it_unavailable_where_nobody_answered_of_ten_homes_or_of_none(is_hidden):
    assert not is_hidden("share of answers", 0, 0, not_answered=10)
    assert not is_hidden("share of answers", 0, 0)


def test_hides_where_nobody_answered_of_fewer_than_ten_homes_or_some_are_exempt(is_hidden):
    assert is_hidden("share of answers", 0, 0, not_answered=9)
    assert is_hidden("share of answers", 0, 0, not_answered=40, not_applicable=1)


@pytest.mark.parametrize(("people", "expected"), [(0, False), (1, True), (5, True), (6, False)])
def test_hides_one_to_five_people_but_never_a_true_zero(is_hidden, people, expected):
    assert is_hidden("share of sums", people, 100, 20) is expected
    assert is_hidden("sum of counts", people, 20) is expected


@pytest.mark.parametrize(("people", "expected"), [(5, True), (6, False)])
def test_hides_a_share_of_one_to_five_people(is_hidden, people, expected):
    assert is_hidden("share of sums", 0, people, 20) is expected


@pytest.mark.parametrize(("homes", "expected"), [(9, True), (10, False)])
def test_hides_people_of_fewer_than_ten_homes(is_hidden, homes, expected):
    assert is_hidden("share of sums", 0, 100, homes) is expected
    assert is_hidden("sum of counts", 500, homes) is expected


def test_takes_a_number_of_homes_for_homes_not_people(is_hidden):
    assert not is_hidden("share of answers", 5, 12)


@pytest.mark.parametrize("calculation", ["share of sums", "sum of counts"])
def test_hides_nothing_where_no_home_gave_a_number(is_hidden, calculation):
    assert not is_hidden(calculation, 0, 0)
