"""Made-up extracts show the published shares of England, and completion as assumed."""

from __future__ import annotations

import pandas as pd
import pytest
from recount import AUGUST, MAY, PUBLISHED, QUESTIONS, list_weeks, published_shares, share_yes, take_open

from etl.synthesise.request import count_days
from etl.synthesise.targets import completion_on, load_targets

WEEKS = list_weeks()


@pytest.mark.parametrize("date", [MAY, AUGUST], ids=str)
def test_gives_the_published_shares_after_rounding(sized, date):
    found = {question: round(share) for question, share in share_yes(take_open(sized, date)).items()}
    assert found == published_shares(date)


@pytest.mark.parametrize(("date", "percent"), [(MAY, 45), (AUGUST, 99)], ids=str)
def test_has_as_many_homes_answering_as_assumed(sized, date, percent):
    assert round(100 * take_open(sized, date)["is_current"].mean()) == percent


def test_aims_for_the_middle_of_each_per_cent(full):
    shares = share_yes(take_open(full, AUGUST))
    assert max(abs(shares[question] - percent) for question, percent in published_shares(AUGUST).items()) < 0.01


def test_lets_completion_rise_smoothly_and_then_stay(weekly):
    completion = pd.Series({date: 100 * take_open(weekly, date)["is_current"].mean() for date in WEEKS})
    steps = completion.diff().dropna()
    assert steps[:10].between(0, 13).all()
    assert completion[AUGUST:].between(97, 99.6).all()


def test_holds_the_shares_after_the_second_date_but_for_a_slight_change(weekly):
    august, october = (share_yes(take_open(weekly, date)) for date in (AUGUST, WEEKS[-1]))
    changes = {question: october[question] - august[question] for question in QUESTIONS}
    assert max(map(abs, changes.values())) < 8
    assert any(abs(change) > 1 for change in changes.values())


@pytest.mark.parametrize("date", [MAY, AUGUST, WEEKS[-1]], ids=str)
def test_keeps_most_answers_fresh_a_few_late_and_hardly_any_stale(make, date, full):
    folder = full if date in (MAY, AUGUST) else make(homes=4_000, first=date, last=date)[0]
    homes = take_open(folder, date)
    age = homes.loc[homes["has_answered"], "age_days"]
    assert 3 <= age.median() <= 6
    assert (age > 28).mean() < 0.01
    if date > MAY:  # the questions were new in May
        assert 0.02 < age.between(15, 27).mean() < 0.08


def test_offers_partly_only_after_the_break(weekly):
    for date in WEEKS:
        homes = take_open(weekly, date)
        partly = homes[(homes[QUESTIONS] == "Partly").any(axis="columns")]
        assert (partly["answered_at"] > pd.Timestamp("2020-08-10 17:00")).all()
        assert bool(len(partly)) == (date > AUGUST)


def test_has_not_applicable_rarely_and_more_for_two_questions(full):
    homes = take_open(full, AUGUST)
    share = (homes.loc[homes["is_current"], QUESTIONS] == "Not applicable").mean()
    often = share[["CHSP_2_3", "CHSP_4_3"]]
    assert often.between(0.03, 0.10).all()
    assert share.drop(often.index).between(0, 0.03).all()


def test_says_nothing_of_homes_that_have_not_answered(full):
    homes = take_open(full, MAY)
    silent = homes[~homes["has_answered"]]
    assert (silent[QUESTIONS] == "").all(axis=None)
    assert 0.7 < silent["Max_Capacity"].notna().mean() < 0.9  # most report their beds already


def test_rises_from_one_published_completion_to_the_other():
    days = range(count_days(MAY), count_days(AUGUST) + 1)
    completion = [completion_on(day) for day in days]
    assert (completion[0], completion[-1]) == pytest.approx((0.45, 0.99))
    assert completion == sorted(completion)


def test_moves_the_target_between_the_two_published_values():
    targets = load_targets(PUBLISHED / "taskforce_indicators.csv")
    start, middle, end = (targets.shares_on(day) for day in (count_days(MAY), count_days(MAY) + 36, count_days(AUGUST)))
    assert (start < middle).all()
    assert (middle < end).all()
