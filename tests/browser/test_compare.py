"""Compare: choices change the address, the address draws the page, and the slider steps through dates in place."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from visits import wait_until_drawn, watch

from dashboard.comparison import CHARTS

TWO = "indicator=ipc_1_3_full_wages_yes_of_answered_percent,ipc_5_1_clinical_lead_yes_of_answered_percent"
COUNCILS = "area=E08000027,E08000026,E08000028,E92000001"
PICTURES = {
    "trend": ".panels .chart[data-drawn=yes]",
    "ranking": "table.ranking",
    "heatmap": "table.heat td[class^=band-]",
    "funnel": ".chart[data-drawn=yes] .scatterlayer .point",
    "scatter": ".chart[data-drawn=yes] .scatterlayer .point",
    "map": ".chart[data-drawn=yes] .shapelayer path",
    "table": "table.span-table td.number",
}


def open_compare(page: Page, query: str = "") -> None:
    page.goto(f"/compare{query}")
    wait_until_drawn(page)


def add_area(page: Page, *, typed: str, name: str) -> None:
    page.keyboard.type(typed)
    expect(page.get_by_role("option", name=name, exact=True)).to_be_visible()
    page.keyboard.press("Enter")


def test_switches_through_every_kind_of_chart_and_draws_each(page: Page, base_url: str):
    visit = watch(page, address="/compare", origin=base_url)
    open_compare(page, f"?{TWO}&{COUNCILS}")
    for chart, name in list(CHARTS.items())[1:] + list(CHARTS.items())[:1]:
        page.locator(".chart-choice").get_by_role("link", name=name, exact=True).click()
        expect(page.locator(".chart-choice a[aria-current]")).to_have_text(name)
        wait_until_drawn(page)
        expect(page.locator(f"#card-compare {PICTURES[chart]}").first).to_be_attached()
        assert ("chart=" + chart in page.url) == (chart != "trend")
    assert visit.complaints == []


def test_shades_each_fifth_of_the_heat_map_apart_in_every_theme(page: Page):
    open_compare(page, f"?chart=heatmap&{TWO}&{COUNCILS}")
    for theme in ("light", "dark", "contrast"):
        page.locator("#theme").select_option(theme)
        shades = page.locator(".heat-key .swatch").evaluate_all(
            "swatches => swatches.map(one => getComputedStyle(one).backgroundColor)"
        )
        assert len(shades) == len(set(shades)) == 5, theme


def test_adds_several_areas_in_a_row_by_search_and_goes_back(page: Page):
    open_compare(page)
    page.locator("input#compare-areas").click()
    add_area(page, typed="dud", name="Dudley")
    add_area(page, typed="cov", name="Coventry")
    expect(page).to_have_url(re.compile(r"E92000001,E08000027,E08000026$"))
    expect(page.get_by_role("heading", name="Dudley")).to_be_visible()
    expect(page.locator("input#compare-areas")).to_be_focused()
    add_area(page, typed="walsa", name="Walsall")  # the list is still at hand after the page was drawn anew
    expect(page).to_have_url(re.compile(r",E08000026,E08000030$"))
    page.go_back()
    expect(page.get_by_role("heading", name="Walsall")).to_have_count(0)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/compare$"))
    expect(page.get_by_role("heading", name="Dudley")).to_have_count(0)


def test_adds_a_regions_councils_and_those_like_the_first(page: Page):
    open_compare(page, "?chart=ranking&area=E08000027")
    page.get_by_label("Add all councils in").select_option(label="North East")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("label[for=compare-areas]")).to_have_text("Areas (13 chosen)")
    page.get_by_role("link", name="Add areas similar to Dudley").click()
    expect(page.locator("label[for=compare-areas]")).not_to_have_text("Areas (13 chosen)")
    expect(page.locator("table.ranking tbody tr").nth(13)).to_be_visible()


@pytest.mark.parametrize("chart", ["map", "ranking", "heatmap", "scatter"])
def test_steps_through_dates_by_keyboard_and_shares_what_it_shows(
    page: Page, browser: Browser, base_url: str, chart: str
):
    open_compare(page, f"?chart={chart}&{TWO}")
    slider = page.locator("#compare-date")
    words, subtitle = page.locator("#compare-date-words"), page.locator("#card-compare h2")
    newest = words.inner_text()
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(words).not_to_have_text(newest)
    expect(page).to_have_url(re.compile(r"on=2020-\d\d-\d\d$"))
    expect(slider).to_be_focused()
    expect(slider).to_have_attribute("aria-valuetext", words.inner_text())
    expect(page.locator("#card-compare")).to_contain_text(words.inner_text())
    wait_until_drawn(page)
    other = browser.new_context(base_url=base_url)
    shared = other.new_page()
    shared.goto(page.url)
    wait_until_drawn(shared)
    expect(shared.locator("#compare-date-words")).to_have_text(words.inner_text())
    expect(shared.locator("#card-compare h2")).to_have_text(subtitle.inner_text())
    assert (
        shared.locator("#card-compare .summary").all_inner_texts()
        == page.locator("#card-compare .summary").all_inner_texts()
    )
    other.close()


def test_plays_to_the_end_and_stops(page: Page):
    open_compare(page, "?chart=ranking&on=2020-08-28")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator("#compare-date-words")).to_have_text("18 September 2020")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(page).to_have_url(re.compile(r"on=2020-09-18$"))


def test_plays_nothing_by_itself_for_who_wants_less_motion(page: Page):
    page.emulate_media(reduced_motion="reduce")
    open_compare(page, "?chart=ranking")
    before = page.locator("#compare-date-words").inner_text()
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("status").filter(has_text="less motion")).to_be_visible()
    expect(page.locator("#compare-date-words")).to_have_text(before)


def test_narrows_a_trend_to_the_dates_chosen(page: Page):
    open_compare(page)
    page.get_by_label("From").select_option("2020-08-21")
    expect(page).to_have_url(re.compile(r"from=2020-08-21$"))
    expect(page.locator("#card-compare .source")).to_contain_text("from 21 August 2020")


def test_explains_an_address_that_it_does_not_know(page: Page):
    answer = page.goto("/compare?chart=pie")
    assert answer.status == 404
    expect(page.locator("main .lead")).to_contain_text("There is no chart 'pie'")
