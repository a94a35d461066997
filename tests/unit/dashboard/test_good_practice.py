"""Good practice: which areas count as alike, when a move is more than chance, and what the card says of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from dash import dcc, html
from observed import find, words_of

from dashboard import queries
from dashboard.components.practice import practice_card
from dashboard.measures import QUESTIONS
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.text.practice import explain_rule, title_practice
from dashboard.text.verdicts import say_number
from dashboard.views.practice import (
    IMPROVED,
    UNSURE,
    WORSENED,
    find_least,
    find_pair,
    list_examples,
    pick_practice,
    show_practice,
)

DUDLEY = "E08000027"
LEAD = QUESTIONS["clinical-lead"]
FIRST, LAST = dt.date(2020, 8, 14), dt.date(2020, 9, 18)


def choose(area: str = DUDLEY, measure: str = "clinical-lead") -> Selection:
    return Selection(area_code=area, measure=measure)


def alter(snapshot: Snapshot, *, area: str = "", **values: object) -> Snapshot:
    """The snapshot with other changes of the clinical lead, in one area or in all."""
    changes = snapshot.changes.copy()
    rows = (changes["indicator_id"] == LEAD) & (changes["date_from"] == FIRST)
    rows &= (changes["area_code"] == area) if area else True
    assert rows.any()
    changes.loc[rows, list(values)] = list(values.values())
    return replace(snapshot, changes=changes)


@pytest.fixture(scope="module")
def readable(made_up: Snapshot) -> Snapshot:
    """Changes that can all be read, none of them more than chance."""
    usual = {"n_both": 40.0, "change_same_homes_points": -1.0, "p_value": 0.8, "status": ""}
    return alter(made_up, **usual | {"no_to_yes": 1.0, "yes_to_no": 2.0})


def test_compares_within_one_side_of_the_last_break(made_up: Snapshot):
    assert find_pair(made_up, LEAD) == (FIRST, LAST)
    broken = made_up.breaks.assign(date=dt.date(2020, 9, 17), indicators="ipc_*")
    assert find_pair(replace(made_up, breaks=broken), LEAD) is None
    assert show_practice(replace(made_up, breaks=broken), choose()).empty


def test_takes_similar_areas_that_began_within_five_points(readable: Snapshot):
    frame = show_practice(readable, choose())
    assert list(frame["role"].iloc[[0, -1]]) == ["area", "comparator"]
    shares = queries.select(readable, indicators=[LEAD]).set_index(["area_code", "date"])["value"]
    own = shares[DUDLEY, FIRST]
    held = readable.similar_areas
    alike = [
        code
        for code in held[held["area_code"] == DUDLEY]["similar_code"]
        if pd.notna(shares.get((code, FIRST))) and abs(shares[code, FIRST] - own) <= 5 and pd.notna(shares[code, LAST])
    ]
    assert sorted(frame.loc[frame["role"] == "similar", "area_code"]) == sorted(alike)
    assert 0 < len(alike) < 10
    assert (frame.loc[frame["role"] == "similar", "likeness"] >= 1).all()


def test_leaves_out_hidden_changes_and_few_homes(readable: Snapshot):
    code = show_practice(readable, choose())["area_code"].iloc[1]
    hidden = alter(readable, area=code, status="c", change_same_homes_points=None)
    assert code not in set(show_practice(hidden, choose())["area_code"])
    assert code not in set(show_practice(alter(readable, area=code, n_both=9.0), choose())["area_code"])
    assert show_practice(alter(readable, area=DUDLEY, status="c"), choose()).empty


def test_names_an_area_only_where_it_improved_by_more_than_chance(readable: Snapshot):
    codes = readable.similar_areas["area_code"].unique()
    here = choose(max(codes[:30], key=lambda code: len(show_practice(readable, choose(code)))))
    frame = show_practice(readable, here)
    alike = frame[frame["role"] == "similar"]
    code, name, tests = alike["area_code"].iloc[-1], alike["area_name"].iloc[-1], len(alike)
    assert tests > 2
    assert set(frame["verdict"]) == {UNSURE}
    assert title_practice(frame) == f"No area of {say_number(tests)} that began alike improved beyond chance"
    for p, improved in ((0.049 / tests, True), (0.051 / tests, False)):
        moved = show_practice(alter(readable, area=code, change_same_homes_points=12.5, p_value=p), here)
        assert moved["area_code"].iloc[1] == code, "the most improved stands first"
        assert (moved["verdict"].iloc[1] == IMPROVED) == improved
        assert title_practice(moved).startswith(f"{name} began alike and improved beyond chance: +12.5") == improved
    fallen = show_practice(alter(readable, area=code, change_same_homes_points=-12.5, p_value=1e-6), here)
    assert fallen.set_index("area_code").at[code, "verdict"] == WORSENED


def test_turns_round_where_lower_is_better(readable: Snapshot):
    code = show_practice(readable, choose())["area_code"].iloc[1]
    moved = alter(readable, area=code, change_same_homes_points=-12.5, p_value=1e-6)
    words = moved.indicators.copy()
    words.loc[LEAD, "polarity"] = "lower is better"
    frame = show_practice(replace(moved, indicators=words), choose())
    assert frame.set_index("area_code").at[code, "verdict"] == IMPROVED


def test_shows_where_the_area_stands_worst_unless_a_measure_is_chosen(made_up: Snapshot):
    assert pick_practice(made_up, choose()) == (LEAD, "")
    assert pick_practice(made_up, choose(measure="deaths"))[1] in ("clearly worse", "worse", "lowest")
    held = made_up.observations.copy()
    own = (held["area_code"] == DUDLEY) & (held["date"] == LAST) & held["indicator_id"].isin(QUESTIONS.values())
    held.loc[own, "versus_england"] = "similar"
    held.loc[own & (held["indicator_id"] == QUESTIONS["ppe"]), ["versus_england", "p_england"]] = ["worse", 0.001]
    marked = replace(made_up, observations=held)
    assert pick_practice(marked, choose(measure="deaths")) == (QUESTIONS["ppe"], "worse")
    clear = held.copy()
    clear.loc[own & (clear["indicator_id"] == LEAD), ["versus_england", "p_england"]] = ["clearly worse", 0.002]
    assert pick_practice(replace(made_up, observations=clear), choose(measure="deaths")) == (LEAD, "clearly worse")


def test_shows_each_path_the_rule_and_the_reports_examples(readable: Snapshot):
    card = practice_card(readable, choose())
    frame = show_practice(readable, choose())
    said = words_of(card)
    assert words_of(find(card, html.H2)).startswith("Illustrative: ")
    assert explain_rule(frame) in said
    assert len(find(find(card, html.Tbody), html.Tr)) == len(frame)
    assert "Care homes paired with GP practices in Bradford" in said
    links = {link.href for link in find(card, dcc.Link)}
    assert {"/recommendations#r26", "/area/E08000032"} <= links
    assert links.isdisjoint({f"/area/{DUDLEY}"})


def test_says_where_there_is_nothing_to_compare(snapshot: Snapshot, readable: Snapshot):
    for held in (snapshot, alter(readable, area=DUDLEY, status="c")):
        card = practice_card(held, choose(measure="clinical-lead" if held is not snapshot else "deaths"))
        assert find(card, html.P, having="empty")
        assert "recommendations" in words_of(card)


def test_fits_an_example_to_both_forms_of_a_measure(made_up: Snapshot):
    forms = [name for name in made_up.indicators.index if name.startswith("ipc_5_1_")]
    assert len(forms) == 2
    for name in forms:
        assert [row["id"] for row in list_examples(made_up, indicator=name)] == ["bradford_primary_care"]
    assert [row["id"] for row in list_examples(made_up, recommendation=45)] == ["derbyshire_day_services"]
    assert list_examples(made_up, indicator="deaths_covid_week_count") == []


def test_finds_the_council_furthest_below_england(made_up: Snapshot):
    code = find_least(made_up, LEAD)
    newest = made_up.by_indicator[LEAD]
    newest = newest[(newest["date"] == LAST) & newest["versus_england"].isin(["worse", "clearly worse"])]
    local = newest[newest["area_code"].map(made_up.areas["kind"]) == "authority"]
    assert local.set_index("area_code")["p_england"].idxmin() == code
    assert find_least(made_up, "deaths_covid_week_count") == ""
    assert code != ENGLAND
