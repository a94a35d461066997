"""What every slide has in common: its size, its edges, its type, and how a shape gets words for who cannot see it."""

from __future__ import annotations

from pptx.dml.color import RGBColor
from pptx.util import Emu, Inches, Pt

WIDE, HIGH = Inches(13.333), Inches(7.5)
EDGE = Inches(0.6)
TOP, FOOT = Inches(1.75), Inches(6.6)
"""Where a slide's chart, table or points begin, and where its source does."""
FONT = "Arial"
INK, MUTED = RGBColor(0x1A, 0x1F, 0x24), RGBColor(0x50, 0x5A, 0x5F)


def line_height(size: int) -> Emu:
    """Return the height of a line of type of a size in points."""
    return Emu(int(Pt(size) * 1.45))


def set_alternative(frame: object, words: str) -> None:
    """Write the text alternative that a screen reader speaks for a chart or table."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", " ".join(words.split()))
