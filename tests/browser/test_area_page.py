"""An authority's page in use: from a small chart to its trend, to a similar area, on a narrow screen."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from visits import wait_until_drawn

ADDRESS = "/area/E08000027"
IN_WINDOW = """card => {
    const box = card.getBoundingClientRect();
    return box.top >= -1 && box.top < innerHeight / 2 && card.contains(document.activeElement);
}"""


def open_area(page: Page, address: str = ADDRESS) -> None:
    page.goto(address)
    wait_until_drawn(page)


def test_leads_from_a_small_chart_to_its_trend_and_takes_the_focus_there(page: Page):
    open_area(page)
    page.get_by_role("link", name=re.compile("^Full wages")).click()
    expect(page).to_have_url(re.compile(r"/area/E08000027\?measure=full-wages#card-trend$"))
    trend = page.locator("#card-trend")
    expect(trend.locator("h2")).to_contain_text("Full wages")
    expect(page.locator("#card-similar .subtitle")).to_contain_text("full wages")
    expect(page.locator(".ranges a.here .name")).to_have_text("Full wages")
    page.wait_for_timeout(200)  # charts above the trend take their place
    assert trend.evaluate(IN_WINDOW)


def test_shows_a_shared_link_to_a_trend_where_it_points(page: Page):
    open_area(page, f"{ADDRESS}?measure=ppe#card-trend")
    expect(page.locator("#card-trend h2")).to_contain_text("Enough PPE")
    assert page.locator("#card-trend").evaluate(IN_WINDOW)


def test_goes_to_a_similar_area_and_back_to_the_same_measure(page: Page):
    open_area(page, f"{ADDRESS}?measure=clinical-lead")
    link = page.locator("#card-similar tbody a").first
    name = link.inner_text()
    link.click()
    expect(page.locator("h1")).to_have_text(name)
    page.go_back()
    expect(page.locator("h1")).to_have_text("Dudley")
    expect(page.locator("#card-trend h2")).to_contain_text("Clinical lead")


def test_fits_a_screen_between_phone_and_desktop(page: Page):
    open_area(page)
    for width in (768, 1000):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_fits_the_narrowest_screen_and_scrolls_only_what_is_marked(page: Page):
    page.set_viewport_size({"width": 320, "height": 800})
    open_area(page, f"{ADDRESS}?measure=clinical-lead")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    wide = page.evaluate(
        "() => [...document.querySelectorAll('main section *')]"
        ".filter((one) => !one.closest('.scroll, .graph, .across, .hidden, thead') && one.checkVisibility() "
        "&& one.getBoundingClientRect().right > 321).map((one) => one.className || one.tagName)"
    )
    assert wide == []
