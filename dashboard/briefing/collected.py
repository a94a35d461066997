"""Collected cards: each as it stands on its page, from the snapshot that it was collected from, set on sheets of A4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import NAME
from dashboard.archive import Archive, ArchiveError
from dashboard.briefing.request import CardReference
from dashboard.briefing.sheets import draw_sheets
from dashboard.export.shown import CARD, Shown, list_shown, walk
from dashboard.export.slides import write_deck
from dashboard.format import format_date
from dashboard.selection import SelectionError
from dashboard.store import Snapshot

TITLE = "Briefing: collected charts"
ROOM = 1010
"""What a sheet holds, in pixels of the page; two cards at most stand on one."""
FRAME, LINE, WIDE_LINE = 190, 24, 30
"""What a card takes beside its picture, and a row of its table."""
MOST_ROWS = 40
"""Rows of a table that can be read on one sheet."""


@dataclass(frozen=True)
class Collected:
    """A collected card: what it says, its rows, and how it stands on its page."""

    reference: CardReference
    snapshot: Snapshot
    page_title: str
    shown: Shown
    frame: pd.DataFrame
    section: html.Section


def collect(cards: Sequence[CardReference], *, archive: Archive) -> list[Collected]:
    """Return the cards in their order; SelectionError names the first that its page does not have."""
    # A page shows cards of all pages, itself being one: imported when it is asked for.
    from dashboard.export.routes import draw_page, find_frame

    drawn: dict[tuple[str, str], tuple[str, Component]] = {}
    taken: set[CardReference] = set()
    found = []
    for card in cards:
        try:
            snapshot = archive.open(card.snapshot_id)
        except ArchiveError as error:
            raise SelectionError(str(error)) from error
        page = (card.snapshot_id, card.page)
        if page not in drawn or card in taken:  # a card's tree can stand in one place only
            drawn[page] = draw_page(snapshot, card.page)
        taken.add(card)
        title, layout = drawn[page]
        shown = {one.view: one for one in list_shown(layout)}
        if card.view not in shown:
            raise SelectionError(f"{card.page} has no card {card.view!r}. It has: {', '.join(shown)}.")
        section = next(part for part in walk(layout) if getattr(part, "id", None) == f"{CARD}{card.view}")
        frame = find_frame(snapshot, shown[card.view])
        found.append(Collected(card, snapshot, title, shown[card.view], frame, section))
    return found


def draw_collected(cards: Sequence[Collected], *, level: int = 1) -> html.Article:
    """Return the cards on sheets, two on one where they have room there."""
    sheets: list[list[Collected]] = []
    left = 0
    for card in cards:
        need = measure(card.section)
        if sheets and len(sheets[-1]) == 1 and need <= left:
            sheets[-1].append(card)
        else:
            sheets.append([card])
            left = ROOM
        left -= need
    places = {id(card): place for place, card in enumerate(cards, start=1)}
    heading = (html.H1, html.H2)[level - 1](TITLE)
    drawn = [
        [*([heading] if number == 0 else []), *[_set(card, places[id(card)]) for card in same]]
        for number, same in enumerate(sheets)
    ]
    made_up = [any(card.shown.is_illustrative for card in same) for same in sheets]
    return draw_sheets(drawn, made_up=made_up, running=TITLE, foot=describe_snapshots(cards))


def describe_snapshots(cards: Sequence[Collected]) -> str:
    """Return which snapshots the cards come from, and how far their figures go."""
    held = {card.snapshot.id: card.snapshot for card in cards}
    named = [f"{name}, Capacity Tracker figures to {format_date(one.data_date)}" for name, one in held.items()]
    return f"{NAME}. Snapshot{'s' if len(named) > 1 else ''} {'; '.join(named)}."


def write_collected(cards: Sequence[Collected], *, address: str) -> bytes:
    """Return the cards as slides, each with the address of its page; `address` is what stands before that."""
    slides = [(card.shown, card.frame, card.snapshot, address + card.reference.page) for card in cards]
    return write_deck(slides, title=TITLE)


def measure(section: html.Section) -> int:
    """Return about how high a card is, in pixels."""
    figures = [part.figure.layout.height or 300 for part in walk(section) if isinstance(part, dcc.Graph)]
    rows = min(sum(isinstance(part, html.Tr) for part in _list_pictures(section)), MOST_ROWS)
    if not figures:
        return FRAME + rows * (WIDE_LINE if "wide" in section.className else LINE)
    per_row = 3 if len(figures) > 2 else 1
    return FRAME + max(figures) * -(-len(figures) // per_row)


def _list_pictures(section: html.Section) -> list[Component]:
    """Return the parts of a card that are seen on paper: without the table behind its picture."""
    parts: list[Component] = []
    for child in section.children:
        if child is not None and "table-view" not in str(getattr(child, "className", "")):
            parts += walk(child)
    return parts


def _set(card: Collected, place: int) -> html.Section:
    """Return the card's section with names of its own, for it may stand beside one of the same view."""
    for part in walk(card.section):
        for name in ("id", "aria-labelledby", "aria-controls", "aria-describedby"):
            word = getattr(part, name, None)
            if isinstance(word, str):
                setattr(part, name, f"collected-{place}-{word}")
        if isinstance(part, html.Details) and "caveats" in str(part.className):
            part.open = True  # paper cannot be opened
        if isinstance(part, html.Tbody) and isinstance(part.children, list) and len(part.children) > MOST_ROWS:
            part.children = part.children[:MOST_ROWS]
    where = html.P(f"{card.page_title}. Snapshot {card.snapshot.id}.", className="collected-from")
    card.section.children = [where, *card.section.children]
    card.section.className = f"{card.section.className} collected"
    return card.section
