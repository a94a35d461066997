"""The cards of figures counted from returns, and the marks on what is made up."""

from __future__ import annotations

from dataclasses import replace

import dash_mantine_components as dmc
import pandas as pd
import plotly.graph_objects as go
import pytest
from dash import dcc, html
from observed import QUESTION, beside_councils, find, observe, observe_weeks, walk, words_of

from dashboard import views
from dashboard.components.banner import returns_banner
from dashboard.components.card import Card, chart_card
from dashboard.components.headline import headline_card
from dashboard.components.matrix import matrix_table, missing_legend
from dashboard.components.measure_picker import measure_picker
from dashboard.components.profile import profile_table
from dashboard.components.ranking import ranking_table
from dashboard.components.return_lists import change_table, finding_table
from dashboard.components.returns import changes_card, findings_card, profile_card, trend_card
from dashboard.components.shell import make_footer, make_picker
from dashboard.components.still import hold_page_still
from dashboard.components.table import date_table
from dashboard.figures.trend import draw_trend
from dashboard.measures import ANSWERING, QUESTIONS
from dashboard.pages import about, area, england, indicators, quality, region, workforce
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot

WEST_MIDLANDS, DUDLEY, LONDON, RUTLAND, CITY = "E12000005", "E08000027", "E12000007", "E06000017", "E09000001"
MADE_UP = "Illustrative: "
MOST_CHARACTERS = 450_000


def select(code: str, measure: str = "deaths") -> Selection:
    return Selection(area_code=code, measure=measure)


def draw_pages(snapshot: Snapshot, measure: str = "") -> list[html.Div]:
    """Return every kind of page, for a measure where one is given."""
    query = {"measure": measure} if measure else {}
    pages = [region.layout(snapshot, code=WEST_MIDLANDS, **query), area.layout(snapshot, code=DUDLEY, **query)]
    return [*pages, england.layout(snapshot, **query), area.layout(snapshot, code=RUTLAND, **query)]


@pytest.fixture
def london(made_up: Snapshot) -> pd.DataFrame:
    """A matrix with hidden figures, and with a council that has none."""
    frame = views.show_matrix(made_up, select(LONDON))
    assert {"c", ""} <= set(frame.loc[frame["value"].isna(), "status"])
    return frame


def test_gives_every_area_a_cell_for_each_question_and_for_homes(made_up: Snapshot, london: pd.DataFrame):
    table = matrix_table(london, snapshot=made_up, here=LONDON, caption="All")
    bodies = find(table, html.Tbody)
    assert len(bodies[0].children) == 33
    assert [words_of(row.children[0]) for row in bodies[1].children] == ["London", "England"]
    for row in find(bodies, html.Tr):
        assert [cell.scope for cell in find(row, html.Th)] == ["row"]
        assert len(row.children) == 15


def test_heads_the_questions_with_their_five_groups(made_up: Snapshot, london: pd.DataFrame):
    head = find(matrix_table(london, snapshot=made_up, here=LONDON, caption="All"), html.Thead)[0]
    groups = find(head, html.Th, having="group")
    assert [cell.colSpan for cell in groups] == [3, 3, 2, 3, 2]
    assert all(cell.scope == "colgroup" for cell in groups)
    assert len(head.children[1].children) == 13


def test_leads_from_each_area_to_its_page_but_not_to_this_one(made_up: Snapshot, london: pd.DataFrame):
    table = matrix_table(london, snapshot=made_up, here=LONDON, caption="All")
    links = {link.href for link in find(table, dcc.Link)}
    assert len(links) == 34
    assert f"/region/{LONDON}" not in links


def test_says_hidden_in_a_cell_and_why_below(made_up: Snapshot, london: pd.DataFrame):
    table = matrix_table(london, snapshot=made_up, here=LONDON, caption="All")
    hidden = int(((london["status"] == "c") & (london["indicator_id"] != ANSWERING)).sum())
    cells = [cell for cell in find(table, html.Td) if not find(cell, html.Span, having="as-value")]
    marks = find(cells, html.Span, having="mark")
    assert sum(words_of(mark) == "[c]" for mark in marks) == hidden > 0
    assert all(getattr(mark, "aria-hidden") == "true" for mark in marks)
    assert sum(words_of(word) == "hidden" for word in find(cells, html.Span, having="word")) == hidden
    legend = words_of(missing_legend(london))
    assert "to protect homes" in legend
    assert "no home there" in legend
    assert missing_legend(london[london["value"].notna()]) is None


def test_draws_an_area_on_a_spine_with_region_england_and_all_councils(made_up: Snapshot):
    profile = views.show_profile(made_up, select(DUDLEY))
    table = profile_table(profile, caption="13")
    assert len(find(table, html.Tbody)) == 5
    rows = [row for row in find(find(table, html.Tbody), html.Tr) if len(row.children) > 1]
    assert len(rows) == 13
    for row in rows:
        assert [getattr(cell, "data-label") for cell in find(row, html.Td, having="number")][:3] == [
            "Dudley", "West Midlands", "England",
        ]  # fmt: skip
        (spine,) = find(row, html.Div, having="spine")
        assert {"range", "middle", "dot", "region", "england"} == {
            mark.className.split()[0] for mark in find(spine, html.Span)
        }
        for mark in find(spine, html.Span):
            left = float(mark.style["left"].removesuffix("%"))
            assert 0 <= left <= left + float(mark.style.get("width", "0%").removesuffix("%")) <= 100.1


def test_shows_no_bounds_where_every_home_answered():
    full = QUESTION | {"not_answered": 0, "lower_bound": 72.97, "upper_bound": 72.97}
    cells = find(profile_table(beside_councils(observe(full)), caption="x"), html.Td, having="number")
    assert words_of(cells[-1]) == ""
    assert words_of(cells[-2]) == "37 of 37 homes"


def test_shows_a_hidden_figure_of_an_area_as_hidden(made_up: Snapshot):
    profile = views.show_profile(made_up, select(RUTLAND))
    table = profile_table(profile, caption="x")
    assert {words_of(word) for word in find(table, html.Span, having="word")} <= {"hidden", "none"}
    assert find(table, html.Span, having="dot") == []
    assert "[c]" in words_of(profile_card(made_up, select(RUTLAND)))


def test_gives_each_question_its_two_changes_in_words(made_up: Snapshot):
    changes = views.show_changes(made_up, select(WEST_MIDLANDS))
    table = change_table(changes, caption="x")
    assert [words_of(cell) for cell in find(find(table, html.Thead), html.Th)] == [
        "Measure", "Since 11 Sep 2020 (1 week)", "Since 21 Aug 2020 (4 weeks)",
    ]  # fmt: skip
    rows = find(find(table, html.Tbody), html.Tr)
    assert len(rows) == 13
    assert all("homes" in words_of(row) or "hidden" in words_of(row) for row in rows)


def test_says_that_no_change_can_be_shown_in_place_of_a_table_of_hidden_ones(made_up: Snapshot, snapshot: Snapshot):
    assert "hidden to protect homes" in words_of(changes_card(made_up, select(RUTLAND)))
    assert "No earlier extract" in words_of(changes_card(snapshot, select(DUDLEY)))


def test_lists_what_to_put_right_with_what_to_do_and_who_can(made_up: Snapshot, snapshot: Snapshot):
    findings = views.show_findings(made_up, select(DUDLEY))
    table = finding_table(findings, caption="x")
    rows = find(find(table, html.Tbody), html.Tr)
    assert [[words_of(cell) for cell in row.children] for row in rows] == findings[
        ["finding", "what_to_do", "who_can"]
    ].to_numpy().tolist()
    assert "Nothing for the council to put right" in words_of(findings_card(snapshot, select(DUDLEY)))


def test_gives_a_date_a_row_and_a_series_a_column():
    frame = observe_weeks(1.0, 2.0)
    beside = observe_weeks(3.0, area_name="England", area_code=ENGLAND, role="comparator")
    table = date_table(pd.concat([beside, frame]), columns="area_name", caption="x")
    assert [words_of(cell) for cell in find(find(table, html.Thead), html.Th)] == ["When", "Dudley", "England"]
    assert [words_of(row) for row in find(find(table, html.Tbody), html.Tr)] == [
        "17 Apr 2020 1.0 3.0", "24 Apr 2020 2.0 not held",
    ]  # fmt: skip


def test_says_in_place_of_a_trend_that_there_is_none(made_up: Snapshot):
    assert "No figure can be shown" in words_of(trend_card(made_up, select(RUTLAND, "isolate")))


def test_marks_a_headline_that_is_made_up():
    assert "illustrative" in words_of(headline_card(observe(QUESTION)))
    assert "llustrative" not in words_of(headline_card(observe({})))


def draw_card(snapshot: Snapshot, picture: object, **row: object) -> html.Section:
    card = Card(view="deaths", title="Finding", subtitle="Subtitle.", summary="", frame=observe(row), picture=picture)
    return chart_card(card, snapshot, select(ENGLAND))


def test_lays_the_word_across_a_made_up_picture_and_says_it_above(snapshot: Snapshot):
    table = ranking_table(observe({}), snapshot=snapshot)
    real, fake = (draw_card(snapshot, table, is_illustrative=flag) for flag in (False, True))
    across = find(fake, html.Div, having="across")
    assert words_of(across) == "ILLUSTRATIVE"
    assert getattr(across[0], "aria-hidden") == "true"
    assert words_of(find(fake, html.H2)) == "Illustrative: Finding"
    assert words_of(find(fake, html.P, having="subtitle")) == "Subtitle. Figures are made up."
    assert find(real, html.Div, having="across") == []
    assert "llustrative" not in words_of(real)


def test_says_a_made_up_figure_in_its_text_alternative(snapshot: Snapshot):
    fake = draw_card(snapshot, draw_trend(observe(QUESTION), series="area_name"), is_illustrative=True)
    assert getattr(find(fake, html.Div, having="graph")[0], "aria-label").startswith("Illustrative: Finding")


def is_marked(card: html.Section) -> bool:
    """Tell whether the word lies across the card's picture."""
    figures: list[go.Figure] = [chart.figure for chart in find(card, dcc.Graph)]
    words = [note.text for figure in figures for note in figure.layout.annotations]
    return "ILLUSTRATIVE" in words or bool(find(card, html.Div, having="across"))


@pytest.mark.parametrize("measure", ["", "isolate", "occupancy"])
def test_marks_every_card_of_every_page_that_is_made_up_and_no_other(made_up: Snapshot, measure: str):
    marked = set()
    staff = [workforce.layout(made_up, measure=name) for name in ("turnover", "agency") if not measure]
    for page in [*draw_pages(made_up, measure), *staff]:
        for card in find(page, html.Section, having="card"):
            if not find(card, html.P, having="source"):
                continue  # an empty card, which says so
            is_made_up = words_of(find(card, html.H2)).startswith(MADE_UP)
            assert is_made_up == is_marked(card) == ("made up" in words_of(find(card, html.P, having="subtitle")))
            marked |= {card.id} if is_made_up else set()
    assert {"card-matrix", "card-profile", "card-trend", "card-changes", "card-findings", "card-answers"} <= marked
    assert not {"card-measures", "card-deaths", "card-outbreaks", "card-turnover"} & marked


def test_marks_nothing_where_nothing_is_made_up(snapshot: Snapshot):
    for page in [*draw_pages(snapshot), workforce.layout(snapshot), about.layout(snapshot), indicators.layout(snapshot),
                 quality.layout(snapshot)]:  # fmt: skip
        assert "llustrative" not in words_of(page)
        assert not any(is_marked(card) for card in find(page, html.Section, having="card"))


def test_draws_real_returns_without_a_mark(made_up: Snapshot):
    real = pd.concat([made_up.observations.assign(is_illustrative=False)])
    snapshot = replace(
        made_up, id="real", observations=real, changes=made_up.changes.assign(is_illustrative=False),
        quality=made_up.quality.assign(is_illustrative=False),
        contributions=made_up.contributions.assign(is_illustrative=False),
        signals=made_up.signals.assign(is_illustrative=False),
    )  # fmt: skip
    page = region.layout(snapshot, code=WEST_MIDLANDS, measure="isolate")
    assert find(page, html.Table, having="matrix")
    assert not any(is_marked(card) for card in find(page, html.Section, having="card"))
    assert returns_banner(snapshot, is_shown=True) is None
    assert all("illustrative" not in group["group"] for group in find(page, dmc.Select)[0].data)


def test_says_once_on_a_page_that_figures_are_made_up(made_up: Snapshot, snapshot: Snapshot):
    for page in draw_pages(made_up):
        banner = find(page, html.P, having="made-up")
        assert len(banner) == 1
        assert words_of(banner).startswith("Illustrative figures. ")
    assert "published for England only" in words_of(returns_banner(snapshot, is_shown=False))
    assert "no open care home" in words_of(area.layout(made_up, code=CITY))
    assert find(area.layout(made_up, code=CITY), html.P, having="made-up") == []
    assert len(find(area.layout(made_up, code=CITY, measure="isolate"), html.P, having="made-up")) == 1


def test_says_what_the_workforce_page_does_not_hold(made_up: Snapshot, snapshot: Snapshot):
    lacking = "Not held by council: absence, care workers in care homes, absence, all staff of care homes, agency staff"
    assert lacking in words_of(workforce.layout(snapshot))
    words = words_of(workforce.layout(made_up))
    assert "Not held by council: zero-hours contracts in care homes" in words
    assert lacking not in words


def test_offers_measures_in_groups_the_default_first(made_up: Snapshot, snapshot: Snapshot):
    groups = find(measure_picker(made_up, page="region", chosen="deaths", has_trend=True), dmc.Select)[0].data
    assert groups[0]["items"][0]["value"] == "deaths"
    assert groups[0]["group"] == "As published"
    assert all(group["group"].endswith("(illustrative)") for group in groups[1:])
    words = [item["value"] for group in groups for item in group["items"]]
    assert set(QUESTIONS) <= set(words)
    assert len(words) == len(set(words))
    assert find(measure_picker(snapshot, page="region", chosen="deaths"), dmc.Select)[0].data[0]["value"] == "deaths"


def test_says_above_and_below_every_page_that_the_newest_figures_are_made_up(made_up: Snapshot, snapshot: Snapshot):
    for part in (make_picker(made_up), make_footer(made_up)):
        assert "Illustrative Capacity Tracker figures, made up, to 18 September 2020." in words_of(part)
    for part in (make_picker(snapshot), make_footer(snapshot)):
        assert "Capacity Tracker figures to 10 August 2020." in words_of(part)


def test_describes_the_returns_and_what_was_refused_of_them(made_up: Snapshot):
    words = words_of(quality.layout(made_up))
    row = made_up.sources.loc["capacity_tracker_care_homes"]
    assert row["rows_refused"] > 0
    rows = (row[f"rows_{what}"] for what in ("read", "accepted", "refused"))
    assert "{:,} read, {:,} accepted, {:,} refused by rule".format(*rows) in words
    assert "The CQC location id is blank." in words


def test_stays_light(made_up: Snapshot):
    for page in draw_pages(made_up):
        parts = [getattr(one, "data-still", "") for one in walk(hold_page_still(page))]
        assert 10_000 < sum(map(len, parts)) < MOST_CHARACTERS, "as HTML with its figures, before it is packed"
