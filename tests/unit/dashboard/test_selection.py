from __future__ import annotations

import pytest

from dashboard.addresses import Address, find_page
from dashboard.measures import MEASURES, OFFERED, PUBLISHED, QUESTIONS, RETURNED, list_offered
from dashboard.selection import (
    SelectionError,
    area_path,
    measure_query,
    read_area,
    read_measure,
)
from dashboard.store import Snapshot


@pytest.mark.parametrize(
    ("code", "kind"), [("E08000027", "authority"), ("E12000005", "region"), ("E10000021", "authority")]
)
def test_takes_a_code_of_the_right_kind(snapshot: Snapshot, code: str, kind: str):
    assert read_area(snapshot, code, kind=kind) == code


@pytest.mark.parametrize("code", ["", "E99999999", "e08000027", "../etc", "E08000027 "])
def test_refuses_a_code_that_is_not_there(snapshot: Snapshot, code: str):
    with pytest.raises(SelectionError, match="no area"):
        read_area(snapshot, code, kind="authority")


def test_says_where_the_page_is_when_the_kind_is_wrong(snapshot: Snapshot):
    with pytest.raises(SelectionError, match="/region/E12000005"):
        read_area(snapshot, "E12000005", kind="authority")


@pytest.mark.parametrize("page", [name for name in OFFERED if OFFERED[name]])
def test_takes_each_measure_on_offer_and_the_first_without_one(snapshot: Snapshot, made_up: Snapshot, page: str):
    for one in (snapshot, made_up):
        offered = list_offered(one, page=page)
        assert read_measure(one, {}, page=page) == offered[0] == OFFERED[page][0]
        assert [read_measure(one, {"measure": name}, page=page) for name in offered] == offered


def test_offers_what_comes_from_returns_only_where_they_are_held(snapshot: Snapshot, made_up: Snapshot):
    assert set(list_offered(snapshot, page="region")) <= set(PUBLISHED)
    expected = {word for word, name in RETURNED.items() if name in made_up.by_indicator}
    assert {*QUESTIONS, "answering", "absence", "absence-all", "agency", "occupancy"} <= expected
    assert expected <= set(list_offered(made_up, page="region"))
    with pytest.raises(SelectionError, match="no measure 'isolate'"):
        read_measure(snapshot, {"measure": "isolate"}, page="region")


def test_keeps_each_measure_to_one_word_and_each_word_to_one_measure():
    assert len(set(MEASURES.values())) == len(MEASURES)
    assert all(word == word.lower() and " " not in word for word in MEASURES)


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ({"measure": "happiness"}, "country"),
        ({"measure": ""}, "country"),
        ({"measure": "deaths"}, "workforce"),
        ({"measure": "outbreaks"}, "authority"),
        ({"colour": "blue"}, "region"),
        ({"measure": "deaths", "x": "1"}, "region"),
        ({"measure": "deaths"}, "about"),
    ],
)
def test_refuses_a_query_it_does_not_know_and_never_widens_it(snapshot: Snapshot, query: dict[str, str], page: str):
    with pytest.raises(SelectionError):
        read_measure(snapshot, query, page=page)


def test_offers_only_measures_that_the_catalogue_has(snapshot: Snapshot, made_up: Snapshot):
    assert {name for offered in OFFERED.values() for name in offered} <= set(MEASURES)
    assert set(PUBLISHED.values()) <= set(snapshot.indicators.index)
    assert set(MEASURES.values()) <= set(made_up.indicators.index)


def test_leaves_no_query_for_the_default():
    assert measure_query("deaths", default="deaths") == ""
    assert measure_query("turnover", default="deaths") == "?measure=turnover"


@pytest.mark.parametrize(
    ("code", "path"),
    [("E92000001", "/"), ("E12000005", "/region/E12000005"), ("E08000027", "/area/E08000027")],
)
def test_gives_every_area_one_path(snapshot: Snapshot, code: str, path: str):
    assert area_path(snapshot, code) == path
    assert find_page(snapshot, path, {}).status == 200


def test_finds_a_page_for_every_area_of_the_snapshot(snapshot: Snapshot):
    for code in snapshot.areas.index:
        address = find_page(snapshot, area_path(snapshot, code), {})
        assert address.status in (200, 301)
        assert address.status == 200 or find_page(snapshot, address.target, {}).status == 200


@pytest.mark.parametrize("path", ["/workforce", "/about", "/about/"])
def test_finds_the_pages_without_a_code(snapshot: Snapshot, path: str):
    assert find_page(snapshot, path, {}).status == 200


@pytest.mark.parametrize(
    "path",
    ["/area", "/area/", "/area/E12000005", "/region/E08000027", "/region/E92000001", "/x", "/area/E08000027/x", "//"],
)
def test_finds_nothing_elsewhere(snapshot: Snapshot, path: str):
    expected = 200 if path == "//" else 404
    assert find_page(snapshot, path, {}).status == expected


def test_sends_a_replaced_code_to_its_replacement_whatever_the_query(snapshot: Snapshot):
    for query in ({}, {"measure": "turnover"}, {"measure": "happiness"}):
        assert find_page(snapshot, "/area/E10000002", query) == Address(301, target="/area/E06000060")
