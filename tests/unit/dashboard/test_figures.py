from __future__ import annotations

import datetime as dt
import itertools
import math
import re

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from markupsafe import Markup
from observed import QUESTION, observe, observe_weeks

from dashboard import views
from dashboard.figures.bars import draw_weekly_bars
from dashboard.figures.classes import find_color, make_bands
from dashboard.figures.outline_map import draw_map, find_centre, make_path
from dashboard.figures.panels import draw_panels
from dashboard.figures.sparkline import draw_series, draw_sparkline
from dashboard.figures.theme import NO_VALUE
from dashboard.figures.trend import draw_trend
from dashboard.measures import list_offered
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot

SQUARE = pd.DataFrame({"easting_m": [0, 10, 10, 0, 0], "northing_m": [0, 0, 10, 10, 0]})


def expect_nothing_missing_drawn(figure: go.Figure) -> None:
    """Fail when a missing value is anything but a gap: not a NaN, and not joined over."""
    for trace in figure.data:
        assert len(trace.x) == len(trace.y)
        assert not any(value is not None and math.isnan(value) for value in trace.y)
        assert None not in trace.y or trace.connectgaps is False


def test_draws_one_line_a_series_the_views_own_on_top():
    own = observe_weeks(1.0, 2.0, 3.0)
    beside = observe_weeks(2.0, 2.0, 2.0, area_name="England", area_code=ENGLAND, role="comparator")
    figure = draw_trend(pd.concat([own, beside]), series="area_name")
    assert [trace.name for trace in figure.data] == ["England", "Dudley"]
    assert figure.data[-1].line.width > figure.data[0].line.width
    assert figure.data[-1].line.dash != figure.data[0].line.dash
    assert len(figure.layout.annotations) == 2


def test_draws_others_behind_without_a_name_in_the_key():
    behind = pd.concat([observe_weeks(1.0, 2.0, area_name=name) for name in ("A", "B", "C")])
    figure = draw_trend(observe_weeks(1.0, 2.0), series="area_name", background=behind)
    assert len(figure.data) == 4
    assert len(figure.layout.annotations) == 1


@pytest.mark.parametrize("values", [(0.0, 0.0), (1.0, None, 3.0), (None, None), (5.0,)])
def test_begins_at_zero_and_never_draws_what_is_missing(values: tuple[float | None, ...]):
    for figure in (draw_trend(observe_weeks(*values), series="area_name"), draw_weekly_bars(observe_weeks(*values))):
        low, high = figure.layout.yaxis.range
        known = [value for value in values if value is not None]
        assert low == 0
        assert high > max(known, default=0)
        assert not math.isnan(high)
        expect_nothing_missing_drawn(figure)
        assert [value for trace in figure.data for value in trace.y if value is not None] == known


def test_draws_every_region_on_one_scale_with_england_behind(snapshot: Snapshot):
    frame = views.show_region_outbreaks(snapshot, Selection(area_code=ENGLAND, measure="deaths"))
    panels = draw_panels(frame)
    assert len(panels) == 9
    assert len({panel.layout.yaxis.range for panel in panels.values()}) == 1
    for panel in panels.values():
        assert panel.layout.yaxis.range[0] == 0
        assert len(panel.data) == 2
        expect_nothing_missing_drawn(panel)


@pytest.mark.parametrize("code", ["E92000001", "E08000027", "E10000021"])
def test_draws_a_map_whose_areas_are_closed_and_shaded_by_their_band(snapshot: Snapshot, code: str):
    for measure in list_offered(snapshot, page=snapshot.areas.at[code, "kind"]):
        frame = views.show_map(snapshot, Selection(area_code=code, measure=measure))
        figure = draw_map(frame, snapshot.outlines, highlight=code)
        drawn = frame[frame["area_code"].isin(snapshot.outlines)]
        assert len(figure.layout.shapes) == len(drawn) > 0
        for shape in figure.layout.shapes:
            assert re.fullmatch(r"(M-?\d+,-?\d+(L-?\d+,-?\d+){2,}Z)+", shape.path)
        blank = sum(shape.fillcolor == NO_VALUE for shape in figure.layout.shapes)
        assert blank == drawn["value"].isna().sum()
        assert figure.layout.yaxis.scaleanchor == "x"


def test_marks_the_area_of_the_page_last_so_that_its_edge_is_whole(snapshot: Snapshot):
    frame = views.show_map(snapshot, Selection(area_code="E08000027", measure="deaths"))
    figure = draw_map(frame, snapshot.outlines, highlight="E08000027")
    widths = [shape.line.width for shape in figure.layout.shapes]
    assert widths[-1] == max(widths) > widths[0]
    assert figure.layout.shapes[-1].path == make_path(snapshot.outlines["E08000027"])


def test_draws_an_empty_map_of_nothing():
    assert len(draw_map(observe_weeks(1.0), {}).layout.shapes) == 0


def test_finds_the_middle_of_an_outline():
    assert find_centre(SQUARE) == (5, 5)
    far = SQUARE + 400_000
    assert find_centre(far) == (400_005, 400_005)
    line = pd.DataFrame({"easting_m": [0, 10, 0], "northing_m": [0, 0, 0]})
    assert all(map(math.isfinite, find_centre(line)))


@pytest.mark.parametrize(
    "values",
    [
        [0.0],
        [1.0, 1.0, 1.0],
        [0.0, 0.0, 0.0, 0.0, 9.0],
        [1.0, 2.0],
        [float(n) for n in range(100)],
        [0.04, 0.05, 29.86, 29.94, 30.05],
        [1.0, None, 3.0],
    ],
)
@pytest.mark.parametrize("decimals", [0, 1])
def test_covers_every_value_with_one_band_of_its_own_colour(values: list[float | None], decimals: int):
    series = pd.Series(values, dtype="float64")
    bands = make_bands(series, unit="count", decimals=decimals)
    assert 1 <= len(bands) <= 5
    assert len({band.color for band in bands}) == len({band.label for band in bands}) == len(bands)
    assert bands[0].low == -np.inf
    assert bands[-1].high == np.inf
    assert all(before.high == after.low for before, after in itertools.pairwise(bands))
    for value in series:
        expected = {NO_VALUE} if pd.isna(value) else {band.color for band in bands}
        assert find_color(value, bands, decimals=decimals) in expected


def test_makes_no_band_without_a_value():
    assert make_bands(pd.Series([None, None], dtype="float64"), unit="count", decimals=0) == []


def test_draws_a_sparkline_from_zero_with_one_point_a_known_value():
    svg = draw_sparkline(pd.Series([2.0, None, 1.0, 2.0]))
    points = [tuple(map(float, pair.split(","))) for pair in re.search(r'points="([^"]+)"', svg)[1].split()]
    assert len(points) == 3
    bottom = 36 - 5
    assert bottom - points[1][1] == pytest.approx((bottom - points[0][1]) / 2, abs=0.11)
    assert "nan" not in svg


@pytest.mark.parametrize("values", [[], [1.0], [None, None], [1.0, None]])
def test_draws_no_sparkline_of_fewer_than_two_values(values: list[float | None]):
    assert draw_sparkline(pd.Series(values, dtype="float64")) is None


def test_draws_a_flat_sparkline_of_zeros():
    assert "nan" not in draw_sparkline(pd.Series([0.0, 0.0]))


def test_labels_years_on_a_long_series_and_months_on_a_short_one():
    years = observe(*[{"date": dt.date(year, 3, 31), "period": "year"} for year in range(2017, 2024)])
    long, short = draw_trend(years, series="area_name"), draw_trend(observe_weeks(1.0, 2.0), series="area_name")
    assert long.layout.xaxis.tickformat == "%Y"
    assert "%b" in short.layout.xaxis.tickformat


def draw_with_break(*values: float | None, day: dt.date) -> go.Figure:
    frame = observe_weeks(*values, unit="percent")
    return draw_trend(frame, series="area_name", background=frame.assign(area_name="A"), breaks={day: "words"})


def test_draws_no_line_across_a_break_and_says_what_it_is():
    # The weeks end on 17 and 24 April and on 1 and 8 May: the figure of the break's day stands before it.
    figure = draw_with_break(1.0, 2.0, 3.0, 4.0, day=dt.date(2020, 4, 24))
    for trace in figure.data:
        assert list(trace.y) == [1.0, 2.0, None, 3.0, 4.0]
        assert trace.connectgaps is False
        assert list(trace.x) == sorted(trace.x)
    upright = figure.layout.shapes[0]
    assert dt.date(2020, 4, 24) < upright.x0 == upright.x1 < dt.date(2020, 5, 1)
    assert "words" in [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize("day", [dt.date(2020, 4, 1), dt.date(2020, 5, 8)])
def test_leaves_a_line_whole_where_all_of_it_is_on_one_side(day: dt.date):
    assert list(draw_with_break(1.0, 2.0, 3.0, 4.0, day=day).data[-1].y) == [1.0, 2.0, 3.0, 4.0]


def test_shows_a_figure_that_stands_alone_after_a_break():
    values = [float(n) for n in range(12)]
    weeks = [dt.date(2020, 4, 17) + dt.timedelta(weeks=n) for n in range(12)]
    assert "markers" in draw_with_break(*values, day=weeks[-2]).data[-1].mode
    assert "markers" not in draw_with_break(*values, day=weeks[-3]).data[-1].mode


def test_joins_no_grey_line_over_a_missing_value():
    behind = observe_weeks(1.0, None, 3.0, area_name="A")
    figure = draw_trend(observe_weeks(1.0, 2.0, 3.0), series="area_name", background=behind)
    assert list(figure.data[0].y) == [1.0, None, 3.0]
    expect_nothing_missing_drawn(figure)


def test_ends_the_scale_of_a_share_at_100():
    figure = draw_trend(observe_weeks(40.0, 60.0, unit="percent"), series="area_name", is_share=True)
    assert figure.layout.yaxis.range == (0, 100)


@pytest.mark.parametrize("is_illustrative", [True, False])
def test_writes_the_word_across_every_kind_of_made_up_figure(snapshot: Snapshot, is_illustrative: bool):
    frame = observe_weeks(1.0, 2.0, is_illustrative=is_illustrative)
    drawn = [draw_trend(frame, series="area_name"), draw_weekly_bars(frame), draw_map(frame, snapshot.outlines)]
    for figure in [*drawn, *draw_panels(frame).values()]:
        across = [note for note in figure.layout.annotations if note.text == "ILLUSTRATIVE"]
        assert len(across) == int(is_illustrative)
        assert all(note.xref == note.yref == "paper" and note.name == "illustrative" for note in across)


def points_of(picture: str) -> list[list[tuple[float, float]]]:
    """Return the points of each line of an SVG picture."""
    lines = re.findall(r'polyline points="([^"]+)"', picture)
    return [[tuple(map(float, pair.split(","))) for pair in line.split()] for line in lines]


def test_draws_a_series_on_a_scale_from_0_to_100_apart_at_a_break():
    days = [dt.date(2020, 7, 27) + dt.timedelta(weeks=n) for n in range(4)]
    series = observe(*[QUESTION | {"date": day, "value": 50.0} for day in days])
    before, after = points_of(draw_series(series, breaks=[dt.date(2020, 8, 10)]))
    assert (len(before), len(after)) == (3, 1)
    assert {y for _, y in [*before, *after]} == {16.0}
    assert [x for x, _ in [*before, *after]] == pytest.approx([5.0, 41.7, 78.3, 115.0])
    assert len(points_of(draw_series(series))) == 1


def test_leaves_the_colours_of_a_drawing_to_the_style_sheet():
    drawn = (
        draw_series(observe(*[QUESTION | {"date": dt.date(2020, 8, day)} for day in (3, 10)])),
        draw_sparkline(pd.Series([1.0, 2.0])),
    )
    for picture in drawn:
        assert isinstance(picture, Markup)
        assert 'aria-hidden="true"' in picture
        assert not re.search(r"#[0-9A-Fa-f]{3}|stroke=|fill=|style=", picture)


@pytest.mark.parametrize(
    ("values", "corner"),
    [((9.0, 8.0, 1.0, 1.0), ("right", 1)), ((1.0, 1.0, 8.0, 9.0), ("left", 1)), ((9.0, 8.0, 8.0, 9.0), ("right", 0))],
)
def test_writes_the_names_of_the_lines_where_no_line_runs(values: tuple[float, ...], corner: tuple[str, int]):
    (name,) = draw_trend(observe_weeks(*values), series="area_name").layout.annotations
    assert (name.xanchor, name.y) == corner


def test_draws_no_series_of_fewer_than_two_values():
    assert draw_series(observe(QUESTION, QUESTION | {"value": None})) is None
