"""Who to ask first: the page, the cards on areas' own pages, and the words of a signal."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pandas as pd
import pytest
from dash import dcc, html
from observed import find, words_of

from dashboard import queries, views
from dashboard.components.signals import fits, signal_entry
from dashboard.pages import area, region, support
from dashboard.selection import Selection, SelectionError
from dashboard.store import Snapshot
from dashboard.support import OPEN, read_support
from dashboard.text.signals import describe_shares, describe_since, lead_support

WEST_MIDLANDS = "E12000005"


@pytest.fixture(scope="module")
def busy(made_up: Snapshot) -> Snapshot:
    """The made-up snapshot with signals put in: Birmingham new and strong, Dudley asked, Coventry cleared."""
    day = made_up.data_date
    lead = next(name for name in made_up.indicators.index if name.startswith("ipc_5_1_") and "answered" in name)
    base = {
        "indicator_id": lead, "rule": "clinical_lead", "strength": "clear", "state": "new", "since": day, "date": day,
        "cleared_on": None, "value": 60.0, "benchmark": 90.0, "n": 30.0, "homes_short": 12.0, "to_clear": 3.0,
        "sentence": "12 of the 30 homes that answered did not report a named clinical lead.",
        "evidence": json.dumps({"yes": 18, "homes": 30, "short": 12, "value": 60, "england": 90}),
        "contrary": "It is similar to its region.", "ask": "Which network serves these homes?",
        "clears": "It clears when 3 more homes report a named clinical lead.", "recommendation": 26,
        "owner": "NHSE, CCGs and primary care networks", "command": "python -m etl homes --area E08000025",
        "place": 1.0, "asked_on": None, "asked_by": "", "answer": "", "outcome": "", "is_illustrative": True,
    }  # fmt: skip
    asked = {"state": "asked", "place": None, "asked_on": day, "asked_by": "regional ADASS lead"}
    asked |= {"answer": "Two homes wait for theirs.", "outcome": "action agreed"}
    rows = [
        base | {"area_code": "E08000025", "strength": "strong"},
        base | {"area_code": "E08000025", "rule": "below_england", "evidence": json.dumps({"yes": 18, "p": 0.0001234})},
        base | {"area_code": "E08000027"} | asked,
        base | {"area_code": "E08000026", "state": "cleared", "cleared_on": day, "place": None},
    ]
    named = [row | {"signal_id": f"{row['rule']}-ipc_5_1-{row['area_code']}"} for row in rows]
    return replace(made_up, signals=pd.DataFrame(named)[list(made_up.signals.columns)])


def own_card(page):
    """The card of signals on a page."""
    return next(card for card in find(page, html.Section, having="card") if card.id == "card-signals")


def test_lists_an_area_once_with_one_entry_an_indicator(busy: Snapshot):
    page = support.layout(busy, region=WEST_MIDLANDS)
    first = find(page, html.Div, having="filtered")[0]
    assert [words_of(one) for one in find(first, html.H4)] == ["Birmingham"]
    [entry] = find(first, html.Li, having="signal")
    said = words_of(entry)
    assert said.index("Strong") < said.index("Clear")
    assert "It is similar to its region." in said
    assert "NHSE, CCGs and primary care networks" in said
    assert "python -m etl homes --area E08000025" in said
    assert "python -m etl respond clinical_lead-ipc_5_1-E08000025" in said
    assert "0.000123" in said


def test_says_how_many_figures_were_tried_and_which_rules_could_not_be(busy: Snapshot):
    page = support.layout(busy)
    tried = busy.signal_rules["tested"].sum()
    assert f"{tried:,} figures" in words_of(find(page, html.P, having="lead")[0])
    rules = words_of(find(page, html.Table, having="rules")[0])
    untried = busy.signal_rules[busy.signal_rules["reason"] != ""]
    assert all(reason.split(":")[0] in rules for reason in untried["reason"])


def test_keeps_what_was_asked_off_the_list_and_on_the_areas_page(busy: Snapshot):
    assert "Dudley" not in words_of(find(support.layout(busy), html.Div, having="filtered")[0])
    card = own_card(area.layout(busy, code="E08000027"))
    assert "by the regional ADASS lead: action agreed. Answer: Two homes wait for theirs." in words_of(card)


def test_says_on_a_quiet_page_what_was_tried_and_what_cleared(busy: Snapshot):
    card = own_card(area.layout(busy, code="E08000026"))
    assert "No signal stands here this week" in words_of(card)
    assert "Cleared in the last four weeks: Clinical lead" in words_of(card)


def test_names_on_a_regions_page_whom_to_ask_first(busy: Snapshot):
    card = own_card(region.layout(busy, code=WEST_MIDLANDS))
    assert words_of(find(card, html.H2)[0]) == "Illustrative: Ask first: Birmingham"


def test_links_each_signal_to_its_recommendation(busy: Snapshot):
    entry = signal_entry(busy, queries.select_signals(busy, areas=["E08000025"]).to_dict("records"))
    links = [link.href for link in find(entry, dcc.Link)]
    assert "/recommendations#r26" in links


def test_chooses_entries_as_the_address_says(busy: Snapshot):
    rows = queries.select_signals(busy, areas=["E08000025"]).to_dict("records")
    assert fits(rows, {"state": "new", "indicator": rows[0]["indicator_id"], "owner": ""})
    assert not fits(rows, {"state": "continuing"})
    chosen = read_support(busy, {"region": WEST_MIDLANDS, "owner": "nhse-ccgs-and-primary-care-networks"})
    assert chosen.area_code == WEST_MIDLANDS
    for query in ({"owner": "me"}, {"state": "bad"}, {"region": "E08000025"}, {"indicator": "x"}, {"sort": "name"}):
        with pytest.raises(SelectionError):
            read_support(busy, query)


def test_orders_signals_to_ask_about_before_those_asked_and_cleared(busy: Snapshot):
    frame = views.LISTS["signals"](busy, Selection(area_code=WEST_MIDLANDS, measure="deaths"))
    assert frame["state"].tolist() == ["new", "new", "asked", "cleared"]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("new", "New this week, 30 October 2020"),
        ("continuing", "Since 9 October 2020 (4 weeks)"),
        ("stronger", "Stronger than a week ago. Since 9 October 2020 (4 weeks)"),
        ("cleared", "Held from 9 October 2020, cleared on 30 October 2020"),
    ],
)
def test_says_since_when(state: str, said: str):
    day = dt.date(2020, 10, 30)
    row = {"state": state, "since": dt.date(2020, 10, 9), "date": day, "cleared_on": day}
    assert describe_since(row) == said


def test_names_the_few_that_hold_most_of_the_gap():
    shares = pd.DataFrame(
        {
            "area_code": list("ABCDE"),
            "area_name": ["Ash", "Birch", "Cedar", "Dale", "Elm"],
            "part": [40.0, 30, 15, 10, 5],
        }
    )
    assert describe_shares(shares, code="D", region="South East") == (
        "Dale has 10% of the homes in the South East that do not report yes; Ash, Birch and Cedar together have 85%."
    )
    assert describe_shares(shares, code="X", region="South East") == ""


def test_says_plainly_that_nothing_stands(made_up: Snapshot):
    said = lead_support(made_up.signals.head(0).assign(kind=""), made_up.signal_rules, area="North East")
    assert said.startswith("No signal stands in the North East. Rules were tried on ")


def test_counts_what_the_page_lists(made_up: Snapshot):
    """The made-up snapshot's own signals, whatever they are, appear with their own numbers."""
    frame = views.LISTS["signals"](made_up, Selection(area_code="E92000001", measure="deaths"))
    assert set(frame["signal_id"]) == set(made_up.signals["signal_id"])
    page = support.layout(made_up)
    standing = int(made_up.signals["state"].isin(OPEN).sum())
    assert f"{standing} signal" in words_of(find(page, html.P, having="lead")[0]) or standing == 0
