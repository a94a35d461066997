"""What a briefing pack is made of: parts with words, tables and charts, set on sheets of A4."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pandas as pd
import plotly.graph_objects as go
from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

MOST_SHEETS = 6
"""Pages of a standard pack, at most."""


@dataclass(frozen=True)
class Chart:
    """One series of figures, drawn twice: small on paper, and as a figure that slides make a native chart of."""

    title: str
    subtitle: str
    summary: str
    frame: pd.DataFrame
    drawing: Markup
    figure: go.Figure


@dataclass(frozen=True)
class Listing:
    """A table of a part; `label` is what stands above it where a part has several."""

    table: html.Table
    label: str = ""
    frame: pd.DataFrame | None = None
    """The rows behind it, where it shows figures."""


@dataclass(frozen=True)
class Part:
    """A section of a pack: what it is about, the finding as its title, then lines, tables and charts.

    `lines` are whole sentences, each a point of its own; in a pair the first part is the point in bold. `opening`
    stands on paper before them, and slides leave it out.
    """

    name: str
    heading: str
    title: str
    subtitle: str = ""
    opening: tuple[Component, ...] = ()
    lines: tuple[str | tuple[str, str], ...] = ()
    listings: tuple[Listing, ...] = ()
    charts: tuple[Chart, ...] = ()
    summary: str = ""
    """What its tables show, in words: what slides have in their notes."""
    notes: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    source: str = ""
    is_illustrative: bool = False
    frames: tuple[pd.DataFrame, ...] = field(default=(), repr=False)
    """Further rows that its words were made from."""


@dataclass(frozen=True)
class Pack:
    """A pack of an area: which snapshot it was made from, and its parts, sheet by sheet."""

    area_code: str
    area_name: str
    snapshot_id: str
    data_date: dt.date
    sheets: tuple[tuple[Part, ...], ...]
    what: str = "briefing"
    """What it is called, after the area's name."""

    @property
    def title(self) -> str:
        """Return its title."""
        return f"{self.area_name}: {self.what}"

    @property
    def parts(self) -> list[Part]:
        """Return its parts in order."""
        return [part for sheet in self.sheets for part in sheet]

    @property
    def is_illustrative(self) -> bool:
        """Tell whether any of its figures is made up."""
        return any(part.is_illustrative for part in self.parts)


def list_frames(part: Part) -> list[pd.DataFrame]:
    """Return the rows of observations behind a part, from which its sources are named."""
    own = [listing.frame for listing in part.listings if listing.frame is not None]
    return [*own, *[chart.frame for chart in part.charts], *part.frames]
