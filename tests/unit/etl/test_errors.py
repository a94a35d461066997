"""Errors: what a person reads, and what a scheduler sees."""

from __future__ import annotations

import pytest

from etl.errors import CatalogueError, EtlError, InputError, Problem, SnapshotError


def make_error(count):
    problems = [Problem(f"row {number}", "is wrong") for number in range(2, count + 2)]
    return InputError("deaths.xlsx", problems, remedy="Mend it.")


def test_names_the_file_each_place_and_the_remedy():
    error = InputError("deaths.xlsx", [Problem("row 2", "is negative"), Problem("", "is cut off")], remedy="Mend it.")
    assert str(error) == (
        "deaths.xlsx is refused: 2 problems.\n  - row 2: is negative\n  - is cut off\nWhat to do: Mend it."
    )


def test_counts_one_problem_in_the_singular():
    assert str(make_error(1)).splitlines()[0] == "deaths.xlsx is refused: 1 problem."


def test_shows_twenty_problems_in_full():
    lines = str(make_error(20)).splitlines()
    assert len(lines) == 22
    assert "more" not in lines[-2]


def test_cuts_a_long_list_at_twenty_and_says_how_many_are_left():
    error = make_error(25)
    lines = str(error).splitlines()
    assert lines[0] == "deaths.xlsx is refused: 25 problems."
    assert lines[20] == "  - row 21: is wrong"
    assert lines[21] == "  - and 5 more of the same kinds"
    assert lines[22] == "What to do: Mend it."
    assert len(error.problems) == 25


@pytest.mark.parametrize(("kind", "code"), [(EtlError, 1), (InputError, 1), (CatalogueError, 3), (SnapshotError, 4)])
def test_gives_a_scheduler_a_code_for_each_kind(kind, code):
    assert kind.exit_code == code
    assert issubclass(kind, EtlError)
