"""The recommendations in the browser: follow a square, filter, share the address, go to an indicator and back."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from visits import wait_until_drawn


def test_filters_shares_and_leads_to_an_indicator_and_back(page: Page):
    page.goto("/recommendations")
    wait_until_drawn(page)
    entries = page.locator("#entries")
    status = entries.get_by_role("status")
    expect(status).to_have_text("All 52 recommendations")
    page.get_by_role("link", name=re.compile("^Recommendation 26:")).click()
    expect(page.locator("#r26")).to_be_in_viewport()
    page.get_by_label("Who must act").select_option(label="CCGs")
    page.get_by_label("Search by words").fill("clinical LEAD")
    expect(status).to_have_text("3 of 52 recommendations")
    expect(page.locator("#r26")).to_be_visible()
    expect(page.get_by_role("heading", name="Testing", exact=True)).to_be_hidden()
    shared = page.url
    assert "owner=ccgs" in shared
    page.goto(shared.split("#")[0])
    wait_until_drawn(page)
    expect(status).to_have_text("3 of 52 recommendations")
    expect(page.get_by_label("Who must act")).to_have_value("ccgs")
    page.get_by_label("What is held").select_option(label="No data held")
    expect(page.get_by_text("No recommendation matches.")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    expect(status).to_have_text("All 52 recommendations")
    page.locator("#r26").get_by_role("link", name="Clinical lead").first.click()
    expect(page).to_have_url(re.compile(r"/indicators#ipc_5_1_"))
    entry = page.locator('[id="ipc_5_1_clinical_lead_yes_percent"]')
    expect(entry).to_have_attribute("open", "")
    entry.get_by_role("link", name=re.compile("^Explain what a clinical lead is for")).click()
    expect(page).to_have_url(re.compile(r"/recommendations#r26$"))
    expect(page.locator("#r26")).to_be_in_viewport()
