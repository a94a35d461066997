"""The look that all figures share: palette, type and an empty layout."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

BLUE, TEAL, PINK, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
GREY, LIGHT, INK, MUTED = "#BFBFBF", "#E6E8EB", "#1A1F24", "#505A5F"
LINES = (BLUE, ORANGE, TEAL, PINK)
SEQUENCE = ("#D9E6F2", "#A9C8E4", "#6BACE6", "#2073BC", "#12436D")
TEXT_OF = {ORANGE: "#B54A12", TEAL: "#1B6F68"}
"""Darker shades of the palette for words, which need more contrast than lines."""

NO_VALUE = "#F1F1EF"
EDGE = 0.012
FONT = "Arial, 'Helvetica Neue', Helvetica, sans-serif"

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}
"""Zooming and panning are off: they trap a phone's scrolling, and the table holds every number."""


def make_layout(*, height: int, margin: dict[str, int] | None = None, size: int = 14, **more: object) -> go.Layout:
    """Return a white layout of this height and type size in px, without legend, template or zoom."""
    return go.Layout(
        template="none",
        height=height,
        margin={"l": 44, "r": 16, "t": 12, "b": 44} | (margin or {}),
        font={"family": FONT, "size": size, "color": INK},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        dragmode=False,
        hoverlabel={
            "bgcolor": "#FFFFFF",
            "bordercolor": MUTED,
            "font": {"family": FONT, "size": 14, "color": INK},
        },
        **more,
    )


def value_axis(*, unit: str, top: float, title: str = "") -> dict[str, object]:
    """Return a value axis from zero to just above the top, with quiet grid lines."""
    return {
        "range": [0, top * 1.08 or 1],
        "ticksuffix": "%" if unit == "percent" else "",
        "tickformat": ",",
        "nticks": 5,
        "gridcolor": LIGHT,
        "zeroline": False,
        "fixedrange": True,
        "title": {"text": title},
    }


def date_axis(dates: pd.Series, *, is_long: bool = False, **more: object) -> dict[str, object]:
    """Return a date axis over just these dates, with month names, or years for a long series."""
    room = (dates.max() - dates.min()) * EDGE if len(dates) else None  # so that the first and last point are whole
    return {
        "range": [dates.min() - room, dates.max() + room] if len(dates) else None,
        "tickformat": "%Y" if is_long else "%b\n%Y",
        "dtick": "M12" if is_long else "M1",
        "showgrid": False,
        "linecolor": MUTED,
        "ticks": "outside",
        "tickcolor": MUTED,
        "ticklen": 4,
        "fixedrange": True,
        "zeroline": False,
        **more,
    }
