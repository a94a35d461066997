"""Nothing that axe knows of stands in anybody's way: WCAG 2.0 to 2.2, levels A and AA."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from visits import KINDS, Visit, open_details, wait_until_drawn

OPTION = ".mantine-Select-option"
OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
WIDTHS = (1280, 320)
THEMES = ("light", "dark", "contrast")
EVERY_KIND = [*KINDS, "/no-such-page"]
PUT_ON = """theme => {
    document.documentElement.dataset.theme = theme;
    document.dispatchEvent(new CustomEvent("asc:theme"));
}"""


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


def put_on(page: Page, theme: str) -> None:
    """Show the page in a theme's colours, its charts too, without loading it anew."""
    page.evaluate(PUT_ON, theme)
    expect(page.locator('[data-drawn="wanted"], [data-drawn="failed"]')).to_have_count(0)


@pytest.mark.parametrize("drawn", EVERY_KIND, indirect=True)
def test_has_no_violation_in_any_colours_on_a_wide_or_a_narrow_screen(drawn: Visit):
    page = drawn.page
    open_details(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for theme in THEMES:
            put_on(page, theme)
            # What is not a matter of colour is the same in each theme.
            more = {} if theme == "light" else {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
            assert find_violations(page, **more) == "", f"{theme}, {width} pixels wide"
    put_on(page, "light")
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("width", WIDTHS)
def test_has_no_violation_while_the_picker_is_open(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/about")
    wait_until_drawn(page)
    for theme in THEMES:
        put_on(page, theme)
        page.locator("#area-picker").click()
        expect(page.locator(OPTION).first).to_be_visible()
        assert find_violations(page, **OF_THE_OPEN_LIST) == "", theme
        page.keyboard.press("Escape")


def test_has_no_violation_while_the_menu_is_open_or_something_went_wrong(page: Page):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto("/no-such-page")
    wait_until_drawn(page)
    page.get_by_role("button", name="Menu").click()
    page.route("**/_dash-update-component", lambda route: route.fulfill(status=500))
    page.evaluate("fetch('/_dash-update-component', {method: 'POST'})")
    page.evaluate("window.asc.say('Link copied.')")
    expect(page.get_by_role("alert")).to_contain_text("Try again")
    for theme in THEMES:
        put_on(page, theme)
        assert find_violations(page) == "", theme


def test_lets_the_arrow_keys_reach_what_the_open_list_hides(page: Page):
    page.goto("/about")
    wait_until_drawn(page)
    page.locator("#area-picker").click()
    last = page.locator(OPTION).last
    expect(last).not_to_be_in_viewport()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(last).to_be_in_viewport()
