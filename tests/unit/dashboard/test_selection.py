from __future__ import annotations

import pytest

from dashboard.selection import (
    MEASURES,
    OFFERED,
    SelectionError,
    area_path,
    find_page,
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


@pytest.mark.parametrize("page", [name for name in OFFERED if name != "about"])
def test_takes_each_measure_on_offer_and_the_first_without_one(page: str):
    assert read_measure({}, page=page) == OFFERED[page][0]
    assert [read_measure({"measure": name}, page=page) for name in OFFERED[page]] == list(OFFERED[page])


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
def test_refuses_a_query_it_does_not_know_and_never_widens_it(query: dict[str, str], page: str):
    with pytest.raises(SelectionError):
        read_measure(query, page=page)


def test_offers_only_measures_that_the_catalogue_has(snapshot: Snapshot):
    assert {name for offered in OFFERED.values() for name in offered} <= set(MEASURES)
    assert set(MEASURES.values()) <= set(snapshot.indicators.index)


def test_leaves_no_query_for_the_default():
    assert measure_query("deaths", default="deaths") == ""
    assert measure_query("turnover", default="deaths") == "?measure=turnover"


@pytest.mark.parametrize(
    ("code", "path"),
    [("E92000001", "/"), ("E12000005", "/region/E12000005"), ("E08000027", "/area/E08000027")],
)
def test_gives_every_area_one_path(snapshot: Snapshot, code: str, path: str):
    assert area_path(snapshot, code) == path
    assert find_page(snapshot, path, {}) == (200, "")


def test_finds_a_page_for_every_area_of_the_snapshot(snapshot: Snapshot):
    for code in snapshot.areas.index:
        status, target = find_page(snapshot, area_path(snapshot, code), {})
        assert status in (200, 301)
        assert status == 200 or find_page(snapshot, target, {}) == (200, "")


@pytest.mark.parametrize("path", ["/workforce", "/about", "/about/"])
def test_finds_the_pages_without_a_code(snapshot: Snapshot, path: str):
    assert find_page(snapshot, path, {})[0] == 200


@pytest.mark.parametrize(
    "path",
    ["/area", "/area/", "/area/E12000005", "/region/E08000027", "/region/E92000001", "/x", "/area/E08000027/x", "//"],
)
def test_finds_nothing_elsewhere(snapshot: Snapshot, path: str):
    expected = 200 if path == "//" else 404
    assert find_page(snapshot, path, {})[0] == expected


def test_sends_a_replaced_code_to_its_replacement_whatever_the_query(snapshot: Snapshot):
    for query in ({}, {"measure": "turnover"}, {"measure": "happiness"}):
        assert find_page(snapshot, "/area/E10000002", query) == (301, "/area/E06000060")
