"""Sparklines: a series as a small drawing inside the page, for cards and tables; the words beside it have the numbers.

The style sheet (assets/sparkline.css) gives the colours, so a drawing follows the theme.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import pandas as pd
from markupsafe import Markup

WIDTH, HEIGHT, EDGE = 150, 36, 5
WIDTH_OF_SERIES, HEIGHT_OF_SERIES = 120, 32
ONE_DAY = dt.timedelta(days=1)


def draw_sparkline(values: pd.Series) -> Markup | None:
    """Return the values as an SVG drawing, last point marked; None for fewer than two."""
    known = values.dropna()
    if len(known) < 2:
        return None
    top = known.max()  # from zero: a small fall must not look like a collapse
    step = (WIDTH - 2 * EDGE) / (len(known) - 1)
    points = [
        (EDGE + step * place, HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value / top if top else 0))
        for place, value in enumerate(known)
    ]
    return _draw(_draw_line(points) + _draw_dot(points[-1]), width=WIDTH, height=HEIGHT)


def draw_series(series: pd.DataFrame, *, breaks: Collection[dt.date] = ()) -> Markup | None:
    """Return a dated series of percentages on a scale from 0 to 100, as an SVG drawing; None for fewer than two values.

    Breaks are upright lines, and the series is not joined across them; the last point is marked.
    """
    known = series[series["value"].notna()]
    if len(known) < 2:
        return None
    first, days = known["date"].min(), max((known["date"].max() - known["date"].min()).days, 1)
    wide, high = WIDTH_OF_SERIES - 2 * EDGE, HEIGHT_OF_SERIES - 2 * EDGE
    foot = HEIGHT_OF_SERIES - EDGE

    def place(day: dt.date) -> float:
        return EDGE + wide * (day - first).days / days

    sides = known["date"].map(lambda day: sum(day > broken for broken in breaks))
    lines = [
        [(place(row.date), foot - high * row.value / 100) for row in part[["date", "value"]].itertuples(index=False)]
        for _, part in known.groupby(sides)
    ]
    scale = "".join(
        f'<line class="{name}" x1="0" x2="{WIDTH_OF_SERIES}" y1="{y}" y2="{y}"/>'
        for name, y in (("top", EDGE), ("foot", foot))
    )
    upright = "".join(
        f'<line class="break" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{HEIGHT_OF_SERIES}"/>'
        for x in (place(day + ONE_DAY) for day in breaks)
    )
    drawn = "".join(map(_draw_line, lines)) + _draw_dot(lines[-1][-1])
    return _draw(f"{scale}{upright}{drawn}", width=WIDTH_OF_SERIES, height=HEIGHT_OF_SERIES)


def _draw_line(points: list[tuple[float, float]]) -> str:
    return f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'


def _draw_dot(point: tuple[float, float]) -> str:
    return f'<circle cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="3.5"/>'


def _draw(inside: str, *, width: int, height: int) -> Markup:
    """Return the drawing; only numbers of ours go into it. A screen reader passes it over."""
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return Markup(f'<svg class="sparkline" {size} aria-hidden="true" focusable="false">{inside}</svg>')  # noqa: S704
