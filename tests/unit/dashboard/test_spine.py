"""The spine of a profile: England in one place, everything else at its distance, each row on its own scale."""

from __future__ import annotations

import pytest
from dash import html
from observed import QUESTION, beside_councils, find, observe, words_of

from dashboard import views
from dashboard.components.profile import SCALE, profile_table, spine_legend, spread_table
from dashboard.figures.spine import EDGE, ENGLAND_AT, place_spine
from dashboard.selection import Selection
from dashboard.store import Snapshot

DUDLEY = "E08000027"
REGION = {"area_code": "E12000005", "area_name": "West Midlands", "area_kind": "region", "role": "comparator"}
ENGLAND = {"area_code": "E92000001", "area_name": "England", "area_kind": "country", "role": "comparator"}


def row(value: float | None = 72.0, **spread: float | None) -> dict:
    return beside_councils(observe(QUESTION | {"value": value}), **spread).iloc[0].to_dict()


def test_keeps_england_in_its_place_and_order_along_the_line():
    spine = place_spine(row(), region=83.0, england=85.0)
    assert spine.england == ENGLAND_AT
    assert spine.lowest < spine.area < spine.lower_quartile < spine.region < spine.england < spine.upper_quartile
    assert spine.upper_quartile < spine.highest


def test_stretches_each_row_until_its_furthest_mark_meets_an_end():
    spine = place_spine(row(), region=83.0, england=85.0)
    assert min(spine.lowest - EDGE, 100 - EDGE - spine.highest) == pytest.approx(0)
    near = place_spine(row(98.0, lowest=97.0, lower_quartile=98.5, upper_quartile=99.5), region=98.8, england=99.0)
    assert near.england - near.area > 10  # a single point is seen where all lie close together


def test_has_room_for_an_area_beyond_the_councils_with_a_spread():
    spine = place_spine(row(40.0), region=None, england=85.0)
    assert spine.area == pytest.approx(EDGE)
    assert spine.region is None


def test_draws_what_it_can_where_figures_are_missing():
    assert place_spine(row(), region=83.0, england=None) is None
    bare = dict.fromkeys(("areas", "lowest", "lower_quartile", "median", "upper_quartile", "highest"))
    spine = place_spine(row(None, **bare), region=None, england=85.0)
    assert (spine.lowest, spine.area, spine.england) == (None, None, ENGLAND_AT)


@pytest.mark.parametrize(
    ("verdict", "filled"), [("clearly worse", ["dot clearly-worse"]), ("worse", ["dot"]), ("similar", ["dot"])]
)
def test_fills_the_dot_only_where_the_area_is_clearly_apart(verdict: str, filled: list[str]):
    rows = observe(QUESTION | {"versus_england": verdict}, QUESTION | REGION, QUESTION | ENGLAND | {"value": 85.0})
    table = profile_table(beside_councils(rows), caption="x")
    assert [mark.className for mark in find(table, html.Span, having="dot")] == filled


def test_says_the_best_and_the_worst_council_in_words_and_in_a_table(made_up: Snapshot):
    profile = views.show_profile(made_up, Selection(area_code=DUDLEY, measure="deaths"))
    first = profile.iloc[0]
    spread = f"Councils from {first['lowest']:.0f}% to {first['highest']:.0f}%"
    cell = find(profile_table(profile, caption="x"), html.Td, having="spine-cell")[0]
    assert cell.title.startswith(spread)
    assert words_of(cell).startswith(spread)
    shown = words_of(find(find(spread_table(profile, caption="x"), html.Tbody), html.Tr)[0])
    for name in ("value", "lowest", "lower_quartile", "median", "upper_quartile", "highest"):
        assert f"{first[name]:.0f}%" in shown
    assert SCALE in words_of(spine_legend(profile))
