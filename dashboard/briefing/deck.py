"""The pack as slides: a slide for each table, chart and list of points, with native charts and speaker notes."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from dash import html

from dashboard.briefing.part import Pack, Part
from dashboard.briefing.sheets import name_title
from dashboard.export.shown import Shown, read_rows
from dashboard.export.slides import write_deck
from dashboard.store import Snapshot

LONGEST_SUBTITLE = 170
"""Letters of two lines below a slide's title."""
VIEW = "briefing-"
"""What the views of a pack's slides begin with: none of them is a card's."""


def write_pack(pack: Pack, snapshot: Snapshot, *, address: str) -> bytes:
    """Return the pack as pptx; `address` is where the dashboard has the same."""
    slides = [(shown, frame, snapshot, address) for part in pack.parts for shown, frame in list_slides(part, pack)]
    return write_deck(slides, title=f"{pack.area_name}: briefing")


def list_slides(part: Part, pack: Pack) -> Iterator[tuple[Shown, pd.DataFrame]]:
    """Yield a part's slides, each with the rows that it shows: its points, its tables, its charts."""
    title = name_title(part) or part.heading
    if part.lines:
        yield _show_lines(part, pack, title=title), pd.DataFrame()
    for listing in part.listings:
        if len(read_rows(listing.table)) < 2:
            continue
        subtitle = ". ".join(filter(None, [listing.label, part.subtitle]))
        frame = listing.frame if listing.frame is not None else pd.DataFrame()
        yield _show(part, title=title, subtitle=subtitle, tables=(listing.table,)), frame
    for chart in part.charts:
        made_up = "Illustrative: " if chart.frame["is_illustrative"].any() else ""
        shown = _show(
            part,
            title=f"{made_up}{chart.title}",
            subtitle=chart.subtitle,
            summary=chart.summary,
            figures=(chart.figure,),
        )
        yield shown, chart.frame


def _show_lines(part: Part, pack: Pack, *, title: str) -> Shown:
    """Return the slide of a part's points; a subtitle of several lines is the first of them."""
    if len(part.subtitle) <= LONGEST_SUBTITLE:
        return _show(part, title=title, subtitle=part.subtitle, lines=part.lines)
    return _show(part, title=title, subtitle=f"{pack.area_name}: briefing", lines=(part.subtitle, *part.lines))


def _show(part: Part, *, title: str, subtitle: str, summary: str = "", **shown: object) -> Shown:
    points = [" ".join(line) if isinstance(line, tuple) else line for line in part.lines]
    return Shown(
        view=f"{VIEW}{part.name}",
        title=title,
        subtitle=subtitle,
        summary=summary or part.summary,
        notes=(*points, *part.notes),
        source=part.source,
        caveats=part.caveats,
        download="",
        section=html.Section(),
        **({"figures": (), "tables": ()} | shown),
    )
