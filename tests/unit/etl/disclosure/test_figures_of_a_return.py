"""What is hidden of the figures of one return, all its indicators together."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from country import AUTHORITIES, DAY, NORTH, SOUTH, A, B, C, E

from etl.conform.areas import ENGLAND
from etl.disclose import disclose_figures

LATER = dt.date(2020, 8, 17)


@pytest.fixture
def question(make_indicator):
    return make_indicator(id="question_percent", unit="percent", calculation="share of answers")


@pytest.fixture
def answering(make_indicator):
    return make_indicator(id="answering_percent", unit="percent", calculation="share answering")


@pytest.fixture
def absence(make_indicator):
    return make_indicator(id="absence_percent", unit="percent", calculation="share of sums")


@pytest.fixture
def users(make_indicator):
    return make_indicator(id="users_count", calculation="sum of counts")


def hidden(frame):
    return set(frame.loc[frame["status"] == "c", "area_code"])


@pytest.fixture
def run(places):
    """A function from one indicator and its figures to its disclosed figures."""

    def disclose(indicator, frame):
        return disclose_figures({indicator.id: frame}, indicators=[indicator], places=places)[indicator.id]

    return disclose


def test_hides_every_number_of_a_hidden_figure_and_says_so(run, question, make_frame):
    found = run(question, make_frame({A: (5, 9)})).set_index("area_code")
    numbers = ["value", "numerator", "denominator", "lower_95", "not_answered", "not_applicable"]
    assert found.loc[A, numbers].isna().all()
    assert (found.loc[A, "status"], found.loc[A, "period"], found.loc[A, "date"]) == ("c", "point", DAY)
    assert found.loc[C, numbers].notna().all()
    assert "homes" not in found


def test_leaves_all_figures_alone_where_nothing_need_be_hidden(run, question, make_frame):
    frame = make_frame()
    pd.testing.assert_frame_equal(run(question, frame), frame.drop(columns="homes"))


def test_hides_the_neighbour_with_the_fewest_older_people(run, question, make_frame):
    assert hidden(run(question, make_frame({C: (5, 9)}))) == {A, C}
    assert hidden(run(question, make_frame({A: (5, 9)}))) == {A, B}


def test_hides_all_where_all_are_few(run, question, make_frame):
    few = dict.fromkeys(AUTHORITIES, (1, 1))
    assert hidden(run(question, make_frame(few))) == {*AUTHORITIES, NORTH, SOUTH, ENGLAND}


def test_keeps_dates_apart(run, question, make_frame):
    both = pd.concat([make_frame({A: (5, 9)}), make_frame(date=LATER)], ignore_index=True)
    found = run(question, both)
    assert hidden(found[found["date"] == DAY]) == {A, B}
    assert hidden(found[found["date"] == LATER]) == set()


def test_works_on_areas_and_dates_as_the_counting_keeps_them(run, question, make_frame):
    frame = pd.concat([make_frame({A: (5, 9)}), make_frame(date=LATER)], ignore_index=True)
    kept = frame.astype({"area_code": "category"}).assign(
        date=pd.Categorical(frame["date"], categories=pd.Index([DAY, LATER], dtype=object)),
        status=pd.Categorical(frame["status"], categories=["", "x", "c"]),
    )
    plain, found = run(question, frame), run(question, kept)
    np.testing.assert_array_equal(found["status"].astype(object), plain["status"])
    np.testing.assert_array_equal(found["value"], plain["value"])


def test_leaves_an_area_where_nobody_answered_unavailable(run, question, make_frame):
    frame = make_frame({A: (0, 0)}).assign(not_answered=12.0, not_applicable=0.0)
    found = run(question, frame).set_index("area_code")
    assert (found["status"] == "x").sum() == 1
    assert found.loc[A, "not_answered"] == 12


def test_shows_a_true_zero_of_people_and_hides_one_to_five(run, absence, make_frame):
    found = run(absence, make_frame({A: (3, 400, 20), B: (0, 400, 20)})).set_index("area_code")
    assert found.loc[B, "value"] == 0
    assert hidden(found.reset_index()) == {A, C}


def test_hides_a_sum_of_few_people_with_a_neighbour(run, users, make_frame):
    assert hidden(run(users, make_frame({E: (4, 20)}).assign(denominator=20.0, homes=20.0))) >= {E}
    frame = make_frame({A: (4, 20)})
    assert hidden(run(users, frame)) == {A, B}


def test_shows_where_every_home_answers_and_needs_no_other_kind_beside_it(run, answering, make_frame):
    everyone = dict.fromkeys(AUTHORITIES, (20, 20))
    assert hidden(run(answering, make_frame(everyone))) == set()
    assert hidden(run(answering, make_frame(everyone | {A: (9, 9)}))) == {A, B}


def test_hides_the_answers_where_it_hides_how_many_answer(places, question, answering, make_frame):
    figures = {
        answering.id: make_frame({A: (5, 9)}, indicator_id=answering.id),
        question.id: make_frame({B: (20, 20)}, indicator_id=question.id),
    }
    found = disclose_figures(figures, indicators=[question, answering], places=places)
    assert hidden(found[answering.id]) == {A, B}
    assert hidden(found[question.id]) == {A, B}


def test_keeps_people_apart_from_how_many_homes_answer(places, absence, answering, make_frame):
    figures = {
        answering.id: make_frame({A: (5, 9)}, indicator_id=answering.id),
        absence.id: make_frame(indicator_id=absence.id),
    }
    assert hidden(disclose_figures(figures, indicators=[absence, answering], places=places)[absence.id]) == set()


def test_takes_an_indicator_that_has_no_figures(places, question, absence, make_frame):
    figures = {question.id: make_frame({A: (5, 9)}), absence.id: make_frame().iloc[:0]}
    found = disclose_figures(figures, indicators=[question, absence], places=places)
    assert found[absence.id].empty
    assert hidden(found[question.id]) == {A, B}


def test_takes_a_return_that_has_no_figures(places, question, make_frame):
    found = disclose_figures({question.id: make_frame().iloc[:0]}, indicators=[question], places=places)
    assert found[question.id].empty
    assert "homes" not in found[question.id]
