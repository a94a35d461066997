"""Cells of home-level extracts: a number, an answer, an id, or a mark that says it is none."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from etl.catalogue import load_catalogue
from etl.catalogue.return_model import AnswerSet
from etl.conform.cells import (
    BAD,
    MISSING,
    code_answers,
    look_up,
    read_amount,
    read_answers,
    read_count,
    read_location_ids,
)


@pytest.fixture(scope="module")
def answers() -> AnswerSet:
    """The answers that the 13 questions have."""
    return load_catalogue().returns[0].answer_set("answer")


def encode(*texts):
    return pa.chunked_array([pa.array(texts, pa.string()).dictionary_encode()])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0", 0),
        ("12", 12),
        (" 12 ", 12),
        ("1,204", 1204),
        ("1,204,000", 1_204_000),
        ("12.0", 12),
        ("12.00", 12),
        ("007", 7),
    ],
)
def test_reads_a_whole_number(text, count):
    assert read_count(text) == count


@pytest.mark.parametrize("text", ["", "  ", "\t"])
def test_takes_a_blank_for_no_answer(text):
    assert read_count(text) == MISSING
    assert read_amount(text) == MISSING


@pytest.mark.parametrize(
    "text",
    [
        "-1",
        "12.5",
        "1,2",
        "1,20",
        "12,3456",
        ",204",
        "twelve",
        "1e3",
        "12 000",
        "+3",
        "0x10",
        "1.",
        "٣",
        "¹",
        "-",
        "n/a",
        "2147483648",
    ],
)
def test_marks_what_is_no_whole_number(text):
    assert read_count(text) == BAD


def test_reads_the_largest_number_that_fits():
    assert read_count("2147483647") == 2**31 - 1


@pytest.mark.parametrize(("text", "amount"), [("0", 0.0), ("37.5", 37.5), ("1,204.25", 1204.25), (" 8 ", 8.0)])
def test_reads_an_amount(text, amount):
    assert read_amount(text) == amount


@pytest.mark.parametrize("text", ["-0.5", "37,5", "7.5h", ".5", "nan", "inf", "1e3", "٣"])
def test_marks_what_is_no_amount(text):
    assert read_amount(text) == BAD


def test_codes_answers_in_the_order_declared(answers):
    assert code_answers(answers) == {"": 0, "yes": 1, "no": 2, "not_applicable": 3, "partly": 4}


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        *[(text, "yes") for text in ("Yes", "YES", " yes ", "Y", "y", "TRUE", "True")],
        *[(text, "no") for text in ("No", "NO", "N", "n", "FALSE", "false")],
        *[(text, "not_applicable") for text in ("Not applicable", "NOT APPLICABLE", "N/A")],
        *[(text, "partly") for text in ("Partly", "partly")],
        *[(text, "") for text in ("", "  ")],
    ],
)
def test_reads_every_declared_spelling_of_an_answer(answers, text, meaning):
    assert read_answers(encode(text), answers).tolist() == [code_answers(answers)[meaning]]


@pytest.mark.parametrize("text", ["Perhaps", "Yess", "1", "0", "not  applicable", "yes.", "Yes/No", "None"])
def test_marks_an_answer_outside_the_declared_set(answers, text):
    assert read_answers(encode(text), answers).tolist() == [BAD]


def test_looks_a_text_up_once_and_takes_it_by_row():
    asked = []

    def find(text):
        asked.append(text)
        return len(text)

    found = look_up(encode("aa", "b", "aa", "", "b"), find, kind=np.int32)
    assert found.tolist() == [2, 1, 2, 0, 1]
    assert sorted(asked) == ["", "aa", "b"]


def test_looks_up_nothing_in_no_rows():
    nothing = pa.chunked_array([pa.array([], pa.string()).dictionary_encode()])
    assert look_up(nothing, len, kind=np.int32).tolist() == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1-123456789", 123456789),
        (" 1-123456789 ", 123456789),
        ("1-123456", 123456),
        ("1-123456789012", 123456789012),
        ("", MISSING),
        ("  ", MISSING),
        ("1-12345", BAD),
        ("1-1234567890123", BAD),
        ("2-123456789", BAD),
        ("1123456789", BAD),
        ("1-12345678x", BAD),
        ("1 - 123456789", BAD),
        ("#N/A", BAD),
    ],
)
def test_reads_a_cqc_location_id(text, number):
    assert read_location_ids(pa.chunked_array([pa.array([text])])).tolist() == [number]
