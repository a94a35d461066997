"""An authority's page: its first sentence, its similar areas, its staff, whose findings it lists, its history."""

from __future__ import annotations

import pandas as pd
import pytest
from dash import dcc, html
from observed import QUESTION, find, observe, words_of

from dashboard import queries, views
from dashboard.components.banner import history_banner
from dashboard.components.ranges import control_card
from dashboard.components.returns import findings_card
from dashboard.components.similar import similar_card, similar_questions_card
from dashboard.components.staff import jobs_card, staff_card
from dashboard.measures import MEASURES
from dashboard.pages import area
from dashboard.selection import Selection
from dashboard.store import Snapshot
from dashboard.text.area import lead_authority
from dashboard.text.returns import count_others
from dashboard.text.similar import title_similar

DUDLEY, CITY, SCILLY = "E08000027", "E09000001", "E06000053"


def select(code: str, measure: str = "deaths") -> Selection:
    return Selection(area_code=code, measure=measure)


def lead(snapshot: Snapshot, *, profile: pd.DataFrame, series: pd.DataFrame) -> str:
    homes = queries.select_headline(snapshot, "care_homes_count", area=DUDLEY)
    rate = queries.select_headline(snapshot, MEASURES["deaths"], area=DUDLEY)
    return lead_authority(region="West Midlands", homes=homes, rate=rate, profile=profile, series=series)


@pytest.mark.parametrize(
    ("verdict", "signal", "said"),
    [
        ("clearly worse", "worse", "one, clinical lead, is clearly below England and outside its usual range."),
        ("clearly worse", "", "one, clinical lead, is clearly below England."),
        ("similar", "worse", "none is clearly below England, but one, clinical lead, is outside its usual range"),
        ("similar", "", "none is clearly below England."),
    ],
)
def test_leads_with_what_stands_out(snapshot: Snapshot, verdict: str, signal: str, said: str):
    row = observe(QUESTION | {"versus_england": verdict})
    said_all = lead(snapshot, profile=row, series=row.assign(signal=signal, special_cause="outside" if signal else ""))
    assert said_all.startswith("In the West Midlands. 96 care homes; of the 1 measures (illustrative) ")
    assert said in said_all
    assert "0.9 COVID-19 deaths in care homes" in said_all


def test_leads_without_returns_with_homes_and_deaths(snapshot: Snapshot):
    nothing = observe().assign(signal=[], special_cause=[])
    assert lead(snapshot, profile=nothing, series=nothing).startswith("In the West Midlands. 96 care homes. From")


@pytest.mark.parametrize("measure", ["deaths", "outbreak-counts", "turnover"])
def test_sets_published_figures_beside_similar_areas(snapshot: Snapshot, measure: str):
    frame = views.show_similar(snapshot, select(DUDLEY, measure))
    own = frame[frame["role"] == "area"]
    assert sorted(own["likeness"]) == list(range(11))
    assert own["value"].is_monotonic_decreasing
    card = similar_card(snapshot, select(DUDLEY, measure))
    assert len(find(find(card, html.Tbody)[0], dcc.Link)) == 10
    assert "Illustrative" not in words_of(card)


def test_says_what_the_most_alike_differs_in(snapshot: Snapshot):
    frame = views.show_similar(snapshot, select(DUDLEY))
    first = frame[frame["likeness"] == 1].iloc[0]
    assert first["area_name"] == "Sunderland"
    assert f"it differs most in {first['differs_in']}" in words_of(similar_card(snapshot, select(DUDLEY)))


def test_places_an_area_from_its_nearer_end():
    rows = [{"value": float(value), "area_name": f"Area {value}"} for value in (5, 4, 3, 2, 1)]
    frame = observe(*rows).assign(likeness=[1, 2, 3, 0, 4])
    assert title_similar(frame) == "Area 2 second lowest of 5 similar areas: 2.0 per 1,000"
    assert title_similar(frame.assign(likeness=[0, 1, 2, 3, 4])).startswith("Area 5 highest of 5")


def test_sets_the_13_questions_of_six_areas_side_by_side(made_up: Snapshot):
    card = similar_questions_card(made_up, select(DUDLEY))
    table = find(card, html.Table, having="similar-questions")[0]
    assert [len(row.children) for row in find(find(table, html.Tbody), html.Tr)] == [7] * 13
    assert len(find(find(table, html.Thead), dcc.Link)) == 5


def test_says_why_no_area_is_named_as_similar(snapshot: Snapshot):
    assert "No areas are named as similar" in words_of(similar_card(snapshot, select(CITY)))
    assert similar_questions_card(snapshot, select(CITY)) is None


def test_shows_staff_and_home_care_beside_region_and_england(made_up: Snapshot):
    rows = find(find(staff_card(made_up, select(DUDLEY)), html.Tbody), html.Tr)
    rows = [row for row in rows if isinstance(row.children, list)]
    held = {words_of(row.children[0]): [words_of(cell) for cell in row.children[1:]] for row in rows}
    newest = views.show_staff(made_up, select(DUDLEY)).query("indicator_id == 'agency_staff_percent'")
    shown = [f"{newest.set_index('area_kind')['value'][kind]:.1f}%" for kind in ("authority", "region", "country")]
    assert held["Agency staff in care homes Lower is better."][:3] == shown
    assert held["Home care workers with a full course of COVID-19 vaccination Higher is better."][0] == "not held"


def test_says_plainly_what_of_staff_is_not_held(snapshot: Snapshot):
    assert "No return holds a figure on staff or home care" in words_of(staff_card(snapshot, select(DUDLEY)))
    assert "neither turnover nor vacancies" in words_of(jobs_card(snapshot, select(SCILLY)))
    jobs = words_of(jobs_card(snapshot, select(DUDLEY)))
    assert "(median)" in jobs
    assert "not published" in jobs


def test_lists_first_what_the_areas_own_people_can_put_right(made_up: Snapshot):
    held = made_up.quality
    code = held.loc[
        held["who_can"].str.startswith("The provider") & held["area_code"].str.startswith("E0"), "area_code"
    ]
    chosen = select(code.iloc[0])
    found = views.show_findings(made_up, chosen)
    rows = find(find(findings_card(made_up, chosen), html.Tbody), html.Tr)
    assert {words_of(row.children[2]) for row in rows} <= {"The council's commissioning team"}
    others = found[~found["who_can"].str.startswith("The council")]
    assert len(rows) + len(others) == len(found)
    assert count_others(others) in words_of(findings_card(made_up, chosen))
    assert count_others(others.head(1)).startswith("1 more is for others")


@pytest.mark.parametrize(
    ("code", "said", "links"),
    [
        ("E10000021", "was split after 31 March 2021", ["E06000061", "E06000062"]),
        ("E10000006", "was split after 31 March 2023", ["E06000063", "E06000064"]),
        ("E06000061", "began on 1 April 2021", ["E10000021"]),
        ("E06000058", "began on 1 April 2019", ["E06000028", "E06000029", "E10000009"]),
        ("E06000059", "Dorset (up to 31 March 2019)", ["E10000009"]),
        ("E10000009", "Dorset (from 1 April 2019)", ["E06000058", "E06000059"]),
    ],
)
def test_tells_the_history_of_an_authority_with_links(snapshot: Snapshot, code: str, said: str, links: list[str]):
    banner = history_banner(snapshot, code)
    assert said in words_of(banner)
    assert [link.href for link in find(banner, dcc.Link)] == [f"/area/{other}" for other in links]


def test_keeps_the_cards_in_the_order_of_their_use(made_up: Snapshot):
    ids = [one.id for one in find(area.layout(made_up, code=DUDLEY), html.Section)]
    assert ids == [
        "card-signals", "card-since", "card-profile", "card-ranges", "card-trend", "card-similar", "card-good-practice",
        "card-similar-questions",
        "card-changes", "card-findings", "card-outbreaks", "card-deaths", "card-cases", "card-vaccination",
        "card-staff", "card-jobs", "card-turnover", "card-ranking", "card-map",
    ]  # fmt: skip
    assert control_card(made_up, select(DUDLEY)).id == "card-trend"
