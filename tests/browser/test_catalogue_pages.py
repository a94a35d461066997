"""Indicators and data quality in the browser: type, choose, share the address, follow a link to an entry."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from test_accessibility import find_violations
from visits import open_details, wait_until_drawn

PPE = "ipc_3_1_ppe_yes_percent"


def open_page(page: Page, address: str) -> Page:
    page.goto(address)
    wait_until_drawn(page)
    return page


def test_filters_as_one_types_and_keeps_it_in_the_address(page: Page):
    open_page(page, "/indicators")
    status = page.locator("#entries").get_by_role("status")
    expect(status).to_have_text(re.compile(r"^All \d+ indicators$"))
    page.get_by_label("Search by name").press_sequentially("sufficient PPE")
    expect(page.locator(f'[id="{PPE}"]')).to_be_visible()
    expect(page.locator('[id="deaths_covid_week_count"]')).to_be_hidden()
    expect(page.get_by_role("heading", name="Deaths", exact=True)).to_be_hidden()
    expect(status).to_have_text(re.compile(r"^2 of \d+ indicators$"))
    expect(page).to_have_url(re.compile(r"/indicators\?q=sufficient\+PPE$"))
    page.get_by_label("Kind").select_option("published")
    expect(status).to_have_text(re.compile(r"^1 of "))
    shared = page.url
    page.get_by_role("button", name="Clear").click()
    expect(status).to_have_text(re.compile(r"^All "))
    expect(page).to_have_url(re.compile(r"/indicators$"))
    expect(page.get_by_label("Search by name")).to_be_focused()
    open_page(page, shared)
    expect(status).to_have_text(re.compile(r"^1 of "))
    expect(page.get_by_label("Search by name")).to_have_value("sufficient PPE")
    expect(page.get_by_label("Kind")).to_have_value("published")


def test_sends_a_search_already_filtered(web, page: Page):
    text = web.get("/indicators?q=nothing+has+this").text()
    assert "0 of 1" in text
    open_page(page, "/indicators?q=nothing+has+this")
    expect(page.get_by_text("No indicator matches.")).to_be_visible()


def test_opens_the_entry_that_the_address_names(page: Page):
    open_page(page, f"/indicators#{PPE}")
    entry = page.locator(f'[id="{PPE}"]')
    expect(entry).to_have_attribute("open", "")
    expect(entry.locator("summary")).to_be_focused()
    expect(entry.locator("summary")).to_be_in_viewport()
    entry.get_by_role("link", name="infection control measures").click()
    expect(page).to_have_url(re.compile(r"/quality#source-taskforce_indicators$"))
    source = page.locator("#source-taskforce_indicators")
    expect(source).to_have_attribute("open", "")
    expect(source.locator("summary")).to_be_in_viewport()


def test_opens_a_source_from_its_row_on_the_same_page(page: Page):
    open_page(page, "/quality")
    page.locator("#card-sources").get_by_role("link", name="Deaths in care homes notified").press("Enter")
    source = page.locator("#source-cqc_deaths")
    expect(source).to_have_attribute("open", "")
    expect(source.locator("summary")).to_be_focused()


def test_switches_who_answers_to_a_regions_councils(page: Page):
    open_page(page, "/quality")
    regions = page.get_by_role("navigation", name="Homes answering by region")
    regions.get_by_role("link", name="London").click()
    expect(page).to_have_url(re.compile(r"\?region=E12000007#answering$"))
    expect(page.locator("#card-answering .subtitle")).to_contain_text("councils in London")
    expect(page.locator("#card-answering tbody").first.get_by_role("link", name="Barnet")).to_be_visible()
    expect(page.locator("#answering")).to_be_in_viewport()


def test_filters_the_findings_and_keeps_it_in_the_address(page: Page):
    open_page(page, "/quality?region=E12000007")
    card = page.locator("#card-findings-by-rule")
    card.get_by_label("Who can mend it").select_option(label="The provider")
    expect(page).to_have_url(re.compile(r"\?region=E12000007&who=the-provider$"))
    rows = card.locator("tbody tr:visible")
    expect(card.get_by_role("status")).to_have_text(re.compile(r"^\d+ of \d+ findings$"))
    assert set(rows.locator("td:last-child").all_inner_texts()) == {"The provider"}
    number = rows.count()
    open_page(page, page.url)
    expect(rows).to_have_count(number)


@pytest.mark.parametrize("theme", ["dark", "contrast"])
@pytest.mark.parametrize(
    "address", ["/indicators?q=ppe", "/recommendations?q=ppe", "/quality?region=E12000007", "/about"]
)
def test_has_no_violation_in_other_colours(page: Page, address: str, theme: str):
    open_page(page, address)
    page.locator("#theme").select_option(theme)
    if not address.startswith("/indicators"):
        open_details(page)
    assert find_violations(page) == ""
