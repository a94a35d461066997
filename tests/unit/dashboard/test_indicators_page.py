"""The indicators page: what its address asks for, what matches, and what each entry says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dash import dcc, html
from observed import find, words_of

from dashboard.comparison import read_comparison
from dashboard.pages import indicators
from dashboard.search import IndicatorSearch, matches, read_search
from dashboard.selection import SelectionError
from dashboard.store import Snapshot
from dashboard.text.indicators import UNITS

PPE = "Access to sufficient PPE to meet needs ipc_3_1_ppe_yes_percent Department of Health"


@pytest.mark.parametrize("words", ["", "  ", "ppe", "PPE needs", "needs  ppe", "ipc_3_1_ppe_yes_percent", "suffic"])
def test_matches_every_word_in_any_order_and_case(words: str):
    assert matches(PPE, words)


@pytest.mark.parametrize("words", ["ppe testing", "equipment", "ipc_3_2", "ppe."])
def test_leaves_out_an_entry_that_lacks_a_word(words: str):
    assert not matches(PPE, words)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"measure": "deaths"}, "does not know"),
        ({"q": "a" * 101}, "101 characters"),
        ({"kind": "guessed"}, "no kind 'guessed'"),
        ({"polarity": ""}, "no polarity"),
    ],
)
def test_refuses_a_search_it_does_not_know(snapshot: Snapshot, query: dict[str, str], problem: str):
    with pytest.raises(SelectionError, match=problem):
        read_search(snapshot, query)


def test_reads_a_search(snapshot: Snapshot):
    query = {"q": "a" * 100, "kind": "returns", "polarity": "lower"}
    assert read_search(snapshot, query) == IndicatorSearch(words="a" * 100, kind="returns", polarity="lower")
    assert read_search(snapshot, {}) == IndicatorSearch()


def test_has_an_entry_for_every_indicator_with_unit_polarity_author_and_review_date(
    snapshot: Snapshot, made_up: Snapshot
):
    for one in (snapshot, made_up):
        entries = {entry.id: entry for entry in find(indicators.layout(one), html.Details)}
        assert sorted(entries) == sorted(one.indicators.index)
        for row in one.indicators.to_dict("records"):
            entry = entries[row["id"]]
            told = dict(zip(find(entry, html.Dt), find(entry, html.Dd), strict=True))
            told = {words_of(name).strip(): words_of(value) for name, value in told.items()}
            summary = words_of(find(entry, html.Summary))
            assert UNITS[row["unit"]] in summary
            assert "is better" in summary
            assert told["Unit"].strip()
            assert row["author"] in told["Written by"]
            assert "reviewed on" in told["Written by"]
            assert row["definition"] in told["What it is"]
            # Named by the recommendations of the entry, so the two tables cannot differ unseen.
            numbers = [line.split(".")[0].strip() for line in map(words_of, _list_lines(entry, "Recommendations"))]
            assert numbers == sorted(row["recommendations"].split(), key=int)


def test_shows_only_what_the_address_asks_for(made_up: Snapshot):
    page = indicators.layout(made_up, q="PPE", kind="returns", polarity="lower")
    shown = [entry.id for entry in find(page, html.Details) if not entry.hidden]
    assert shown == ["home_care_ppe_issues_percent"]
    assert "1 of 114 indicators" in words_of(page)
    nothing = indicators.layout(made_up, q="nothing has this")
    assert all(entry.hidden for entry in find(nothing, html.Details))
    assert not find(nothing, html.P, having="nothing")[0].hidden


def test_says_where_nothing_is_held(snapshot: Snapshot, made_up: Snapshot):
    assert "no returns are loaded" in words_of(indicators.layout(snapshot))
    assert "no returns are loaded" not in words_of(indicators.layout(made_up))
    name = "homes_answering_percent"
    empty = replace(made_up, observations=made_up.observations[made_up.observations["indicator_id"] != name])
    entry = next(one for one in find(indicators.layout(empty), html.Details) if one.id == name)
    assert "No figure is held." in words_of(entry)
    assert not [link for link in find(entry, dcc.Link) if link.href.startswith("/compare")]


def test_leads_to_comparisons_that_exist(made_up: Snapshot):
    found = 0
    for link in find(indicators.layout(made_up), dcc.Link):
        if link.href.startswith("/compare?"):
            query = dict(part.split("=") for part in link.href.split("?")[1].split("&"))
            assert read_comparison(made_up, query).indicators
            found += 1
    assert found == len(made_up.by_indicator)


def _list_lines(entry: html.Details, name: str) -> list[html.Li]:
    parts = zip(find(entry, html.Dt), find(entry, html.Dd), strict=True)
    return [line for head, value in parts if words_of(head).strip() == name for line in find(value, html.Li)]
