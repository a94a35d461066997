"""The heat-map in the browser: sorted, switched, shared, left and found again, by pointer and by keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from visits import wait_until_drawn, watch

REGION = "/region/E12000005"
DEFAULT = re.compile(r"/region/E12000005$")


@pytest.fixture
def region(page: Page) -> Page:
    """The region's page, drawn as nobody has changed it."""
    page.goto(REGION)
    wait_until_drawn(page)
    return page


def names_of(page: Page) -> list[str]:
    return page.locator(".matrix tbody.areas th").all_inner_texts()


def figures_of(page: Page, place: int) -> list[float]:
    """Return what a column shows, from top to bottom, without its marks and without what is hidden."""
    cells = page.locator(f".matrix tbody.areas td:nth-child({place})").all_inner_texts()
    found = [re.search(r"[+−]?\d+", cell) for cell in cells]
    return [float(one.group().replace("−", "-")) for one in found if one]


def expect_foot_of_two(page: Page) -> None:
    expect(page.locator(".matrix tbody").last.locator("th")).to_have_text(["West Midlands", "England"])


def test_sorts_by_a_column_both_ways_and_keeps_the_wider_areas_at_the_foot(region: Page):
    heading = region.locator(".matrix thead th:has([data-sort='full-wages'])")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(region).to_have_url(re.compile(r"\?sort=full-wages$"))
    lowest_first = figures_of(region, 4)
    assert len(lowest_first) > 10, "all but those that are hidden, which come last"
    assert lowest_first == sorted(lowest_first)
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(region).to_have_url(re.compile(r"\?sort=full-wages&order=desc$"))
    assert figures_of(region, 4) == sorted(lowest_first, reverse=True)
    expect(region.locator("th[aria-sort]")).to_have_count(1)
    expect_foot_of_two(region)


def test_has_the_same_order_from_the_server_as_in_the_browser(region: Page):
    for sort, show in (("full-wages", "value"), ("test", "verdict"), ("ppe-training", "change"), ("name", "value")):
        sort = {"test": "testing-access"}.get(sort, sort)
        region.locator("#matrix-sort").select_option(sort)
        region.locator(f".segments [data-show='{show}']").click()
        region.locator(".matrix-controls .order").click()
        chosen = names_of(region)
        reply = region.request.get(region.url)
        assert reply.status == 200
        rows = re.findall(r'<tr[^>]* data-name="([^"]+)"', reply.text())[:14]
        assert rows == chosen, (sort, show)


def test_shows_the_same_view_after_a_reload_and_to_somebody_else(region: Page, browser: Browser, base_url: str):
    region.locator("[data-sort='clinical-lead']").click()
    region.get_by_role("button", name="Verdict").click()
    names = names_of(region)
    region.reload()
    wait_until_drawn(region)
    other = browser.new_context(base_url=base_url)
    stranger = other.new_page()
    visit = watch(stranger, address=region.url, origin=base_url)
    stranger.goto(region.url)
    wait_until_drawn(stranger)
    for page in (region, stranger):
        assert names_of(page) == names
        expect(page.get_by_role("button", name="Verdict")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#matrix-sort")).to_have_value("clinical-lead")
    assert visit.complaints == []
    other.close()


def test_stands_as_it_was_left_after_going_to_a_council_and_back(region: Page):
    region.locator("[data-sort='extra-capacity']").click()
    region.get_by_role("button", name="Change in points").click()
    names, address = names_of(region), region.url
    region.locator(".matrix tbody.areas a").first.click()
    expect(region).to_have_url(re.compile(r"/area/E\d+$"))
    expect(region.locator("h1")).to_have_text(names[0])
    region.go_back()
    expect(region.locator("h1")).to_have_text("West Midlands")
    expect(region).to_have_url(address)
    expect(region.locator(".matrix-view")).to_have_attribute("data-table-show", "change")
    assert names_of(region) == names
    region.locator("[data-sort='extra-capacity']").click()
    region.locator(".segments [data-show='value']").click()
    region.locator("#matrix-sort").select_option("signal")
    expect(region).to_have_url(DEFAULT)


def test_shows_value_verdict_or_change_and_never_two_of_them(region: Page):
    cell = region.locator(".matrix tbody.areas tr").first.locator("td").first
    for name, kind in (("Verdict", "as-verdict"), ("Change in points", "as-change"), ("Value", "as-value")):
        region.get_by_role("button", name=name, exact=True).click()
        expect(cell.locator(f".{kind}")).to_be_visible()
        expect(cell.locator(f"[class^='as-']:not(.{kind})").first).to_be_hidden()
        expect(cell.locator(f"[class^='as-']:not(.{kind})").last).to_be_hidden()
        expect(region.locator(".segments [aria-pressed='true']")).to_have_text([name])
    expect(region.locator(".change-legend")).to_be_hidden()


def test_keeps_the_view_when_another_measure_is_chosen(region: Page):
    region.locator("[data-sort='mutual-aid']").click()
    region.locator("input#measure").click()
    region.locator(".mantine-Select-option", has_text="Full wages").click()
    expect(region).to_have_url(re.compile(r"\?sort=mutual-aid&measure=full-wages$"))
    expect(region.locator("#card-funnel h2")).to_contain_text("Full wages")
    expect(region.locator("#matrix-sort")).to_have_value("mutual-aid")


def test_is_worked_by_keyboard_alone(region: Page):
    region.locator(".segments button").first.focus()
    region.keyboard.press("Tab")
    region.keyboard.press("Enter")
    expect(region.get_by_role("button", name="Verdict")).to_have_attribute("aria-pressed", "true")
    region.keyboard.press("Tab")
    region.keyboard.press("Tab")
    expect(region.locator("#matrix-sort")).to_be_focused()
    region.keyboard.press("Tab")
    before = names_of(region)
    region.keyboard.press("Space")
    expect(region.locator(".way")).to_have_text("fewest first")
    assert names_of(region) != before
    region.keyboard.press("Tab")
    expect(region.locator("[data-sort='name']")).to_be_focused()
    region.keyboard.press("Enter")
    expect(region.locator("[data-sort='name']")).to_be_focused()
    assert names_of(region) == sorted(before)
    expect(region.locator(".said-sort")).to_have_text("Sorted by Name, A to Z.")


@pytest.mark.parametrize("query", ["?sort=deaths", "?order=up", "?show=colour", "?sort=full-wages&x=1"])
def test_explains_a_view_that_is_not_there(page: Page, query: str):
    reply = page.goto(REGION + query)
    assert reply.status == 404
    expect(page.locator("h1").first).to_have_text("Page not found")


@pytest.mark.parametrize("width", [390, 320])
def test_is_within_reach_on_a_phone(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(REGION)
    wait_until_drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator("#matrix-sort").select_option("name")
    page.get_by_role("button", name="Verdict").click()
    assert names_of(page) == sorted(names_of(page))
    for part in page.locator(".matrix-controls button, .matrix-controls select, .names button").all():
        box = part.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["height"] >= 24


FORWARD = """card => { const chart = document.querySelector(card + " .chart");
    return chart.data.filter((line) => line.meta === "behind" && line.line.width === 3).map((line) => line.name); }"""
LABELS = """card => document.querySelector(card + " .chart").layout.annotations
    .filter((one) => one.name === "focus").map((one) => one.text)"""


@pytest.mark.parametrize("card", ["#card-trend", "#card-deaths", "#card-cases"])
def test_brings_a_councils_line_forward_by_pointer_keyboard_and_press(region: Page, card: str):
    names = region.locator(f"{card} .focus button")
    expect(names).to_have_count(14)
    names.filter(has_text="Dudley").hover()
    assert region.evaluate(FORWARD, card) == region.evaluate(LABELS, card) == ["Dudley"]
    names.filter(has_text="Coventry").focus()
    assert region.evaluate(FORWARD, card) == ["Coventry"]
    region.keyboard.press("Enter")
    expect(region.locator(f"{card} .said-line")).to_contain_text("Coventry, newest: ")
    region.mouse.move(0, 0)
    region.evaluate("document.dispatchEvent(new CustomEvent('asc:theme'))")
    wait_until_drawn(region)
    assert region.evaluate(FORWARD, card) == region.evaluate(LABELS, card) == ["Coventry"]
    names.filter(has_text="Coventry").click()
    region.mouse.move(0, 0)
    region.locator("#matrix-sort").focus()
    assert region.evaluate(FORWARD, card) == []


def test_brings_the_line_under_the_pointer_forward(region: Page):
    card = "#card-deaths"
    region.locator(f"{card} .chart").scroll_into_view_if_needed()
    place = region.evaluate("""() => {
        const chart = document.querySelector("#card-deaths .chart"), layout = chart._fullLayout;
        const lines = chart.data.filter((line) => line.meta === "behind");
        const most = lines.reduce((one, other) => (Math.max(...other.y) > Math.max(...one.y) ? other : one));
        const at = most.y.indexOf(Math.max(...most.y)), box = chart.getBoundingClientRect();
        return [box.left + layout.xaxis._offset + layout.xaxis.d2p(most.x[at]),
                box.top + layout.yaxis._offset + layout.yaxis.d2p(most.y[at]), most.name];
    }""")
    region.mouse.move(place[0] - 4, place[1] + 2)
    region.mouse.move(place[0], place[1])
    expect(region.locator(f"{card} .chart")).to_have_attribute("data-forward", place[2])
    region.mouse.move(0, 0)
    expect(region.locator(f"{card} .chart")).to_have_attribute("data-forward", "")
