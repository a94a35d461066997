"""The England page as a browser shows it: its parts in order, each headline with its date, the way from row to map."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from visits import Visit, wait_until_drawn

england = pytest.mark.parametrize("drawn", ["/"], indirect=True)
ORDER = [
    "card-measures", "card-map", "card-signals", "card-matrix", "card-answers", "card-outbreaks-by-region",
    "card-deaths",
    "card-resident-deaths", "card-cases", "card-vaccination", "card-home-care",
    "card-home-care-returns", "card-later", "card-ranking", "card-changed",
]  # fmt: skip


@england
def test_answers_in_the_order_of_what_is_asked_each_headline_with_date_and_polarity(drawn: Visit):
    cards = drawn.page.locator("section.card").evaluate_all("cards => cards.map(card => card.id)")
    assert cards == ORDER
    headlines = drawn.page.locator(".headlines > li")
    expect(headlines).to_have_count(6)
    for words in headlines.all_inner_texts():
        assert re.search(r"20\d\d|report was written", words), words
        assert re.search(r"(Higher|Lower) is better\.", words), words
    expect(headlines.first.locator("svg.sparkline polyline")).to_have_count(1)
    expect(drawn.page.locator("#card-changed")).to_contain_text("first snapshot here")


@england
def test_shows_13_questions_each_with_its_line_change_and_place(drawn: Visit):
    rows = drawn.page.locator("#card-answers .questions tbody tr:has(td)")
    expect(rows).to_have_count(13)
    expect(rows.locator("svg.sparkline")).to_have_count(13)
    for row in rows.all_inner_texts():
        assert re.search(
            r"\d%.*(hidden|break|[−+]?\d\.\d).*\d%.*(range|falling|rising|weeks).*(clearly|compared)", row, re.S
        )


def test_leads_from_a_question_to_its_map_and_ranking(page: Page):
    page.goto("/")
    wait_until_drawn(page)
    page.locator("#card-answers").get_by_role("link", name="Full wages").click()
    expect(page).to_have_url(re.compile(r"/\?measure=full-wages$"))
    for card in ("map", "ranking"):
        expect(page.locator(f"#card-{card} .subtitle")).to_contain_text("full wages")
