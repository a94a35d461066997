from __future__ import annotations

import pytest
from observed import observe, observe_weeks

from dashboard import text, views
from dashboard.queries import select_headline, select_support_plan, select_workforce
from dashboard.selection import ENGLAND, MEASURES, Selection
from dashboard.store import Snapshot
from dashboard.text.region import lead_region


def places(*values: float | None, names: str = "ABCDEFGH"):
    """Return a ranking of areas named A, B, C with these values."""
    return observe(*[{"area_name": name, "area_code": name, "value": value} for name, value in zip(names, values)])  # noqa: B905


def test_names_the_highest_area_with_its_value_and_unit():
    assert text.title_ranking(places(2.3, 1.0)) == "A is highest: 2.3 per 1,000"


def test_names_no_winner_of_a_tie():
    title = text.title_ranking(places(2.3, 2.3, 1.0))
    assert title.startswith("2 areas are highest")
    assert "A is" not in title


@pytest.mark.parametrize("say", [text.title_ranking, text.title_map, text.summarise_ranking])
def test_says_that_nothing_is_held_when_every_value_is_missing(say):
    words = say(places(None, None))
    assert "figure" in words
    assert "No" in words
    assert "nan" not in words.lower()


def test_says_both_ends_of_a_map():
    title = text.title_map(places(3.4, 2.0, 0.2))
    assert "A highest at 3.4" in title
    assert "C lowest at 0.2" in title


def test_says_one_area_alone_without_a_highest_or_lowest():
    title = text.title_map(places(3.4))
    assert title.startswith("A: 3.4")
    assert "lowest" not in title


def test_counts_areas_with_and_without_a_figure():
    summary = text.summarise_ranking(places(3.0, 2.0, None))
    assert "2 areas have a figure; 1 have none." in summary


def test_never_lists_an_area_as_both_highest_and_lowest():
    summary = text.summarise_ranking(places(4.0, 3.0, 2.0, 1.0))
    assert "Lowest: D 1.0." in summary
    assert summary.count("A 4.0") == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((1.0, 8.0, 0.0), "peaked in April, now none"),
        ((1.0, 8.0, 1.0), "since far lower"),
        ((1.0, 8.0, 4.0), "since lower"),
        ((1.0, 2.0, 8.0), "still rising"),
    ],
)
def test_says_when_a_series_peaked_and_where_it_stands(values: tuple[float, ...], said: str):
    assert said in text.title_peak(observe_weeks(*values), what="deaths")


def test_does_not_call_a_series_of_zeros_a_peak():
    assert text.title_peak(observe_weeks(0.0, 0.0), what="deaths") == "No deaths in any week"


def test_says_that_a_series_without_values_is_not_held():
    assert "No figure" in text.title_peak(observe_weeks(None, None), what="deaths")
    assert text.summarise_trend(observe_weeks(None, None)) == "No figure is held here."


def test_summarises_a_trend_by_its_peak_and_its_newest_figure():
    summary = text.summarise_trend(observe_weeks(1.0, 8.0, 2.0))
    assert "8.0 (week to 24 April 2020)" in summary
    assert "2.0 (week to 1 May 2020)" in summary


@pytest.mark.parametrize(("before", "after", "verb"), [(8.1, 6.7, "fell"), (6.7, 8.1, "rose"), (6.7, 6.7, "stayed")])
def test_says_how_vacancies_moved_in_points(before: float, after: float, verb: str):
    frame = observe({"value": before, "unit": "percent"}, {"value": after, "unit": "percent"})
    title = text.title_vacancy(frame)
    assert verb in title
    assert ("1.4 points" in title) == (before != after)


def test_compares_with_england_without_a_verdict_and_with_the_interval():
    own = {"value": 1.2, "lower_95": 1.0, "upper_95": 1.4}
    said = text.compare_with_england(observe(own, {"value": 1.4, "role": "comparator", "area_name": "England"}))
    assert "1.2" in said
    assert "beside 1.4 in England" in said
    assert "1.0 to 1.4" in said
    assert not any(word in said for word in ("better", "worse", "lower than", "higher than"))


def test_says_when_there_is_nothing_to_compare():
    missing = observe({"value": None, "status": "x"})
    assert text.compare_with_england(missing) == text.compare_with_england(missing.iloc[:0])
    assert "no figure" in text.compare_with_england(missing)


def test_counts_the_measures_that_rose_and_names_the_two_that_lag(snapshot: Snapshot):
    plan = select_support_plan(snapshot)
    assert "All 13 measures rose" in text.title_plan(plan)
    assert text.summarise_plan(plan).count(" to ") >= 14


def test_does_not_claim_that_all_rose_when_one_fell(snapshot: Snapshot):
    plan = select_support_plan(snapshot).copy()
    plan.loc[1, "value"] = 10.0
    assert "12 of 13 measures rose" in text.title_plan(plan)


def test_leads_regions_authorities_and_the_workforce_with_figures(snapshot: Snapshot):
    rate = select_headline(snapshot, MEASURES["deaths"], area="E12000005")
    homes = select_headline(snapshot, "care_homes_count", area="E12000005")
    assert "14 councils" in lead_region("West Midlands", authorities=14, ranking=rate, homes=homes)
    assert "6.7%" in text.lead_workforce(select_workforce(snapshot))


def test_says_a_caveat_and_a_source_once_however_often_they_apply(snapshot: Snapshot):
    frame = views.show_deaths(snapshot, Selection(area_code=ENGLAND, measure="deaths"))
    caveats = text.describe_caveats(snapshot, frame)
    assert len(caveats) == len(set(caveats))
    source = text.describe_source(snapshot, frame)
    assert source.count("Care Quality Commission: ") == 1
    assert "17 April 2020 to 11 September 2020" in source
    assert text.describe_source(snapshot, frame.iloc[:0]) == ""
