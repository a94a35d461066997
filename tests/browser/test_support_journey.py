"""A regional lead before the weekly call: from who to ask first to the numbers behind it and the recommendation."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from visits import wait_until_drawn


def test_goes_from_the_list_to_the_numbers_and_shares_what_was_chosen(page: Page):
    page.goto("/support")
    wait_until_drawn(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Who to ask first")
    status = page.locator(".filtered").get_by_role("status")
    expect(status).to_have_text(re.compile(r"^All \d+ concerns$"))
    entry = page.locator("li.signal:visible").first
    name = entry.locator(".what").inner_text()
    entry.get_by_text("The rules and their numbers").click()
    expect(entry.locator(".numbers td").first).to_be_visible()
    page.get_by_label("Indicator").select_option(label=name)
    expect(status).not_to_have_text(re.compile(r"^All "))
    expect(page).to_have_url(re.compile(r"/support\?indicator="))
    shared = page.url
    page.goto(shared)
    wait_until_drawn(page)
    expect(page.get_by_label("Indicator")).to_have_value(shared.partition("=")[2])
    shown = page.locator(".filtered li.signal .what").filter(visible=True)
    assert set(shown.all_inner_texts()) == {name}


def test_leads_from_england_by_way_of_a_region_to_a_council(page: Page):
    page.goto("/")
    wait_until_drawn(page)
    card = page.locator("#card-signals")
    card.get_by_role("link").first.click()  # the region's list
    expect(page).to_have_url(re.compile(r"/support\?region=E12"))
    council = page.locator(".signal-area h4 a").first
    name = council.inner_text()
    council.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.locator("#card-signals .signal").first).to_be_visible()
