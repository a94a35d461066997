"""Small multiples: one panel of a grid whose panels share their scales, with England in grey behind the lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.theme import GREY, LINES, MUTED, TOP, date_axis, make_layout, value_axis, write_across
from dashboard.figures.trend import end_of, list_points
from dashboard.format import describe_period, format_value

HEIGHT = 170
FEW_POINTS = 10
FEW_TICKS = 3


def draw_multiple(
    panel: pd.DataFrame,
    *,
    top: float,
    dates: pd.Series,
    colors: dict[str, str],
    breaks: Iterable[dt.date] = (),
) -> go.Figure:
    """Return one panel: a line for each area in its colour, England's grey behind, on the scale that all share.

    `top` ends the value axis, `dates` span the date axis; no line is joined across a break.
    """
    days = (dates.max() - dates.min()).days
    layout = make_layout(
        height=HEIGHT,
        size=12,
        margin={"l": 40, "r": 8, "t": 10, "b": 36},
        annotations=[one | {"font": one["font"] | {"size": 20}} for one in write_across(panel)],
        shapes=[_draw_break(day) for day in breaks],
        xaxis=date_axis(dates, is_long=days > 500, dtick=_step(days)),
        yaxis=value_axis(unit=panel["unit"].iloc[0], top=top) | ({"dtick": 50} if top * TOP == 100 else {"nticks": 4}),
    )
    behind = [_draw_line(rows, breaks, color=GREY, width=2) for rows in _each(panel, role="comparator")]
    lines = [
        _draw_line(rows, breaks, color=colors[rows["area_code"].iloc[0]], width=2.5)
        for rows in _each(panel, role="area")
    ]
    return go.Figure(data=[*behind, *lines], layout=layout)


def pick_colors(frame: pd.DataFrame) -> dict[str, str]:
    """Return a colour for each area: one each for up to four, otherwise one for all, as each has its own panel."""
    codes = list(dict.fromkeys(frame.loc[frame["role"] == "area", "area_code"]))
    return {code: LINES[place if len(codes) <= len(LINES) else 0] for place, code in enumerate(codes)}


def _step(days: int) -> str:
    """Return the step of the date axis's labels: few enough to stand apart in a narrow panel."""
    if days > 500:
        return f"M{12 * max(1, round(days / 365 / FEW_TICKS))}"
    return f"M{max(1, round(days / 30 / FEW_TICKS))}"


def _each(panel: pd.DataFrame, *, role: str) -> list[pd.DataFrame]:
    return [rows for _, rows in panel[panel["role"] == role].groupby("area_code", sort=False)]


def _draw_break(day: dt.date) -> dict:
    return {
        "type": "line",
        "xref": "x", "x0": end_of(day), "x1": end_of(day), "yref": "paper", "y0": 0, "y1": 1,
        "line": {"color": MUTED, "width": 1, "dash": "dot"},
    }  # fmt: skip


def _draw_line(rows: pd.DataFrame, breaks: Iterable[dt.date], *, color: str, width: float) -> go.Scatter:
    points = list_points(rows, breaks)
    name = rows["area_name"].iloc[0]
    return go.Scatter(
        x=[point["date"] for point in points],
        y=[point["value"] for point in points],
        name=name,
        mode="lines+markers" if len(rows) <= FEW_POINTS else "lines",
        marker={"size": 5},
        connectgaps=False,
        line={"color": color, "width": width},
        customdata=[[describe_period(point), format_value(point)] for point in points],
        hovertemplate="%{customdata[1]}<br>%{customdata[0]}<extra>" + str(name) + "</extra>",
    )
