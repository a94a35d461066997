"""Links from an area to the ones that are like it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html

from dashboard.selection import area_path
from dashboard.store import Snapshot

ALIKE = "by people, age, density, care homes and kind of council"


def briefing_line(snapshot: Snapshot, code: str) -> html.P:
    """Return the link to an area's briefing pack."""
    name = snapshot.areas.at[code, "name"]
    pack = dcc.Link(f"Briefing pack: {name}", href=f"/briefing?area={code}")
    return html.P([pack, " (six pages at most, PDF or slides)"], className="briefing-line")


def similar_line(snapshot: Snapshot, codes: Sequence[str]) -> html.P | None:
    """Return the names of similar areas, each leading to its page, and what makes them alike; None without any."""
    if not codes:
        return None
    names = snapshot.areas["name"]
    parts: list[object] = ["Similar areas: "]
    for code in codes:
        parts += [dcc.Link(names[code], href=area_path(snapshot, code)), ", "]
    return html.P([*parts[:-1], f" ({ALIKE})"], className="similar")
