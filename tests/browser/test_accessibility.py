"""Nothing that axe knows of stands in anybody's way: WCAG 2.0 to 2.2, levels A and AA."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from visits import KINDS, Visit, open_details, wait_until_drawn

OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
WIDTHS = (1280, 390)
EVERY_KIND = [*KINDS, "/no-such-page"]


# The list of a combobox scrolls with the option that the arrow keys choose, while the focus stays in the input.
# axe exempts it only where the input has the role combobox, which Mantine's has not.
OF_THE_OPEN_LIST = {"rules": {"scrollable-region-focusable": {"enabled": False}}}


def find_violations(page: Page, **more: object) -> str:
    """Return what axe finds wrong, one line an element, empty when nothing is."""
    found = Axe().run(page, options=OPTIONS | more).response["violations"]
    return "\n".join(
        f"{rule['id']} ({rule['impact']}): {json.dumps(node['target'])} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"][:5]
    )


@pytest.mark.parametrize("drawn", EVERY_KIND, indirect=True)
def test_has_no_violation_on_a_wide_or_a_narrow_screen(drawn: Visit):
    open_details(drawn.page)
    for width in WIDTHS:
        drawn.page.set_viewport_size({"width": width, "height": 900})
        assert find_violations(drawn.page) == "", f"{width} pixels wide"
    drawn.page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("width", WIDTHS)
def test_has_no_violation_while_the_picker_is_open(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/about")
    wait_until_drawn(page)
    page.locator("#area-picker").click()
    expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    assert find_violations(page, **OF_THE_OPEN_LIST) == ""


def test_lets_the_arrow_keys_reach_what_the_open_list_hides(page: Page):
    page.goto("/about")
    wait_until_drawn(page)
    page.locator("#area-picker").click()
    last = page.get_by_role("listbox").get_by_role("option").last
    expect(last).not_to_be_in_viewport()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(last).to_be_in_viewport()
