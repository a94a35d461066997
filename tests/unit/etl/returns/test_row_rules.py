"""The numbered rules that refuse a row: each one alone, their order, and what they say."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.returns import rules

BEFORE = dt.date(2020, 8, 10)
EVENING = "2020-08-10 17:00:01"


def refused(intake):
    return [(row.row, row.rule.number) for row in intake.refused]


def test_accepts_a_sound_row(take, make_row):
    intake = take([make_row(0), make_row(1)])
    assert refused(intake) == []
    assert (intake.record["rows_read"], intake.record["rows_accepted"], intake.record["rows_refused"]) == (2, 2, 0)


@pytest.mark.parametrize(
    ("changes", "rule", "words"),
    [
        ({"CQC_ID": "", "Location": "Total"}, rules.TOTAL, "a total row: Location is 'Total'"),
        ({"CQC_ID": " ", "Location": " GRAND TOTAL "}, rules.TOTAL, "a total row"),
        ({"CQC_ID": ""}, rules.NO_ID, "no CQC location id: Location is 'Home 1'"),
        ({"CQC_ID": "1-12"}, rules.BAD_ID, "CQC_ID is '1-12'"),
        ({"LocalAuthority": "Birmingam"}, rules.COUNCIL, "'Birmingam' is not known; nearest: Birmingham"),
        ({"LocalAuthority": ""}, rules.COUNCIL, "the row names no council"),
        ({"LocalAuthority": "Atlantis"}, rules.COUNCIL, "'Atlantis' is not known"),
        ({"Local_Authority": "Leeds"}, rules.TWO_COUNCILS, "Local_Authority is 'Leeds'; LocalAuthority is"),
        ({"CHSP_1_1": "Perhaps"}, rules.ANSWER, "CHSP_1_1 is 'Perhaps'"),
        ({"Overall_Status": "Moved"}, rules.ANSWER, "Overall_Status is 'Moved'"),
        ({"Used_Beds": "-4"}, rules.NUMBER, "Used_Beds is '-4'"),
        ({"Nurses_Employed": "2.5"}, rules.NUMBER, "Nurses_Employed is '2.5'"),
        ({"Hours_Paid": "many"}, rules.NUMBER, "Hours_Paid is 'many'"),
        ({"Last_Updated_UTC": "yesterday"}, rules.DATE, "Last_Updated_UTC is 'yesterday'"),
        ({"CHSP_Last_Updated_UTC": "", "Last_Updated_UTC": ""}, rules.DATE, "answers without a date"),
        ({"Last_Updated_UTC": "2020-08-25 00:00:00"}, rules.FUTURE, "after the extract's day"),
        ({"CHSP_Last_Updated_UTC": "2020-08-25 00:00:00"}, rules.FUTURE, "after the extract's day"),
    ],
)
def test_refuses_a_row_by_its_rule_and_quotes_what_is_wrong(take, make_row, changes, rule, words):
    sound = {"CHSP_1_1": "Yes"}
    intake = take([make_row(0), make_row(1, **(sound | changes)), make_row(2)])
    assert refused(intake) == [(3, rule)]
    assert words in intake.refused[0].reason
    assert intake.record["rows_accepted"] == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"Location": "Total"},
        {"Location": "Total Care House", "CQC_ID": "1-123456"},
        {"Local_Authority": "Birmingham", "LocalAuthority": "Birmingham City Council"},
        {"Local_Authority": "Birmingham", "LocalAuthority": ""},
        {"Overall_Status": ""},
        {"Overall_Status": "CLOSED"},
        {"Max_Capacity": "1,204", "Used_Beds": ""},
        {"Last_Updated_UTC": "2020-08-24 23:59:59"},
        {"Last_Updated_UTC": "24/08/2020 09:31"},
        {"CHSP_Last_Updated_UTC": ""},
        {"CHSP_1_1": "Not applicable", "CHSP_1_2": "", "CHSP_1_3": "y"},
    ],
)
def test_accepts_what_is_unusual_and_declared(take, make_row, changes):
    assert refused(take([make_row(1, **changes)])) == []


def test_needs_no_date_where_there_are_no_answers(take, make_row):
    blank = {name: "" for name in make_row() if name.startswith("CHSP_")}
    assert refused(take([make_row(1, **(blank | {"Last_Updated_UTC": ""}))])) == []


def test_takes_the_time_in_summer_time_an_hour_earlier(take, make_row):
    clock = {"Last_Updated_UTC": "", "CHSP_Last_Updated_UTC": ""}
    intake = take([make_row(1, **clock, Last_Updated_BST="2020-08-25 00:30:00")])
    assert refused(intake) == []
    (updated,) = intake.homes.column("updated_at").to_pylist()
    assert dt.datetime.fromtimestamp(updated, dt.UTC).isoformat() == "2020-08-24T23:30:00+00:00"


def test_offers_partly_only_from_the_evening_of_10_august(take, make_row):
    early = make_row(1, date=BEFORE, CHSP_1_1="Partly", Last_Updated_UTC="2020-08-10 17:00:00")
    late = make_row(2, date=BEFORE, CHSP_1_1="Partly", Last_Updated_UTC=EVENING)
    assert refused(take([early, late], date=BEFORE)) == [(2, rules.ANSWER)]


def test_goes_by_the_first_rule_that_fits(take, make_row):
    everything = {"CQC_ID": "", "LocalAuthority": "Nowhere", "CHSP_1_1": "Perhaps", "Used_Beds": "x"}
    row = make_row(1, **everything, Last_Updated_UTC="soon")
    assert refused(take([make_row(0), row])) == [(3, rules.NO_ID)]
    for name, sound, following in (
        ("CQC_ID", "1-123456", rules.COUNCIL),
        ("LocalAuthority", "Kent", rules.ANSWER),
        ("CHSP_1_1", "Yes", rules.NUMBER),
        ("Used_Beds", "4", rules.DATE),
    ):
        row[name] = sound
        assert refused(take([make_row(0), row])) == [(3, following)]


def test_keeps_the_row_of_a_home_that_was_updated_last(take, make_row):
    rows = [make_row(1, Last_Updated_UTC=f"2020-08-{day} 09:00:00", Used_Beds=f"{day}") for day in (20, 22, 21)]
    intake = take(rows)
    assert refused(intake) == [(2, rules.TWICE), (4, rules.TWICE)]
    assert intake.homes.column("beds_used").to_pylist() == [22]


def test_refuses_both_where_nobody_can_say_which_is_newer(take, make_row):
    rows = [make_row(1, Used_Beds="3"), make_row(1, Used_Beds="4"), make_row(2)]
    assert refused(take(rows)) == [(2, rules.TWICE), (3, rules.TWICE)]


def test_keeps_one_of_two_rows_that_are_the_same(take, make_row):
    intake = take([make_row(1), make_row(1), make_row(2)])
    assert [number for _, number in refused(intake)] == [rules.TWICE]
    assert intake.record["rows_accepted"] == 2


def test_keeps_a_home_whose_other_row_another_rule_refused(take, make_row):
    rows = [make_row(1, Used_Beds="x", Last_Updated_UTC="2020-08-24 10:00:00"), make_row(1)]
    assert refused(take(rows)) == [(2, rules.NUMBER)]


def test_counts_refusals_by_rule(take, make_row):
    rows = [make_row(0), make_row(1, CQC_ID=""), make_row(2, CQC_ID=""), make_row(3, Used_Beds="x")]
    record = take(rows).record
    assert record["refused_by_rule"] == {"no_location_id": 2, "not_a_number": 1}
    assert record["rows_read"] == record["rows_accepted"] + record["rows_refused"]


def test_gives_the_refused_row_as_it_came(take, make_row):
    row = make_row(1, Used_Beds="x")
    (found,) = take([make_row(0), row]).refused
    assert found.original == ",".join(row.values())
    assert found.home == "1-900000001 Home 1"
