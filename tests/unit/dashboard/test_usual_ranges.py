"""Control charts: the usual range, the rings by polarity, the breaks, and what is said of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from dash import dcc, html
from observed import QUESTION, find, observe, words_of

from dashboard import queries, views
from dashboard.components.ranges import control_card, range_legend, ranges_card
from dashboard.figures.control_chart import RINGS, draw_control_chart
from dashboard.figures.small_control import draw_small_control, find_floor
from dashboard.measures import QUESTIONS
from dashboard.selection import Selection
from dashboard.store import Snapshot
from dashboard.text import ranges as text
from dashboard.views.ranges import add_limits

DUDLEY, CITY, RUTLAND = "E08000027", "E09000001", "E06000017"
BREAK = dt.date(2020, 8, 10)
QUIET = {"special_cause": "", "direction": "", "since": None, "signal": "", "reason": ""}
LOW = {"special_cause": "outside", "direction": "below", "since": dt.date(2020, 8, 3), "signal": "worse"}


def chart(*points: dict, **same: object) -> pd.DataFrame:
    """Return a weekly series of one area about a mean of 85, with limits of 80 and 90 but for what is given."""
    days = [dt.date(2020, 7, 20) + dt.timedelta(weeks=week) for week in range(len(points))]
    frame = observe(*[QUESTION | {"date": day, "value": 85.0} | point for day, point in zip(days, points, strict=True)])
    limits = {"centre": 85.0, "lower_limit": 80.0, "upper_limit": 90.0, "points": 15.0, "is_provisional": False} | QUIET
    wanted = [limits | same | point for point in points]
    return frame.assign(**{name: [one[name] for one in wanted] for name in limits})


def test_rings_a_point_by_its_meaning_with_a_shape_of_its_own():
    better = {"special_cause": "outside", "direction": "above", "signal": "better", "value": 95.0}
    figure = draw_control_chart(chart({}, better, LOW | {"value": 66.0}), is_share=True)
    rings = {trace.name: trace for trace in figure.data if trace.name in RINGS}
    assert list(rings["better"].y) == [95.0]
    assert list(rings["worse"].y) == [66.0]
    assert rings["better"].marker.symbol != rings["worse"].marker.symbol
    assert rings["better"].marker.color != rings["worse"].marker.color
    assert list(figure.data[-1].y) == [85.0, 95.0, 66.0]


def test_begins_the_range_anew_at_a_break_and_dots_one_from_few_weeks():
    soft = {"centre": 70.0, "lower_limit": 60.0, "upper_limit": 75.0, "is_provisional": True}
    figure = draw_control_chart(chart({}, {}, {}, {}, soft, soft, soft), breaks={BREAK: "changed"}, is_share=True)
    bands = [trace for trace in figure.data if trace.fill == "toself"]
    assert [trace.name for trace in bands] == ["usual range", "usual range, provisional"]
    assert [bool(trace.fillpattern.shape) for trace in bands] == [False, True]
    assert list(bands[1].y) == [60.0, 60.0, 75.0, 75.0]
    assert max(bands[0].x) < min(bands[1].x)
    assert any(shape.type == "line" and shape.x0 == BREAK + dt.timedelta(days=1) for shape in figure.layout.shapes)


def test_cuts_a_range_off_at_what_a_share_can_be():
    figure = draw_control_chart(chart({}, {}, upper_limit=104.0, lower_limit=-3.0), is_share=True)
    band = next(trace for trace in figure.data if trace.fill == "toself")
    assert (min(band.y), max(band.y)) == (0, 100)


def test_draws_no_range_where_there_are_no_limits():
    bare = {"centre": None, "lower_limit": None, "upper_limit": None}
    frame = chart({}, {}, reason="Too few points since the series began or changed.", **bare)
    figure = draw_control_chart(frame.astype({"centre": float}), is_share=True)
    assert not [trace for trace in figure.data if trace.fill == "toself"]
    assert range_legend(frame) is None
    assert "Too few points" in text.summarise_control(frame)


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ({"value": 66.0} | LOW, "Clinical lead 66%, below its usual range since 3 August"),
        ({}, "Clinical lead 85%, within its usual range"),
        ({"special_cause": "outside", "direction": "above"}, "Clinical lead 85%, its usual level"),
        (LOW | {"special_cause": "trend", "direction": "falling"}, "Clinical lead 85%, falling since 3 August"),
    ],
)
def test_titles_a_series_by_where_it_stands(point: dict, said: str):
    assert text.title_control(chart({}, point)) == said


def test_says_the_range_its_weeks_its_meaning_and_the_rule():
    said = text.summarise_control(chart({}, LOW | {"value": 66.0}, points=12.0, is_provisional=True))
    assert said.startswith("Usual range 80.0% to 90.0%, mean 85.0%, from 12 weeks: provisional")
    assert text.MEANING in said
    assert "Since 3 August 2020, for the worse: a week outside the range." in said


def test_counts_what_left_its_range_worse_first():
    low, high = chart(LOW), chart(LOW | {"signal": "better"}).assign(short_name="PPE training", indicator_id="x")
    assert text.title_ranges(low) == "Clinical lead worse than usual"
    assert text.title_ranges(pd.concat([high, low])) == "Clinical lead worse than usual, PPE training better"
    assert text.title_ranges(pd.concat([low, low.assign(indicator_id="y")])) == "Two measures worse than usual"
    assert text.title_ranges(chart({})) == "Every measure is at its usual level"


def test_marks_nothing_that_one_home_explains(made_up: Snapshot):
    series = views.show_ranges(made_up, Selection(area_code=DUDLEY, measure="deaths"))
    told = series[series["signal"] != ""]
    assert ((told["value"] - told["centre"]).abs() >= 100 / told["denominator"]).all()
    assert (told["special_cause"] != "").all()
    up = told["direction"].isin(["above", "rising"])
    assert (told["signal"] == up.map({True: "better", False: "worse"})).all()


def test_turns_a_rise_into_the_worse_where_lower_is_better(made_up: Snapshot):
    trend = views.show_trend(made_up, Selection(area_code=DUDLEY, measure="absence"))
    flipped = made_up.limits.assign(centre=0.0, special_cause="outside", direction="above")
    own = add_limits(replace(made_up, limits=flipped), trend[queries.COLUMNS])
    assert set(own["signal"]) - {""} == {"worse"}


def test_draws_a_small_chart_for_each_question_that_leads_to_its_trend(made_up: Snapshot):
    card = ranges_card(made_up, Selection(area_code=DUDLEY, measure="isolate"))
    links = find(find(card, html.Ul, having="ranges"), dcc.Link)
    assert [link.href for link in links] == [f"/area/{DUDLEY}?measure={word}#card-trend" for word in QUESTIONS]
    assert [link.className for link in links].count("here") == 1
    assert all("<svg" in link.children[2] and "usual" in words_of(link) for link in links)


def test_keeps_the_day_since_which_changes_are_told_where_a_small_chart_is_chosen(made_up: Snapshot):
    card = ranges_card(made_up, Selection(area_code=DUDLEY, measure="isolate", since="2020-10-02"))
    links = find(find(card, html.Ul, having="ranges"), dcc.Link)
    assert all(link.href.endswith("&since=2020-10-02#card-trend") for link in links)


def test_draws_a_small_chart_on_the_common_scale():
    frame = chart({"value": 60.0} | LOW, {"value": 100.0})
    assert find_floor(frame) == 60.0
    drawn = draw_small_control(frame, breaks=[dt.date(2020, 7, 22)], floor=60.0)
    assert 'class="worse"' in drawn
    assert 'class="break"' in drawn
    assert drawn.count("<polyline") == 2  # not joined across the break
    assert 'cy="6.0"' in drawn  # 100% lies at the top
    assert draw_small_control(frame.head(1)) == ""


def test_says_where_no_range_or_no_figure_can_be_shown(made_up: Snapshot):
    assert "No figure" in words_of(control_card(made_up, Selection(area_code=RUTLAND, measure="isolate")))
    assert "can be shown" in words_of(ranges_card(made_up, Selection(area_code=CITY, measure="deaths")))
