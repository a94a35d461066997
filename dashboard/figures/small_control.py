"""Small control charts: shares, their usual range and marked points, as an SVG that takes the page's colours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import pandas as pd
from markupsafe import Markup

from dashboard.figures.control_chart import split_stretches

WIDTH, HEIGHT, EDGE = 220, 64, 6
DRAWN = ["date", "value", "centre", "lower_limit", "upper_limit", "is_provisional", "signal"]
ONE_DAY = dt.timedelta(days=1)


def draw_small_control(series: pd.DataFrame, *, breaks: Collection[dt.date] = (), floor: float = 0) -> Markup:
    """Return one area's dated shares from `floor` to 100 per cent as inline SVG; empty for fewer than two values.

    Classes carry the colours: range (soft where provisional), mean, break, line, better, worse, other, last.
    """
    known = series.loc[series["value"].notna(), DRAWN]
    if len(known) < 2:
        return Markup("")
    scale = _Scale(known["date"].min(), known["date"].max(), floor=floor)
    parts = []
    for stretch in split_stretches(known, breaks=dict.fromkeys(breaks, "")):
        row = stretch.iloc[0]
        left, right = scale.x(stretch["date"].min()), scale.x(stretch["date"].max())
        high, low = scale.y(row["upper_limit"]), scale.y(row["lower_limit"])
        soft = " soft" if row["is_provisional"] else ""
        parts.append(
            f'<rect class="range{soft}" x="{left:.1f}" y="{high:.1f}" width="{max(right - left, 1):.1f}" '
            f'height="{max(low - high, 1):.1f}"/>'
        )
        mean = scale.y(row["centre"])
        parts.append(f'<line class="mean" x1="{left:.1f}" x2="{right:.1f}" y1="{mean:.1f}" y2="{mean:.1f}"/>')
    for day in breaks:
        x = scale.x(day + ONE_DAY)
        parts.append(f'<line class="break" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{HEIGHT}"/>')
    sides = known["date"].map(lambda day: sum(day > broken for broken in breaks))
    for _, part in known.groupby(sides):
        line = " ".join(
            f"{scale.x(row.date):.1f},{scale.y(row.value):.1f}"
            for row in part[["date", "value"]].itertuples(index=False)
        )
        parts.append(f'<polyline class="line" points="{line}"/>')
    parts += [
        _draw_mark(row.signal, scale.x(row.date), scale.y(row.value))
        for row in known[["date", "value", "signal"]].itertuples(index=False)
        if row.signal
    ]
    last = known.iloc[-1]
    parts.append(f'<circle class="last" cx="{scale.x(last["date"]):.1f}" cy="{scale.y(last["value"]):.1f}" r="3"/>')
    return Markup(  # noqa: S704 - drawn from numbers alone
        f'<svg class="small-control" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def find_floor(series: pd.DataFrame) -> float:
    """Return where the scale of all the small charts begins: the ten below the lowest of their figures and limits."""
    lowest = series[["value", "lower_limit"]].min().min()
    return 0.0 if pd.isna(lowest) else float(max(lowest // 10 * 10, 0))


class _Scale:
    """Places of days and shares in the picture."""

    def __init__(self, first: dt.date, last: dt.date, *, floor: float) -> None:
        self._first, self._days, self._floor = first, max((last - first).days, 1), floor

    def x(self, day: dt.date) -> float:
        return EDGE + (WIDTH - 2 * EDGE) * (day - self._first).days / self._days

    def y(self, share: float) -> float:
        part = (min(max(share, self._floor), 100) - self._floor) / (100 - self._floor)
        return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * part


def _draw_mark(signal: str, x: float, y: float) -> str:
    """Return the ring of a point that left its usual range: round for the better, a diamond for the worse."""
    if signal == "worse":
        return f'<path class="worse" d="M{x:.1f} {y - 4.5:.1f}l4.5 4.5l-4.5 4.5l-4.5 -4.5z"/>'
    if signal == "better":
        return f'<circle class="better" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'
    return f'<rect class="other" x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6"/>'
