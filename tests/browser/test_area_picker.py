"""The area picker: type a name, go to its page, and come back by the browser's own buttons."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from visits import wait_until_drawn

DUDLEY = re.compile(r"/area/E08000027$")
ENGLAND = re.compile(r"://[^/]+/$")


@pytest.fixture
def england(page: Page) -> Page:
    """The England page, drawn, in a browser that has seen nothing yet."""
    page.goto("/")
    wait_until_drawn(page)
    return page


def picker_of(page: Page):
    """Return the picker by the name that people and screen readers know it by."""
    return page.get_by_label("Area", exact=True).and_(page.locator("input"))


def options_of(page: Page):
    """Return what the picker's list offers; the choice of colours has options too."""
    return page.get_by_role("listbox", name="Area").get_by_role("option")


def type_area(page: Page, begin: str) -> None:
    """Type into the picker as a person does: what stands in it is selected, and gives way."""
    picker_of(page).focus()
    page.keyboard.type(begin)


def expect_dudley(page: Page) -> None:
    expect(page).to_have_url(DUDLEY)
    expect(page.locator("h1")).to_have_text("Dudley")
    expect(page).to_have_title(re.compile("^Dudley"))
    expect(picker_of(page)).to_have_value("Dudley")


def expect_england(page: Page) -> None:
    expect(page).to_have_url(ENGLAND)
    expect(page.locator("h1")).to_have_text("England")
    expect(page).to_have_title(re.compile("^England"))
    expect(picker_of(page)).to_have_value("England")


def test_leads_to_the_council_whose_name_was_begun(england: Page):
    type_area(england, "dud")
    expect(options_of(england)).to_have_text(["Dudley"])
    england.keyboard.press("Enter")
    expect_dudley(england)


def test_lets_back_and_forward_restore_the_area_and_itself(england: Page):
    type_area(england, "dudl")
    options_of(england).filter(has_text="Dudley").click()
    expect_dudley(england)
    england.go_back()
    expect_england(england)
    england.go_forward()
    expect_dudley(england)


def test_is_reached_and_used_by_keyboard_alone(england: Page):
    for _ in range(12):
        england.keyboard.press("Tab")
        if picker_of(england).evaluate("input => input === document.activeElement"):
            break
    expect(picker_of(england)).to_be_focused()
    england.keyboard.type("west mid")
    expect(options_of(england)).to_have_text(["West Midlands"])
    england.keyboard.press("ArrowDown")
    england.keyboard.press("Enter")
    expect(england).to_have_url(re.compile("/region/E12000005$"))
    expect(england.locator("h1")).to_have_text("West Midlands")


def test_says_when_no_name_has_what_was_typed(england: Page):
    type_area(england, "zzz")
    expect(options_of(england)).to_have_count(0)
    expect(england.get_by_text(re.compile("No region or council has this name"))).to_be_visible()
    england.keyboard.press("Enter")
    expect(england).to_have_url(ENGLAND)


def test_offers_england_nine_regions_151_councils_and_those_of_other_years(england: Page):
    picker_of(england).click()
    expect(options_of(england)).to_have_count(1 + 9 + 151 + 7)


def test_leaves_the_measure_of_one_kind_of_page_behind(page: Page):
    page.goto("/?measure=outbreaks")
    wait_until_drawn(page)
    type_area(page, "dudl")
    options_of(page).filter(has_text="Dudley").click()
    expect(page.locator("h1")).to_have_text("Dudley")
    expect(page.get_by_text("Page not found")).to_have_count(0)


def go_to_first(page: Page, typed: str, *, name: str | re.Pattern) -> None:
    """Type into the area picker, see that the first of the list has this name, and go there with Enter."""
    page.goto("/about")
    wait_until_drawn(page)
    type_area(page, typed)
    expect(options_of(page).first).to_have_text(name)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("hull", "Kingston upon Hull, City of"), ("E06000047", "County Durham"), ("bcp", "Bournemouth, Christchurch")],
)
def test_finds_an_area_by_another_name_or_its_code(page: Page, typed: str, name: str):
    go_to_first(page, typed, name=re.compile(name))


@pytest.mark.parametrize(
    ("typed", "name"),
    [("york", "York"), ("derby", "Derby"), ("du", "Dudley"), ("sh", "Sheffield"), ("nor", "North East")],
)
def test_offers_what_is_or_begins_with_what_was_typed_before_what_holds_it(page: Page, typed: str, name: str):
    """County Durham holds "du" and stands before Dudley; Yorkshire is a region, and regions stand before councils.

    What is just what was typed comes before what goes on.
    """
    go_to_first(page, typed, name=name)


def test_keeps_a_letter_typed_as_soon_as_it_has_the_focus(england: Page):
    """Selecting what stands in the picker must not wait for the next frame: the letter would be selected with it."""
    england.evaluate("""() => {
        document.getElementById("area-picker").focus(); // "England" stands in it
        document.execCommand("insertText", false, "d");
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }""")
    england.keyboard.type("ud")
    expect(picker_of(england)).to_have_value("dud")
    expect(options_of(england).first).to_have_text("Dudley")
