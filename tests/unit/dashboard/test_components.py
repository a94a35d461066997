from __future__ import annotations

import pytest
from dash import dcc, html
from observed import find, observe, observe_weeks, walk, words_of

from dashboard import views
from dashboard.components.banner import history_banner
from dashboard.components.card import Card, chart_card
from dashboard.components.dumbbell import dumbbell_table
from dashboard.components.headline import describe_movement, headline_card, headline_row
from dashboard.components.legend import map_legend
from dashboard.components.ranking import ENDS, ranking_table
from dashboard.components.steps import step_rows
from dashboard.components.table import data_table
from dashboard.figures.trend import draw_trend
from dashboard.queries import HEADLINES, select_support_plan
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot

ENGLAND_DEATHS = Selection(area_code=ENGLAND, measure="deaths")


def cells_of(row: html.Tr) -> list[str]:
    """Return the words of a row's cells."""
    return [words_of(cell) for cell in row.children]


def test_shows_13_rows_in_five_groups(snapshot: Snapshot):
    table = dumbbell_table(select_support_plan(snapshot), caption="13 measures")
    bodies = find(table, html.Tbody)
    assert len(bodies) == 5
    assert sum(len(body.children) - 1 for body in bodies) == 13
    assert [cell.scope for cell in find(table, html.Th) if getattr(cell, "scope", "") == "rowgroup"] == ["rowgroup"] * 5


def test_keeps_every_point_on_the_track(snapshot: Snapshot):
    for mark in find(find(dumbbell_table(select_support_plan(snapshot), caption=""), html.Div), html.Span):
        for length in mark.style.values():
            assert 0 <= float(length.removesuffix("%")) <= 100


def test_draws_a_fall_from_right_to_left():
    plan = observe_weeks(90.0, 60.0, unit="percent")
    bar = find(dumbbell_table(plan, caption=""), html.Span, having="bar")[0]
    assert bar.style == {"left": "60.0%", "width": "30.0%"}


@pytest.mark.parametrize("code", ["E92000001", "E12000005", "E08000027"])
def test_gives_a_headline_card_for_each_indicator_in_order(snapshot: Snapshot, code: str):
    row = headline_row(views.show_headlines(snapshot, Selection(area_code=code, measure="deaths")))
    names = [words_of(find(card, html.H2)) for card in row.children]
    ids = HEADLINES[snapshot.areas.at[code, "kind"]]
    assert names == list(snapshot.indicators.loc[list(ids), "name"])
    assert all(len(card.children) == len(row.children[0].children) for card in row.children)


def test_says_what_is_missing_in_words_on_a_headline_card():
    card = headline_card(observe_weeks(1.0, None, status="x"))
    assert words_of(find(card, html.P, having="figure")) == "not available"
    assert describe_movement(observe_weeks(1.0, None)) == []


def test_says_how_a_headline_moved_where_its_peak_was_and_what_england_has():
    own = observe_weeks(1.0, 9.0, 5.0, 4.0, 3.0)
    england = observe_weeks(2.0, role="comparator")
    lines = describe_movement(own)
    assert lines[0].startswith("\u22121.0")
    assert any("9.0" in line and "24 April 2020" in line for line in lines)
    with_england = describe_movement(observe(*own.to_dict("records"), *england.to_dict("records")))
    assert with_england[-1] == "England 2.0"


def test_compares_no_count_with_englands():
    rows = [observe_weeks(1.0, 2.0, unit="count"), observe_weeks(9.0, unit="count", role="comparator")]
    frame = observe(*[row for part in rows for row in part.to_dict("records")])
    assert not any("England" in line for line in describe_movement(frame))


def rank(snapshot: Snapshot, *values: float | None) -> html.Table:
    """Return the ranking of the first authorities with these values, highest first."""
    codes = snapshot.areas.index[snapshot.areas["kind"] == "authority"][: len(values)]
    rows = [{"area_code": c, "area_name": c, "value": v} for c, v in zip(codes, values, strict=True)]
    return ranking_table(observe(*rows), snapshot=snapshot)


def test_gives_equal_values_one_position_and_missing_ones_none(snapshot: Snapshot):
    body = find(rank(snapshot, 9.0, 7.0, 7.0, 5.0, None), html.Tbody)[0]
    assert [cells_of(row)[0] for row in body.children] == ["1", "2", "2", "4", ""]
    last = body.children[-1]
    assert not any(letter.isdigit() for letter in cells_of(last)[3])
    assert find(last, html.Span) == []


def test_shows_both_ends_of_a_long_ranking_and_how_many_lie_between(snapshot: Snapshot):
    values = [float(n) for n in range(100, 0, -1)]
    body = find(rank(snapshot, *values), html.Tbody)[0]
    assert len(body.children) == 2 * ENDS + 1
    assert f"{100 - 2 * ENDS} " in words_of(body.children[ENDS])
    assert cells_of(body.children[-1])[0] == "100"


def test_links_every_ranked_area_to_its_page_and_keeps_marks_inside(snapshot: Snapshot):
    frame = views.show_ranking(snapshot, ENGLAND_DEATHS)
    table = ranking_table(frame, snapshot=snapshot)
    assert next(link.href for link in find(table, dcc.Link)).startswith("/region/")
    for mark in find(table, html.Span):
        left = float(mark.style["left"].removesuffix("%"))
        assert -0.01 <= left <= 100.01
        assert left + float(mark.style.get("width", "0%").removesuffix("%")) <= 100.02


def test_marks_the_area_of_the_page_in_its_ranking(snapshot: Snapshot):
    frame = views.show_ranking(snapshot, Selection(area_code="E08000027", measure="deaths"))
    here = find(ranking_table(frame, snapshot=snapshot, highlight="E08000027"), html.Tr, having="here")
    assert len(here) == 1
    assert "Dudley" in words_of(here)


def test_puts_a_scoped_heading_over_every_column_and_beside_every_row(snapshot: Snapshot):
    table = data_table(views.show_ranking(snapshot, ENGLAND_DEATHS), caption="Deaths")
    assert words_of(find(table, html.Caption)) == "Deaths"
    heads, rows = find(find(table, html.Thead), html.Th), find(find(table, html.Tbody), html.Tr)
    assert all(head.scope == "col" for head in heads)
    for row in rows:
        assert len(row.children) == len(heads)
        assert [cell.scope for cell in find(row, html.Th)] == ["row"]


def test_tells_a_band_for_areas_without_a_figure_only_where_there_are_any():
    some = map_legend(observe({"value": 1.0}, {"value": 2.0}, {"value": None}))
    none = map_legend(observe({"value": 1.0}, {"value": 2.0}))
    assert "no figure" in words_of(some)
    assert "no figure" not in words_of(none)


def test_draws_steps_on_one_scale_from_zero():
    table = step_rows(observe_weeks(8.0, 4.0))
    assert [mark.style["width"] for mark in find(table, html.Span, having="block")] == ["100.0%", "50.0%"]


def test_gives_a_card_what_every_card_has(snapshot: Snapshot):
    frame = views.show_deaths(snapshot, ENGLAND_DEATHS)
    card = Card(view="deaths", title="Title", subtitle="Subtitle", summary="Summary.", frame=frame,
                picture=draw_trend(frame, series="indicator_name"))  # fmt: skip
    tree = chart_card(card, snapshot, ENGLAND_DEATHS)
    assert words_of(find(tree, html.H2)) == "Title"
    assert "Title" in getattr(find(tree, html.Div, having="graph")[0], "aria-label")
    assert words_of(find(tree, html.P, having="source")).startswith("Source: ")
    assert any("/download/deaths.csv?area=E92000001" in link.href for link in find(tree, html.A))
    ids = [one.id for one in walk(tree) if getattr(one, "id", None)]
    assert len(ids) == len(set(ids))


def test_says_so_in_place_of_an_empty_picture(snapshot: Snapshot):
    frame = views.show_deaths(snapshot, ENGLAND_DEATHS).iloc[:0]
    card = Card(view="deaths", title="Title", subtitle="", summary="Nothing is held.", frame=frame, picture=html.Div())
    tree = chart_card(card, snapshot, ENGLAND_DEATHS)
    assert "Nothing is held." in words_of(tree)
    assert find(tree, html.Table) == []


@pytest.mark.parametrize(
    ("code", "links"),
    [("E10000021", {"/area/E06000061", "/area/E06000062"}), ("E06000061", {"/area/E10000021"}), ("E08000027", None)],
)
def test_links_an_area_with_what_it_became_or_came_from(snapshot: Snapshot, code: str, links: set[str] | None):
    banner = history_banner(snapshot, code)
    assert (banner and {link.href for link in find(banner, dcc.Link)}) == links


def test_says_which_code_buckinghamshire_had(snapshot: Snapshot):
    assert "E10000002" in words_of(history_banner(snapshot, "E06000060"))
