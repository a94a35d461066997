"""Control charts: a series, the range it usually keeps to, and the points that left it; wider areas beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.theme import BLUE, GREY, MUTED, ORANGE
from dashboard.figures.trend import draw_trend

HALF_WEEK = dt.timedelta(days=3)
RINGS = {"better": ("circle-open", BLUE), "worse": ("diamond-open", ORANGE), "other": ("square-open", MUTED)}
"""Shape and colour of the ring round a point that left its usual range."""
SHADE = "rgba(107, 172, 230, 0.28)"
DOTS = {"shape": ".", "size": 6, "solidity": 0.25, "fgcolor": MUTED, "fgopacity": 0.6, "bgcolor": SHADE}


def draw_control_chart(
    trend: pd.DataFrame, *, breaks: Mapping[dt.date, str] | None = None, is_share: bool = False, height: int = 340
) -> go.Figure:
    """Return the lines of `draw_trend` before the usual range of the area's own, its points outside it ringed.

    A range from few weeks is dotted. A share's range is cut off at 0 and 100%.
    """
    figure = draw_trend(trend, series="area_name", breaks=breaks, is_share=is_share, height=height)
    own = trend[(trend["role"] == "area") & trend["value"].notna()]
    stretches = list(split_stretches(own, breaks=breaks or {}))
    ranges = [part for stretch in stretches for part in _draw_range(stretch, top=100 if is_share else None)]
    lines = list(figure.data)
    # The area's own line stays last, so that nothing hides it; rings are open and lie under it.
    return go.Figure(data=[*ranges, *lines[:-1], *_draw_rings(own), *lines[-1:]], layout=figure.layout)


def split_stretches(own: pd.DataFrame, *, breaks: Mapping[dt.date, str]) -> Iterator[pd.DataFrame]:
    """Yield the rows that share a usual range: from one declared break to the next. None for rows without one."""
    known = own[own["centre"].notna()]
    sides = known["date"].map(lambda day: sum(day > broken for broken in breaks))
    for _, stretch in known.groupby([sides, known["centre"]], sort=True):
        yield stretch


def _draw_range(stretch: pd.DataFrame, *, top: float | None) -> list[go.Scatter]:
    row = stretch.iloc[0]
    first, last = stretch["date"].min() - HALF_WEEK, stretch["date"].max() + HALF_WEEK
    low = max(row["lower_limit"], 0)
    high = row["upper_limit"] if top is None else min(row["upper_limit"], top)
    is_soft = bool(row["is_provisional"])
    band = go.Scatter(
        x=[first, last, last, first],
        y=[low, low, high, high],
        name="usual range, provisional" if is_soft else "usual range",
        mode="lines",
        line={"width": 1, "color": GREY, "dash": "dot" if is_soft else "solid"},
        fill="toself",
        fillcolor=SHADE,
        fillpattern=DOTS if is_soft else None,
        hoverinfo="skip",
    )
    mean = go.Scatter(
        x=[first, last],
        y=[row["centre"]] * 2,
        name="mean",
        mode="lines",
        line={"width": 1, "color": MUTED},
        hoverinfo="skip",
    )
    return [band, mean]


def _draw_rings(own: pd.DataFrame) -> Iterator[go.Scatter]:
    for signal, (shape, color) in RINGS.items():
        points = own[own["signal"] == signal]
        if len(points):
            yield go.Scatter(
                x=list(points["date"]),
                y=list(points["value"]),
                name=signal,
                mode="markers",
                marker={"symbol": shape, "color": color, "size": 12, "line": {"width": 2, "color": color}},
                hoverinfo="skip",
                cliponaxis=False,
            )
