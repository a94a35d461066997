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
from pptx.util import Inches, Pt

from dashboard.export.native_charts import dress, find_kind, label_bars, make_bars, make_data
from dashboard.export.shown import Shown, read_rows
from dashboard.export.slide_lines import place_lines
from dashboard.export.slide_look import EDGE, FONT, FOOT, HIGH, MUTED, TOP, WIDE, line_height, set_alternative
from dashboard.export.slide_table import place_table
from dashboard.figures.theme import ACROSS
from dashboard.format import format_date
from dashboard.store import Snapshot

ACCENT, PALE = RGBColor(0x12, 0x43, 0x6D), RGBColor(0xE2, 0xE4, 0xE6)
MOST_BARS = 18
ONE_LINE = 66
"""Letters of a title that fit on one line; longer ones are set smaller, on two."""
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
    if card.tables:
        return place_table(slide, read_rows(card.tables[0], show=card.cells_show), alternative=_describe(card))
    return ""


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
    set_alternative(frame, _describe(card))
    return frame.chart


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
    fitted = size if lines * line_height(size) <= height else small
    paragraph.font.size, paragraph.font.name, paragraph.font.color.rgb = Pt(fitted), FONT, color


def _write_across(slide: Slide) -> None:
    box = slide.shapes.add_textbox(Inches(2), Inches(3.4), WIDE - Inches(4), Inches(1.4))
    box.name, box.rotation = "Illustrative: made up", -14
    box.text_frame.text = ACROSS
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER
    paragraph.font.size, paragraph.font.bold, paragraph.font.name = Pt(80), True, FONT
    paragraph.font.color.rgb = PALE


def _describe(card: Shown) -> str:
    return f"{card.title}. {card.subtitle} {card.summary}"
