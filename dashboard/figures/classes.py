"""Classes: values into at most five bands of like size, with edges a person would choose. Map and legend share them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.figures.theme import NO_VALUE, SEQUENCE
from dashboard.format import format_number


@dataclass(frozen=True)
class Band:
    """One class of a map: values from `low` up to but not including `high`, its colour and its words."""

    low: float
    high: float
    color: str
    label: str


def make_bands(values: pd.Series, *, unit: str, decimals: int) -> list[Band]:
    """Return bands that cover the values, lowest first; fewer than five when few values differ, none without values."""
    known = values.dropna()
    if known.empty:
        return []
    inner = np.quantile(known, [0.2, 0.4, 0.6, 0.8])
    edges = sorted({float(np.round(edge, decimals)) for edge in inner})
    edges = [edge for edge in edges if known.min() < edge <= known.max()]
    limits = [-np.inf, *edges, np.inf]
    colors = _pick_colors(len(limits) - 1)
    return [
        Band(low=low, high=high, color=color, label=_label(low, high, unit=unit, decimals=decimals))
        for low, high, color in zip(limits[:-1], limits[1:], colors, strict=True)
    ]


def find_color(value: float, bands: list[Band], *, decimals: int) -> str:
    """Return the colour of the band that holds the value as it is shown; the no-value colour for null."""
    if pd.isna(value):
        return NO_VALUE
    # As shown: 29.86 reads 29.9, so it belongs to the band whose words say "29.9 to ...".
    shown = round(value, decimals)
    return next(band.color for band in bands if band.low <= shown < band.high)


def _pick_colors(count: int) -> list[str]:
    """Return colours spread over the sequence, always with the darkest for the highest band."""
    places = np.linspace(len(SEQUENCE) - 1, 0, num=count).round().astype(int) if count > 1 else [3]
    return [SEQUENCE[place] for place in sorted(places)]


def _label(low: float, high: float, *, unit: str, decimals: int) -> str:
    step = 10**-decimals
    if np.isinf(low) and np.isinf(high):
        return "all values"
    if np.isinf(low):
        return f"under {format_number(high, unit, decimals=decimals)}"
    if np.isinf(high):
        return f"{format_number(low, unit, decimals=decimals)} or more"
    upper = high - step
    if round(upper, decimals) <= round(low, decimals):
        return format_number(low, unit, decimals=decimals)
    return (
        f"{format_number(low, unit, decimals=decimals).rstrip('%')} to {format_number(upper, unit, decimals=decimals)}"
    )
