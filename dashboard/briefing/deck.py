"""The pack as slides: a slide for each table, chart and list of points, with native charts and speaker notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pandas as pd
from dash import html

from dashboard.briefing.part import Pack, Part
from dashboard.briefing.sheets import name_title
from dashboard.export.shown import Shown, read_words
from dashboard.export.slides import write_deck
from dashboard.format import in_sentence
from dashboard.store import Snapshot

MOST_LETTERS = 1250
"""Letters of a table's rows that can be read on one slide."""
MOST_IN_LISTS = 900
"""Letters of several lists that can be read on one slide."""
LONGEST_SUBTITLE = 170
"""Letters of two lines below a slide's title."""
VIEW = "briefing-"
"""What the views of a pack's slides begin with: none of them is a card's."""


def write_pack(pack: Pack, snapshot: Snapshot, *, address: str) -> bytes:
    """Return the pack as pptx; `address` is where the dashboard has the same."""
    parts = join_lists(pack.parts)
    slides = [(shown, frame, snapshot, address) for part in parts for shown, frame in list_slides(part, pack)]
    return write_deck(slides, title=pack.title)


def join_lists(parts: Iterable[Part]) -> list[Part]:
    """Return the parts, those that are short lists without a title joined to the list before them."""
    runs: list[list[Part]] = []
    for part in parts:
        run = [*runs[-1], part] if runs else []
        if run and not part.title and _is_list(*run) and _count_letters(*run) <= MOST_IN_LISTS:
            runs[-1].append(part)
        else:
            runs.append([part])
    return [_join(run) for run in runs]


def _is_list(*parts: Part) -> bool:
    """Tell whether each part is sentences and nothing else."""
    are_plain = all(isinstance(line, str) for part in parts for line in part.lines)
    return are_plain and all(part.lines and not part.listings and not part.charts for part in parts)


def _count_letters(*parts: Part) -> int:
    return sum(len(line) for part in parts for line in part.lines)


def _join(run: Sequence[Part]) -> Part:
    """Return the parts as one; each list begins with its heading, but for one whose title the slide has."""
    first, *others = run
    if not others:
        return first
    headed = others if first.title else run
    lines = [((part.heading, part.lines[0]), *part.lines[1:]) for part in headed]
    own = [first.lines] if first.title else []
    return replace(
        first,
        heading=", ".join([first.heading, *[in_sentence(part.heading) for part in others]]),
        lines=tuple(line for some in [*own, *lines] for line in some),
        notes=tuple(note for part in run for note in part.notes),
        is_illustrative=any(part.is_illustrative for part in run),
    )


def list_slides(part: Part, pack: Pack) -> Iterator[tuple[Shown, pd.DataFrame]]:
    """Yield a part's slides, each with the rows that it shows: its points, its tables, its charts."""
    title = name_title(part if part.title else replace(part, title=part.heading))
    if part.lines:
        yield _show_lines(part, pack, title=title), pd.DataFrame()
    for listing in part.listings:
        subtitle = ". ".join(filter(None, [listing.label, part.subtitle]))
        frame = listing.frame if listing.frame is not None else pd.DataFrame()
        tables = divide(listing.table)
        for place, table in enumerate(tables, start=1):
            which = f" ({place}\u00a0of\u00a0{len(tables)})" if len(tables) > 1 else ""
            yield _show(part, title=f"{title}{which}", subtitle=subtitle, tables=(table,)), frame
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
    share = sum(letters) / -(-sum(letters) // MOST_LETTERS)  # slides with much the same to read
    parts: dict[int, list[html.Tr]] = {}
    held = 0
    for row, count in zip(rows, letters, strict=True):
        parts.setdefault(int((held + count / 2) / share), []).append(row)
        held += count
    before = [part for part in table.children if not isinstance(part, html.Tbody)]
    return [html.Table([*before, html.Tbody(some)], className=table.className) for some in parts.values()]


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
