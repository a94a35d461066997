from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qsl

import pandas as pd
import pytest
from dash import dcc, html
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from observed import QUESTION, find, observe, observe_weeks, words_of

from dashboard import queries
from dashboard.addresses import find_page
from dashboard.comparison import (
    CHARTS,
    FIRST_QUESTION,
    PATH,
    Comparison,
    compare_path,
    default_areas,
    list_dates,
    read_comparison,
    write_query,
)
from dashboard.components.comparing import comparison_card, find_bands
from dashboard.components.comparison_controls import comparison_controls, name_choice
from dashboard.components.comparison_dates import date_slider
from dashboard.figures.multiples import draw_multiple, pick_colors
from dashboard.figures.scatter import draw_scatter, pair_figures
from dashboard.measures import QUESTIONS
from dashboard.selection import ENGLAND, SelectionError
from dashboard.store import Snapshot
from dashboard.text.comparing import title_heat_map, title_newest
from dashboard.views.comparing import (
    MOST_PANELS,
    find_date,
    list_steps,
    pair_dates,
    plan_panels,
    show_comparison,
)

DEATHS, TURNOVER = "deaths_covid_week_rate_per_1000", "turnover_percent"
LEAD = QUESTIONS["clinical-lead"]
DUDLEY, COVENTRY = "E08000027", "E08000026"


def query_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(address.partition("?")[2], keep_blank_values=True))


def read(snapshot: Snapshot, **query: str) -> Comparison:
    return read_comparison(snapshot, query)


def test_opens_on_the_regions_and_leaves_no_trace_of_it(snapshot: Snapshot, made_up: Snapshot):
    for one, indicator in ((snapshot, "deaths_covid_total_rate_per_1000"), (made_up, FIRST_QUESTION)):
        opened = read_comparison(one, {})
        assert opened.indicators == (indicator,)
        assert len(opened.areas) == 10
        assert opened.areas[-1] == ENGLAND
        assert write_query(one, opened) == ""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=some.data())
def test_reads_what_it_wrote_and_writes_what_it_read(made_up: Snapshot, data: some.DataObject):
    def pick(names: list[str], most: int) -> tuple[str, ...]:
        return tuple(data.draw(some.lists(some.sampled_from(names), max_size=most, unique=True)))

    indicators = pick(sorted(made_up.by_indicator), 16)
    areas = pick([code for code in made_up.areas.index if made_up.areas.at[code, "shown_as"] == code], 40)
    days = some.none() | some.sampled_from(list_dates(made_up, indicators) or [None])
    first, last = sorted((data.draw(days), data.draw(days)), key=lambda day: day or dt.date.min)
    chart = data.draw(some.sampled_from(list(CHARTS)))
    wanted = Comparison(chart, indicators, areas, first=first, last=last, on=data.draw(days))
    address = write_query(made_up, wanted)
    assert read_comparison(made_up, query_of(address)) == wanted
    assert write_query(made_up, read_comparison(made_up, query_of(address))) == address


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"chart": "pie"}, "There are: trend, ranking"),
        ({"colour": "blue"}, "does not know"),
        ({"indicator": "happiness"}, "Choose one from the list"),
        ({"indicator": ""}, "Write 'none'"),
        ({"area": "E99999999"}, "Give an ONS code"),
        ({"area": "E10000002"}, "under the code E06000060"),
        ({"area": f"{DUDLEY},{DUDLEY}"}, "twice"),
        ({"area": f"{DUDLEY},"}, "two commas"),
        ({"area": ",".join(f"E{number}" for number in range(201))}, "at most 200"),
        ({"indicator": ",".join(f"i{number}" for number in range(17))}, "at most 16"),
        ({"from": "10/08/2020"}, "Write it as 2020-08-10"),
        ({"indicator": DEATHS, "from": "1999-01-01"}, "outside what is held"),
        ({"indicator": DEATHS, "from": "2020-09-01", "to": "2020-05-01"}, "backwards"),
        ({"indicator": DEATHS, "on": "2020-05-02"}, "nearest date is 2020-05-01"),
        ({"indicator": "none", "on": "2020-05-01"}, "no date to choose"),
    ],
)
def test_refuses_what_it_does_not_know_and_says_what_to_do(snapshot: Snapshot, query: dict[str, str], says: str):
    with pytest.raises(SelectionError, match=says):
        read_comparison(snapshot, query)
    assert find_page(snapshot, PATH, query).status == 404


def test_gives_other_pages_an_address_that_the_page_takes(snapshot: Snapshot):
    address = compare_path(indicators=[DEATHS], areas=[DUDLEY, ENGLAND], chart="ranking")
    assert find_page(snapshot, PATH, query_of(address)).status == 200
    assert read_comparison(snapshot, query_of(address)) == Comparison("ranking", (DEATHS,), (DUDLEY, ENGLAND))


@pytest.mark.parametrize("chart", list(CHARTS))
def test_draws_each_chart_with_and_without_returns(snapshot: Snapshot, made_up: Snapshot, chart: str):
    every = (*queries.list_authorities(made_up), ENGLAND)
    for one, names in ((snapshot, (DEATHS, "deaths_all_week_rate_per_1000")), (made_up, (FIRST_QUESTION, LEAD))):
        comparison = Comparison(chart, names, every)
        card = comparison_card(one, comparison)
        frame = show_comparison(one, comparison)
        if chart == "funnel" and one is snapshot:
            assert "no returns" in words_of(card)
            continue
        assert frame["value"].notna().any()
        links = [link.href for link in find(card, html.A) if hasattr(link, "href")]
        assert f"/download/compare.csv{write_query(one, comparison)}" in links
        assert ("Illustrative" in words_of(find(card, html.H2)[0])) == frame["is_illustrative"].any()


def test_makes_a_panel_for_each_area_and_stops_at_sixteen(made_up: Snapshot):
    assert len(plan_panels(show_comparison(made_up, read(made_up)))) == 9
    every = Comparison("trend", (FIRST_QUESTION,), tuple(queries.list_authorities(made_up)))
    frame = show_comparison(made_up, every)
    assert len(plan_panels(frame)) == MOST_PANELS == frame["area_code"].nunique()
    assert "first 16 panels" in words_of(comparison_card(made_up, every))
    assert len(find(comparison_card(made_up, every), dcc.Graph)) == MOST_PANELS


def test_gives_every_panel_of_a_unit_one_scale_and_no_line_across_a_break(made_up: Snapshot):
    card = comparison_card(made_up, Comparison("trend", (FIRST_QUESTION, LEAD), (DUDLEY, COVENTRY, ENGLAND)))
    figures = [graph.figure for graph in find(card, dcc.Graph)]
    assert len(figures) == 2
    assert {tuple(figure.layout.yaxis.range) for figure in figures} == {(0, 100)}
    assert len({tuple(figure.layout.xaxis.range) for figure in figures}) == 1
    for figure in figures:
        assert len(figure.data) == 3
        assert all(None in line.y for line in figure.data)
        assert len(figure.layout.shapes) == 1


def test_keeps_shades_and_scale_while_the_date_changes(made_up: Snapshot):
    base = read(made_up, chart="map")
    steps = list_steps(made_up, base)
    assert len(steps) > 1
    colors = {}
    for day in (steps[0], steps[-1]):
        on = read(made_up, chart="map", on=day.isoformat())
        assert find_date(made_up, on) == day
        assert set(show_comparison(made_up, on)["date"]) == {day}
        colors[day] = find_bands(made_up, on)
    assert colors[steps[0]] == colors[steps[-1]]


def test_offers_a_slider_only_where_there_are_dates_to_step_over(made_up: Snapshot):
    for chart in CHARTS:
        comparison = Comparison(chart, (FIRST_QUESTION, LEAD), default_areas(made_up))
        has_slider = date_slider(made_up, comparison) is not None
        assert has_slider == (chart in ("ranking", "heatmap", "scatter", "map"))


def test_refuses_to_set_made_up_figures_against_published_ones(made_up: Snapshot):
    mixed = Comparison("scatter", (FIRST_QUESTION, DEATHS), default_areas(made_up))
    assert pair_dates(made_up, mixed) == {}
    said = words_of(comparison_card(made_up, mixed))
    assert "one is made up" in said
    assert not find(comparison_card(made_up, mixed), dcc.Graph)


def test_refuses_a_scatter_of_figures_more_than_14_days_apart(snapshot: Snapshot):
    apart = Comparison("scatter", (DEATHS, TURNOVER), tuple(queries.list_authorities(snapshot)))
    said = words_of(comparison_card(snapshot, apart))
    assert "within 14 days" in said
    assert "11 Sep 2020" in said
    near = Comparison("scatter", (DEATHS, "deaths_all_week_rate_per_1000"), default_areas(snapshot))
    days = pair_dates(snapshot, near)
    assert days
    assert all(abs(day - other) <= dt.timedelta(days=14) for day, other in days.values())


def test_says_what_is_held_where_it_has_nothing_to_draw(snapshot: Snapshot):
    card = comparison_card(snapshot, Comparison("ranking", ("vacancy_percent",), (DUDLEY,)))
    assert "held for England" in words_of(card)
    link = find(card, dcc.Link)[0]
    assert read_comparison(snapshot, query_of(link.href)).areas == (ENGLAND,)
    for none in (Comparison("trend", (), (DUDLEY,)), Comparison("map", (DEATHS,), ())):
        assert (
            find_page(snapshot, PATH, query_of(find(comparison_card(snapshot, none), dcc.Link)[0].href)).status == 200
        )


def test_tells_two_indicators_of_one_name_apart_in_the_list(made_up: Snapshot):
    assert name_choice(made_up, FIRST_QUESTION) == "Full wages (illustrative)"
    assert name_choice(made_up, "ipc_1_3_full_wages_yes_percent") == "Full wages (England only)"


def test_leads_from_each_control_to_a_page_that_is_there(made_up: Snapshot):
    comparison = read(made_up, area=f"{DUDLEY},{ENGLAND}", chart="map")
    links = find(comparison_controls(made_up, comparison), html.A)
    assert len(links) == len(CHARTS) + 3
    pages = [read_comparison(made_up, query_of(link.href)) for link in links]
    assert {page.chart for page in pages} == set(CHARTS)
    assert any(len(page.areas) == 7 and DUDLEY in page.areas for page in pages)
    assert any(page.areas == () for page in pages)


def test_draws_each_panel_on_the_scale_it_is_given():
    frame = pd.concat([observe_weeks(1, None, 3), observe_weeks(2, 2, 2, area_code=ENGLAND, role="comparator")])
    figure = draw_multiple(frame, top=10, dates=frame["date"], colors=pick_colors(frame))
    behind, own = figure.data
    assert list(own.y) == [1, None, 3]
    assert list(behind.y) == [2, 2, 2]
    assert figure.layout.yaxis.range[1] == pytest.approx(10.8)


def test_pairs_only_areas_with_both_figures_and_finds_the_outermost():
    across = [{"area_code": f"E{n}", "area_name": f"Area {n}", "value": 10 + n % 3} for n in range(20)]
    upright = [row | {"indicator_id": TURNOVER, "short_name": "Turnover", "value": 30.0} for row in across]
    upright[0]["value"], upright[1]["value"] = None, 90.0
    pairs = pair_figures(observe(*across, *upright))
    assert "E0" not in pairs.index
    figure = draw_scatter(observe(*across, *upright), ends=((0, 20), (0, 100)))
    assert len(figure.data) == 1  # no line of best fit
    assert len(figure.data[0].x) == 19
    one = observe({**QUESTION, "value": 50.0}, {**QUESTION, "indicator_id": TURNOVER, "value": 40.0})
    assert any(note.text == "ILLUSTRATIVE" for note in draw_scatter(one, ends=((0, 1), (0, 1))).layout.annotations)


def test_calls_no_area_highest_whose_figure_reads_the_same_as_anothers():
    rows = [
        {"indicator_id": name, "area_code": code, "area_name": code, "value": value, "decimals": 1}
        for name, values in {"a": (3.0, 1.0), "b": (2.01, 2.04), "c": (5.0, 4.0)}.items()
        for code, value in zip(("North", "South"), values, strict=True)
    ]
    assert title_heat_map(observe(*rows)) == "North is highest on 2 of 3 indicators"
    assert title_newest(observe_weeks(1.0, 2.0)) == "Deaths, Dudley: 2.0 per 1,000"


@pytest.mark.parametrize("chart", list(CHARTS))
def test_downloads_exactly_what_is_shown(made_up: Snapshot, made_up_client: FlaskClient, chart: str):
    comparison = Comparison(chart, (FIRST_QUESTION, LEAD), (DUDLEY, COVENTRY, ENGLAND))
    reply = made_up_client.get(f"/download/compare.csv{write_query(made_up, comparison)}")
    assert reply.status_code == 200
    assert f"illustrative-compare-{chart}-" in reply.headers["Content-Disposition"]
    assert len(reply.text.splitlines()) - 1 == len(show_comparison(made_up, comparison)) > 0


def test_refuses_a_bad_download_and_a_bad_card_with_the_reason(client: FlaskClient):
    for path in ("/download/compare.csv", "/compare/card"):
        reply = client.get(f"{path}?chart=pie")
        assert reply.status_code == 400
        assert "There is no chart" in reply.text
    assert client.get("/download/compare.csv?chart=map&chart=map").status_code == 400


def test_answers_the_slider_with_the_card_of_its_date(made_up: Snapshot, made_up_client: FlaskClient):
    day = list_steps(made_up, read(made_up, chart="ranking"))[0]
    reply = made_up_client.get(f"/compare/card?chart=ranking&on={day}")
    assert reply.status_code == 200
    assert reply.text.startswith("<section")
    assert f"{day.day} {day:%B %Y}" in reply.text
