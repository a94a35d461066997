"""The winter projection: two rates as points, and the range that past winters add to the newer one."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.theme import BLUE, INK, MUTED, ORANGE, TEXT_OF, make_layout, value_axis, write_across
from dashboard.format import format_number, sentence

WINTER = "Winter, projected"


def draw_projection(frame: pd.DataFrame, *, height: int = 300) -> go.Figure:
    """Return England's vacancy rate before, now and as the report's own figures project it, in per cent from zero."""
    row = frame.iloc[0]
    rates = {sentence(row[f"{when}_date_text"]): row[f"{when}_percent"] for when in ("before", "current")}
    low, high = row["lower_percent"], row["upper_percent"]
    names = list(rates)
    points = go.Scatter(
        x=[0, 1],
        y=list(rates.values()),
        mode="lines+markers+text",
        text=[format_number(value, "percent", decimals=1) for value in rates.values()],
        textposition="top center",
        textfont={"size": 16, "weight": 700, "color": INK},
        marker={"size": 11, "color": BLUE},
        line={"color": BLUE, "width": 2},
        cliponaxis=False,
        customdata=names,
        hovertemplate="%{text}<br>%{customdata}<extra></extra>",
    )
    said = f"{format_number(low, 'percent', decimals=1)} to {format_number(high, 'percent', decimals=1)}"
    winter = go.Scatter(
        x=[2, 2],
        y=[low, high],
        mode="lines",
        line={"color": ORANGE, "width": 18},
        hovertemplate=f"{said}<br>{WINTER}<extra></extra>",
    )
    fan = go.Scatter(
        x=[1, 2, 2, 1], y=[row["current_percent"], low, high, row["current_percent"]],
        mode="lines", fill="toself", fillcolor="rgba(244, 106, 37, 0.15)",
        line={"width": 0}, hoverinfo="skip",
    )  # fmt: skip
    label = {
        "text": said, "x": 2, "y": high, "yanchor": "bottom", "yshift": 6, "showarrow": False,
        "font": {"size": 16, "weight": 700, "color": TEXT_OF[ORANGE]},
    }  # fmt: skip
    layout = make_layout(
        height=height,
        margin={"b": 60},
        hovermode="closest",
        annotations=[*write_across(frame), label],
        xaxis={
            "tickvals": [0, 1, 2],
            "ticktext": [_fold(name) for name in [*names, WINTER]],
            "range": [-0.4, 2.45],
            "showgrid": False, "zeroline": False, "fixedrange": True, "linecolor": MUTED,
        },
        yaxis=value_axis(unit="percent", top=max(*rates.values(), high) * 1.1),
    )  # fmt: skip
    return go.Figure(data=[fan, points, winter], layout=layout)


def _fold(name: str) -> str:
    """Return the name on two lines, broken near its middle, for a narrow column."""
    words = name.split()
    half = (len(words) + 1) // 2
    return " ".join(words[:half]) + "<br>" + " ".join(words[half:])
