"""Funnel: each area's share by how many homes it counts, with the limits that chance alone would seldom pass."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.theme import BLUE, INK, MUTED, ORANGE, make_layout, value_axis, write_across
from dashboard.format import Row, format_value

ROOM = 1.08
MOST_NAMES = 8
LIMITS = (("lower_95", "dot"), ("upper_95", "dot"), ("lower_998", "solid"), ("upper_998", "solid"))


def draw_funnel(frame: pd.DataFrame, limits: pd.DataFrame, *, highlight: str = "", height: int = 480) -> go.Figure:
    """Return a point for each area of the frame between the limits (a row a number of homes).

    Points outside the 99.8% limits are diamonds with a name; `highlight` is named as well.
    """
    placed = place_in_funnel(frame, limits)
    most = max(placed["denominator"].max() * ROOM, 2) if len(placed) else 2
    drawn = limits[limits["homes"] <= most].sort_values("homes")
    named = placed[placed["is_outside"] | (placed["area_code"] == highlight)]
    named = named.sort_values("beyond", ascending=False, kind="stable").head(MOST_NAMES)
    layout = make_layout(
        height=height,
        hovermode="closest",
        margin={"l": 52, "t": 12, "r": 24, "b": 56},
        annotations=[*write_across(frame), *[_write_name(row, most=most) for row in named.to_dict("records")]],
        xaxis={
            "range": [0, most], "title": {"text": "Care homes counted"}, "showgrid": False, "zeroline": False,
            "fixedrange": True, "linecolor": MUTED, "ticks": "outside", "tickcolor": MUTED, "nticks": 8,
        },
        yaxis=value_axis(unit="percent", top=100 / ROOM) | {"dtick": 20},
    )  # fmt: skip
    lines = [_draw_limit(drawn, column, dash=dash) for column, dash in LIMITS]
    points = [
        _draw_points(placed[placed["is_outside"] == is_outside], is_outside=is_outside) for is_outside in (False, True)
    ]
    return go.Figure(data=[*lines, _draw_benchmark(drawn), *points], layout=layout)


def place_in_funnel(frame: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """Return the areas with a figure and its number of homes, whether each `is_outside`, and by how many points.

    Outside is beyond the 99.8% limits of as many homes; `beyond` is 0 inside.
    """
    own = frame[(frame["role"] == "area") & frame["value"].notna() & frame["denominator"].notna()]
    by_homes = limits.set_index("homes")[["lower_998", "upper_998"]]
    beside = by_homes.reindex(own["denominator"].round()).reset_index(drop=True).set_index(own.index)
    over, under = own["value"] - beside["upper_998"], beside["lower_998"] - own["value"]
    beyond = pd.concat([over, under], axis=1).max(axis=1).fillna(0).clip(lower=0)
    return own.assign(beyond=beyond, is_outside=beyond > 0)


def _draw_limit(limits: pd.DataFrame, column: str, *, dash: str) -> go.Scatter:
    return go.Scatter(
        x=list(limits["homes"]),
        y=[round(value, 2) for value in limits[column]],
        mode="lines",
        line={"color": MUTED, "width": 1, "dash": dash},
        hoverinfo="skip",
    )


def _draw_benchmark(limits: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=list(limits["homes"].iloc[[0, -1]]),
        y=[round(value, 2) for value in limits["benchmark"].iloc[[0, -1]]],
        mode="lines",
        line={"color": INK, "width": 1.5},
        hoverinfo="skip",
    )


def _draw_points(points: pd.DataFrame, *, is_outside: bool) -> go.Scatter:
    return go.Scatter(
        x=list(points["denominator"]),
        y=[round(value, 2) for value in points["value"]],
        mode="markers",
        marker={
            "size": 12 if is_outside else 9,
            "symbol": "diamond" if is_outside else "circle",
            "color": ORANGE if is_outside else BLUE,
            "opacity": 0.85,
            "line": {"width": 1, "color": "#FFFFFF"},
        },
        customdata=[[row["area_name"], format_value(row), _count_homes(row)] for row in points.to_dict("records")],
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]} of %{customdata[2]}<extra></extra>",
    )


def _count_homes(row: Row) -> str:
    return f"{row['denominator']:,.0f} homes"


def _write_name(row: Row, *, most: float) -> dict:
    is_right = row["denominator"] > most * 0.75
    return {
        "text": row["area_name"],
        "x": row["denominator"], "y": row["value"],
        "xanchor": "right" if is_right else "left", "xshift": -10 if is_right else 10,
        "yanchor": "middle", "showarrow": False, "font": {"size": 13},
    }  # fmt: skip
