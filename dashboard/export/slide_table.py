"""A table on a slide: columns as wide as their words need, in the largest type in which all rows fit."""

from __future__ import annotations

from collections.abc import Sequence

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from dashboard.export.slide_look import EDGE, FONT, FOOT, INK, TOP, WIDE, line_height, set_alternative

FAINT = RGBColor(0xF3, 0xF4, 0xF6)
BOLD = 1.2
"""How much wider letters are in headings."""
BESIDE = Inches(0.06)
"""Room at each side of a cell's words."""
MOST_COLUMNS = 16
SIZES = (14, 13, 12, 11, 10, 9, 8)
"""Sizes of type, in points, the largest first."""


def place_table(slide: Slide, rows: list[list[str]], *, alternative: str) -> str:
    """Put as many rows on the slide as can be read there, the first as head, and return how many, "" for all."""
    rows = [row[:MOST_COLUMNS] for row in rows]
    widths = _share_width(rows)
    size, count = _fit(rows, widths)
    shown = rows[:count]
    frame = slide.shapes.add_table(len(shown), len(widths), EDGE, TOP, sum(widths), line_height(size) * len(shown))
    set_alternative(frame, alternative)
    for place, width in enumerate(widths):
        frame.table.columns[place].width = width
    is_right = [_is_numeric(column[1:]) for column in zip(*rows, strict=True)]
    for y, row in enumerate(shown):
        frame.table.rows[y].height = line_height(size) * _count_lines(row, widths, size)
        is_head = y == 0 or _is_heading(row)
        for x, words in enumerate(row):
            _fill(frame.table.cell(y, x), words, is_head=is_head, is_right=is_right[x], size=size)
    return f"{len(shown) - 1} of {len(rows) - 1} rows" if len(rows) > len(shown) else ""


def _is_heading(row: Sequence[str]) -> bool:
    """Tell whether a row is one heading across the table."""
    return bool(row[0]) and not any(row[1:])


def _is_numeric(cells: Sequence[str]) -> bool:
    """Tell whether most of a column's cells are figures with few words beside, which stand at the right."""
    held = [cell for cell in cells if cell]
    figures = [cell for cell in held if any(map(str.isdigit, cell)) and sum(map(str.isalpha, cell)) * 2 <= len(cell)]
    return len(figures) * 2 > len(held)


def _share_width(rows: list[list[str]]) -> list[Emu]:
    """Return a width for each column, by the length of what stands below its heading, none so narrow that words break.

    Headings take several lines.
    """
    longest = []
    for head, *cells in zip(*rows, strict=True):
        inside = max(min(max(map(len, cells), default=0), 45), _longest_word(cells) + 2)
        longest.append(max(inside, round(_longest_word([head]) * BOLD) + 2))
    whole = int(WIDE - 2 * EDGE)
    return [Emu(whole * size // sum(longest)) for size in longest]


def _longest_word(cells: Sequence[str]) -> int:
    return max((len(word) for cell in cells for word in cell.split()), default=0)


def _fit(rows: list[list[str]], widths: list[Emu]) -> tuple[int, int]:
    """Return the largest type in which all rows fit and no word breaks, or the smallest, and how many rows it has."""
    room = FOOT - TOP - Inches(0.1)
    words = [_longest_word(column) for column in zip(*rows, strict=True)]
    for size in SIZES:
        if any(word * Pt(size) * 0.58 > width - 2 * BESIDE for word, width in zip(words, widths, strict=True)):
            continue
        heights = [line_height(size) * _count_lines(row, widths, size) for row in rows]
        if sum(heights) <= room:
            return size, len(rows)
    fitting = [place for place in range(1, len(rows) + 1) if sum(heights[:place]) <= room]
    return SIZES[-1], max(fitting, default=1)


def _count_lines(row: list[str], widths: list[Emu], size: int) -> int:
    """Return how many lines the longest cell of a row takes: a letter is about half as wide as it is high."""
    return max(
        max(1, -(-int(len(words) * Pt(size) * 0.55) // int(width - 2 * BESIDE)))
        for words, width in zip(row, widths, strict=True)
    )


def _fill(cell: object, words: str, *, is_head: bool, is_right: bool, size: int) -> None:
    cell.text = words
    cell.margin_left = cell.margin_right = BESIDE
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    if is_head:
        cell.fill.solid()
        cell.fill.fore_color.rgb = FAINT
    else:
        cell.fill.background()  # what lies across the slide shows through
    for paragraph in cell.text_frame.paragraphs:
        paragraph.font.size, paragraph.font.name, paragraph.font.bold = Pt(size), FONT, is_head
        paragraph.font.color.rgb = INK
        paragraph.alignment = PP_ALIGN.RIGHT if is_right else PP_ALIGN.LEFT
