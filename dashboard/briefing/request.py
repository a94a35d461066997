"""What a briefing's address asks for: an area, or collected cards, and the snapshot that it is pinned to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from dashboard.archive import SHAPE, Archive, ArchiveError
from dashboard.selection import ENGLAND, SelectionError
from dashboard.store import Snapshot

PATH = "/briefing"
KEYS = ("area", "snapshot", "cards")
MOST_CARDS = 12
BETWEEN, INSIDE = "|", ":"
"""What stands between the cards of an address, and between a card's snapshot, view and page (assets/briefing.js)."""
VIEW = re.compile(r"[a-z][a-z0-9-]{0,60}")


@dataclass(frozen=True)
class CardReference:
    """A collected card: the snapshot that its figures come from, its view, and the page on which it stands."""

    snapshot_id: str
    view: str
    page: str


@dataclass(frozen=True)
class Wanted:
    """What a briefing is to show: an area of a snapshot, or cards, each of its own."""

    area_code: str
    snapshot_id: str
    cards: tuple[CardReference, ...] = ()

    @property
    def query(self) -> str:
        """Return the query that asks for just this, whichever snapshot is live then."""
        if self.cards:
            return "cards=" + quote(write_cards(self.cards), safe="/:")
        return urlencode({"area": self.area_code, "snapshot": self.snapshot_id})


def read_request(snapshot: Snapshot, query: Mapping[str, str], *, archive: Archive) -> Wanted:
    """Return what the query asks for, of the live snapshot where it names none; SelectionError for what is not held."""
    unknown = sorted(set(query) - set(KEYS))
    if unknown:
        raise SelectionError(f"The address asks for {unknown[0][:20]!r}, which this page does not know.")
    if "cards" in query:
        if len(query) > 1:
            raise SelectionError("A briefing shows an area or collected cards, not both: each card names its snapshot.")
        return Wanted(area_code="", snapshot_id=snapshot.id, cards=read_cards(query["cards"], archive=archive))
    wanted = query.get("snapshot", snapshot.id)
    return Wanted(
        area_code=read_code(snapshot, query.get("area", ENGLAND)), snapshot_id=_find_id(wanted, archive=archive)
    )


def read_code(snapshot: Snapshot, code: str) -> str:
    """Return the code if it is an area's of today's list; SelectionError otherwise."""
    if code not in snapshot.areas.index:
        raise SelectionError(f"There is no area with the code {code[:20]!r}.")
    shown = snapshot.areas.at[code, "shown_as"]
    if shown != code:
        raise SelectionError(f"The figures of {code} stand under {shown}: {PATH}?area={shown}")
    return code


def read_cards(text: str, *, archive: Archive) -> tuple[CardReference, ...]:
    """Return the cards of an address, in their order; SelectionError names the first that is not written as one.

    A card is `snapshot:view:page`. Without a snapshot it has that of the card before.
    """
    entries = text.split(BETWEEN)
    if len(entries) > MOST_CARDS:
        raise SelectionError(f"A briefing holds {MOST_CARDS} cards at most, and the address names {len(entries)}.")
    cards: list[CardReference] = []
    for place, entry in enumerate(entries, start=1):
        snapshot_id, view, page = [*entry.split(INSIDE, 2), "", ""][:3]
        snapshot_id = snapshot_id or (cards[-1].snapshot_id if cards else "")
        if not (re.fullmatch(SHAPE, snapshot_id) and VIEW.fullmatch(view) and page.startswith("/")):
            raise SelectionError(
                f"Card {place} of the address is not written as snapshot{INSIDE}view{INSIDE}page: {entry[:60]!r}."
            )
        cards.append(CardReference(snapshot_id=_find_id(snapshot_id, archive=archive), view=view, page=page))
    return tuple(cards)


def write_cards(cards: tuple[CardReference, ...]) -> str:
    """Return cards as an address has them."""
    before, entries = "", []
    for card in cards:
        named = "" if card.snapshot_id == before else card.snapshot_id
        entries.append(INSIDE.join([named, card.view, card.page]))
        before = card.snapshot_id
    return BETWEEN.join(entries)


def _find_id(snapshot_id: str, *, archive: Archive) -> str:
    try:
        return archive.find_id(snapshot_id)
    except ArchiveError as error:
        raise SelectionError(str(error)) from error
