"""Slides: a card each, its finding as title, a native chart or table, and what to say of it in the notes."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pandas as pd
from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from dashboard.export.native_charts import dress, find_kind, label_bars, make_bars, make_data
from dashboard.export.shown import Shown, read_rows
from dashboard.export.slide_lines import place_lines
from dashboard.figures.theme import ACROSS
from dashboard.format import format_date
from dashboard.store import Snapshot

WIDE, HIGH = Inches(13.333), Inches(7.5)
EDGE = Inches(0.6)
TOP, FOOT = Inches(1.75), Inches(6.6)
BOLD = 1.2
"""How much wider letters are in headings."""
BESIDE = Inches(0.06)
"""Room at each side of a cell's words."""
FONT = "Arial"
INK, MUTED, ACCENT = RGBColor(0x1A, 0x1F, 0x24), RGBColor(0x50, 0x5A, 0x5F), RGBColor(0x12, 0x43, 0x6D)
FAINT, PALE = RGBColor(0xF3, 0xF4, 0xF6), RGBColor(0xE2, 0xE4, 0xE6)
MOST_COLUMNS, MOST_BARS = 16, 18
ONE_LINE = 66
"""Letters of a title that fit on one line; longer ones are set smaller, on two."""
SIZES = (14, 13, 12, 11, 10, 9, 8)
"""Sizes of type for tables, in points, the largest first."""
BY_AREA = ("ranking", "map")
"""Views whose rows are areas, one value each."""
TITLE_ONLY = 5
"""The layout of the library's own template with a title and nothing else."""


def write_slides(cards: Sequence[tuple[Shown, pd.DataFrame]], snapshot: Snapshot, *, title: str, address: str) -> bytes:
    """Return a pptx with a slide for each card and the frame that it shows; ValueError without any card."""
    return write_deck([(card, frame, snapshot, address) for card, frame in cards], title=title)


def write_deck(slides: Sequence[tuple[Shown, pd.DataFrame, Snapshot, str]], *, title: str) -> bytes:
    """Return the same where each card has a snapshot and an address of its own."""
    if not slides:
        raise ValueError("A deck needs at least one card.")
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    deck.core_properties.title, deck.core_properties.author = title, "The dashboard team"
    deck.core_properties.comments = "; ".join(dict.fromkeys(f"Snapshot {held.id}" for _, _, held, _ in slides))
    for card, frame, snapshot, address in slides:
        _add_slide(deck, card, frame, snapshot, address=address)
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


def _add_slide(deck: Deck, card: Shown, frame: pd.DataFrame, snapshot: Snapshot, *, address: str) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    _write_title(slide, card.title)
    _write(slide, card.subtitle, top=Inches(1.1), height=Inches(0.6), size=14, small=12, color=MUTED, name="Subtitle")
    if card.is_illustrative:  # first of the shapes, so that it lies behind the chart
        _write_across(slide)
    left = _draw(slide, card, frame)
    marks = f"Snapshot {snapshot.id}, Capacity Tracker figures to {format_date(snapshot.data_date)}."
    more = [f"The slide shows the first {left}; the spreadsheet has all."] if left else []
    foot = " ".join([*more, card.source, marks])
    _write(slide, foot, top=FOOT, height=Inches(0.7), size=11, small=9, color=MUTED, name="Source")
    notes = [card.summary, *card.notes, *card.caveats, card.source, marks, f"The same on the dashboard: {address}"]
    slide.notes_slide.notes_text_frame.text = "\n".join(filter(None, notes))


def _draw(slide: Slide, card: Shown, frame: pd.DataFrame) -> str:
    """Put the card's chart or table on the slide and return what of it there was no room for, "" for nothing."""
    if card.view in BY_AREA and frame["value"].notna().any():
        return _place_bars(slide, card, frame)
    figure = card.figures[0] if card.figures else None
    kind = find_kind(figure) if figure is not None else ""
    if kind:
        chart_type, data = make_data(figure, kind)
        _place_chart(slide, chart_type, data, card, figure=figure, kind=kind)
        return "of several charts" if len(card.figures) > 1 else ""
    if card.lines:
        return place_lines(slide, card.lines)
    return _place_table(slide, read_rows(card.tables[0], show=card.cells_show), card) if card.tables else ""


def _place_bars(slide: Slide, card: Shown, frame: pd.DataFrame) -> str:
    """Put a bar for each area on the slide: PowerPoint draws no map of councils."""
    bars = frame[frame["value"].notna()].head(MOST_BARS)
    data = make_bars(list(bars["area_name"]), {str(bars["indicator_name"].iloc[0]): list(bars["value"])})
    chart = _place_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, card, figure=None, kind="bars")
    special = [place for place, role in enumerate(bars["role"]) if role != "area"]
    label_bars(chart, places=int(bars["decimals"].iloc[0]), special=special)
    return f"{len(bars)} of {len(frame)} areas" if len(frame) > len(bars) else ""


def _place_chart(
    slide: Slide, chart_type: XL_CHART_TYPE, data: object, card: Shown, *, figure: object, kind: str
) -> Chart:
    frame = slide.shapes.add_chart(chart_type, EDGE, TOP, WIDE - 2 * EDGE, FOOT - TOP - Inches(0.1), data)
    dress(frame.chart, figure, kind)
    _describe(frame, f"{card.title}. {card.subtitle} {card.summary}")
    return frame.chart


def _place_table(slide: Slide, rows: list[list[str]], card: Shown) -> str:
    """Put as many rows on the slide as can be read there."""
    rows = [row[:MOST_COLUMNS] for row in rows]
    widths = _share_width(rows)
    size, count = _fit(rows, widths)
    shown = rows[:count]
    frame = slide.shapes.add_table(len(shown), len(widths), EDGE, TOP, sum(widths), _line(size) * len(shown))
    _describe(frame, f"{card.title}. {card.subtitle} {card.summary}")
    for place, width in enumerate(widths):
        frame.table.columns[place].width = width
    is_right = [_is_numeric(column[1:]) for column in zip(*rows, strict=True)]
    for y, row in enumerate(shown):
        frame.table.rows[y].height = _line(size) * _count_lines(row, widths, size)
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
        heights = [_line(size) * _count_lines(row, widths, size) for row in rows]
        if sum(heights) <= room:
            return size, len(rows)
    fitting = [place for place in range(1, len(rows) + 1) if sum(heights[:place]) <= room]
    return SIZES[-1], max(fitting, default=1)


def _line(size: int) -> Emu:
    return Emu(int(Pt(size) * 1.45))


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


def _write_title(slide: Slide, words: str) -> None:
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = EDGE, Inches(0.35), WIDE - 2 * EDGE, Inches(0.75)
    title.text = words
    title.text_frame.word_wrap = True
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    run = title.text_frame.paragraphs[0]
    run.alignment = PP_ALIGN.LEFT
    size = 26 if len(words) <= ONE_LINE else 22
    run.font.size, run.font.bold, run.font.name, run.font.color.rgb = Pt(size), True, FONT, ACCENT


def _write(
    slide: Slide, words: str, *, top: int, height: int, size: int, small: int, color: RGBColor, name: str
) -> None:
    """Write words below each other, in small type where they would take more lines than there is room for."""
    box = slide.shapes.add_textbox(EDGE, top, WIDE - 2 * EDGE, height)
    box.name = name
    box.text_frame.word_wrap = True
    box.text_frame.text = words
    paragraph = box.text_frame.paragraphs[0]
    lines = len(words) * Pt(size) * 0.5 / (WIDE - 2 * EDGE)
    fitted = size if lines * _line(size) <= height else small
    paragraph.font.size, paragraph.font.name, paragraph.font.color.rgb = Pt(fitted), FONT, color


def _write_across(slide: Slide) -> None:
    box = slide.shapes.add_textbox(Inches(2), Inches(3.4), WIDE - Inches(4), Inches(1.4))
    box.name, box.rotation = "Illustrative: made up", -14
    box.text_frame.text = ACROSS
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER
    paragraph.font.size, paragraph.font.bold, paragraph.font.name = Pt(80), True, FONT
    paragraph.font.color.rgb = PALE


def _describe(frame: object, words: str) -> None:
    """Write the text alternative that a screen reader speaks for a chart or table."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", " ".join(words.split()))
