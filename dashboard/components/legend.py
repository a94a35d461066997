"""The legend of a map: its bands, with a band for areas without a figure where there are any."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard.figures.classes import Band, make_bands
from dashboard.figures.theme import NO_VALUE, SEQUENCE


def map_legend(ranking: pd.DataFrame, *, bands: list[Band] | None = None) -> html.Ul:
    """Return the bands (of the frame's values where none are given) as a list of swatches and words."""
    areas = ranking[ranking["role"] == "area"]
    unit, decimals = areas["unit"].iloc[0], int(areas["decimals"].iloc[0])
    bands = bands or make_bands(areas["value"], unit=unit, decimals=decimals)
    shown = [(band.color, band.label) for band in bands]
    if areas["value"].isna().any():
        shown.append((NO_VALUE, "no figure"))
    return html.Ul([html.Li([_make_swatch(color), label]) for color, label in shown], className="legend")


def _make_swatch(color: str) -> html.Span:
    """Return a swatch in the theme's shade of a band; a downloaded picture takes the colour itself."""
    shade = "none" if color == NO_VALUE else SEQUENCE.index(color) + 1
    return html.Span(className="swatch", style={"backgroundColor": f"var(--band-{shade})"}, **{"data-color": color})
