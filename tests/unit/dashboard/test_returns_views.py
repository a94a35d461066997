"""The views of figures counted from returns, on a small made-up set."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

import pytest

from dashboard import queries, views
from dashboard.measures import ANSWERING, MEASURES, PUBLISHED, QUESTIONS, RETURNED, list_offered
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot

BREAK = dt.date(2020, 8, 10)
WEST_MIDLANDS, DUDLEY, SCILLY, CITY = "E12000005", "E08000027", "E06000053", "E09000001"
FROM_RETURNS = ("matrix", "profile", "trend", "trend-by-authority", "answers")


def select(code: str, measure: str = "deaths") -> Selection:
    return Selection(area_code=code, measure=measure)


@pytest.mark.parametrize("code", [ENGLAND, WEST_MIDLANDS, DUDLEY, SCILLY, CITY])
@pytest.mark.parametrize("name", list(views.VIEWS))
def test_gives_one_row_an_indicator_area_and_date(made_up: Snapshot, name: str, code: str):
    offered = list_offered(made_up, page=made_up.areas.at[code, "kind"])
    for measure in offered if name in ("ranking", "map", "trend") else offered[:1]:
        frame = views.VIEWS[name](made_up, select(code, measure))
        assert list(frame.columns[: len(queries.COLUMNS)]) == queries.COLUMNS
        assert not frame.duplicated(["indicator_id", "area_code", "date", "date_text"]).any()


def test_sets_a_regions_councils_itself_and_england_side_by_side(made_up: Snapshot):
    matrix = views.show_matrix(made_up, select(WEST_MIDLANDS))
    councils = queries.list_authorities(made_up, region=WEST_MIDLANDS)
    assert [code for code, _ in groupby(matrix["area_code"])] == [*councils, WEST_MIDLANDS, ENGLAND]
    for _, rows in matrix.groupby("area_code"):
        assert list(rows["indicator_id"]) == [*QUESTIONS.values(), ANSWERING]
    assert set(matrix["date"]) == {dt.date(2020, 9, 18)}


def test_sets_the_regions_side_by_side_for_england(made_up: Snapshot):
    matrix = views.show_matrix(made_up, select(ENGLAND))
    assert [code for code, _ in groupby(matrix["area_code"])] == [*queries.list_regions(made_up), ENGLAND]


def test_lists_an_area_without_homes_with_no_figure(made_up: Snapshot):
    matrix = views.show_matrix(made_up, select("E12000007"))
    own = matrix[matrix["area_code"] == CITY]
    assert len(own) == 14
    assert own["value"].isna().all()
    assert not views.has_returns(made_up, area=CITY)
    assert views.show_profile(made_up, select(CITY)).empty


def test_sets_an_area_beside_its_region_and_england(made_up: Snapshot):
    profile = views.show_profile(made_up, select(DUDLEY))
    assert [code for code, _ in groupby(profile["area_code"])] == [DUDLEY, WEST_MIDLANDS, ENGLAND]
    assert (profile["indicator_id"].value_counts() == 3).all()


@pytest.mark.parametrize("code", [ENGLAND, WEST_MIDLANDS, DUDLEY])
def test_never_sets_what_is_made_up_beside_what_is_published(made_up: Snapshot, code: str):
    for name in FROM_RETURNS:
        assert views.VIEWS[name](made_up, select(code))["is_illustrative"].all(), name
    for measure in list_offered(made_up, page=made_up.areas.at[code, "kind"]):
        for name in ("ranking", "map"):
            marks = views.VIEWS[name](made_up, select(code, measure))["is_illustrative"]
            assert marks.all() if measure in RETURNED else not marks.any(), (name, measure)
    assert not views.VIEWS["measures"](made_up, select(code))["is_illustrative"].any()


def test_keeps_the_13_published_pairs_of_figures_as_they_were(made_up: Snapshot, snapshot: Snapshot):
    assert queries.select_support_plan(made_up).equals(queries.select_support_plan(snapshot))


def test_follows_the_chosen_measure_and_otherwise_the_lowest(made_up: Snapshot):
    assert views.pick_trend(made_up, select(DUDLEY, "occupancy")) == MEASURES["occupancy"]
    own = views.show_profile(made_up, select(DUDLEY)).query("role == 'area'").set_index("indicator_id")["value"]
    assert views.pick_trend(made_up, select(DUDLEY)) == own.idxmin()
    trend = views.show_trend(made_up, select(DUDLEY, "isolate"))
    assert set(trend["indicator_id"]) == {QUESTIONS["isolate"]}
    assert set(trend["area_code"]) == {DUDLEY, WEST_MIDLANDS, ENGLAND}


def test_gives_the_councils_of_a_region_the_same_trend(made_up: Snapshot):
    local = views.show_local_trend(made_up, select(WEST_MIDLANDS, "isolate"))
    assert set(local["area_code"]) <= set(queries.list_authorities(made_up, region=WEST_MIDLANDS))
    assert set(local["indicator_id"]) == {QUESTIONS["isolate"]}


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (dt.date(2020, 7, 31), dt.date(2020, 9, 18), 1),
        (BREAK, dt.date(2020, 8, 14), 1),
        (dt.date(2020, 7, 31), BREAK, 0),
        (dt.date(2020, 8, 11), dt.date(2020, 9, 18), 0),
    ],
)
def test_counts_the_day_of_a_break_to_the_earlier_side(made_up: Snapshot, first: dt.date, last: dt.date, count: int):
    found = views.find_breaks(made_up, QUESTIONS["isolate"], first=first, last=last)
    assert list(found["date"]) == [BREAK] * count


def test_finds_no_break_in_a_series_that_none_names(made_up: Snapshot):
    first, last = dt.date(2020, 1, 1), dt.date(2023, 1, 1)
    assert views.find_breaks(made_up, MEASURES["occupancy"], first=first, last=last).empty
    dates = list(views.find_breaks(made_up, QUESTIONS["isolate"], first=first, last=last)["date"])
    assert dates == sorted(dates)
    assert len(dates) == 3


def test_gives_the_change_since_a_week_and_since_four_weeks_before(made_up: Snapshot):
    changes = views.show_changes(made_up, select(DUDLEY))
    assert list(changes.columns) == views.returns.CHANGES
    assert set(changes["area_code"]) == {DUDLEY}
    assert list(changes["indicator_id"].drop_duplicates()) == list(QUESTIONS.values())
    for _, pair in changes.groupby("indicator_id"):
        assert list(pair["date_from"]) == [dt.date(2020, 9, 11), dt.date(2020, 8, 21)]
    assert (changes["date_from"] > BREAK).all()
    known = changes[changes["change_points"].notna()]
    parts = known["change_same_homes_points"] + known["change_who_answered_points"]
    assert parts.to_numpy() == pytest.approx(known["change_points"].to_numpy())


def test_gives_an_area_its_own_findings_the_severest_first(made_up: Snapshot):
    findings = views.show_findings(made_up, select(DUDLEY))
    assert list(findings.columns) == views.returns.FINDINGS
    assert len(findings) > 0
    assert set(findings["area_name"]) == {"Dudley"}
    order = [views.returns.SEVERITIES.index(word) for word in findings["severity"]]
    assert order == sorted(order)


def test_puts_homes_answering_among_the_headlines_only_where_it_is_held(made_up: Snapshot, snapshot: Snapshot):
    assert ANSWERING in queries.list_headlines(made_up, area=DUDLEY)
    assert ANSWERING not in queries.list_headlines(made_up, area=CITY)
    assert queries.list_headlines(made_up, area=ENGLAND) == list(queries.HEADLINES["country"])
    assert queries.list_headlines(snapshot, area=DUDLEY) == list(queries.HEADLINES["authority"])


@pytest.mark.parametrize("code", [ENGLAND, WEST_MIDLANDS, DUDLEY])
def test_is_empty_where_no_returns_are_loaded(snapshot: Snapshot, code: str):
    assert not views.has_returns(snapshot, area=code)
    for name in FROM_RETURNS:
        assert views.VIEWS[name](snapshot, select(code)).empty
    assert views.show_changes(snapshot, select(code)).empty
    assert views.pick_trend(snapshot, select(code)) == ""


def test_knows_whether_any_figure_is_made_up(made_up: Snapshot, snapshot: Snapshot):
    assert made_up.is_illustrative
    assert not snapshot.is_illustrative
    assert not set(PUBLISHED) & set(RETURNED)
