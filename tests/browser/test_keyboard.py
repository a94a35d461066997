"""The keyboard alone is enough: the skip link comes first and works, and the focus can always be seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from visits import wait_until_drawn

FOCUSED = """() => {
    const one = document.activeElement, style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    return {
        tag: one.tagName, name: (one.textContent || one.id).trim().slice(0, 40), in_main: !!one.closest("main"),
        outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        wide: box.width, high: box.height,
    };
}"""
MOST_STOPS = 250


@pytest.fixture
def about(page: Page) -> Page:
    """The page with the most links and lists, drawn, nothing focused yet."""
    page.goto("/about")
    wait_until_drawn(page)
    return page


def test_begins_with_a_skip_link_that_works(about: Page):
    about.keyboard.press("Tab")
    skip = about.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    about.keyboard.press("Enter")
    expect(about.locator("main")).to_be_focused()
    about.keyboard.press("Tab")
    assert about.evaluate(FOCUSED)["in_main"]


def test_goes_on_to_the_pages_and_the_area_picker(about: Page):
    seen = []
    for _ in range(13):
        about.keyboard.press("Tab")
        seen.append(about.evaluate("() => document.activeElement.id || document.activeElement.getAttribute('href')"))
    assert seen == [
        "#main", "/", "/support", "/compare", "/workforce", "/indicators", "/recommendations", "/quality", "/downloads",
        "/briefing", "/about", "area-picker",
        seen[-1],
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["/", "/quality"])
def test_shows_the_focus_on_everything_it_reaches(page: Page, path: str):
    page.goto(path)
    wait_until_drawn(page)
    tags = set()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["tag"] == "BODY":
            break
        assert stop["outline"], stop
        assert stop["wide"] > 0, stop
        assert stop["high"] > 0, stop
        tags.add(stop["tag"])
    assert {"A", "SUMMARY", "INPUT"} <= tags
    assert path != "/" or "BUTTON" in tags


def test_opens_a_table_with_the_space_bar(page: Page):
    page.goto("/area/E08000027")
    wait_until_drawn(page)
    details = page.locator("#card-ranking details.table-view")
    details.locator("summary").focus()
    page.keyboard.press("Space")
    expect(details.locator("tbody tr").first).to_be_visible()
