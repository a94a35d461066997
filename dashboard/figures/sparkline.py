"""Sparklines: a series as a small SVG picture, for headline cards. No axis: the words beside it carry the numbers."""

from __future__ import annotations

from urllib.parse import quote

import pandas as pd

from dashboard.figures.theme import BLUE

WIDTH, HEIGHT, EDGE = 150, 36, 5


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
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<polyline points="{line}" fill="none" stroke="{BLUE}" stroke-width="2"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{BLUE}"/></svg>'
    )
    return "data:image/svg+xml," + quote(svg)
