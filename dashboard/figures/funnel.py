"""The funnel: each area's share by how many answered, between the lines that chance leaves round England's share."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.theme import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    MUTED,
    ORANGE,
    TEXT_OF,
    make_layout,
    value_axis,
    write_across,
)
from dashboard.format import format_number, format_value
from dashboard.rows import list_rows

MARKS = {
    "clearly worse": ("triangle-down", ORANGE, 13), "worse": ("triangle-down-open", ORANGE, 11),
    "clearly better": ("triangle-up", BLUE, 13), "better": ("triangle-up-open", BLUE, 11),
}  # fmt: skip
"""Shape, colour and size of an area outside the lines; the shapes are those of the heat-map."""

INSIDE = ("circle", BLUE, 9)
LINES = {"lower_95": "dot", "upper_95": "dot", "lower_998": "solid", "upper_998": "solid"}
ROOM, STEP, LABEL = 1.12, 10, 15
"""How far the axis of homes goes beyond the largest area; the steps of the share's axis; a label's height in px."""

MARGIN = {"l": 48, "r": 92, "t": 14, "b": 52}


def draw_funnel(
    points: pd.DataFrame, lines: pd.DataFrame, *, others: pd.DataFrame, what: str, height: int = 380
) -> go.Figure:
    """Return the areas as points over the lines; those clearly apart from England are named beside their points.

    `lines` are a row a number of answers, `others` the areas drawn faintly behind, `what` the words of the axis of
    numbers. A hidden figure is not drawn.
    """
    own = points[(points["role"] == "area") & points["value"].notna()]
    across = own["denominator"].max() * ROOM if len(own) else 1.0
    shown = _cut(lines, across)
    low, high = _find_range(pd.concat([own["value"], lines["benchmark"].head(1)]))
    scale = (height - MARGIN["t"] - MARGIN["b"]) / (high - low)
    layout = make_layout(
        height=height,
        margin=MARGIN,
        hovermode="closest",
        annotations=[
            *write_across(points),
            *_name_lines(shown, scale=scale, low=low, high=high),
            *_name_areas(own, scale=scale, across=across),
        ],
        xaxis={
            "range": [0, across], "title": {"text": what, "standoff": 10, "font": {"size": 13}}, "showgrid": False,
            "linecolor": MUTED, "ticks": "outside", "tickcolor": MUTED, "ticklen": 4, "fixedrange": True,
            "zeroline": False, "nticks": 6, "tickformat": ",",
        },
        yaxis=value_axis(unit="percent", top=high) | {"range": [low, high], "gridcolor": LIGHT},
    )  # fmt: skip
    return go.Figure(data=[_draw_others(others, across), *_draw_lines(shown), *_draw_areas(own)], layout=layout)


def spread_apart(places: list[float], *, least: float) -> list[float]:
    """Return places on a line moved up as little as it takes to keep `least` between neighbours, in the same order."""
    order = sorted(range(len(places)), key=lambda number: places[number])
    moved = list(places)
    for before, number in pairwise(order):
        moved[number] = max(moved[number], moved[before] + least)
    return moved


def _cut(lines: pd.DataFrame, across: float) -> pd.DataFrame:
    """Return the lines up to the end of the axis, their last point on it."""
    names = [*LINES, "benchmark"]
    end = {"homes": across} | {name: np.interp(across, lines["homes"], lines[name]) for name in names}
    return pd.concat([lines.loc[lines["homes"] < across, ["homes", *names]], pd.DataFrame([end])], ignore_index=True)


def _find_range(values: pd.Series) -> tuple[float, float]:
    """Return the ends of the share's axis in whole tens, with room for the marks; never beyond 0 and just over 100."""
    low = max(0.0, STEP * ((values.min() - STEP / 2) // STEP))
    high = STEP * ((values.max() + STEP / 2) // STEP + 1)
    return (low, high) if high < 100 else (low, 102.0)


def _draw_others(others: pd.DataFrame, across: float) -> go.Scatter:
    shown = others[others["value"].notna() & (others["denominator"] <= across)]
    return go.Scatter(
        x=list(shown["denominator"]),
        y=list(shown["value"].round(1)),
        mode="markers",
        marker={"color": GREY, "size": 5, "opacity": 0.6},
        text=list(shown["area_name"]),
        hovertemplate="%{text}: %{y:.0f}%<extra></extra>",
    )


def _draw_lines(lines: pd.DataFrame) -> list[go.Scatter]:
    curves = [
        go.Scatter(
            x=list(lines["homes"]),
            y=list(lines[name].round(2)),
            mode="lines",
            line={"color": MUTED, "width": 1, "dash": dash, "shape": "spline", "smoothing": 0.6},
            hoverinfo="skip",
        )
        for name, dash in LINES.items()
    ]
    centre = go.Scatter(
        x=list(lines["homes"]),
        y=list(lines["benchmark"].round(2)),
        mode="lines",
        line={"color": INK, "width": 1.5},
        hoverinfo="skip",
    )
    return [*curves, centre]


def _draw_areas(own: pd.DataFrame) -> list[go.Scatter]:
    """Return the areas, those outside the lines last and so on top."""
    marked = own.assign(mark=own["versus_england"].where(own["versus_england"].isin(list(MARKS)), ""))
    traces = []
    for mark in ("", *MARKS):
        rows = marked[marked["mark"] == mark]
        if rows.empty:
            continue
        symbol, color, size = MARKS.get(mark, INSIDE)
        traces.append(
            go.Scatter(
                x=list(rows["denominator"]),
                y=list(rows["value"]),
                mode="markers",
                cliponaxis=False,
                marker={"symbol": symbol, "color": color, "size": size, "line": {"width": 2, "color": color}},
                customdata=[
                    [row["area_name"], format_value(row), f"{row['denominator']:,.0f}"] for row in list_rows(rows)
                ],
                hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]} of %{customdata[2]}<extra></extra>",
            )
        )
    return traces


def _name_areas(own: pd.DataFrame, *, scale: float, across: float) -> list[dict]:
    """Return the names of areas clearly apart, to the right of their points, or to the left far on the right."""
    labels = []
    clear = own[own["versus_england"].str.startswith("clearly")]
    is_right = clear["denominator"] > 0.6 * across
    for side, rows in (("left", clear[~is_right]), ("right", clear[is_right])):
        places = spread_apart([value * scale for value in rows["value"]], least=LABEL)
        for row, place in zip(list_rows(rows), places, strict=True):
            color = MARKS[row["versus_england"]][1]
            labels.append(
                {
                    "text": row["area_name"], "x": row["denominator"], "y": row["value"], "showarrow": False,
                    "xanchor": side, "xshift": 10 if side == "left" else -10, "yshift": place - row["value"] * scale,
                    "font": {"size": 14, "weight": 700, "color": TEXT_OF.get(color, color)},
                }
            )  # fmt: skip
    return labels


def _name_lines(lines: pd.DataFrame, *, scale: float, low: float, high: float) -> list[dict]:
    """Return the names of the lines in the margin beside their right ends, moved apart where they would touch."""
    if lines.empty:
        return []
    end = lines.iloc[-1]
    england = format_number(end["benchmark"], "percent", decimals=0)
    named = {"lower_998": "99.8% limit", "lower_95": "95% limit", "benchmark": f"England {england}"}
    named |= {"upper_95": "95% limit", "upper_998": "99.8% limit"}
    inside = {name: words for name, words in named.items() if low <= end[name] <= high}
    places = spread_apart([end[name] * scale for name in inside], least=LABEL - 1)
    return [
        {
            "text": words, "xref": "paper", "x": 1, "xanchor": "left", "xshift": 4, "y": end[name], "showarrow": False,
            "yshift": place - end[name] * scale, "align": "left",
            "font": {"size": 12, "color": INK if name == "benchmark" else MUTED},
        }
        for (name, words), place in zip(inside.items(), places, strict=True)
    ]  # fmt: skip
