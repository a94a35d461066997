"""Points on a slide: sentences with a dash before each, as large as fits."""

from __future__ import annotations

from collections.abc import Sequence

from pptx.slide import Slide
from pptx.util import Inches, Pt

from dashboard.export.slide_look import FONT, INK

LEFT, TOP, WIDTH, HEIGHT = Inches(0.6), Inches(1.85), Inches(12.13), Inches(4.6)
SIZES = (20, 18, 16, 14, 13, 12, 11, 10)
LETTER, LINE, APART = 0.5, 1.2, 0.5
"""A letter's width, a line's height and the space between points, as parts of the size of the type."""


def place_lines(slide: Slide, lines: Sequence[str | tuple[str, str]]) -> str:
    """Put the points on the slide and return "", for all of them have room."""
    points = [("", line) if isinstance(line, str) else line for line in lines]
    size = next((size for size in SIZES if _measure(points, size) <= HEIGHT), SIZES[-1])
    box = slide.shapes.add_textbox(LEFT, TOP, WIDTH, HEIGHT)
    box.name = "Points"
    frame = box.text_frame
    frame.word_wrap = True
    for place, (point, words) in enumerate(points):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size * APART)
        for text, is_bold in ((f"{point.rstrip('.')}. " if point else "", True), (words, False)):
            if text:
                run = paragraph.add_run()
                run.text = text
                run.font.size, run.font.bold, run.font.name, run.font.color.rgb = Pt(size), is_bold, FONT, INK
    return ""


def _measure(points: Sequence[tuple[str, str]], size: int) -> float:
    """Return about how high the points are in this size."""
    letters = WIDTH / (Pt(size) * LETTER)
    lines = sum(-(-(len(point) + len(words) + 2) // int(letters)) for point, words in points)
    return Pt(size) * (lines * LINE + len(points) * APART)
