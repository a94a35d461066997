from __future__ import annotations

import pytest

from dashboard import queries, views
from dashboard.measures import list_offered
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot

AREAS = ["E92000001", "E12000005", "E12000007", "E08000027", "E06000060", "E09000001", "E06000053", "E10000021"]


def kind_of(snapshot: Snapshot, code: str) -> str:
    return str(snapshot.areas.at[code, "kind"])


@pytest.mark.parametrize("code", AREAS)
@pytest.mark.parametrize("name", list(views.VIEWS))
def test_gives_one_row_an_indicator_area_and_date(snapshot: Snapshot, name: str, code: str):
    offered = list_offered(snapshot, page=kind_of(snapshot, code))
    for measure in offered if name in ("ranking", "map") else offered[:1]:
        frame = views.VIEWS[name](snapshot, Selection(area_code=code, measure=measure))
        assert list(frame.columns[: len(queries.COLUMNS)]) == queries.COLUMNS
        keys = ["indicator_id", "area_code", "date", "date_text"]
        assert not frame.duplicated(keys).any()
        assert frame["role"].isin(["area", "comparator"]).all()


@pytest.mark.parametrize("measure", ["deaths", "all-deaths", "turnover", "vacancies"])
def test_maps_every_authority_of_england_whether_or_not_it_has_a_figure(snapshot: Snapshot, measure: str):
    frame = views.show_map(snapshot, Selection(area_code=ENGLAND, measure=measure))
    expected = 152 if measure == "turnover" else 151
    assert frame["area_code"].nunique() == len(frame) == expected
    assert (frame["role"] == "area").all()


def test_keeps_buckinghamshire_where_figures_are_older_than_its_code(snapshot: Snapshot):
    assert "E06000060" in views.mapped_areas(snapshot, Selection(area_code=ENGLAND, measure="vacancies"))
    assert "E06000060" in views.mapped_areas(snapshot, Selection(area_code="E12000008", measure="vacancies"))


def test_ranks_turnover_over_the_authorities_of_its_own_year(snapshot: Snapshot):
    selection = Selection(area_code=ENGLAND, measure="turnover")
    codes = set(views.mapped_areas(snapshot, selection))
    assert len(codes) == 152
    assert "E10000021" not in codes
    assert {"E06000061", "E06000062"} <= codes


def test_maps_regions_where_no_authority_has_a_figure(snapshot: Snapshot):
    frame = views.show_map(snapshot, Selection(area_code=ENGLAND, measure="outbreaks"))
    assert set(frame["area_kind"]) == {"region"}
    assert len(frame) == 9


def test_ranks_regions_for_england_where_they_have_figures(snapshot: Snapshot):
    frame = views.show_ranking(snapshot, Selection(area_code=ENGLAND, measure="deaths"))
    assert list(frame["role"]) == ["area"] * 9 + ["comparator"]
    assert frame["area_code"].iloc[-1] == ENGLAND


def test_ranks_an_authority_among_its_regions_with_region_and_england_beside(snapshot: Snapshot):
    frame = views.show_ranking(snapshot, Selection(area_code="E08000027", measure="deaths"))
    own, beside = frame[frame["role"] == "area"], frame[frame["role"] == "comparator"]
    assert set(own["area_code"]) == set(queries.list_authorities(snapshot, region="E12000005"))
    assert list(beside["area_code"]) == ["E12000005", ENGLAND]


@pytest.mark.parametrize("code", ["E08000027", "E12000005"])
def test_compares_with_wider_areas_and_never_with_itself(snapshot: Snapshot, code: str):
    wider = views.wider_areas(snapshot, code)
    assert code not in wider
    assert wider[-1] == ENGLAND
    assert views.wider_areas(snapshot, ENGLAND) == []


def test_shows_headlines_in_the_order_of_the_page(snapshot: Snapshot):
    frame = views.show_headlines(snapshot, Selection(area_code="E08000027", measure="deaths"))
    assert tuple(frame["indicator_id"].drop_duplicates()) == queries.HEADLINES["authority"]


def test_gives_the_last_figures_of_authorities_that_ended(snapshot: Snapshot):
    for code in ("E10000021", "E06000028", "E06000061"):
        frame = views.show_turnover(snapshot, Selection(area_code=code, measure="turnover"))
        own = frame[(frame["role"] == "area") & frame["value"].notna()]
        assert len(own) > 0, code
        assert set(own["area_code"]) == {code}


def test_answers_the_same_view_twice_with_the_same_frame(snapshot: Snapshot):
    selection = Selection(area_code="E08000027", measure="turnover")
    for name, show in views.VIEWS.items():
        assert show(snapshot, selection).equals(show(snapshot, selection)), name
