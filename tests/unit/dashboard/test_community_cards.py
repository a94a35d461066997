"""Cases and vaccination, for every kind of area."""

from __future__ import annotations

import pandas as pd
import pytest
from dash import html
from observed import find, observe, walk, words_of

from dashboard import views
from dashboard.components.community import cases_card, vaccination_card
from dashboard.format import format_value
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.text.community import GROUP_NAMES, title_cases, title_vaccination
from dashboard.text.verdicts import WORDS_OF_A_TITLE
from dashboard.views.community import GROUPS

WEST_MIDLANDS, COVENTRY, CITY, SCILLY = "E12000005", "E08000026", "E09000001", "E06000053"
STAFF = {"indicator_id": "vaccination_older_staff_second_dose_percent", "unit": "percent", "area_name": "Ash"}


def select(code: str) -> Selection:
    return Selection(area_code=code, measure="deaths")


@pytest.mark.parametrize("code", [ENGLAND, WEST_MIDLANDS, COVENTRY])
def test_draws_cases_with_a_cut_at_each_break_and_the_right_lines_behind(snapshot: Snapshot, code: str):
    card = cases_card(snapshot, select(code))
    figure = next(one.figure for one in walk(card) if hasattr(one, "figure"))
    assert len(figure.layout.shapes) == 3
    behind = {trace.name for trace in figure.data if trace.meta == "behind"}
    assert behind == set(views.show_local_cases(snapshot, select(code))["area_name"])
    assert len(behind) == {ENGLAND: 9, WEST_MIDLANDS: 14, COVENTRY: 0}[code]
    own = next(trace for trace in figure.data if trace.name == snapshot.areas.at[code, "name"])
    assert own.y.count(None) >= 3
    names = [words_of(one) for one in find(card, html.Button) if hasattr(one, "data-line")]
    assert set(names) == behind


def test_shows_the_two_newest_doses_of_each_group_with_englands_of_the_same_day(snapshot: Snapshot):
    frame = views.show_vaccination(snapshot, select(COVENTRY))
    assert frame.groupby("indicator_id")["date"].nunique().eq(1).all()
    own, england = frame[frame["role"] == "area"], frame[frame["role"] == "comparator"]
    assert len(own) == len(england) == 2 * len(GROUPS)
    newest = snapshot.observations[snapshot.observations["area_code"] == COVENTRY].groupby("indicator_id")["date"].max()
    assert (own["date"] == own["indicator_id"].map(newest)).all()
    rows = [row for row in find(vaccination_card(snapshot, select(COVENTRY)), html.Tr) if len(row.children) == 5][1:]
    beside = dict(zip(england["indicator_id"], england.to_dict("records"), strict=True))
    for row, held in zip(rows, own.to_dict("records"), strict=True):
        assert [words_of(cell) for cell in row.children[2:4]] == [
            format_value(held), format_value(beside[held["indicator_id"]]),
        ]  # fmt: skip
        assert words_of(row.children[4]) == "30 May 2021"


def test_says_what_is_not_applicable_and_what_no_source_gives(snapshot: Snapshot):
    assert "Not applicable: the area has no such homes." in words_of(vaccination_card(snapshot, select(CITY)))
    for code in (CITY, SCILLY):
        assert "No published source that we hold gives cases" in words_of(cases_card(snapshot, select(code)))
    assert "gives vaccination of residents" in words_of(vaccination_card(snapshot, select("E06000061")))


def test_names_every_group_that_is_counted():
    assert tuple(GROUP_NAMES) == GROUPS


@pytest.mark.parametrize("group", GROUPS)
def test_says_the_lowest_second_dose_in_a_title_of_ten_words(group: str):
    low = STAFF | {"indicator_id": f"vaccination_{group}_second_dose_percent", "value": 41.4}
    first = STAFF | {"indicator_id": "vaccination_older_staff_first_dose_percent", "value": 20.0}
    title = title_vaccination(observe(low, first))
    assert title.startswith("Second doses lowest among ")
    assert title.endswith(": 41%")
    assert len(title.split()) <= 10


def test_says_when_cases_peaked_and_where_they_stand(snapshot: Snapshot):
    trend = views.show_cases(snapshot, select(WEST_MIDLANDS))
    own = trend[trend["role"] == "area"]
    title = title_cases(trend)
    assert f"{own['value'].max():,.0f} per 100,000 in January 2021" in title
    assert title.endswith(f"now {own['value'].dropna().iloc[-1]:,.0f}")
    assert len(title.split()) <= WORDS_OF_A_TITLE
    rising = pd.concat([own.head(3).assign(value=[1.0, 2.0, 3.0])])
    assert title_cases(rising).startswith("Cases at their highest: 3 per 100,000")
