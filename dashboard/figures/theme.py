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
ACROSS = "ILLUSTRATIVE"
EDGE = 0.012
TOP = 1.08
"""How far a value axis goes, as a multiple of the highest value."""
FONT = "Arial, 'Helvetica Neue', Helvetica, sans-serif"


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


def write_across(frame: pd.DataFrame) -> list[dict]:
    """Return the word that lies across a picture with a made-up figure, as a list of one annotation, or of none.

    It belongs to the figure, so every export has it. See-through, for annotations stand before what is drawn.
    """
    if not frame["is_illustrative"].any():
        return []
    return [
        {
            "name": ACROSS.lower(),
            "text": ACROSS,
            "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "xanchor": "center", "yanchor": "middle",
            "showarrow": False,
            "textangle": -18,
            "font": {"size": 38, "weight": 700, "color": "rgba(125, 130, 135, 0.28)"},
        }
    ]  # fmt: skip


def value_axis(*, unit: str, top: float, title: str = "") -> dict[str, object]:
    """Return a value axis from zero to just above the top, with quiet grid lines."""
    return {
        "range": [0, top * TOP or 1],
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
