from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from observed import QUESTION, observe

from dashboard.format import MINUS, describe_span, format_bare, in_sentence
from dashboard.selection import ENGLAND
from dashboard.store import Snapshot
from dashboard.text import returns as text

ISOLATE = {"indicator_id": "ipc_1_1_isolate_yes_of_answered_percent", "short_name": "Isolate residents"}
HIDDEN = {"value": None, "status": "c", "numerator": None, "denominator": None, "not_answered": None,
          "lower_bound": None, "upper_bound": None, "answered_percent": None}  # fmt: skip
IN_ENGLAND = {"area_code": ENGLAND, "area_name": "England", "area_kind": "country", "role": "comparator"}
CHANGE = {
    "short_name": "Clinical lead", "date_from": dt.date(2020, 10, 2), "n_both": 40.0, "change_points": 3.2,
    "change_same_homes_points": 2.1, "change_who_answered_points": 1.1, "status": "",
}  # fmt: skip


def ask(*rows: dict) -> pd.DataFrame:
    """Return rows about the 13 questions, one for each mapping of what differs."""
    return observe(*[QUESTION | row for row in rows])


def change(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame([CHANGE | row for row in rows])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "between 61% and 77% if the 7 homes without an answer had said no or yes"),
        ({"not_answered": 1}, "if the one home without an answer had said no or yes"),
        ({"not_answered": 0}, ""),
        (HIDDEN, ""),
    ],
)
def test_says_what_homes_without_an_answer_leave_open(row: dict, said: str):
    assert text.describe_bounds(ask(row).iloc[0]).endswith(said)
    assert bool(text.describe_bounds(ask(row).iloc[0])) == bool(said)


def test_divides_a_change_into_same_homes_and_who_answered():
    assert text.describe_change(CHANGE) == (
        "+3 points: +2 among the 40 homes that answered both times, +1 from who answered"
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"change_points": -0.7, "change_same_homes_points": -0.9}, f"{MINUS}1 point: {MINUS}1 among the 40 homes"),
        ({"change_points": 0.2, "change_same_homes_points": 0.1, "change_who_answered_points": 0.1},
         "no change: 40 homes answered both times"),
        ({"change_points": None, "status": "c"}, "hidden to protect homes"),
        ({"change_points": None, "status": "x"}, "not available"),
    ],
)  # fmt: skip
def test_says_a_change_as_people_do(row: dict, said: str):
    assert text.describe_change(CHANGE | row).startswith(said)


def test_counts_hidden_figures_and_names_the_ends_of_the_wider_areas():
    matrix = ask(HIDDEN, HIDDEN | ISOLATE, IN_ENGLAND, IN_ENGLAND | ISOLATE | {"value": 94.0})
    summary = text.summarise_matrix(matrix)
    assert "England: highest isolate residents 94%, lowest clinical lead 73%." in summary
    assert "2 figures are hidden to protect homes." in summary


def test_names_the_widest_gap_to_england_with_both_figures_and_no_verdict():
    profile = ask({}, ISOLATE | {"value": 90.0}, IN_ENGLAND | {"value": 85.0}, IN_ENGLAND | ISOLATE | {"value": 94.0})
    assert text.title_profile(profile) == "Widest gap: clinical lead, 73% beside England's 85%"
    summary = text.summarise_profile(profile)
    assert "27 of the 37 homes that answered said yes, 73%, between 61% and 77%" in summary
    assert "England 85%" in summary


def test_says_that_every_figure_of_an_area_is_hidden():
    profile = ask(HIDDEN, IN_ENGLAND)
    assert text.title_profile(profile) == "Figures are hidden to protect homes"
    assert "1 of the area's 1 figures" in text.summarise_profile(profile)


def test_titles_a_trend_with_the_area_and_england():
    region = {"area_code": "E12000005", "area_name": "West Midlands", "area_kind": "region", "role": "comparator"}
    trend = ask({}, IN_ENGLAND | {"value": 85.0}, region | {"value": 79.0})
    assert text.title_returns_trend(trend) == "Clinical lead 73% in Dudley, 85% in England"
    changes = change(QUESTION).assign(**CHANGE)
    summary = text.summarise_returns_trend(trend, changes)
    assert summary.startswith("30 October 2020: Dudley 73%; West Midlands 79%; England 85%.")
    assert "Since 2 October 2020: +3 points: +2 among the 40 homes" in summary


def test_says_of_a_region_with_its_article():
    row = {"area_kind": "region", "area_name": "North East"}
    assert text.title_returns_trend(ask(row)) == "Clinical lead 73% in the North East"


def test_names_what_moved_most_in_four_weeks():
    week = {"date_from": dt.date(2020, 10, 23), "change_points": 9.0}
    moved = {"short_name": "Mutual aid", "change_points": -8.6}
    assert text.title_changes(change(week, {}, moved)) == f"Mutual aid moved most since 2 October: {MINUS}9 points"
    assert text.title_changes(change({"change_points": 0.3})) == "No measure moved since 2 October"
    assert text.title_changes(change({"change_points": None, "status": "c"})) == "No change can be shown here"


def test_counts_what_is_to_be_put_right():
    assert text.title_findings(pd.DataFrame({"rows": [1]})) == "One thing for the council to put right in the returns"
    assert text.title_findings(pd.DataFrame({"rows": [1, 2]})).startswith("2 things")


def test_says_a_break_shortly_and_in_full(snapshot: Snapshot):
    row = snapshot.breaks.set_index("id", drop=False).loc["ipc_questions_own_page"]
    assert text.label_break(row) == "10 Aug 2020:<br>questions changed"
    assert text.describe_break(row).startswith("Break, 10 August 2020, 18:00: The 13 infection-control questions")
    assert row["effect"] in text.describe_break(row)


def test_says_whether_the_newest_tracker_figures_are_made_up(snapshot: Snapshot, made_up: Snapshot):
    assert text.describe_tracker(snapshot) == "Capacity Tracker figures to 10 August 2020."
    assert text.describe_tracker(made_up) == "Illustrative Capacity Tracker figures, made up, to 18 September 2020."


def test_leaves_the_catalogues_suffix_off_a_question():
    assert text.name_question(ask({}).iloc[0]) == "Named clinical lead"


@pytest.mark.parametrize(("days", "said"), [(7, "1 week"), (28, "4 weeks"), (10, "10 days"), (1, "1 day")])
def test_says_a_span_as_people_do(days: int, said: str):
    assert describe_span(days) == said


def test_writes_bare_numbers_and_keeps_abbreviations():
    assert format_bare(ask({}).iloc[0]) == "73"
    assert format_bare(ask(HIDDEN).iloc[0]) == ""
    assert in_sentence("PPE training") == "PPE training"
    assert in_sentence("Full wages") == "full wages"
