"""The choice of measure for a page's map and ranking. Choosing changes the address; the address draws the page."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html

from dashboard.selection import MEASURES, OFFERED
from dashboard.store import Snapshot

ID = "measure"


def measure_picker(snapshot: Snapshot, *, page: str, chosen: str) -> html.Div:
    """Return a drop-down of the measures that this kind of page offers."""
    data = [{"value": word, "label": snapshot.indicators.at[MEASURES[word], "short_name"]} for word in OFFERED[page]]
    return html.Div(
        dmc.Select(
            id=ID,
            data=data,
            value=chosen,
            label="Measure on the map and in the ranking",
            allowDeselect=False,
            comboboxProps={"zIndex": 1000},
        ),
        className="measure-picker",
    )
