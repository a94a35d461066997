"""A table on a slide: columns as wide as their words need, in the largest type in which all rows fit."""

from __future__ import annotations

from collections.abc import Sequence

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from dashboard.export.slide_look import EDGE, FONT, FOOT, INK, MUTED, TOP, WIDE, line_height, set_alternative

FAINT = RGBColor(0xF3, 0xF4, 0xF6)
BOLD = 1.2
"""How much wider letters are in headings."""
BESIDE = Inches(0.06)
"""Room at each side of a cell's words."""
WHOLE = WIDE - 2 * EDGE
MOST_COLUMNS = 16
MOST_LETTERS = 45
"""Letters of a line above which a column asks for no more room."""
LETTER = 0.55
"""How wide a letter is beside its height: a little more than they are on average, so that nothing overflows."""
SIZES = (14, 13, 12, 11, 10, 9, 8)
"""Sizes of type, in points, the largest first."""


def place_table(slide: Slide, rows: list[list[str]], *, alternative: str) -> str:
    """Put as many rows on the slide as can be read there, the first as head, and return how many, "" for all."""
    rows = [row[:MOST_COLUMNS] for row in rows]
    size, widths, count = _fit(rows)
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


def _fit(rows: list[list[str]]) -> tuple[int, list[Emu], int]:
    """Return the largest type in which all rows fit and no word breaks, the columns' widths, and how many rows fit.

    Where there is none, the smallest type, and as many rows as there is room for.
    """
    room = FOOT - TOP - Inches(0.1)
    for size in SIZES:
        widths = _share_width(rows, size)
        heights = [line_height(size) * _count_lines(row, widths, size) for row in rows]
        if sum(widths) <= WHOLE and sum(heights) <= room:
            return size, widths, len(rows)
    fitting = [place for place in range(1, len(rows) + 1) if sum(heights[:place]) <= room]
    widths = [Emu(int(width * min(1, WHOLE / sum(widths)))) for width in widths]
    return SIZES[-1], widths, max(fitting, default=1)


def _share_width(rows: list[list[str]], size: int) -> list[Emu]:
    """Return a width for each column: by the length of its lines, and never less than its longest word needs.

    Headings take several lines. Together they are wider than the slide where the words of this size have no room.
    """
    least, wanted = [], []
    for head, *cells in zip(*rows, strict=True):
        word = max(_longest_word(cells), round(_longest_word([head]) * BOLD))
        least.append(int(word * Pt(size) * LETTER) + 2 * BESIDE)
        lines = [line for cell in cells for line in cell.split("\n")]
        wanted.append(max(word, 1, *(min(len(line), MOST_LETTERS) for line in lines)))
    tight: set[int] = set()  # columns that have no more than they need
    while True:
        loose = set(range(len(least))) - tight
        rest = WHOLE - sum(least[place] for place in tight)
        share = rest / sum(wanted[place] for place in loose) if loose else 0
        more = {place for place in loose if wanted[place] * share < least[place]}
        if not more:
            return [Emu(least[place] if place in tight else int(wanted[place] * share)) for place in range(len(least))]
        tight |= more


def _longest_word(cells: Sequence[str]) -> int:
    return max((len(word) for cell in cells for word in cell.split()), default=0)


def _count_lines(row: list[str], widths: list[Emu], size: int) -> int:
    """Return how many lines the longest cell of a row takes."""
    lines = []
    for words, width in zip(row, widths, strict=True):
        letters = max(1, int((width - 2 * BESIDE) / (Pt(size) * LETTER)))
        lines.append(sum(max(1, -(-len(line) // letters)) for line in words.split("\n")))
    return max(lines)


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
    for place, paragraph in enumerate(cell.text_frame.paragraphs):
        paragraph.font.size, paragraph.font.name, paragraph.font.bold = Pt(size), FONT, is_head
        paragraph.font.color.rgb = MUTED if place else INK
        paragraph.alignment = PP_ALIGN.RIGHT if is_right else PP_ALIGN.LEFT
