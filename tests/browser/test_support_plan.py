"""The 13 infection-control measures, exactly as published.

The numbers are those of the Social Care Taskforce's final report, tables of the Infection Control Fund's indicators,
29 May and 10 August 2020, in the report's order.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from visits import KINDS, Visit

PUBLISHED = [
    (81, 94), (78, 92), (37, 68),
    (66, 94), (34, 82), (63, 83),
    (86, 99), (72, 86),
    (82, 94), (66, 79), (50, 66),
    (59, 85), (81, 94),
]  # fmt: skip
MINUS = "\u2212"

england = pytest.mark.parametrize("drawn", ["/"], indirect=True)


def read_rows(drawn: Visit) -> list[list[str]]:
    """Return the cells of each measure's row on the England page: its name, both shares and the change."""
    rows = drawn.page.locator("#card-measures table.dumbbell tbody tr").filter(has=drawn.page.locator("td"))
    return [
        [cell.strip() for cell in cells if cell.strip()]
        for cells in rows.evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.textContent))")
    ]


@england
def test_shows_the_26_published_values_in_the_reports_order(drawn: Visit):
    shown = [(cells[1], cells[2]) for cells in read_rows(drawn)]
    assert shown == [(f"{before}%", f"{after}%") for before, after in PUBLISHED]


@england
def test_says_each_change_in_points_and_never_in_per_cent(drawn: Visit):
    changes = [cells[3] for cells in read_rows(drawn)]
    assert [int(re.sub("[^0-9-]", "", text.replace(MINUS, "-"))) for text in changes] == [
        after - before for before, after in PUBLISHED
    ]
    assert not any("%" in text for text in changes)
    heading = drawn.page.locator("#card-measures table.dumbbell thead th").last.inner_text()
    assert "point" in (heading + " ".join(changes)).lower()


@england
def test_shows_the_same_values_in_the_table_view(drawn: Visit):
    cells = drawn.page.locator("#card-measures details table tbody td.number").all_text_contents()
    assert [cell.removesuffix("%") for cell in cells] == [str(value) for pair in PUBLISHED for value in pair]


@england
def test_tells_that_the_column_of_response_rates_is_mislabelled(drawn: Visit):
    note = drawn.page.locator("#card-measures").get_by_text("Response rate from care homes")
    expect(note.first).to_be_visible()
    expect(
        drawn.page.locator("#card-measures").get_by_text(re.compile("cannot be the response rate")).first
    ).to_be_visible()


@pytest.mark.parametrize("drawn", KINDS[:3], indirect=True)
def test_says_that_nothing_below_england_was_published(drawn: Visit):
    note = drawn.page.get_by_text(
        re.compile("No council's or region's answers to the 13 questions were ever published")
    )
    expect(note).to_have_count(1)
