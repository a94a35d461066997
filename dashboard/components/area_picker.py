"""The area picker: type-ahead over every area by name, other name or ONS code, and the areas visited before."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html

from dashboard import queries
from dashboard.aliases import ALIASES
from dashboard.components.dropdown import DROPDOWN
from dashboard.selection import ENGLAND, area_path
from dashboard.store import Snapshot
from dashboard.text.returns import describe_tracker


def make_picker(snapshot: Snapshot) -> html.Div:
    """Return the area picker over England, the regions and the councils; the browser adds the last areas visited."""
    groups = [("England", [ENGLAND]), ("Regions", queries.list_regions(snapshot))]
    groups.append(("Councils", queries.list_authorities(snapshot)))
    groups.append(("Councils that ended before August 2020 or began later", queries.list_other_authorities(snapshot)))
    picker = dmc.Select(
        id="area-picker",
        data=[{"group": group, "items": [_offer(snapshot, code) for code in codes]} for group, codes in groups],
        label="Area",
        placeholder="Type a region or council",
        searchable=True,
        selectFirstOptionOnChange=True,
        filter={"function": "find_areas"},  # assets/area_names.js
        nothingFoundMessage="No region or council has this name or ONS code",
        maxDropdownHeight=360,
        comboboxProps=DROPDOWN,
    )
    dated = f"{describe_tracker(snapshot)} Each figure shows its own date."
    return html.Div(
        html.Div(
            [picker, html.P(dated, className="newest"), html.P(id="recent-areas", className="recent")],
            className="width picker-row",
        ),
        className="picker-bar",
    )


def _offer(snapshot: Snapshot, code: str) -> dict[str, object]:
    """Return an area as an option: where it leads, its name, and what else it may be found by."""
    known = [code, *ALIASES.get(code, ())]
    return {"value": area_path(snapshot, code), "label": snapshot.areas.at[code, "name"], "known": known}
