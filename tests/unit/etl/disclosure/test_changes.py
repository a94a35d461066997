"""What is hidden of changes between two extracts, and what regions and England add up."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from country import AUTHORITIES, DAY, NORTH, SOUTH, A, B, C, D, E, F

from etl.conform.areas import ENGLAND
from etl.disclose import disclose_changes
from etl.disclosure.changes import PAIRED, SIDES
from etl.returns.change import describe_changes

LATER = dt.date(2020, 8, 17)
SMALL = {"n_both": 12}
"""Homes of an authority that a region can leave out: less than a tenth."""
COUNTS = dict(zip((*SIDES, *PAIRED), (40, 20, 42, 25, 38, 18, 22, 6, 2), strict=True))


def make_counts(**named):
    """Counts of every authority, those named with what they change."""
    rows = [{"area_code": code} | COUNTS | named.get(code, {}) for code in AUTHORITIES]
    frame = pd.DataFrame(rows).astype(dict.fromkeys(COUNTS, float))
    return frame.assign(indicator_id="i", date_from=DAY, date_to=LATER)


@pytest.fixture
def run(places):
    """A function from counts, and the (area, date) of hidden figures, to the changes by area."""

    def disclose(counts, hidden=()):
        rows = [{"indicator_id": "i", "area_code": area, "date": date, "status": "c"} for area, date in hidden]
        figures = {"i": pd.DataFrame(rows, columns=["indicator_id", "area_code", "date", "status"])}
        return disclose_changes(counts, figures=figures, places=places).set_index("area_code")

    return disclose


def test_adds_up_authorities_to_regions_and_england(run):
    found = run(make_counts())
    assert (found["status"] == "").all()
    for name, count in COUNTS.items():
        assert (found.loc[NORTH, name], found.loc[SOUTH, name], found.loc[ENGLAND, name]) == (
            4 * count, 2 * count, 6 * count,
        )  # fmt: skip


@pytest.mark.parametrize("name", ["n_from", "n_to", "n_both"])
@pytest.mark.parametrize(("homes", "status"), [(9, "c"), (10, "")])
def test_gives_no_change_of_fewer_than_ten_homes(run, name, homes, status):
    found = run(make_counts(**{A: {name: homes}}))
    assert found.loc[A, "status"] == status
    assert found.loc[A, list(COUNTS)].isna().all() == (status == "c")


@pytest.mark.parametrize("date", [DAY, LATER])
def test_gives_no_change_against_a_hidden_figure(run, date):
    found = run(make_counts(**{A: SMALL}), hidden=[(A, date)])
    assert found.index[found["status"] == "c"].tolist() == [A]


def test_makes_nothing_of_what_is_hidden(run):
    found = describe_changes(run(make_counts(**{A: SMALL}), hidden=[(A, DAY)]).reset_index()).set_index("area_code")
    made = ["change_points", "change_same_homes_points", "change_who_answered_points", "p_value"]
    assert found.loc[A, made].isna().all()
    assert found.loc[A, "status"] == "c"
    assert found.loc[B, made].notna().all()


def test_leaves_a_region_nothing_to_subtract(run):
    """Moves are added up over the authorities whose change is shown; all homes still over all of them."""
    counts = make_counts(**{A: {"n_both": 12.0, "no_to_yes": 12.0}})
    found = run(counts, hidden=[(A, DAY)])
    for wider, others in ((NORTH, [B, C, D]), (ENGLAND, [B, C, D, E, F])):
        assert found.loc[wider, "status"] == ""
        for name in PAIRED:
            assert found.loc[wider, name] == found.loc[others, name].sum()
    assert found.loc[NORTH, "n_from"] == 4 * COUNTS["n_from"]


@pytest.mark.parametrize(("left_out", "status"), [(12, ""), (13, "c")])
def test_gives_no_change_of_a_region_where_more_than_a_tenth_is_left_out(run, left_out, status):
    """Three authorities of 38 homes each: a tenth of all is 12 and two thirds."""
    found = run(make_counts(**{A: {"n_both": left_out}}), hidden=[(A, DAY)])
    assert found.loc[NORTH, "status"] == status
    assert found.loc[ENGLAND, "status"] == ""


def test_gives_no_change_of_a_region_whose_figure_is_hidden(run):
    found = run(make_counts(), hidden=[(SOUTH, LATER)])
    assert found.index[found["status"] == "c"].tolist() == [SOUTH]


def test_keeps_questions_and_pairs_of_dates_apart(run):
    one = make_counts(**{A: SMALL})
    both = pd.concat([one, one.assign(indicator_id="j"), one.assign(date_from=dt.date(2020, 8, 3))], ignore_index=True)
    found = run(both, hidden=[(A, DAY)]).reset_index()
    statuses = found[found["area_code"] == A].set_index(["indicator_id", "date_from"])["status"]
    assert statuses.to_dict() == {("i", DAY): "c", ("j", DAY): "", ("i", dt.date(2020, 8, 3)): ""}
    added = found[found["area_code"] == NORTH].set_index(["indicator_id", "date_from"])["n_both"]
    assert added.to_dict() == {("i", DAY): 114, ("j", DAY): 126, ("i", dt.date(2020, 8, 3)): 126}
