"""Every page, with every measure it offers: it is drawn whole, says nothing untrue and asks nobody else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Route, expect
from visits import EVERY, FOR_PROGRAMS, KINDS, OTHER_PLACES, Visit, open_details, open_visit, wait_until_drawn

every_page = pytest.mark.parametrize("drawn", EVERY, indirect=True)

# "None:" begins a sentence of ours: a median has no denominator.
NOT_FOR_PEOPLE = re.compile(r"\b(nan|NaN|None(?!:)|undefined|NaT|Infinity|null|Timestamp)\b|\[object ")
CARDS = """() => [...document.querySelectorAll("section.card")].map((card) => {
    const text = (selector) => (card.querySelector(selector) || {textContent: ""}).textContent.trim();
    const link = card.querySelector("a[href^='/download/'][href*='.csv']");
    return {
        id: card.id, heading: text("h2"), says_empty: text(".empty"), source: text(".source"),
        rows: card.querySelectorAll("table tbody tr").length, csv: link ? link.getAttribute("href") : "",
        named: document.getElementById(card.getAttribute("aria-labelledby"))?.textContent.trim() || "",
    };
})"""


@every_page
def test_has_one_heading_and_a_title_that_begins_with_it(drawn: Visit):
    headings = drawn.page.locator("h1")
    expect(headings).to_have_count(1)
    expect(drawn.page).to_have_title(re.compile("^" + re.escape(headings.inner_text())))


@every_page
def test_says_nothing_on_the_console_and_asks_no_one_else(drawn: Visit):
    assert drawn.complaints == []
    assert drawn.strangers == []
    assert drawn.refused == []


@every_page
def test_shows_no_word_that_only_programs_use(drawn: Visit):
    if drawn.address in FOR_PROGRAMS:
        return  # they say what stands in a file where there is no figure: null
    open_details(drawn.page)
    shown = drawn.page.locator("#react-entry-point").evaluate("root => root.textContent")
    labels = drawn.page.eval_on_selector_all("[aria-label]", "all => all.map(one => one.ariaLabel).join(' ')")
    found = [shown[max(0, hit.start() - 40) : hit.end() + 20] for hit in NOT_FOR_PEOPLE.finditer(shown)]
    assert found == []
    assert not NOT_FOR_PEOPLE.search(labels)


@every_page
def test_gives_each_card_a_finding_a_source_a_table_and_a_download(drawn: Visit):
    open_details(drawn.page)
    for card in drawn.page.evaluate(CARDS):
        assert card["heading"], card
        assert card["named"] == card["heading"]
        if not card["says_empty"]:
            assert card["source"].startswith("Source: "), card
            assert card["rows"] > 0, card
            assert card["csv"], card


WITH_FEW_CARDS = ("/about", "/briefing", "/compare", "/indicators", "/recommendations", *FOR_PROGRAMS)


@pytest.mark.parametrize("drawn", [*KINDS, *OTHER_PLACES], indirect=True)
def test_has_headline_cards_and_several_charts(drawn: Visit):
    # A council without figures in a source has no headline of it; every page has at least one.
    is_words = drawn.address in (*WITH_FEW_CARDS, "/quality", "/support")
    assert int(not is_words) <= drawn.page.locator(".headlines > li").count() <= 6
    assert drawn.address in (*WITH_FEW_CARDS, "/support") or drawn.page.locator("section.card").count() >= 4


@every_page
def test_gives_every_picture_a_text_alternative(drawn: Visit):
    for picture in drawn.page.locator("[role=img]").all():
        assert len(picture.get_attribute("aria-label") or "") > 30
    assert drawn.page.locator("img:not([alt])").count() == 0


def test_works_with_the_network_cut(browser: Browser, base_url: str):
    stopped: list[str] = []

    def let_through_only_ours(route: Route) -> None:
        if route.request.url.startswith(base_url + "/"):
            route.continue_()
        else:
            stopped.append(route.request.url)
            route.abort()

    context = browser.new_context(base_url=base_url)
    context.route("**/*", let_through_only_ours)
    visit = open_visit(context, "/", origin=base_url)
    for path in ("/area/E08000027", "/workforce", "/about"):
        visit.page.goto(path)
        wait_until_drawn(visit.page)
    context.close()
    assert stopped == []
    assert visit.complaints == []
