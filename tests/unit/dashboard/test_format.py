from __future__ import annotations

import datetime as dt

import pytest
from observed import observe

from dashboard.format import (
    MINUS,
    describe_period,
    describe_polarity,
    format_change,
    format_date,
    format_number,
    format_unit,
    format_value,
    format_with_unit,
    join_names,
    sentence,
)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "words"),
    [
        (94, "percent", 0, "94%"),
        (6.7, "percent", 1, "6.7%"),
        (1031, "count", 0, "1,031"),
        (2.34, "per 1,000", 1, "2.3"),
        (1234.5, "per 100,000", 1, "1,234.5"),
        (0, "count", 0, "0"),
    ],
)
def test_writes_numbers_in_their_unit(value: float, unit: str, decimals: int, words: str):
    assert format_number(value, unit, decimals=decimals) == words


@pytest.mark.parametrize("status", ["", "c", "x", "z"])
def test_says_in_words_why_there_is_no_value(status: str):
    words = format_value(observe({"value": None, "status": status}).iloc[0])
    assert words
    assert not any(letter.isdigit() for letter in words)
    assert "nan" not in words.lower()


def test_gives_each_reason_words_of_its_own():
    said = {format_value(observe({"value": None, "status": status}).iloc[0]) for status in ("", "c", "x", "z")}
    assert len(said) == 4


def test_never_takes_zero_for_missing():
    assert format_value(observe({"value": 0.0}).iloc[0]) == "0.0"


def test_says_the_unit_of_a_rate_but_not_of_a_missing_one():
    assert format_with_unit(observe({"value": 2.3}).iloc[0]) == "2.3 per 1,000"
    assert "1,000" not in format_with_unit(observe({"value": None, "status": "x"}).iloc[0])


@pytest.mark.parametrize("unit", ["per 1,000", "per 100,000"])
def test_says_the_unit_of_every_rate_and_among_whom_it_is_taken(unit: str):
    assert format_with_unit(observe({"value": 2.3, "unit": unit}).iloc[0]).endswith(f" {unit}")
    assert format_unit(unit).startswith(f"{unit} people")


@pytest.mark.parametrize(
    ("change", "unit", "words"),
    [(28, "percent", "+28 points"), (-3, "percent", f"{MINUS}3 points"), (5, "count", "+5"), (0, "count", "no change")],
)
def test_gives_a_change_its_sign_and_percentages_their_points(change: float, unit: str, words: str):
    assert format_change(change, unit, decimals=0) == words


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("week", "week to 13 July 2020"),
        ("year", "year to 13 July 2020"),
        ("day", "13 July 2020"),
        ("point", "13 July 2020"),
    ],
)
def test_says_when_a_figure_was(period: str, words: str):
    assert describe_period(observe({"date": dt.date(2020, 7, 13), "period": period}).iloc[0]) == words


def test_uses_the_sources_own_words_where_it_prints_no_date():
    assert describe_period(observe({"date_text": "before the pandemic"}).iloc[0]) == "before the pandemic"


def test_writes_dates_without_a_leading_zero():
    assert format_date(dt.date(2020, 4, 5)) == "5 April 2020"


def test_says_which_way_is_better_or_that_neither_is():
    said = [describe_polarity(word) for word in ("higher is better", "lower is better", "neither")]
    assert len(set(said)) == 3
    assert all(words.endswith(".") for words in said)


@pytest.mark.parametrize(("names", "words"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_joins_names_as_a_sentence_does(names: list[str], words: str):
    assert join_names(names) == words


def test_begins_a_sentence_with_a_capital_and_leaves_the_rest():
    assert sentence("week to NHS") == "Week to NHS"
    assert sentence("") == ""
