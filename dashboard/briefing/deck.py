"""The pack as slides: a slide for each table, chart and list of points, with native charts and speaker notes."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from dash import html

from dashboard.briefing.part import Pack, Part
from dashboard.briefing.sheets import name_title
from dashboard.export.shown import Shown, read_words
from dashboard.export.slides import write_deck
from dashboard.store import Snapshot

MOST_LETTERS = 1400
"""Letters of a table's rows that can be read on one slide."""
LONGEST_SUBTITLE = 170
"""Letters of two lines below a slide's title."""
VIEW = "briefing-"
"""What the views of a pack's slides begin with: none of them is a card's."""


def write_pack(pack: Pack, snapshot: Snapshot, *, address: str) -> bytes:
    """Return the pack as pptx; `address` is where the dashboard has the same."""
    slides = [(shown, frame, snapshot, address) for part in pack.parts for shown, frame in list_slides(part, pack)]
    return write_deck(slides, title=pack.title)


def list_slides(part: Part, pack: Pack) -> Iterator[tuple[Shown, pd.DataFrame]]:
    """Yield a part's slides, each with the rows that it shows: its points, its tables, its charts."""
    title = name_title(part) or part.heading
    if part.lines:
        yield _show_lines(part, pack, title=title), pd.DataFrame()
    for listing in part.listings:
        subtitle = ". ".join(filter(None, [listing.label, part.subtitle]))
        frame = listing.frame if listing.frame is not None else pd.DataFrame()
        for table in divide(listing.table):
            yield _show(part, title=title, subtitle=subtitle, tables=(table,)), frame
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


def divide(table: html.Table) -> list[html.Table]:
    """Return a table as several where its rows hold more words than can be read on one slide, each with its head."""
    bodies = [part for part in table.children if isinstance(part, html.Tbody)]
    rows = [row for body in bodies for row in body.children]
    letters = [len(read_words(row)) for row in rows]
    if sum(letters) <= MOST_LETTERS or len(bodies) > 1:
        return [table]
    parts: list[list[html.Tr]] = [[]]
    held = 0
    for row, count in zip(rows, letters, strict=True):
        if parts[-1] and held + count > MOST_LETTERS:
            parts.append([])
            held = 0
        parts[-1].append(row)
        held += count
    before = [part for part in table.children if not isinstance(part, html.Tbody)]
    return [html.Table([*before, html.Tbody(some)], className=table.className) for some in parts]


def _show_lines(part: Part, pack: Pack, *, title: str) -> Shown:
    """Return the slide of a part's points; a subtitle of several lines is the first of them."""
    if len(part.subtitle) <= LONGEST_SUBTITLE:
        return _show(part, title=title, subtitle=part.subtitle, lines=part.lines)
    return _show(part, title=title, subtitle=pack.title, lines=(part.subtitle, *part.lines))


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
