"""A director who asks what changed since an earlier day, shares the view, and takes the agenda of the call along."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from visits import wait_until_drawn


def test_tells_what_changed_since_another_day_and_shares_it(page: Page):
    page.goto("/region/E12000005")
    wait_until_drawn(page)
    card = page.locator("#card-since")
    before = card.get_by_role("heading", level=2).inner_text()
    choice = card.get_by_role("navigation", name="Since when")
    link = choice.locator("> ul a").last  # the first day there is
    chosen = link.get_attribute("href").partition("since=")[2].partition("#")[0]
    link.click()
    expect(page).to_have_url(re.compile(rf"since={chosen}"))
    expect(card.get_by_role("heading", level=2)).not_to_have_text(before)
    page.reload()
    wait_until_drawn(page)
    expect(card.locator("[aria-current='true']")).to_have_count(1)
    page.get_by_role("link", name=re.compile("^Agenda of the regional call")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Agenda: West Midlands")
    expect(page.get_by_role("link", name="Agenda as PDF")).to_be_visible()
