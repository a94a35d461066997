"""Addresses: which kind of page a path leads to, and whether its query asks for something that the page has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import parse_qsl, urlsplit

from dashboard.agenda import read_agenda
from dashboard.archive import current_archive
from dashboard.briefing.request import PATH as BRIEFING
from dashboard.briefing.request import Wanted, read_request
from dashboard.comparison import read_comparison
from dashboard.quality import read_quality
from dashboard.recommendations import read_recommendations
from dashboard.search import read_search
from dashboard.selection import SelectionError, area_path, read_selection, read_snapshot_id, read_workforce
from dashboard.since import read_area_view
from dashboard.store import Snapshot
from dashboard.support import read_support

PATHS = {
    "/": "country",
    "/support": "support",
    "/agenda": "agenda",
    "/compare": "compare",
    "/workforce": "workforce",
    "/indicators": "indicators",
    "/recommendations": "recommendations",
    "/quality": "quality",
    "/downloads": "downloads",
    "/briefing": "briefing",
    "/api": "api",
    "/about": "about",
}
"""Pages without an area in their path, each with its kind."""

OURS = (
    "/_dash",
    "/agenda/",
    "/api/",
    "/assets/",
    "/briefing/",
    "/compare/card",
    "/download/",
    "/downloads/",
    "/export/",
    "/feeds/",
    "/plotly/",
    "/static/",
    "/healthz",
    "/metrics",
    "/readyz",
    "/_reload-hash",
    "/_favicon",
)
"""Paths that are not pages."""

AREA_PATHS = {"region": "region", "area": "authority"}
"""What stands before an area's code in a path, and the kind of page it leads to."""

Reader = Callable[[Snapshot, Mapping[str, str]], object]
READERS: dict[str, Reader] = {kind: partial(read_selection, page=kind) for kind in ("country", "api", "about")} | {
    "region": partial(read_area_view, page="region"),
    "authority": partial(read_area_view, page="authority"),
    "workforce": read_workforce,
    "support": read_support,
    "agenda": read_agenda,
    "compare": read_comparison,
    "indicators": read_search,
    "recommendations": read_recommendations,
    "quality": read_quality,
    "downloads": read_snapshot_id,
    "briefing": lambda snapshot, query: read_briefing(snapshot, query),
}
"""What reads each kind of page's query; it raises SelectionError for a query that the page does not know."""


@dataclass(frozen=True)
class Address:
    """Where an address leads: its status, and the kind of page and the area's code that its path has, if any.

    A page with status 404 is one that says what of the query it does not know.
    """

    status: int
    kind: str = ""
    code: str = ""
    target: str = ""


def find_page(snapshot: Snapshot, path: str, query: Mapping[str, str]) -> Address:
    """Return where an address leads: 200 and its page, 301 and its path for a replaced code, or 404.

    A code is replaced where another code of the same outline came after it.
    """
    address = _find_path(snapshot, path.rstrip("/") or "/")
    if address.status != 200:
        return address
    try:
        READERS[address.kind](snapshot, query)
    except SelectionError:
        return replace(address, status=404)
    return address


def read_briefing(snapshot: Snapshot, query: Mapping[str, str]) -> Wanted:
    """Return what a briefing's query asks for; SelectionError also where a card's page is none that has cards."""
    wanted = read_request(snapshot, query, archive=current_archive())
    for card in wanted.cards:
        parts = urlsplit(card.page)
        is_own = not (parts.scheme or parts.netloc) and parts.path != BRIEFING
        if not is_own or find_page(snapshot, parts.path, dict(parse_qsl(parts.query, True))).status != 200:
            raise SelectionError(f"There is no page {card.page[:60]!r} with cards to collect.")
    return wanted


def _find_path(snapshot: Snapshot, path: str) -> Address:
    if path in PATHS:
        return Address(200, kind=PATHS[path])
    head, _, code = path.lstrip("/").partition("/")
    if head not in AREA_PATHS or code not in snapshot.areas.index:
        return Address(404)
    shown = snapshot.areas.at[code, "shown_as"]
    if shown != code:
        return Address(301, target=area_path(snapshot, shown))
    return Address(200, kind=AREA_PATHS[head], code=code) if area_path(snapshot, code) == path else Address(404)
