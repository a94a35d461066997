"""Made-up homes lie where homes are, keep their answers, and report believable numbers."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from recount import AUGUST, LOOKUPS, MAY, PUBLISHED, QUESTIONS, find_file, list_weeks, read_rows, take_open

from etl.synthesise.places import load_places, share_out, share_out_homes

WEEKS = list_weeks()
PLACES = load_places(lookups=LOOKUPS, published=PUBLISHED)


def count_published_homes():
    """PHE's newest number of care homes by ONS code of 2020."""
    table = pd.read_csv(PUBLISHED / "phe_outbreaks.csv", dtype=str, keep_default_na=False)
    homes = table[(table["measure"] == "care_homes") & ~table["area_code"].str.startswith(("E12", "E92"))]
    codes = homes["area_code"].replace({"E10000002": "E06000060"})
    return pd.Series(pd.to_numeric(homes["value"]).fillna(0).to_numpy(), index=codes)


def pair_answers(folder, before, after):
    """Answers (yes, no) on two dates of the homes that had answered by the first, as two frames."""
    two = [take_open(folder, date).set_index("CQC_ID")[QUESTIONS] for date in (before, after)]
    both = two[0].index.intersection(two[1].index)
    first, second = (frame.loc[both].replace({"Partly": "No"}) for frame in two)
    given = first.isin(["Yes", "No"]) & second.isin(["Yes", "No"])
    return first.where(given), second.where(given)


def test_follows_the_published_homes_of_each_authority(full):
    found = take_open(full, MAY).groupby("area_code").size()
    expected = count_published_homes()
    expected = 15_500 * expected / expected.sum()
    assert set(found.index) == set(expected[expected > 0.5].index)
    assert (found - expected.reindex(found.index)).abs().max() <= 1.01
    assert "E09000001" not in found  # City of London
    assert found["E06000053"] == 1  # Isles of Scilly
    assert found["E06000060"] > 100  # Buckinghamshire, which PHE lists under its old code


def test_gives_the_isles_of_scilly_one_home_however_large_the_set():
    homes = share_out_homes(90_000, PLACES)
    assert homes.sum() == 90_000
    assert homes[PLACES.codes.index("E06000053")] == 1


def test_shares_out_by_largest_remainder():
    assert share_out(10, np.array([1.0, 1.0, 1.0])).tolist() == [4, 3, 3]
    assert share_out(10, np.array([5.0, 3.0, 2.5])).tolist() == [5, 3, 2]


def test_divides_the_homes_of_an_authority_that_was_divided():
    place = PLACES.codes.index("E10000021")
    before, after = (
        [area.name for area in PLACES.stand_on(date)[place]] for date in (dt.date(2021, 3, 31), dt.date(2021, 4, 1))
    )
    assert (before, after) == (["Northamptonshire"], ["North Northamptonshire", "West Northamptonshire"])


@pytest.mark.parametrize("place", range(len(WEEKS) - 1))
def test_keeps_nearly_all_answers_from_one_week_to_the_next(weekly, place):
    before, after = pair_answers(weekly, WEEKS[place], WEEKS[place + 1])
    changed = (before != after)[before.notna()].sum().sum() / before.notna().sum().sum()
    assert 0 < changed < 0.08


def test_turns_more_answers_to_yes_than_to_no_while_the_published_share_rises(full):
    before, after = pair_answers(full, MAY, AUGUST)
    rising = ((before == "No") & (after == "Yes")).sum()
    falling = ((before == "Yes") & (after == "No")).sum()
    assert (rising > 2 * falling).all()
    assert (falling > 0).all()


def test_changes_no_answer_without_a_new_date(weekly):
    before, after = (take_open(weekly, date).set_index("CQC_ID") for date in WEEKS[3:5])
    both = before.index.intersection(after.index)
    same = both[before.loc[both, "answered_at"] == after.loc[both, "answered_at"]]
    assert len(same) > 50
    assert before.loc[same, QUESTIONS].equals(after.loc[same, QUESTIONS])


def test_sets_authorities_apart_by_more_than_chance_and_a_few_markedly(full):
    homes = take_open(full, AUGUST)
    homes = homes[homes["is_current"]]
    scores = []
    for question in QUESTIONS:
        asked = homes[homes[question].isin(["Yes", "No", "Partly"])]
        is_yes = asked[question] == "Yes"
        by_area = is_yes.groupby(asked["area_code"]).agg(["mean", "size"])
        error = np.sqrt(is_yes.mean() * (1 - is_yes.mean()) / by_area["size"])
        scores.append(((by_area["mean"] - is_yes.mean()) / error)[by_area["size"] >= 50])
    scores = pd.concat(scores)
    assert 1.1 < scores.std() < 2.2  # 1 is chance alone
    assert scores.min() < -6
    assert (scores.abs() > 3).mean() < 0.12


@pytest.mark.parametrize(("date", "least", "most"), [(MAY, 9.0, 10.2), (AUGUST, 5.5, 6.9)], ids=str)
def test_has_staff_absent_as_reported_in_may_and_fewer_in_august(full, date, least, most):
    homes = take_open(full, date)
    absent = homes["Care_Workers_Absent_General"].sum() + homes["Care_Workers_Absent_Covid"].sum()
    assert least < 100 * absent / homes["Care_Workers_Employed"].sum() < most


def test_has_believable_beds_agency_staff_and_outbreaks(full):
    may, august = take_open(full, MAY), take_open(full, AUGUST)
    assert 26 <= may["Max_Capacity"].median() <= 30
    assert 100 < may["Max_Capacity"].max() <= 150
    assert 0.80 < may["Used_Beds"].sum() / may["Max_Capacity"].sum() < 0.88
    assert (august["Used_Beds"] + august["Declared_Vacancies"]).equals(august["Max_Capacity"])
    groups = ("Nurses", "Care_Workers", "Non_Care_Workers")
    agency = sum(august[f"Agency_{group}_Employed"].sum() for group in groups)
    own = sum(august[f"{group}_Employed"].sum() for group in groups)
    assert 0.05 < agency / (agency + own) < 0.07
    infected = [(homes["Covid_Residents_Total"] > 0).mean() for homes in (may, august)]
    assert 0.03 < infected[0] < 0.08
    assert 0 < infected[1] < 0.01


def test_never_has_more_absent_than_employed_without_dirt(full):
    homes = take_open(full, MAY).dropna(subset=["Max_Capacity"])
    for group in ("Nurses", "Care_Workers", "Non_Care_Workers"):
        absent = homes[f"{group}_Absent_General"] + homes[f"{group}_Absent_Covid"]
        assert (absent <= homes[f"{group}_Employed"]).all()
    assert (homes["Used_Beds"] <= homes["Max_Capacity"]).all()


def test_makes_every_home_plainly_up(full):
    rows = read_rows(find_file(full, "care_homes", AUGUST))
    assert rows["Location"].str.fullmatch(r"Illustrative home \d{5}").all()
    assert rows["Parent_Organisation"].str.fullmatch(r"Illustrative provider \d{4}").all()
    assert rows["CQC_ID"].str.fullmatch(r"1-9\d{8}").all()
    assert rows["CQC_ID"].is_unique
    assert (rows["Is_Illustrative"] == "Y").all()
