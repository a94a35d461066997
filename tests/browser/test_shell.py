"""What stands on every page: what a card gives away, areas visited, menu, theme, the printed page, and trouble."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page, Route, expect
from visits import wait_until_drawn

AREA = "/area/E08000027?measure=deaths"
REFUSE = (
    "() => Object.defineProperty(navigator, 'clipboard', {value: {writeText: () => Promise.reject(new Error('no'))}})"
)


def open_page(page: Page, address: str) -> Page:
    page.goto(address)
    wait_until_drawn(page)
    return page


def test_copies_the_address_and_the_table_of_a_card(page: Page, context: BrowserContext, base_url: str):
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base_url)
    open_page(page, AREA)
    card = page.locator("#card-ranking")
    card.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status")).to_have_text("Link copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{base_url}{AREA}#card-ranking"

    card.get_by_role("button", name="Copy table").click()
    expect(page.get_by_role("status")).to_contain_text("Table copied")
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[0] == card.locator("h2").text_content()
    dudley = [line.split("\t") for line in lines if line.startswith("Dudley\t")]
    shown = card.locator(".table-view tbody tr", has_text="Dudley").first.locator("th, td")
    assert dudley[0] == [words.strip() for words in shown.all_text_contents()]
    assert lines[-2].startswith("Source:")

    card.get_by_text("Cite", exact=True).click()
    expect(card.locator(".cited")).to_contain_text(f"{base_url}{AREA}#card-ranking")


def test_shows_the_address_where_the_clipboard_is_refused(page: Page, base_url: str):
    open_page(page, AREA)
    page.evaluate(REFUSE)
    page.locator("#card-ranking").get_by_role("button", name="Copy link").click()
    field = page.get_by_label("Copy this yourself")
    expect(field).to_be_focused()
    expect(field).to_have_value(f"{base_url}{AREA}#card-ranking")
    assert page.evaluate("getSelection().toString() || document.activeElement.selectionEnd") not in ("", 0)


def test_offers_the_last_areas_visited(page: Page):
    open_page(page, "/")
    recent = page.locator("#recent-areas")
    expect(recent).to_have_text("")
    height = recent.bounding_box()["height"]
    for path in ("/area/E08000027", "/region/E12000005", "/area/E99999999", "/about"):
        open_page(page, path)
    expect(recent).to_have_text("Recent: West Midlands · Dudley")
    assert recent.bounding_box()["height"] == height, "nothing below it moves"
    recent.get_by_role("link", name="Dudley").click()
    expect(page.locator("h1")).to_have_text("Dudley")
    expect(recent).to_have_text("Recent: West Midlands")


def test_prints_source_caveats_and_snapshot_without_controls(page: Page):
    open_page(page, AREA)
    page.emulate_media(media="print")
    card = page.locator("#card-ranking")
    expect(card.locator(".source")).to_be_visible()
    for hidden in ("header nav", "#area-picker", "#card-ranking .actions", "#theme", ".first-visit"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".page-footer").get_by_text("Snapshot")).to_be_visible()
    expect(page.locator(".product")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(card.locator(".caveats li").first).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("details.caveats[open]")).to_have_count(0)


def test_says_so_when_the_server_fails_and_recovers(page: Page):
    open_page(page, "/about")

    def fail(route: Route) -> None:
        route.fulfill(status=500, body="")

    page.route("**/_dash-update-component*", fail)
    page.locator("header").get_by_role("link", name="England").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("The server could not draw this page")
    page.unroute("**/_dash-update-component*")
    alert.get_by_role("button", name="Try again").click()
    expect(page.locator("h1")).to_have_text("England")
    expect(alert).to_have_text("")


def test_says_so_where_no_chart_can_be_drawn(page: Page):
    page.route("**/plotly/**", lambda route: route.abort())
    page.goto(AREA)
    expect(page.locator("#early")).to_have_count(0)
    expect(page.locator("h1").first).to_be_visible()
    page.evaluate("window.asc.draw_waiting()")
    expect(page.locator(".chart-failed").first).to_have_text("The chart could not be drawn. The table has the numbers.")


def test_shows_that_a_slow_page_is_on_its_way(page: Page):
    open_page(page, "/about")
    held: list[Route] = []
    page.route("**/_dash-update-component*", lambda route: held.append(route))
    page.locator("header").get_by_role("link", name="England").click()
    expect(page.locator("#progress")).to_be_visible()
    expect(page.locator("main")).to_have_attribute("aria-busy", "true")
    for route in held:
        route.continue_()
    page.unroute("**/_dash-update-component*")
    expect(page.locator("h1")).to_have_text("England")
    expect(page.locator("#progress")).to_be_hidden()


def test_opens_and_closes_the_menu_by_keyboard(page: Page):
    page.set_viewport_size({"width": 390, "height": 800})
    open_page(page, "/about")
    menu = page.get_by_role("button", name="Menu")
    pages = page.locator("header nav")
    expect(pages).to_be_hidden()
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(pages.get_by_role("link", name="About the data")).to_have_attribute("aria-current", "page")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(pages).to_be_hidden()
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/$"))
    expect(pages).to_be_hidden()


def test_keeps_the_colours_and_the_hidden_line_after_a_reload(page: Page):
    open_page(page, "/about")
    page.get_by_label("Colours").select_option("Dark")
    page.get_by_role("button", name="Hide this line").click()
    expect(page.locator("main")).to_be_focused()
    page.reload()
    wait_until_drawn(page)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_label("Colours")).to_have_value("dark")
    expect(page.locator(".first-visit")).to_be_hidden()
