"""Lines over time: what the view is about in colour, wider areas dashed beside it, others in grey behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.theme import (
    BLUE,
    GREY,
    INK,
    LINES,
    MUTED,
    TEAL,
    TEXT_OF,
    TOP,
    date_axis,
    make_layout,
    value_axis,
    write_across,
)
from dashboard.format import Row, describe_period, format_value
from dashboard.rows import list_rows

BESIDE = ((TEAL, "dash"), (INK, "dot"))
"""Lines of wider areas, the nearer one first: told apart by dash as well as colour."""

BEHIND = "behind"
"""How the browser knows a grey line from the others."""

SAMPLES = {"solid": "━━", "dash": "– –", "dot": "· · ·"}
LONG_SERIES_DAYS = 500
POINTS_SHOWN = 10


def draw_trend(
    frame: pd.DataFrame,
    *,
    series: str,
    background: pd.DataFrame | None = None,
    breaks: Mapping[dt.date, str] | None = None,
    is_share: bool = False,
    height: int = 300,
) -> go.Figure:
    """Return one line for each name in the column `series`: at most four of the view's own, two beside.

    `background` holds lines drawn thin and grey, one an area; before them the view's own line is black, for blue is the
    one that a reader brings forward (assets/focus.js). `breaks` are the days of changes in the instrument with
    their words: each gets an upright line, and no series is joined across it. The scale of a share ends at 100%.
    """
    breaks = breaks or {}
    valued = frame[frame["value"].notna()]
    behind = background if background is not None else frame.iloc[:0]
    styles = _pick_styles(valued, series, first=LINES[0] if background is None else INK)
    lines = [_draw_background(line, breaks, name=name) for name, line in behind.groupby("area_name", sort=False)]
    # The view's own line is drawn last, on top.
    lines += [_draw_line(frame[frame[series] == name], breaks, name, style) for name, style in reversed(styles.items())]
    top = 100 / TOP if is_share else max([*valued["value"], *behind["value"].dropna()], default=1)
    unit = frame["unit"].iloc[0] if len(frame) else "count"
    days = (valued["date"].max() - valued["date"].min()).days if len(valued) else 0
    layout = make_layout(
        height=height,
        hovermode="closest",
        annotations=[
            *write_across(frame),
            *_write_key(styles, corner=_find_corner(pd.concat([valued, behind])[["date", "value"]].dropna(), top=top)),
            *[_label_break(day, words) for day, words in breaks.items()],
        ],
        shapes=[_draw_break(day) for day in breaks],
        xaxis=date_axis(valued["date"], is_long=days > LONG_SERIES_DAYS),
        yaxis=value_axis(unit=unit, top=top) | ({"dtick": 25} if is_share else {}),
    )
    return go.Figure(data=lines, layout=layout)


def list_points(line: pd.DataFrame, breaks: Iterable[dt.date]) -> list[Row]:
    """Return one series' rows, by date, with an empty one after each break, so that no line is drawn across it.

    A figure of the break's own day stands before it. A missing value is None.
    """
    rows = list_rows(line)
    points = [row | {"value": None if pd.isna(row["value"]) else row["value"]} for row in rows]
    for day in sorted(breaks, reverse=True):
        cut = sum(point["date"] <= day for point in points)
        if 0 < cut < len(points):
            points.insert(cut, points[cut] | {"date": end_of(day), "value": None})
    return points


def end_of(day: dt.date) -> dt.date:
    """Return where a break's line stands: at the end of its day, behind the figure of that day."""
    return day + dt.timedelta(days=1)


def _draw_break(day: dt.date) -> dict:
    return {
        "type": "line",
        "xref": "x", "x0": end_of(day), "x1": end_of(day), "yref": "paper", "y0": 0, "y1": 1,
        "line": {"color": MUTED, "width": 1.5, "dash": "dot"},
    }  # fmt: skip


def _label_break(day: dt.date, words: str) -> dict:
    """Return the words of a break, at the foot of its line and on the earlier side, where shares are lowest."""
    return {
        "text": words,
        "xref": "x", "x": end_of(day), "xanchor": "right", "xshift": -4, "align": "right",
        "yref": "paper", "y": 0, "yanchor": "bottom", "yshift": 2,
        "showarrow": False,
        "font": {"size": 12, "color": MUTED},
    }  # fmt: skip


def _draw_background(line: pd.DataFrame, breaks: Iterable[dt.date], *, name: str) -> go.Scatter:
    points = list_points(line[["date", "value"]], breaks)
    return go.Scatter(
        x=[point["date"] for point in points],
        y=[point["value"] for point in points],
        name=name,
        mode="lines",
        connectgaps=False,
        line={"color": GREY, "width": 1},
        meta=BEHIND,
        hovertemplate=_write_hover(line, name=name),
    )


def _write_hover(line: pd.DataFrame, *, name: str) -> str:
    """Return what a grey line says under the pointer, made from its points in the browser: many lines stay light."""
    row = line.iloc[0]
    value = f"%{{y:,.{int(row['decimals'])}f}}" + ("%" if row["unit"] == "percent" else "")
    when = "week to " if row["period"] == "week" else ""
    return f"{value}<br>{when}%{{x|%-d %B %Y}}<extra>{name}</extra>"


def _draw_line(line: pd.DataFrame, breaks: Iterable[dt.date], name: str, style: tuple[str, str]) -> go.Scatter:
    """Return a line that breaks where a value is missing; with points where a lone one would otherwise not show."""
    color, dash = style
    points = list_points(line, breaks)
    values = [point["value"] for point in points]
    return go.Scatter(
        x=[point["date"] for point in points],
        y=values,
        name=name,
        mode="lines+markers" if len(line) <= POINTS_SHOWN or _has_lone(values) else "lines",
        marker={"size": 7},
        connectgaps=False,
        line={"color": color, "width": 3 if dash == "solid" else 2, "dash": dash},
        customdata=[[describe_period(point), format_value(point)] for point in points],
        hovertemplate="%{customdata[1]}<br>%{customdata[0]}<extra>" + str(name) + "</extra>",
    )


def _has_lone(values: list[float | None]) -> bool:
    """Tell whether a value stands alone between gaps: a line has nothing to join it to."""
    around = zip([None, *values], values, [*values[1:], None], strict=False)
    return any(value is not None and before is None and after is None for before, value, after in around)


def _pick_styles(valued: pd.DataFrame, series: str, *, first: str) -> dict[str, tuple[str, str]]:
    """Return colour and dash for each name, the view's own first."""
    colors = (first, *LINES[1:])
    roles = valued.drop_duplicates(series)[[series, "role"]]
    own = list(roles.loc[roles["role"] == "area", series])
    beside = list(roles.loc[roles["role"] == "comparator", series])
    # England is the widest and comes last, whichever way the names fall in the alphabet.
    beside.sort(key=lambda name: str(name).startswith("England"))
    styles = {name: (colors[place % len(colors)], "solid") for place, name in enumerate(own)}
    return styles | {name: BESIDE[-len(beside) :][place % len(BESIDE)] for place, name in enumerate(beside)}


def _find_corner(valued: pd.DataFrame, *, top: float) -> tuple[str, str]:
    """Return the corner of the chart that is free for the key: upper right, else upper left, else lower right."""
    if valued.empty:
        return "right", "top"
    begin, end = valued["date"].min(), valued["date"].max()
    is_late = valued["date"] > begin + (end - begin) * 0.5
    for side, part in (("right", valued[is_late]), ("left", valued[~is_late])):
        if part["value"].max() < 0.6 * top:
            return side, "top"
    return "right", "bottom"


def _write_key(styles: dict[str, tuple[str, str]], *, corner: tuple[str, str]) -> list[dict]:
    """Return the lines' names, in their colours, in a corner where no line runs."""
    side, end = corner
    is_top = end == "top"
    names = list(styles) if is_top else list(reversed(styles))
    return [
        {
            "text": f"{SAMPLES[styles[name][1]]} {name}",
            "xref": "paper",
            "yref": "paper",
            "x": 1 if side == "right" else 0.02,
            "xanchor": side,
            "y": int(is_top),
            "yanchor": end,
            "yshift": -22 * place if is_top else 22 * place + 6,
            "showarrow": False,
            "font": {
                "color": TEXT_OF.get(styles[name][0], styles[name][0]),
                "size": 14,
                "weight": 700 if styles[name] in ((BLUE, "solid"), (INK, "solid")) else 400,
            },
        }
        for place, name in enumerate(names)
    ]
