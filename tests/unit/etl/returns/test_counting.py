"""Counting homes by authority: who counts, with which answer, and sums over those that gave every part."""

from __future__ import annotations

import pytest

BIRMINGHAM, KENT = "E08000025", "E10000016"


@pytest.fixture
def count(take):
    """A function that gives one count of one authority."""

    def run(rows, name, *, area=BIRMINGHAM):
        counts = take(rows).counts.to_pylist()
        return next(row[name] for row in counts if row["area_code"] == area)

    return run


@pytest.fixture
def blank(make_row):
    """No answer to any question."""
    return {name: "" for name in make_row() if name.startswith("CHSP_") and "Updated" not in name}


def dated(day, **changes):
    moment = f"2020-{day} 09:31:00"
    return {"Last_Updated_UTC": moment, "CHSP_Last_Updated_UTC": moment} | changes


def test_counts_each_home_where_its_council_is(count, make_row):
    rows = [make_row(0), make_row(1), make_row(2, LocalAuthority="Kent CC")]
    assert count(rows, "open") == 2
    assert count(rows, "open", area=KENT) == 1


def test_counts_a_closed_home_nowhere(count, make_row):
    rows = [make_row(0), make_row(1, Overall_Status="Closed", CHSP_1_1="Yes")]
    for name in ("open", "answering", "never_answered", "chsp_1_1:yes", "occupancy:homes"):
        assert count(rows, name) <= 1
    assert (
        sum(count(rows, f"chsp_1_1:{word}") for word in ("yes", "no", "not_applicable", "partly", "not_answered")) == 1
    )


def test_counts_each_answer_by_what_it_means(count, make_row):
    texts = ("Yes", "y", "No", "Not applicable", "Partly", "")
    rows = [make_row(number, CHSP_2_2=text, CHSP_1_1="Yes") for number, text in enumerate(texts)]
    found = {
        word: count(rows, f"chsp_2_2:{word}") for word in ("yes", "no", "not_applicable", "partly", "not_answered")
    }
    assert found == {"yes": 2, "no": 1, "not_applicable": 1, "partly": 1, "not_answered": 1}


@pytest.mark.parametrize(("day", "is_current"), [("08-24", True), ("07-27", True), ("07-26", False)])
def test_counts_answers_for_28_days(count, make_row, day, is_current):
    rows = [make_row(0, **dated(day, CHSP_1_1="Yes"))]
    assert count(rows, "answering") == count(rows, "chsp_1_1:yes") == is_current
    assert count(rows, "out_of_date") == count(rows, "chsp_1_1:not_answered") == (not is_current)


def test_counts_the_age_of_current_answers_in_whole_days(count, make_row):
    rows = [
        make_row(n, **dated(day, CHSP_1_1="Yes")) for n, day in enumerate(("08-24", "08-23", "08-23", "07-27", "07-01"))
    ]
    assert [count(rows, f"age_{days}") for days in (0, 1, 2, 28)] == [1, 2, 0, 1]


@pytest.mark.parametrize(("day", "late"), [("08-09", 1), ("08-10", 0)])
def test_calls_answers_late_from_15_days_on(count, make_row, day, late):
    assert count([make_row(0, **dated(day, CHSP_1_1="Yes"))], "late") == late


def test_goes_by_the_date_of_the_answers_where_there_is_one(count, make_row):
    old = {"CHSP_1_1": "Yes", "CHSP_Last_Updated_UTC": "2020-07-01 09:31:00"}
    assert count([make_row(0, **old)], "answering") == 0
    assert count([make_row(0, **(old | {"CHSP_Last_Updated_UTC": ""}))], "answering") == 1


def test_tells_never_answered_from_out_of_date(count, make_row, blank):
    rows = [make_row(0, **blank), make_row(1, **dated("07-01", **(blank | {"CHSP_3_1": "No"})))]
    assert (count(rows, "never_answered"), count(rows, "out_of_date")) == (1, 1)


def test_adds_up_over_homes_that_gave_every_part(count, make_row):
    rows = [
        make_row(0, Max_Capacity="40", Used_Beds="30"),
        make_row(1, Max_Capacity="20", Used_Beds="20"),
        make_row(2, Max_Capacity="50", Used_Beds=""),
    ]
    assert [count(rows, f"occupancy:{part}") for part in ("numerator", "denominator", "homes")] == [50, 60, 2]


@pytest.mark.parametrize(
    "changes",
    [
        {"Max_Capacity": "3", "Used_Beds": "9"},
        {"Max_Capacity": "1,001", "Used_Beds": "9"},
        {"Care_Workers_Employed": "4", "Care_Workers_Absent_General": "3", "Care_Workers_Absent_Covid": "2"},
        {"Nurses_Employed": "1,001"},
    ],
)
def test_leaves_impossible_numbers_out_and_reports_the_home(count, make_row, changes):
    rows = [make_row(0, **changes), make_row(1)]
    assert count(rows, "impossible") == 1
    assert count(rows, "open") == 2


def test_leaves_out_a_home_that_is_impossible_only_from_that_share(count, make_row):
    rows = [make_row(0, Max_Capacity="3", Used_Beds="9", Nurses_Employed="10")]
    assert count(rows, "occupancy:homes") == 0
    assert count(rows, "absence_all_staff:homes") == 1


def test_counts_numbers_for_28_days(count, make_row):
    rows = [make_row(0, Last_Updated_UTC="2020-07-26 09:31:00"), make_row(1)]
    assert count(rows, "occupancy:homes") == 1


def test_reports_agency_staff_that_equal_all_staff_and_counts_them(count, make_row):
    staff = {f"{group}_Employed": "5" for group in ("Nurses", "Care_Workers", "Non_Care_Workers")}
    agency = {f"Agency_{name}": "5" for name in staff}
    rows = [make_row(0, **staff, **agency), make_row(1, **staff, **(agency | {"Agency_Nurses_Employed": "4"}))]
    assert count(rows, "contradictory") == 1
    assert count(rows, "agency:homes") == 2
    assert count(rows, "agency:numerator") == 29


def test_never_calls_a_home_without_any_staff_contradictory(count, make_row):
    staff = {f"{group}_Employed": "0" for group in ("Nurses", "Care_Workers", "Non_Care_Workers")}
    agency = {f"Agency_{name}": "0" for name in staff}
    assert count([make_row(0, **staff, **agency)], "contradictory") == 0
