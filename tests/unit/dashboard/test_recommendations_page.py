"""The recommendations page: all 52, the rule of its search, what figures say of each, and links that lead both ways."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from dash import dcc, html
from observed import find, words_of

from dashboard.pages import indicators, recommendations
from dashboard.recommendations import (
    HELD,
    NONE_PRINTED,
    RecommendationSearch,
    list_owners,
    list_themes,
    read_recommendations,
)
from dashboard.selection import ENGLAND, Selection, SelectionError
from dashboard.store import Snapshot
from dashboard.text.recommendations import name_direction, say_change, say_figure, say_when
from dashboard.views import LISTS

HERE = Selection(area_code=ENGLAND, measure="deaths")
FIGURE = {
    "figure": 82.04, "unit": "percent", "decimals": 0, "polarity": "higher is better", "date": dt.date(2020, 10, 30),
    "date_text": "", "period": "point", "since": dt.date(2020, 10, 2), "since_text": "", "change": -3.4,
    "is_broken": False, "councils": 150, "is_illustrative": True,
}  # fmt: skip


def draw_entries(snapshot: Snapshot, **query: str) -> dict[str, html.Article]:
    return {entry.id: entry for entry in find(recommendations.layout(snapshot, **query), html.Article)}


def list_shown(snapshot: Snapshot, **query: str) -> list[int]:
    return [int(name[1:]) for name, entry in draw_entries(snapshot, **query).items() if not entry.hidden]


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"measure": "deaths"}, "does not know"),
        ({"q": "a" * 101}, "101 characters"),
        ({"owner": "nobody"}, "no owner 'nobody'"),
        ({"theme": ""}, "no theme"),
        ({"held": "some"}, "It has: any, direct, aim, none"),
    ],
)
def test_refuses_a_search_it_does_not_know(snapshot: Snapshot, query: dict[str, str], problem: str):
    with pytest.raises(SelectionError, match=problem):
        read_recommendations(snapshot, query)


def test_reads_a_search(snapshot: Snapshot):
    query = {"q": "ppe", "owner": "dhsc", "theme": "testing", "held": "none"}
    assert read_recommendations(snapshot, query) == RecommendationSearch("ppe", "dhsc", "testing", "none")
    assert read_recommendations(snapshot, {}) == RecommendationSearch()


def test_shows_all_52_with_owner_and_what_is_held(snapshot: Snapshot, made_up: Snapshot):
    for one in (snapshot, made_up):
        entries = draw_entries(one)
        assert [int(name[1:]) for name in entries] == list(range(1, 53))
        for row in one.recommendations.to_dict("records"):
            said = words_of(entries[f"r{row['number']}"])
            assert row["summary"] in said
            assert row["evidence"] in said
            assert HELD[row["data_held"]] in said
            assert f"Action for:  {row['owner'] or 'none printed in the report'}" in said


def test_counts_what_the_country_cannot_see(snapshot: Snapshot, made_up: Snapshot):
    lead = words_of(find(recommendations.layout(made_up), html.P, having="lead"))
    assert "asked for in 10, only what it should lead to in 13, and nothing at all for 29." in lead
    # Flu vaccination is reported in returns alone: without them two more have no data.
    lead = words_of(find(recommendations.layout(snapshot), html.P, having="lead"))
    assert "asked for in 10, only what it should lead to in 11, and nothing at all for 31." in lead
    assert [n for n in list_shown(snapshot, held="none") if n not in list_shown(made_up, held="none")] == [12, 13]


def test_finds_by_owner_section_words_and_what_is_held(made_up: Snapshot):
    assert list_shown(made_up, owner="nhs-test-and-trace", theme="testing") == [5, 8]
    assert list_shown(made_up, owner="no-owner-printed") == [34]
    assert list_shown(made_up, q="SHORTAGES staff", held="any") == [14, 38, 39]
    assert list_shown(made_up, q="named clinical lead") == [26, 28]  # a measure's name, not in the summary
    assert len(list_shown(made_up, held="any")) == len(list_shown(made_up, held="direct")) + 13
    assert list_shown(made_up, q="nothing has this") == []


def test_gives_the_browser_the_words_that_the_server_goes_by(made_up: Snapshot):
    frame = LISTS["recommendations"](made_up, HERE)
    entries = draw_entries(made_up)
    for key, words in {"owner": list_owners(made_up), "theme": list_themes(made_up), "held": HELD}.items():
        for word in words:
            fitting = [n for n in frame["number"] if word in getattr(entries[f"r{n}"], f"data-{key}").split()]
            assert fitting == list_shown(made_up, **{key: word}), word
            assert fitting, word
    assert NONE_PRINTED in list_owners(made_up).values()


def test_leads_from_indicators_to_recommendations_and_back(made_up: Snapshot):
    there = {
        (entry.id, link.href.rpartition("#r")[2])
        for entry in find(indicators.layout(made_up), html.Details)
        for link in find(entry, dcc.Link)
        if link.href.startswith("/recommendations#r")
    }
    back = {
        (link.href.rpartition("#")[2], name[1:])
        for name, entry in draw_entries(made_up).items()
        for link in find(entry, dcc.Link)
        if link.href.startswith("/indicators#")
    }
    assert there == back
    assert len(there) > 100


def test_sets_the_newest_figure_beside_the_one_four_weeks_before(made_up: Snapshot):
    frame = LISTS["recommendation-figures"](made_up, HERE).set_index("indicator_id")
    row = frame.loc["ipc_5_1_clinical_lead_yes_of_answered_percent"]
    series = made_up.by_indicator[row.name]
    series = series[series["area_code"] == ENGLAND].set_index("date")["value"]
    assert (row["date"], row["since"]) == (dt.date(2020, 9, 18), dt.date(2020, 8, 21))
    assert row["change"] == pytest.approx(series[dt.date(2020, 9, 18)] - series[dt.date(2020, 8, 21)])
    published = frame.loc["ipc_1_3_full_wages_yes_percent"]
    assert (published["figure"], published["change"], published["is_illustrative"]) == (68, 31, False)


def test_never_takes_a_change_across_a_break(made_up: Snapshot):
    name = "ipc_5_1_clinical_lead_yes_of_answered_percent"
    late = made_up.breaks.assign(date=dt.date(2020, 9, 4)).iloc[[2]]
    moved = replace(made_up, breaks=pd.concat([made_up.breaks.drop(index=late.index), late]))
    row = LISTS["recommendation-figures"](moved, HERE).set_index("indicator_id").loc[name]
    assert row["since"] == dt.date(2020, 9, 11)
    last = late.assign(date=dt.date(2020, 9, 17))
    row = LISTS["recommendation-figures"](replace(made_up, breaks=last), HERE).set_index("indicator_id").loc[name]
    assert pd.isna(row["change"])
    assert say_change(row) == "no earlier figure since the last break"


def test_says_a_figure_its_date_and_its_change():
    assert say_figure(FIGURE) == "82%"
    assert say_when(FIGURE) == "30 Oct 2020, illustrative"
    assert say_change(FIGURE) == "−3 points since 2 Oct 2020"
    assert name_direction(FIGURE) == "worse"
    assert name_direction(FIGURE | {"polarity": "lower is better"}) == "better"
    slight = FIGURE | {"change": 0.4}
    assert (say_change(slight), name_direction(slight)) == ("no change since 2 Oct 2020", "")
    week = FIGURE | {"unit": "count", "figure": 1038, "period": "week", "change": 75, "is_illustrative": False}
    assert (say_figure(week), say_when(week)) == ("1,038", "week to 30 Oct 2020")
    assert say_change(week) == "+75 since week to 2 Oct 2020"
    local = FIGURE | {"figure": None, "change": None}
    assert say_figure(local) == "none for England; 150 councils have one"
    assert (say_when(local), say_change(local)) == ("", "")
