"""Sparklines: a series as a small SVG picture, for cards and tables. No axis: the words beside it carry the numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from urllib.parse import quote

import pandas as pd

from dashboard.figures.theme import BLUE, GREY, LIGHT, MUTED

WIDTH, HEIGHT, EDGE = 150, 36, 5
WIDTH_OF_SERIES, HEIGHT_OF_SERIES = 220, 56
ONE_DAY = dt.timedelta(days=1)


def draw_sparkline(values: pd.Series) -> str:
    """Return the values as the address of an SVG picture (a data URI), last point marked; "" for fewer than two."""
    known = values.dropna()
    if len(known) < 2:
        return ""
    top = known.max()  # from zero: a small fall must not look like a collapse
    step = (WIDTH - 2 * EDGE) / (len(known) - 1)
    points = [
        (EDGE + step * place, HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value / top if top else 0))
        for place, value in enumerate(known)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return _address(
        f'<polyline points="{line}" fill="none" stroke="{BLUE}" stroke-width="2"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{BLUE}"/>',
        width=WIDTH,
        height=HEIGHT,
    )


def draw_series(series: pd.DataFrame, *, breaks: Collection[dt.date] = ()) -> str:
    """Return a dated series of percentages on a scale from 0 to 100, as the address of an SVG picture.

    Breaks are upright lines, and the series is not joined across them; the last point is marked. "" for fewer than two
    values.
    """
    known = series[series["value"].notna()]
    if len(known) < 2:
        return ""
    first, days = known["date"].min(), max((known["date"].max() - known["date"].min()).days, 1)
    wide, high = WIDTH_OF_SERIES - 2 * EDGE, HEIGHT_OF_SERIES - 2 * EDGE
    foot = HEIGHT_OF_SERIES - EDGE

    def place(day: dt.date) -> float:
        return EDGE + wide * (day - first).days / days

    sides = known["date"].map(lambda day: sum(day > broken for broken in breaks))
    lines = [
        " ".join(f"{place(row.date):.1f},{foot - high * row.value / 100:.1f}" for row in part.itertuples())
        for _, part in known.groupby(sides)
    ]
    scale = "".join(
        f'<line x1="0" x2="{WIDTH_OF_SERIES}" y1="{y}" y2="{y}" stroke="{color}"/>'
        for y, color in ((EDGE, LIGHT), (foot, GREY))
    )
    drawn = "".join(f'<polyline points="{line}" fill="none" stroke="{BLUE}" stroke-width="2"/>' for line in lines)
    upright = "".join(
        f'<line x1="{place(day + ONE_DAY):.1f}" x2="{place(day + ONE_DAY):.1f}" y1="0" y2="{HEIGHT_OF_SERIES}" '
        f'stroke="{MUTED}" stroke-dasharray="2 2"/>'
        for day in breaks
    )
    x, y = lines[-1].split()[-1].split(",")
    dot = f'<circle cx="{x}" cy="{y}" r="3.5" fill="{BLUE}"/>'
    return _address(f"{scale}{upright}{drawn}{dot}", width=WIDTH_OF_SERIES, height=HEIGHT_OF_SERIES)


def _address(drawn: str, *, width: int, height: int) -> str:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"{drawn}</svg>"
    )
    return "data:image/svg+xml," + quote(svg)
