"""A chart of lines over time as a drawing inside the page: for paper, where no script draws. Colours from the styles.

The words beside it, and its table, say the same; a screen reader hears its label.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Collection

import pandas as pd
from markupsafe import Markup, escape

from dashboard.format import format_number

WIDTH, HEIGHT = 340, 128
LEFT, RIGHT, TOP, FOOT = 34, 8, 22, 20
STEPS = (1, 2, 2.5, 5, 10)
GRID = 4
"""Lines of the grid above zero, about."""
MOST_LABELS = 8
LETTER = 4.7
"""How wide a letter of the key is, about."""
SAMPLE, KEY_LINE = 20, 11
"""The width of a line's sample in the key, and the height of a line of it."""
ONE_DAY = dt.timedelta(days=1)


def draw_lines(frame: pd.DataFrame, *, series: str, alt: str, breaks: Collection[dt.date] = ()) -> Markup:
    """Return the lines named in the column `series`, the view's own first, from zero up, broken where none is known.

    A line is not joined across a break. Empty where no row has a value.
    """
    known = frame[frame["value"].notna()]
    if known.empty:
        return Markup()
    names = _order(known, series)
    keys = _place_key(names)
    begin = keys[-1][1] + TOP - 9
    step = _pick_step(known["value"].max())
    top = step * max(1, math.ceil(known["value"].max() / step))
    first, last = known["date"].min(), known["date"].max()
    days = max((last - first).days, 1)

    def x(day: dt.date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / days

    def y(value: float) -> float:
        return HEIGHT - FOOT - (HEIGHT - FOOT - begin) * value / top

    unit = frame["unit"].iloc[0]
    parts = [*_draw_grid(step, top, y, unit=unit), *_draw_dates(first, last, x)]
    for day in breaks:
        at = x(day + ONE_DAY)
        parts.append(f'<line class="break" x1="{at:.1f}" x2="{at:.1f}" y1="{begin}" y2="{HEIGHT - FOOT}"/>')
    for place, name in reversed(list(enumerate(names))):
        rows = frame[frame[series] == name].sort_values("date")
        for line in _split(rows, breaks):
            points = " ".join(f"{x(day):.1f},{y(value):.1f}" for day, value in line)
            parts.append(f'<polyline class="line line-{place}" points="{points}"/>')
    parts += _write_key(names, keys)
    return Markup(  # noqa: S704 - numbers of ours, and names that are escaped
        f'<svg class="line-drawing" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(alt)}">'
        f"{''.join(parts)}</svg>"
    )


def _order(known: pd.DataFrame, series: str) -> list[str]:
    """Return the names of the lines: the view's own, then those beside it, England last."""
    rows = known.drop_duplicates(series)
    own = list(rows.loc[rows["role"] == "area", series])
    beside = sorted(rows.loc[rows["role"] == "comparator", series], key=lambda name: str(name).startswith("England"))
    return [*own, *beside]


def _pick_step(most: float) -> float:
    """Return the distance of grid lines: a round number, about four of them up to the highest value."""
    if not most > 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(most / GRID))
    return next(step * size for step in STEPS if step * size >= most / GRID)


def _draw_grid(step: float, top: float, y: Callable[[float], float], *, unit: str) -> list[str]:
    power = math.floor(math.log10(step) + 1e-9)
    is_half = round(step / 10.0**power, 6) % 1 > 0
    decimals = max(0, -power) + (is_half and power < 1)
    parts = []
    for count in range(round(top / step) + 1):
        value, at = count * step, y(count * step)
        name = "grid" if count else "axis"
        words = format_number(value, unit, decimals=decimals if count else 0)
        parts.append(f'<line class="{name}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
        parts.append(f'<text x="{LEFT - 4}" y="{at + 3:.1f}" text-anchor="end">{words}</text>')
    return parts


def _draw_dates(first: dt.date, last: dt.date, x: Callable[[dt.date], float]) -> list[str]:
    """Return the names of months, or of years in a long series, at their first day."""
    months = [dt.date(first.year + (first.month + more) // 12, (first.month + more) % 12 + 1, 1)
              for more in range((last.year - first.year) * 12 + last.month - first.month)]  # fmt: skip
    is_long = len(months) > 2 * MOST_LABELS
    days = [day for day in months if day.month == 1] if is_long else months
    parts = []
    for place, day in enumerate(days[:: max(1, math.ceil(len(days) / MOST_LABELS))]):
        words = f"{day:%Y}" if is_long else f"{day:%b %Y}" if place == 0 or day.month == 1 else f"{day:%b}"
        at = x(day)
        parts.append(f'<line class="axis" x1="{at:.1f}" x2="{at:.1f}" y1="{HEIGHT - FOOT}" y2="{HEIGHT - FOOT + 3}"/>')
        anchor = "middle" if at < WIDTH - 24 else "end"
        parts.append(f'<text x="{at:.1f}" y="{HEIGHT - 6}" text-anchor="{anchor}">{words}</text>')
    return parts


def _split(rows: pd.DataFrame, breaks: Collection[dt.date]) -> list[list[tuple[dt.date, float]]]:
    """Return the stretches of a line between gaps and breaks, each of two points or more."""
    lines: list[list[tuple[dt.date, float]]] = [[]]
    before: dt.date | None = None
    for day, value in zip(rows["date"], rows["value"], strict=True):
        is_cut = before is not None and any(before <= broken < day for broken in breaks)
        if is_cut or pd.isna(value):
            lines.append([])
        if pd.notna(value):
            lines[-1].append((day, float(value)))
        before = day
    return [line for line in lines if len(line) > 1]


def _place_key(names: list[str]) -> list[tuple[float, float]]:
    """Return where each name of the key stands: side by side, and in a further line where the width is used up."""
    places, x, y = [], float(LEFT), 9.0
    for name in names:
        wide = SAMPLE + LETTER * len(str(name))
        if x > LEFT and x + wide > WIDTH:
            x, y = float(LEFT), y + KEY_LINE
        places.append((x, y))
        x += wide + 12
    return places


def _write_key(names: list[str], places: list[tuple[float, float]]) -> list[str]:
    parts = []
    for place, (name, (x, y)) in enumerate(zip(names, places, strict=True)):
        parts.append(f'<line class="line line-{place}" x1="{x:.1f}" x2="{x + SAMPLE - 4:.1f}" y1="{y}" y2="{y}"/>')
        parts.append(f'<text class="key" x="{x + SAMPLE:.1f}" y="{y + 3.5}">{escape(name)}</text>')
    return parts
