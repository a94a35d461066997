"""The funnel and the parts of the gap: what is drawn, named and said, and what is said where nothing can be drawn."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from dash import html
from observed import QUESTION, find, observe, words_of

from dashboard import queries, views
from dashboard.components.variation import contributions_card, funnel_card
from dashboard.figures.funnel import MARKS, draw_funnel, spread_apart
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.text.variation import count_to_half, summarise_funnel, title_contributions, title_funnel
from dashboard.views.variation import LIMITS, PARTS

WEST_MIDLANDS, LONDON = "E12000005", "E12000007"
SIZES = [1.0, 10.0, 50.0, 100.0, 400.0]
LINES = pd.DataFrame(
    {
        "homes": SIZES, "benchmark": 80.0, "lower_95": [0.0, 55, 69, 72, 76], "upper_95": [100.0, 98, 90, 88, 84],
        "lower_998": [0.0, 40, 62, 67, 74], "upper_998": [100.0, 100, 95, 91, 86],
    }
)  # fmt: skip


def point(name: str, value: float | None, answered: float, verdict: str = "similar", **more: object) -> dict:
    """Return one council's point."""
    return QUESTION | {
        "area_code": name, "area_name": name, "value": value, "denominator": answered, "versus_england": verdict,
    } | more  # fmt: skip


def ask(*rows: dict) -> pd.DataFrame:
    frame = observe(*rows)
    return frame.assign(
        **{name: np.interp(frame["denominator"], SIZES, LINES[name.removeprefix("limit_")]) for name in LIMITS}
    )


def draw(*rows: dict):
    return draw_funnel(ask(*rows), LINES, others=ask(point("Far", 82.0, 30.0)), what="care homes that answered")


FIVE = (
    point("Ash", 79.0, 90.0), point("Elm", 70.0, 60.0, "worse"), point("Fir", 45.0, 55.0, "clearly worse"),
    point("Yew", 44.0, 54.0, "clearly worse"), point("Oak", None, 8.0, ""),
)  # fmt: skip


def test_draws_each_council_once_at_its_size_and_a_hidden_one_nowhere():
    drawn = [trace for trace in draw(*FIVE).data if trace.customdata is not None]
    places = {name[0]: (x, y) for trace in drawn for name, x, y in zip(trace.customdata, trace.x, trace.y, strict=True)}
    assert places == {"Ash": (90.0, 79.0), "Elm": (60.0, 70.0), "Fir": (55.0, 45.0), "Yew": (54.0, 44.0)}
    symbols = {trace.customdata[0][0]: trace.marker.symbol for trace in drawn}
    assert symbols["Elm"] == MARKS["worse"][0] != symbols["Fir"] == MARKS["clearly worse"][0] != symbols["Ash"]


def test_names_the_councils_outside_the_outer_lines_and_no_other_and_keeps_the_names_apart():
    figure = draw(*FIVE)
    named = [note for note in figure.layout.annotations if note.text in {"Ash", "Elm", "Fir", "Yew", "Oak"}]
    assert {note.text for note in named} == {"Fir", "Yew"}
    low, high = figure.layout.yaxis.range
    scale = (figure.layout.height - figure.layout.margin.t - figure.layout.margin.b) / (high - low)
    heights = sorted(note.y * scale + note.yshift for note in named)
    assert heights[1] - heights[0] >= 15


def test_keeps_the_names_of_the_lines_apart_and_ends_the_lines_at_the_edge():
    figure = draw(*FIVE)
    edge = figure.layout.xaxis.range[1]
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    assert len(lines) == 5
    assert {trace.x[-1] for trace in lines} == {edge}
    low, high = figure.layout.yaxis.range
    scale = (figure.layout.height - figure.layout.margin.t - figure.layout.margin.b) / (high - low)
    named = sorted(
        note.y * scale + note.yshift
        for note in figure.layout.annotations
        if "limit" in note.text or "England" in note.text
    )
    assert all(after - before >= 14 - 1e-9 for before, after in pairwise(named))


def test_spreads_places_no_further_than_it_must_and_in_their_order():
    assert spread_apart([0.0, 5.0, 40.0], least=15) == [0.0, 15.0, 40.0]
    assert spread_apart([5.0, 0.0, 16.0], least=15) == [15.0, 0.0, 30.0]
    assert spread_apart([], least=15) == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (FIVE[:2], "no council outside"),
        (FIVE[:3], "one council outside"),
        (FIVE, "two councils outside"),
    ],
)
def test_says_in_the_title_how_many_lie_outside_chance(rows: tuple[dict, ...], said: str):
    title = title_funnel(ask(*rows))
    assert f"Clinical lead: {said} what chance explains" == title
    assert len(title.split()) <= 10


def test_says_who_lies_outside_where_the_lines_run_and_who_is_not_drawn():
    said = summarise_funnel(ask(*FIVE))
    assert said.startswith("1 of 4 councils lie inside the 95% lines.")
    assert "Fir: 45% of 55, where the 99.8% lines run at 62% and 95% (clearly worse)." in said
    assert said.endswith("Not drawn, for want of a figure: 1.")


def test_agrees_with_the_verdicts_and_draws_every_council_of_england_once(made_up: Snapshot):
    selection = Selection(area_code=WEST_MIDLANDS, measure="full-wages")
    points, others = views.show_funnel(made_up, selection), views.show_other_points(made_up, selection)
    own = points[points["role"] == "area"]
    assert set(own["area_code"]) == set(queries.list_authorities(made_up, region=WEST_MIDLANDS))
    assert list(points.loc[points["role"] == "comparator", "area_code"]) == [ENGLAND]
    both = pd.concat([own, others])
    assert not both["area_code"].duplicated().any()
    assert len(both) > 140
    valued = both[both["value"].notna()]
    is_outside = (valued["value"] < valued["limit_lower_998"]) | (valued["value"] > valued["limit_upper_998"])
    assert list(is_outside) == list(valued["versus_england"].str.startswith("clearly"))


def test_names_every_council_of_london_that_is_not_drawn(made_up: Snapshot):
    points = views.show_funnel(made_up, Selection(area_code=LONDON, measure="isolate"))
    own = points[points["role"] == "area"]
    assert len(own) == 33
    card = funnel_card(made_up, Selection(area_code=LONDON, measure="isolate"))
    assert f"Not drawn, for want of a figure: {int(own['value'].isna().sum())}." in words_of(card)


@pytest.mark.parametrize("measure", ["absence", "occupancy"])
def test_says_why_a_measure_has_no_funnel(made_up: Snapshot, measure: str):
    selection = Selection(area_code=WEST_MIDLANDS, measure=measure)
    assert "A funnel needs a share of care homes." in words_of(funnel_card(made_up, selection))
    assert contributions_card(made_up, selection) is None


def test_says_that_no_answers_are_held_without_returns(snapshot: Snapshot):
    selection = Selection(area_code=WEST_MIDLANDS, measure="deaths")
    assert "No answers of care homes by council are held" in words_of(funnel_card(snapshot, selection))
    assert contributions_card(snapshot, selection) is None


def test_divides_the_regions_gap_among_its_councils_without_remainder(made_up: Snapshot):
    parts = views.show_contributions(made_up, Selection(area_code=WEST_MIDLANDS, measure="full-wages"))
    assert list(parts.columns) == PARTS
    assert parts["share_of_gap_percent"].sum() == pytest.approx(100)
    assert parts["points"].is_monotonic_decreasing
    points = views.show_funnel(made_up, Selection(area_code=WEST_MIDLANDS, measure="full-wages"))
    own = points[points["role"] == "area"].set_index("area_code")
    said_no = (own["denominator"] - own["numerator"]).dropna()
    assert dict(zip(parts["area_code"], parts["homes_to_move"], strict=True)) == said_no.to_dict()


def test_lists_the_councils_of_half_the_gap_and_the_rest_in_one_row(made_up: Snapshot):
    selection = Selection(area_code=WEST_MIDLANDS, measure="full-wages")
    parts = views.show_contributions(made_up, selection)
    many = count_to_half(parts)
    assert parts["share_of_gap_percent"].head(many).sum() >= 50 > parts["share_of_gap_percent"].head(many - 1).sum()
    card = contributions_card(made_up, selection)
    body = find(card, html.Tbody)[0].children
    names = [words_of(row.children[0]) for row in body]
    assert names[:-1] == list(parts["area_name"].head(len(names) - 1))
    assert names[-1] == f"The other {len(parts) - len(names) + 1}"
    assert "by its size alone" in words_of(card)


def test_calls_one_council_by_name_where_it_makes_up_half():
    parts = pd.DataFrame(
        {
            "area_name": ["Ash", "Elm"],
            "share_of_gap_percent": [60.0, 40.0],
            "homes_to_move": [6, 4],
            "short_name": "PPE",
        }
    )
    assert title_contributions(parts) == "Ash alone makes up half of the gap"
    assert "at the target" in title_contributions(parts.assign(homes_to_move=0))
