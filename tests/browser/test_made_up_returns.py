"""Figures from returns, here all made up: the cards are drawn, the word lies across them, and they fit every screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from visits import Visit, wait_until_drawn

REGION, AREA = "/region/E12000005?measure=isolate", "/area/E08000027?measure=clinical-lead"
pages = pytest.mark.parametrize("drawn", ["/", REGION, AREA, "/workforce?measure=agency"], indirect=True)
region = pytest.mark.parametrize("drawn", [REGION], indirect=True)
area = pytest.mark.parametrize("drawn", [AREA], indirect=True)

# Each card's title, whether its source is the made-up set, and what of the word across it can be seen. Charts have time
# to follow a narrower window; the promise ends as soon as every word is inside its card.
CARDS = """async () => {
    const look = () => [...document.querySelectorAll("section.card:has(.source)")].map((card) => {
        const words = [...card.querySelectorAll(".across span, .annotation-text")]
            .filter((one) => one.textContent === "ILLUSTRATIVE" && one.checkVisibility())
            .map((one) => one.getBoundingClientRect());
        const box = card.getBoundingClientRect();
        return {
            id: card.id, title: card.querySelector("h2").textContent,
            is_made_up: card.querySelector(".source").textContent.includes("Illustrative"),
            words: words.length,
            inside: words.every((word) => word.left >= box.left && word.right <= box.right && word.width > 100),
        };
    });
    const end = performance.now() + 10000;
    while (performance.now() < end && !look().every((card) => card.inside)) await new Promise(requestAnimationFrame);
    return look();
}"""
LAID_OVER = """table => {
    const link = table.querySelector("tbody tr:nth-child(7) a");
    link.scrollIntoView({block: "center"});
    const box = link.getBoundingClientRect();
    return document.elementFromPoint(box.left + 5, box.top + 5).tagName;
}"""
COVERED = """() => [...document.querySelectorAll(".matrix tbody a")].filter((link) => {
    link.focus();
    const box = link.getBoundingClientRect();
    return !link.contains(document.elementFromPoint(box.left + 3, box.top + 3));
}).map((link) => link.textContent)"""


@pages
@pytest.mark.parametrize("width", [1280, 390])
def test_lays_the_word_across_each_made_up_picture_and_no_other(drawn: Visit, width: int):
    drawn.page.set_viewport_size({"width": width, "height": 900})
    wait_until_drawn(drawn.page)
    cards = drawn.page.evaluate(CARDS)
    assert any(card["is_made_up"] for card in cards)
    assert any(not card["is_made_up"] for card in cards)
    for card in cards:
        assert card["title"].startswith("Illustrative: ") == card["is_made_up"] == (card["words"] > 0), card
        assert card["inside"], card
    drawn.page.set_viewport_size({"width": 1280, "height": 900})


@pages
def test_says_in_words_at_the_top_that_figures_are_made_up(drawn: Visit):
    expect(drawn.page.locator(".picker-bar")).to_contain_text("Illustrative Capacity Tracker figures, made up")
    expect(drawn.page.locator("footer.page-footer")).to_contain_text("Illustrative Capacity Tracker figures, made up")
    expect(drawn.page.locator(".banner.made-up")).to_have_count(1)


@region
def test_shows_14_councils_by_13_questions_with_region_and_england_last(drawn: Visit):
    rows = drawn.page.locator("#card-matrix .matrix tbody tr")
    expect(rows).to_have_count(16)
    expect(rows.first.locator("td")).to_have_count(14)
    expect(rows.nth(14).locator("th")).to_have_text("West Midlands")
    expect(rows.nth(15).locator("th")).to_have_text("England")


@region
def test_leaves_the_links_below_the_word_within_reach(drawn: Visit):
    assert drawn.page.locator("#card-matrix .matrix").evaluate(LAID_OVER) == "A"


@pytest.mark.parametrize("width", [1280, 390])
def test_never_hides_what_has_the_focus_behind_the_names_of_the_columns(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto("/region/E12000007")
    wait_until_drawn(page)
    assert page.evaluate(COVERED) == []


@region
def test_follows_the_chosen_measure_on_trend_map_and_ranking(drawn: Visit):
    for card in ("trend", "map", "ranking"):
        expect(drawn.page.locator(f"#card-{card} .subtitle")).to_contain_text("quarantine/isolate/cohort")
    expect(drawn.page.locator("input#measure")).to_have_value("Isolate residents")


def test_is_chosen_from_a_list_in_groups(page: Page):
    page.goto("/region/E12000005")
    wait_until_drawn(page)
    page.locator("input#measure").click()
    expect(page.get_by_text("Testing (illustrative)")).to_be_attached()
    page.get_by_role("listbox").get_by_role("option", name="Clinical lead").click()
    expect(page).to_have_url(re.compile(r"/region/E12000005\?measure=clinical-lead$"))
    expect(page.locator("#card-trend .subtitle")).to_contain_text("Named clinical lead")
    page.locator("input#measure").click()
    page.get_by_role("listbox").get_by_role("option").first.click()
    expect(page).to_have_url(re.compile(r"/region/E12000005$"))


@region
def test_draws_the_break_of_10_august_and_says_what_it_is(drawn: Visit):
    trend = drawn.page.locator("#card-trend")
    expect(trend.locator(".annotation-text", has_text="10 Aug 2020:")).to_have_count(1)
    expect(trend.locator(".shapelayer path")).to_have_count(1)
    expect(trend.locator(".note").first).to_contain_text("Break, 10 August 2020, 18:00")


@area
def test_shows_where_an_area_stands_what_moved_and_what_to_put_right(drawn: Visit):
    expect(drawn.page.locator("#card-profile .profile tbody tr:has(td)")).to_have_count(13)
    expect(drawn.page.locator("#card-profile .summary")).to_contain_text("homes that answered said yes")
    expect(drawn.page.locator("#card-changes thead th")).to_have_text(
        ["Measure", "Since 11 Sep 2020 (1 week)", "Since 21 Aug 2020 (4 weeks)"]
    )
    expect(drawn.page.locator("#card-findings thead th")).to_have_text(["Found", "What to do", "Who can"])


@pytest.mark.parametrize("drawn", ["/"], indirect=True)
def test_keeps_englands_made_up_series_apart_from_the_published_figures(drawn: Visit):
    expect(drawn.page.locator("#card-answers .questions tbody tr:has(td)")).to_have_count(13)
    assert drawn.page.locator("#card-measures").get_by_text(re.compile("llustrative")).count() == 0
    assert drawn.page.locator("#card-measures #card-answers, #card-answers #card-measures").count() == 0


@region
def test_names_a_download_and_a_picture_after_what_they_are(drawn: Visit, tmp_path: Path):
    with drawn.page.expect_download() as waiting:
        drawn.page.locator("#card-matrix a[href^='/download/']").click()
    assert waiting.value.suggested_filename.startswith("illustrative-matrix-E12000005-")
    with drawn.page.expect_download() as waiting:
        drawn.page.locator("#card-trend").get_by_role("button", name="Download image").click()
    assert waiting.value.suggested_filename == "illustrative-card-trend-region-E12000005.png"
