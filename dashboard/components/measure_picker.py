"""The choice of measure for a page's charts. Choosing changes the address; the address draws the page."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html

from dashboard.components.dropdown import DROPDOWN
from dashboard.format import join_names
from dashboard.measures import MEASURES, PUBLISHED, list_offered
from dashboard.store import Snapshot

ID = "measure"


def measure_picker(snapshot: Snapshot, *, page: str, chosen: str, has_trend: bool = False) -> html.Div:
    """Return a drop-down of the measures that this kind of page offers; in groups where some come from returns."""
    groups: dict[str, list[dict[str, str]]] = {}
    for word in list_offered(snapshot, page=page):
        row = snapshot.indicators.loc[MEASURES[word]]
        groups.setdefault(_name_group(snapshot, word), []).append({"value": word, "label": row["short_name"]})
    items = [item for group in groups.values() for item in group]
    grouped = [{"group": name, "items": group} for name, group in groups.items()]
    cards = [*["the trend"] * has_trend, *["the similar areas"] * (page == "authority"), "the ranking", "the map"]
    return html.Div(
        dmc.Select(
            id=ID,
            data=grouped if len(grouped) > 1 else items,
            value=chosen,
            label=f"Measure of {join_names(cards)}",
            allowDeselect=False,
            maxDropdownHeight=360,
            comboboxProps=DROPDOWN,
        ),
        className="measure-picker",
    )


def _name_group(snapshot: Snapshot, word: str) -> str:
    """Return the heading under which a measure stands; made-up ones are under headings that say so."""
    if word in PUBLISHED:
        return "As published"
    held = snapshot.by_indicator[MEASURES[word]]
    group = str(snapshot.indicators.at[MEASURES[word], "group"])
    return f"{group} (illustrative)" if held["is_illustrative"].any() else group
