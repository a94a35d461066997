"""Every card of every page says what it shows: unit, which way is better, source, date, and whether it is made up."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from dash import Dash, dcc, html
from dash.development.base_component import Component
from flask.testing import FlaskClient
from observed import find, words_of

from dashboard.addresses import PATHS
from dashboard.figures.theme import ACROSS
from dashboard.pages import KINDS
from dashboard.selection import ENGLAND
from dashboard.store import Snapshot
from dashboard.views import LISTS

AREAS = {
    "region": ["E12000005", "E12000007"],
    "authority": ["E08000027", "E06000060", "E09000001", "E06000053", "E06000017", "E10000021", "E06000061"],
}
"""Areas of each kind with pages of their own: ordinary ones, small ones, one that ended and one that began."""
MEASURES = ["", "full-wages", "absence", "outbreak-counts", "vacancies"]
UNITS = re.compile(r"%|per 1,000|per 100,000|percentage point|[Nn]umber|[Ss]hare|[Rr]ate|posts|points")
WAYS = re.compile(r"(higher|lower) is better|[Nn]either higher nor lower", re.IGNORECASE)
DATE = re.compile(r"\b20\d\d\b")
MIXED = {"held", "sources", "findings-by-rule", "signals", "signal-rules"}
"""Lists that hold no figure, only which are held or what was found: each row says itself whether it is made up."""

MOST_WORDS = 14

WITHOUT_CARDS = ("downloads", "briefing", "api")
"""Pages of files and addresses, and the pack, whose tests are its own (test_briefing.py)."""


def draw_pages(snapshot: Snapshot) -> Iterator[tuple[str, Component]]:
    """Yield each page of the snapshot by name, an area's also with other measures than its own choice."""
    for kind in PATHS.values():
        if kind in WITHOUT_CARDS:
            continue
        yield kind, KINDS[kind].layout(snapshot)
    for kind, codes in AREAS.items():
        for code in codes:
            yield code, KINDS[kind].layout(snapshot, code=code)
    for measure in MEASURES:
        query = {"measure": measure} if measure else {}
        if not measure or measure in ("outbreak-counts", "vacancies") or snapshot.is_illustrative:
            yield f"E12000003 {measure}", KINDS["region"].layout(snapshot, code="E12000003", **query)
            yield f"E08000025 {measure}", KINDS["authority"].layout(snapshot, code="E08000025", **query)


@dataclass(frozen=True)
class Drawn:
    """A snapshot, requests to an app over it, and its pages. Drawing them takes seconds: all tests look at the same."""

    snapshot: Snapshot
    web: FlaskClient
    pages: list[tuple[str, Component]]


@pytest.fixture(scope="module", params=["published", "made up"])
def drawn(
    request: pytest.FixtureRequest, app: Dash, snapshot: Snapshot, made_up: Snapshot, made_up_client: FlaskClient
) -> Drawn:
    one, web = (snapshot, app.server.test_client()) if request.param == "published" else (made_up, made_up_client)
    return Drawn(snapshot=one, web=web, pages=list(draw_pages(one)))


@pytest.fixture(scope="module")
def cards(drawn: Drawn) -> list[tuple[str, Component]]:
    """Every card that holds figures, with the name of its page and its own."""
    return [
        (f"{name}: {card.id}", card)
        for name, page in drawn.pages
        for card in find(page, html.Section, having="card")
        if not find(card, html.P, having="empty")
    ]


def view_of(card: Component) -> str:
    return card.id.removeprefix("card-")


def test_finds_the_cards_that_it_judges(cards: list):
    assert len(cards) > 60


def test_has_a_short_title(cards: list):
    titles = {name: words_of(find(card, html.H2)[0]).removeprefix("Illustrative: ") for name, card in cards}
    assert {name: title for name, title in titles.items() if not 0 < len(title.split()) <= MOST_WORDS} == {}


def test_names_its_source_and_a_date(cards: list):
    for name, card in cards:
        source = words_of(find(card, html.P, having="source"))
        assert "Source:" in source, name
        assert DATE.search(words_of(card)), name


def test_names_its_unit_and_which_way_is_better(cards: list):
    lacking = [
        name
        for name, card in cards
        if view_of(card) not in LISTS and not (UNITS.search(words_of(card)) and WAYS.search(words_of(card)))
    ]
    assert lacking == []


def test_says_that_it_is_made_up_just_where_it_is(drawn: Drawn, cards: list):
    for name, card in cards:
        if view_of(card) in MIXED:
            continue
        links = [link.href for link in find(card, html.A) if str(getattr(link, "href", "")).startswith("/download/")]
        reply = drawn.web.get(links[0])
        assert reply.status_code == 200, name
        rows = list(csv.DictReader(io.StringIO(reply.text.removeprefix("\ufeff"))))
        is_made_up = any(row["is_illustrative"] == "True" for row in rows)
        assert words_of(find(card, html.H2)[0]).startswith("Illustrative") == is_made_up, name
        figures = [chart.figure for chart in find(card, dcc.Graph)]
        marks = [[one.text for one in figure.layout.annotations].count(ACROSS) for figure in figures]
        marks += [len(find(card, html.Div, having="across"))] * (not figures)
        assert all((mark > 0) == is_made_up for mark in marks), name


def test_shows_no_words_of_programs(drawn: Drawn):
    for name, page in drawn.pages:
        words = words_of(page).split()
        assert not {"nan", "NaN", "None", "NaT", "nan%", "<NA>"} & set(words), name
        assert ENGLAND not in words, name


def test_stands_beside_a_table_of_its_numbers(cards: list):
    for name, card in cards:
        assert find(card, html.Table), name


def test_describes_each_chart_in_words(cards: list):
    for name, card in cards:
        for picture in find(card, html.Div, having="graph"):
            label = getattr(picture, "aria-label", "")
            assert picture.role == "img", name
            assert len(label.split()) > 5, name
