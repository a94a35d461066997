"""The England page: where things stand, the 13 at a glance, regions that lead and lag, what changed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pandas as pd
import pytest
from dash import dcc, html
from markupsafe import Markup
from observed import QUESTION, find, observe, observe_weeks, walk, words_of

from dashboard import views
from dashboard.components.changed import changed_card, changed_line
from dashboard.components.headline import headline_row
from dashboard.components.national import answers_card, later_card, resident_deaths_card
from dashboard.components.still import hold_still
from dashboard.format import MINUS, format_value
from dashboard.measures import list_questions
from dashboard.pages import england
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.text import national as text
from dashboard.text.changed import say_changes
from dashboard.text.verdicts import title_verdicts
from dashboard.views import national

HERE = Selection(area_code=ENGLAND, measure="deaths")
CHANGES = {
    "versions": {}, "sources": [{"source_id": "cqc_deaths", "before": "2020-09-04", "after": "2020-09-11"}],
    "added": 12, "removed": 0, "revised": 3, "same": 100,
    "largest": [{"indicator_id": "vacancy_percent", "area_code": ENGLAND, "date": "2020-08-10", "before": 6.7,
                 "after": 6.9}],
    "verdicts": 2, "clear_verdicts": 1,
    "newest_verdicts": [{"indicator_id": "turnover_percent", "area_code": "E08000027", "date": "2023-03-31",
                         "before": "similar", "after": "clearly worse"}],
}  # fmt: skip
ORDER = [
    "card-measures", "card-map", "card-signals", "card-matrix", "card-answers", "card-outbreaks-by-region",
    "card-deaths",
    "card-resident-deaths", "card-cases", "card-vaccination", "card-home-care", "card-home-care-returns", "card-later",
    "card-ranking", "card-changed",
]  # fmt: skip
RETURNED = ("card-answers", "card-home-care-returns")
"""Cards that only returns fill."""


def release(snapshot: Snapshot, **what: object) -> Snapshot:
    """Return the snapshot with a release record of these entries."""
    record = {"published_at": "2020-11-02T07:30:00+00:00", "previous": "2020-10-23-aaaaaaaaaaaa"}
    return replace(snapshot, release=record | what)


def rows_of(table: html.Table) -> list[html.Tr]:
    """Return a table's rows with cells, without the headings of groups."""
    return [row for row in find(find(table, html.Tbody), html.Tr) if find(row, html.Td)]


def test_leads_with_the_published_measures_and_the_newest_deaths_and_outbreaks(snapshot: Snapshot):
    plan, headlines = views.VIEWS["measures"](snapshot, HERE), views.show_headlines(snapshot, HERE)
    lead = text.lead_england(plan, headlines)
    assert lead.startswith("More care homes reported each of the 13 protective measures on 10 August than on 29 May")
    for name in ("deaths_covid_week_count", "outbreaks_new_count"):
        assert f"{format_value(headlines[headlines['indicator_id'] == name].iloc[-1])} " in lead
    assert "week to 11 September 2020" in lead
    assert lead.count(". ") == 1


def test_does_not_lead_with_all_where_one_fell(snapshot: Snapshot):
    plan = views.VIEWS["measures"](snapshot, HERE).copy()
    plan.loc[1, "value"] = 10.0
    assert "reported 12 of the 13 protective measures" in text.lead_england(plan, observe_weeks(1.0))


def test_gives_each_headline_a_date_and_a_polarity(snapshot: Snapshot):
    cards = headline_row(views.show_headlines(snapshot, HERE)).children
    assert len(cards) == 6
    for card in cards:
        assert re.search(r"20\d\d|report", words_of(find(card, html.P, having="when")))
        assert "is better." in words_of(find(card, html.P, having="polarity"))


def test_stands_in_the_order_of_what_is_asked_first(made_up: Snapshot, snapshot: Snapshot):
    ids = [card.id for card in find(england.layout(made_up), html.Section)]
    assert ids == ORDER
    cards = find(england.layout(snapshot), html.Section)
    assert [card.id for card in cards] == [name for name in ORDER if name not in RETURNED]
    assert "no region can be said to lead" in words_of(cards[ORDER.index("card-matrix")])


def test_shows_a_row_a_question_with_the_numbers_of_its_views(made_up: Snapshot):
    card = answers_card(made_up, HERE)
    series, changes = views.show_answers(made_up, HERE), views.show_changes(made_up, HERE)
    newest = series[series["date"] == series["date"].max()].set_index("indicator_id")
    since = changes[changes["date_from"] == changes["date_from"].min()].set_index("indicator_id")
    rows = rows_of(find(card, html.Table, having="questions")[0])
    assert len(rows) == len(list_questions(made_up)) == 13
    for row, (name, figures) in zip(rows, newest.iterrows(), strict=True):
        assert words_of(row.children[2]) == format_value(figures)
        shown, held = words_of(row.children[3]), since.at[name, "change_points"]
        assert (
            shown == "hidden" if pd.isna(held) else float(shown.replace(MINUS, "-")) == pytest.approx(held, abs=0.051)
        )
        assert words_of(row.children[4]) == f"{figures['answered_percent']:.0f}%"
        assert words_of(row.children[5])
        assert any(isinstance(part, Markup) for part in [row.children[1].children])
        assert find(row, dcc.Link)[0].href.startswith("/?measure=")
    assert "Points since 21 Aug" in words_of(find(card, html.Thead))


def test_gives_no_change_across_a_break_and_says_so(made_up: Snapshot):
    alone = replace(made_up, id="alone", changes=made_up.changes.iloc[:0])
    card = answers_card(alone, HERE)
    cells = [words_of(row.children[3]) for row in rows_of(find(card, html.Table, having="questions")[0])]
    assert cells == ["break"] * 13
    assert "no change is given" in words_of(find(card, html.P, having="note"))


def test_counts_the_regions_that_stand_clearly_apart(made_up: Snapshot):
    matrix = views.show_matrix(made_up, HERE)
    counts = national.count_regions(matrix)
    regions = matrix[(matrix["area_kind"] == "region") & (matrix["versus_england"] != "")]
    assert counts.sum().sum() == len(regions) > 100
    assert text.describe_regions({"clearly worse": 2, "similar": 7}) == "2 clearly below"
    assert text.describe_regions({"clearly worse": 1, "clearly better": 3}) == "1 clearly below, 3 clearly above"
    assert text.describe_regions({"worse": 4}) == "none clearly apart"


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"reason": "Too few points"}, "too few weeks to say"),
        ({"special_cause": ""}, "in its usual range"),
        ({"special_cause": "near limit", "direction": "below"}, "low in its usual range"),
        ({"special_cause": "trend", "direction": "falling"}, "falling since 9 Oct"),
        ({"special_cause": "shift", "direction": "above"}, "above its usual range since 9 Oct"),
    ],
)
def test_says_how_a_figure_lies_to_its_own_weeks(limits: dict, words: str):
    usual = {"reason": "", "special_cause": "", "direction": "", "since": dt.date(2020, 10, 9)}
    assert text.describe_signal(usual | limits) == words


def mark(name: str, verdict: str, code: str = "") -> dict:
    """Return what differs in a row of the matrix about a region."""
    return QUESTION | {
        "area_name": name, "area_code": code or name, "area_kind": "region", "versus_england": verdict,
    }  # fmt: skip


def test_names_the_region_that_leads_and_the_one_that_lags_by_clear_marks_alone():
    found = observe(
        mark("London", "clearly better"), mark("London", "clearly better"), mark("North West", "clearly better"),
        mark("South East", "clearly worse"), mark("East Midlands", "worse"), mark("East Midlands", "worse"),
        mark("West Midlands", "clearly better"), mark("West Midlands", "clearly worse"),
    )  # fmt: skip
    assert title_verdicts(found) == "London leads; the South East lags"
    tied = observe(mark("London", "clearly better"), mark("North West", "clearly worse"),
                   mark("South East", "clearly worse"))  # fmt: skip
    assert title_verdicts(tied) == "London leads; 2 regions lag"
    assert title_verdicts(observe(mark("London", "better"))) == "No region stands clearly apart from England"


def test_sets_each_later_figure_beside_the_one_before_with_both_dates(snapshot: Snapshot):
    card = later_card(snapshot, HERE)
    frame = national.show_later(snapshot, HERE)
    rows = rows_of(find(card, html.Table, having="later")[0])
    assert len(rows) == frame["indicator_id"].nunique() >= 15
    words = words_of(next(row for row in rows if "visitors" in words_of(row)))
    assert words.endswith(f"88.3% 22 Mar 2022 92.6% 26 Oct 2021 {MINUS}4.3 points Higher is better")
    assert all("better" in words_of(row) for row in rows)
    assert "no earlier figure" in words_of(rows)


def test_shows_deaths_of_residents_beside_the_year_before(snapshot: Snapshot):
    card = resident_deaths_card(snapshot, HERE)
    (chart,) = find(card, dcc.Graph)
    assert {line.name for line in chart.figure.data} == {"All causes", "A year before", "COVID-19"}
    frame = national.show_resident_deaths(snapshot, HERE)
    own = frame[frame["indicator_id"] == "resident_deaths_all_week_count"].set_index("date")["value"]
    before = frame[frame["indicator_id"] == "resident_deaths_2019_week_count"].set_index("date")["value"]
    peak = own.idxmax()
    assert f"{own[peak] / before[peak]:.1f} times" in words_of(find(card, html.H2))


def test_says_what_changed_in_a_line_and_in_full(snapshot: Snapshot):
    changed = release(snapshot, changes=CHANGES)
    line = changed_line(changed)
    assert "12 figures are new, 3 were revised and 2 verdicts changed (1 to or from a clear one)." in words_of(line)
    assert find(line, html.A)[0].href == "#card-changed"
    words = words_of(changed_card(changed))
    assert "figures to 11 September 2020, before to 4 September 2020" in words
    assert "England 10 Aug 2020 6.70% 6.90%" in words
    assert "And 2 more revised figures." in words
    assert "Dudley 31 Mar 2023 similar clearly worse" in words
    assert "And 1 more changed verdict." in words
    assert "2 November 2020 at 07:30 (UTC), after 2020-10-23-aaaaaaaaaaaa" in words


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({}, "No comparison"),
        ({"previous": "2020-10-23-aaaaaaaaaaaa"}, "No comparison"),
        ({"previous": "2020-10-23-aaaaaaaaaaaa", "changes": None}, "No comparison"),
        ({"previous": None, "changes": None}, "first snapshot"),
    ],
)
def test_says_why_there_is_nothing_to_compare(snapshot: Snapshot, record: dict, words: str):
    old = replace(snapshot, release=record)
    assert words in words_of(changed_line(old))
    assert words in words_of(find(changed_card(old), html.P, having="empty"))
    assert find(changed_line(old), html.A) == []


def test_says_that_nothing_changed_and_that_the_method_did():
    none = CHANGES | {"added": 0, "revised": 0, "verdicts": 0, "clear_verdicts": 0}
    said = say_changes({"previous": "a", "changes": none})
    assert said == "Nothing changed since the snapshot before: all 100 figures are the same."
    other = none | {"versions": {"method_version": [1, 2]}}
    assert "the method changed" in say_changes({"previous": "a", "changes": other})


def test_labels_a_made_up_figure_that_was_revised(made_up: Snapshot):
    name = list_questions(made_up)[0]
    largest = [CHANGES["largest"][0] | {"indicator_id": name}]
    changed = release(made_up, changes=CHANGES | {"largest": largest})
    rows = rows_of(find(changed_card(changed), html.Table, having="changed")[0])
    assert "(illustrative)" in words_of(rows[0])


def test_names_areas_and_measures_that_are_gone_by_their_codes(snapshot: Snapshot):
    gone = {"indicator_id": "old_percent", "area_code": "E99", "date": "2020-08-10", "before": 1.0, "after": None}
    changed = release(snapshot, changes=CHANGES | {"largest": [gone]})
    assert "old_percent E99 10 Aug 2020 1 none" in words_of(changed_card(changed))


def test_stays_light_enough_for_a_phone(made_up: Snapshot):
    parts = [part for part in england.layout(made_up).children if part is not None]
    still = [
        hold_still(part) for part in parts if not any(one.id == "measure" for one in walk(part) if hasattr(one, "id"))
    ]
    assert sum(len(getattr(part, "data-still")) for part in still) < 450_000


def test_pairs_a_lone_figure_with_nothing():
    pairs = text.pair_newest(observe({"value": 1.0}))
    assert pd.isna(pairs["value_before"].iloc[0])
    assert text.describe_later_change(pairs.iloc[0]) == "no earlier figure"
