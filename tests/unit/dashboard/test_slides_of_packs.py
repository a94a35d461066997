"""Slides of packs: nothing made up goes unmarked, short lists share a slide, tables are as large as they can be."""

from __future__ import annotations

import pytest
from dash import html
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.table import Table
from pptx.util import Pt

from dashboard.agenda import make_agenda
from dashboard.briefing.agenda import make_agenda_pack
from dashboard.briefing.deck import MOST_IN_LISTS, MOST_LETTERS, divide, join_lists, list_slides
from dashboard.briefing.pack import make_pack
from dashboard.briefing.part import Listing, Pack, Part
from dashboard.briefing.rows import make_table
from dashboard.export.shown import read_lines, read_rows, read_words
from dashboard.export.slide_look import EDGE, FOOT, TOP, WIDE, line_height
from dashboard.export.slide_table import BESIDE, SIZES, place_table
from dashboard.selection import ENGLAND
from dashboard.store import Snapshot

REGION = "E12000005"
WORDS = st.text("abcdefghij ", max_size=90)


@pytest.fixture(scope="module")
def agenda(made_up: Snapshot) -> Pack:
    """The agenda of a region, with signals, things to watch and findings about the data."""
    return make_agenda_pack(make_agenda(made_up, REGION))


def place(rows: list[list[str]]) -> tuple[Table, str]:
    """Return the table of a slide with these rows, and what is said of those that had no room."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    left = place_table(slide, rows, alternative="x")
    return next(shape.table for shape in slide.shapes if shape.has_table), left


def test_marks_each_slide_with_what_is_made_up_and_no_other(made_up: Snapshot, agenda: Pack):
    untitled = 0
    for pack in (agenda, *[make_pack(made_up, code) for code in (ENGLAND, REGION, "E08000027")]):
        for part in join_lists(pack.parts):
            untitled += part.is_illustrative and not part.title
            for shown, _ in list_slides(part, pack):
                if not shown.figures:  # a chart's slide goes by its own figures
                    assert shown.is_illustrative == part.is_illustrative, shown.title
    assert untitled, "a list without a title of its own is among them"


def test_puts_short_lists_on_one_slide_each_with_its_heading(agenda: Pack):
    first, *_, lists = (part for part in join_lists(agenda.parts) if part.name in ("agenda", "watch"))
    assert first.title, "the slide has the title, so that its own lines need no heading"
    assert lists.heading.startswith("To watch, asked before")
    headed = [line[0] for line in lists.lines if isinstance(line, tuple)]
    assert headed[:2] == ["To watch", "Asked before"]
    assert sum(len("".join(line)) for line in lists.lines) - sum(map(len, headed)) <= MOST_IN_LISTS


def test_leaves_lists_apart_that_have_titles_tables_or_too_many_words():
    short = Part(name="a", heading="A", title="", lines=("One.",))
    titled = Part(name="b", heading="B", title="A finding", lines=("Two.",))
    long = Part(name="c", heading="C", title="", lines=("x" * MOST_IN_LISTS,))
    listed = Part(name="d", heading="D", title="", listings=(Listing(html.Table([])),))
    assert join_lists([short, titled]) == [short, titled]
    assert join_lists([short, long]) == [short, long]
    assert join_lists([listed, short]) == [listed, short]
    paired = Part(name="e", heading="E", title="", lines=(("Point", "words"),))
    assert join_lists([short, paired, short]) == [short, paired, short]
    joined = join_lists([titled, short, short])
    assert [part.lines for part in joined] == [("Two.", ("A", "One."), ("A", "One."))]
    assert joined[0].title == "A finding"


@given(lengths=st.lists(st.integers(1, 900), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_divides_a_long_table_evenly_and_loses_no_row(lengths: list[int]):
    rows = [[f"{number}", "x" * length] for number, length in enumerate(lengths)]
    table = make_table(("Number", "Words"), [("", rows)], caption="A table")
    parts = [read_rows(part) for part in divide(table)]
    assert all(head == ["Number", "Words"] for head, *_ in parts)
    assert [row for _, *some in parts for row in some] == rows
    if sum(len(number) + len(words) for number, words in rows) < MOST_LETTERS - 2 * len(rows):
        assert len(parts) == 1


@given(
    rows=st.integers(1, 14).flatmap(
        lambda wide: st.lists(st.lists(WORDS, min_size=wide, max_size=wide), min_size=2, max_size=25)
    )
)
@settings(max_examples=60, deadline=None)
def test_sets_a_table_in_the_largest_type_that_has_room(rows: list[list[str]]):
    table, left = place(rows)
    sizes = {paragraph.font.size for cell in table.iter_cells() for paragraph in cell.text_frame.paragraphs}
    assert len(sizes) == 1
    size = sizes.pop().pt
    assert sum(column.width for column in table.columns) <= WIDE - 2 * EDGE
    assert sum(row.height for row in table.rows) <= FOOT - TOP or len(table.rows) == 1
    assert left == ("" if len(table.rows) == len(rows) else f"{len(table.rows) - 1} of {len(rows) - 1} rows")
    assert not left or size == SIZES[-1], "rows are left out only where the smallest type has no room"
    if size > SIZES[-1]:
        for row in table.rows:
            for cell, column in zip(row.cells, table.columns, strict=True):
                longest = max(map(len, cell.text.split()), default=0)
                assert longest * Pt(size) * 0.55 <= column.width - 2 * BESIDE + 1, "a word breaks"


def test_counts_the_lines_below_in_the_height_of_a_row():
    table, _ = place([["Where", "Found"], ["Dudley, full wages\nClear, continuing", "31 of 87"]])
    assert table.rows[1].height == 2 * line_height(SIZES[0])
    first, second = table.cell(1, 0).text_frame.paragraphs
    assert (first.text, second.text) == ("Dudley, full wages", "Clear, continuing")


def test_reads_small_type_below_as_a_line_and_beside_as_a_sentence():
    cell = html.Th([html.Strong("Dudley "), html.Span("continuing", className="below")])
    assert read_lines(cell) == "Dudley\ncontinuing"
    assert read_words(cell) == "Dudley continuing"
    named = html.Th([html.Span("Absence"), html.Span("Lower is better.", className="polarity")])
    assert read_lines(named) == "Absence. Lower is better."
    assert read_lines(html.Td("Lower is better.", className="polarity")) == "Lower is better."
