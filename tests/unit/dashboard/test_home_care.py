"""Home care beside care homes: each figure at its newest date, and what is not held said plainly."""

from __future__ import annotations

import pytest
from dash import html
from observed import find, words_of

from dashboard.components.home_care import home_care_card
from dashboard.format import format_value
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.text.home_care import describe_not_held
from dashboard.views import show_home_care, show_home_care_returns

AREAS = [ENGLAND, "E12000005", "E08000027"]


@pytest.mark.parametrize("code", AREAS)
def test_shows_each_figure_with_englands_of_the_same_date(made_up: Snapshot, code: str):
    selection = Selection(area_code=code, measure="deaths")
    card = home_care_card(made_up, selection)
    rows = {words_of(row.children[0].children[0]): row for row in find(find(card, html.Tbody), html.Tr)}
    for show, is_made_up in ((show_home_care, False), (show_home_care_returns, True)):
        frame = show(made_up, selection)
        assert (frame["is_illustrative"] == is_made_up).all()
        assert len(frame)
        assert (frame.groupby("indicator_id")["date"].nunique() == 1).all()
        for row in frame.to_dict("records"):
            label = {cell.to_plotly_json()["props"].get("data-label"): words_of(cell)
                     for cell in find(rows[row["indicator_name"]], html.Td)}  # fmt: skip
            assert label[row["area_name"]] == format_value(row)


def test_keeps_published_figures_apart_from_made_up_ones(made_up: Snapshot, snapshot: Snapshot):
    cards = find(home_care_card(made_up, Selection(ENGLAND, "deaths")), html.Section)
    titles = [words_of(find(card, html.H2)) for card in cards]
    assert [title.startswith("Illustrative: ") for title in titles] == [False, True]
    assert "llustrative" not in words_of(home_care_card(snapshot, Selection(ENGLAND, "deaths")))


def test_says_what_is_not_held_from_the_snapshot(made_up: Snapshot, snapshot: Snapshot):
    assert "absence" in describe_not_held(snapshot, ENGLAND)
    assert "absence" not in describe_not_held(made_up, ENGLAND)
    assert "England only: zero-hours contracts" in describe_not_held(snapshot, "E12000005")
    assert "England only" not in describe_not_held(snapshot, ENGLAND)
    for code in AREAS:
        assert "The 13 questions were asked of care homes only." in words_of(
            home_care_card(snapshot, Selection(code, "deaths"))
        )


def test_says_so_where_nothing_is_held(snapshot: Snapshot):
    lost = words_of(home_care_card(snapshot, Selection("E06000061", "deaths")))
    assert "nothing is held here" in lost
