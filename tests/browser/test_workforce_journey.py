"""From the workforce page to a council: choose a region, sort its councils, open one, come back."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from visits import wait_until_drawn


def test_chooses_a_region_sorts_it_and_opens_a_council(page: Page):
    page.goto("/workforce")
    wait_until_drawn(page)
    page.get_by_role("navigation", name="Workforce by region").get_by_role("link", name="West Midlands").click()
    expect(page).to_have_url(re.compile(r"region=E12000005"))
    table = page.locator("#card-workforce-areas table.sortable")
    expect(table.locator("tbody.sorted tr")).to_have_count(14)
    head = table.locator("thead th", has_text="Staff turnover")
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    column = head.evaluate("(cell) => cell.cellIndex")
    cells = table.locator(f"tbody.sorted tr > :nth-child({column + 1})")
    values = [float(text.strip("%")) for text in cells.all_inner_texts() if text.endswith("%")]
    assert values == sorted(values, reverse=True) != []
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert float(cells.first.inner_text().strip("%")) == min(values)
    first = table.locator("tbody.sorted tr th a").first
    name = first.inner_text()
    first.click()
    expect(page.locator("h1")).to_have_text(name)
    page.go_back()
    expect(page).to_have_url(re.compile(r"region=E12000005"))
    expect(page.locator("#card-workforce-areas .subtitle")).to_contain_text("Councils in West Midlands")
