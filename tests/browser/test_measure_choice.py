"""The choice of a measure: it changes the address, the address draws the page, and a link shows the same view."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from visits import wait_until_drawn, watch

TURNOVER = re.compile(r"/\?measure=turnover$")
DEFAULT = re.compile(r"://[^/]+/$")


@pytest.fixture
def england(page: Page) -> Page:
    """The England page, drawn with its default measure."""
    page.goto("/")
    wait_until_drawn(page)
    return page


def titles_of(page: Page) -> tuple[str, str]:
    """Return the findings that the map and the ranking have as titles."""
    return page.locator("#card-map h2").inner_text(), page.locator("#card-ranking h2").inner_text()


def choose(page: Page, name: str) -> None:
    page.locator("input#measure").click()
    page.get_by_role("listbox").get_by_role("option", name=name).click()


def expect_turnover(page: Page) -> None:
    expect(page).to_have_url(TURNOVER)
    expect(page.locator("input#measure")).to_have_value(re.compile("turnover", re.IGNORECASE))
    for card in ("#card-map", "#card-ranking"):
        expect(page.locator(f"{card} .subtitle")).to_contain_text(re.compile("turnover|left", re.IGNORECASE))
        expect(page.locator(f"{card} h2")).to_contain_text("%")


def test_changes_the_address_the_map_and_the_ranking(england: Page):
    before = titles_of(england)
    choose(england, re.compile("turnover", re.IGNORECASE))
    expect_turnover(england)
    after = titles_of(england)
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_is_undone_by_back_and_done_again_by_forward(england: Page):
    before = titles_of(england)
    choose(england, re.compile("turnover", re.IGNORECASE))
    expect_turnover(england)
    england.go_back()
    expect(england).to_have_url(DEFAULT)
    expect(england.locator("#card-map h2")).to_have_text(before[0])
    expect(england.locator("#card-ranking h2")).to_have_text(before[1])
    england.go_forward()
    expect_turnover(england)


def test_leaves_no_query_for_the_default(page: Page):
    page.goto("/?measure=turnover")
    wait_until_drawn(page)
    first = page.locator("input#measure")
    first.click()
    page.get_by_role("listbox").get_by_role("option").first.click()
    expect(page).to_have_url(DEFAULT)
    expect(page.locator("#card-map .subtitle")).not_to_contain_text("turnover")


def test_shows_somebody_else_the_same_view_from_the_same_link(england: Page, browser: Browser, base_url: str):
    choose(england, re.compile("turnover", re.IGNORECASE))
    expect_turnover(england)
    other = browser.new_context(base_url=base_url)
    page = other.new_page()
    visit = watch(page, address=england.url, origin=base_url)
    page.goto(england.url)
    wait_until_drawn(page)
    expect_turnover(page)
    assert titles_of(page) == titles_of(england)
    assert visit.complaints == []
    other.close()


def test_stays_on_the_area_it_was_chosen_for(page: Page):
    page.goto("/area/E08000027")
    wait_until_drawn(page)
    choose(page, re.compile("turnover", re.IGNORECASE))
    expect(page).to_have_url(re.compile(r"/area/E08000027\?measure=turnover$"))
    expect(page.locator("h1")).to_have_text("Dudley")
    expect(page.locator("#card-ranking tr.here")).to_contain_text("Dudley")
