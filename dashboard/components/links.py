"""Links from an area to the ones that are like it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html

from dashboard.agenda import agenda_path
from dashboard.selection import area_path
from dashboard.store import Snapshot

ALIKE = "by people, age, density, care homes and kind of council"


def briefing_line(snapshot: Snapshot, code: str) -> html.P:
    """Return the link to an area's briefing pack."""
    name = snapshot.areas.at[code, "name"]
    pack = dcc.Link(f"Briefing pack: {name}", href=f"/briefing?area={code}")
    return html.P([pack, " (six pages at most, PDF or slides)"], className="briefing-line")


def agenda_line(snapshot: Snapshot, code: str) -> html.P:
    """Return the link to the agenda of a region's call."""
    name = snapshot.areas.at[code, "name"]
    agenda = dcc.Link(f"Agenda of the regional call: {name}", href=agenda_path(code))
    return html.P([agenda, " (questions to ask, data to put right)"], className="briefing-line")


def feed_line(snapshot: Snapshot, code: str) -> html.P:
    """Return the link to an area's feed, which browsers and feed readers find by its kind."""
    name = snapshot.areas.at[code, "name"]
    feed = html.A(f"Feed of changes: {name}", href=f"/feeds/areas/{code}.atom", rel="alternate")
    return html.P([feed, " (Atom: what changed with each release, and what is asked)"], className="briefing-line")


def similar_line(snapshot: Snapshot, codes: Sequence[str]) -> html.P | None:
    """Return the names of similar areas, each leading to its page, and what makes them alike; None without any."""
    if not codes:
        return None
    names = snapshot.areas["name"]
    parts: list[object] = ["Similar areas: "]
    for code in codes:
        parts += [dcc.Link(names[code], href=area_path(snapshot, code)), ", "]
    return html.P([*parts[:-1], f" ({ALIKE})"], className="similar")
