"""The picture of a card, drawn on the server: a page of its own with the card alone, and Chromium's picture of it."""

from __future__ import annotations

import io
import logging
from pathlib import Path

from dash import html
from dash.development.base_component import Component
from markupsafe import escape
from PIL import Image

from dashboard import NAME
from dashboard.components.still import write_html
from dashboard.export.chromium import ChromiumError, run_chromium
from dashboard.export.scratch import open_scratch
from dashboard.export.shown import Shown, walk
from dashboard.format import format_date
from dashboard.plotly_script import find_script
from dashboard.settings import ROOT
from dashboard.store import Snapshot

log = logging.getLogger(__name__)
HERE = Path(__file__).parent
SECONDS = 20
PIXELS = 2560
"""Width of a picture: a slide of 1280 by 720, twice as fine."""
WIDE, NARROW = 1280, 960
"""Widths at which a card is laid out. A lone chart gets the smaller one, so that its letters are large on a slide."""
ROW = 64
"""Pixels that a row of a table takes at most, of the page's own: how high the window must be."""
MOST_HIGH = 8000
BELOW = (255, 0, 255)
"""The colour below the card, where the picture is cut (picture.css)."""
LEFT_OUT = {"actions", "table-view", "caveats", "citation", "source", "focus"}
"""Classes of parts that a picture cannot use: what is pressed or opened. The source stands in its foot."""


def draw_image(card: Shown, snapshot: Snapshot, *, address: str, chromium: str = "") -> bytes:
    """Return the card as PNG, 2,560 pixels wide and at least as high as a slide; ExportError where none can be made.

    `address` is the page that shows the same; `chromium` names another program than the machine's own.
    """
    rows = sum(isinstance(part, html.Tr | html.Li) for part in walk(pick_parts(card.section)))
    width = NARROW if is_lone_chart(card) else WIDE
    height = min(MOST_HIGH, 1200 + ROW * rows)
    with open_scratch() as folder:
        page, picture = folder / "page.html", folder / "picture.png"
        page.write_text(write_page(card, snapshot, address=address), encoding="utf-8")
        arguments = [
            f"--window-size={width},{height}", f"--force-device-scale-factor={PIXELS / width}",
            f"--screenshot={picture}", page.as_uri(),
        ]  # fmt: skip
        run_chromium(arguments, seconds=SECONDS, named=chromium)
        if not picture.exists():
            log.error("Chromium left no picture")
            raise ChromiumError("Chromium made no picture of this. Try again in a minute.")
        return cut(picture.read_bytes())


def write_page(card: Shown, snapshot: Snapshot, *, address: str) -> str:
    """Return the page that holds the card alone, with its source, the snapshot and its own address in its foot."""
    styles = [*sorted((ROOT / "assets").glob("*.css")), HERE / "picture.css"]
    looks = "".join(f'<link rel="stylesheet" href="{style.as_uri()}">' for style in styles)
    library = find_script().file
    foot = f"{card.source} Snapshot {snapshot.id}, data date {format_date(snapshot.data_date)}. {NAME}: {address}"
    section = html.Section(
        [*pick_parts(card.section), html.P(foot, className="foot")], className=card.section.className
    )
    drawn = f'<script src="{library.as_uri()}"></script>' if card.figures else ""
    code = (HERE / "picture.js").read_text(encoding="utf-8")
    shape = "lone" if is_lone_chart(card) else "full"
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(card.title)}</title>{looks}'
        f'</head><body class="{shape}">{write_html(section)}{drawn}<script>{code}</script></body></html>'
    )


def pick_parts(section: html.Section) -> list[Component]:
    """Return the parts of a card that belong in its picture."""
    return [part for part in section.children if part is not None and not _list_classes(part) & LEFT_OUT]


def is_lone_chart(card: Shown) -> bool:
    """Tell whether a card's picture is one chart and no table."""
    parts = list(walk(pick_parts(card.section)))
    return len(card.figures) == 1 and not any(isinstance(part, html.Table) for part in parts)


def cut(picture: bytes) -> bytes:
    """Return a picture of a page without what lies below its card."""
    with Image.open(io.BytesIO(picture)) as whole:
        flat = whole.convert("RGB")
    edge = flat.crop((0, 0, 1, flat.height)).tobytes()
    below = edge.find(bytes(BELOW))
    end = below // 3 if below >= 0 and below % 3 == 0 else flat.height
    written = io.BytesIO()
    flat.crop((0, 0, flat.width, end)).save(written, format="PNG")
    return written.getvalue()


def _list_classes(part: Component) -> set[str]:
    return set(str(getattr(part, "className", "") or "").split())
