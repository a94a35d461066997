"""What headings can mean: patterns that are checked when they are loaded."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from etl.catalogue.meaning import Kind, Meaning
from etl.catalogue.model import Table


def test_fits_a_text_that_says_all_and_nothing_that_it_must_not():
    meaning = Meaning(name="first", says=("vacc", r"\b1st\b"), never=("%",))
    assert meaning.fits("Residents | Vaccinated (1ST dose)")
    assert not meaning.fits("Residents | Vaccinated (2nd dose)")
    assert not meaning.fits("% of residents vaccinated (1st dose)")


@pytest.mark.parametrize("field", ["says", "never"])
def test_names_a_pattern_that_cannot_be_read(field):
    entry = {"name": "first", "says": ["dose"]} | {field: ["(1st"]}
    with pytest.raises(ValidationError, match=r"'\(1st' is not a regular expression"):
        Meaning(**entry)


@pytest.mark.parametrize("entry", [{"part": "first"}, {"whole": ["total"]}])
def test_wants_both_sides_of_a_share(entry):
    with pytest.raises(ValidationError, match="part and whole go together"):
        Kind(name="first_share", says=["%"], **entry)


def test_wants_all_that_finds_a_table_by_its_meaning():
    with pytest.raises(ValidationError, match="needs period, block, kind and, unless rows are dates, as_at"):
        Table(shape="by_meaning", as_at="^period")


def test_lists_the_measures_of_every_table_and_who_is_absent_from_which():
    group = {"name": "staff", "says": ["staff"]}
    blocks = [
        {"name": "a", "sheet": "a", "says": ["a"], "group": [group], "without": ["E09000001"]},
        {"name": "b", "sheet": "b", "says": ["b"], "group": [group | {"name": "residents"}]},
    ]
    kinds = [
        {"name": "total", "says": ["total"]},
        {"name": "first", "says": ["1st"]},
        {"name": "share", "says": ["%"], "part": "first", "whole": ["total"]},
        {"name": "rest", "says": ["rest"], "is_left_out": True},
    ]
    table = Table(shape="by_meaning", as_at="^period", period="point", block=blocks, kind=kinds)
    assert table.list_measures() == {"staff_total", "staff_first", "residents_total", "residents_first"}
    assert table.list_absent() == {"staff_total": {"E09000001"}, "staff_first": {"E09000001"}}
