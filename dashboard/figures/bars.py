"""Bars for counts by week."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.theme import BLUE, date_axis, make_layout, value_axis, write_across
from dashboard.format import describe_period, format_value
from dashboard.rows import list_rows


def draw_weekly_bars(frame: pd.DataFrame, *, height: int = 300) -> go.Figure:
    """Return a bar for each week of one area's counts."""
    own = frame[(frame["role"] == "area") & frame["value"].notna()]
    top = own["value"].max() if len(own) else 1
    # Three weekly outbreaks deserve whole ticks: no home has half an outbreak.
    steps = {"dtick": 1} if top <= 5 else {}
    bars = go.Bar(
        x=list(own["date"]),
        y=list(own["value"]),
        marker={"color": BLUE},
        customdata=[[describe_period(row), format_value(row)] for row in list_rows(own)],
        hovertemplate="%{customdata[1]}<br>%{customdata[0]}<extra></extra>",
    )
    layout = make_layout(
        height=height,
        bargap=0.25,
        annotations=write_across(own),
        xaxis=date_axis(own["date"], range=None),
        yaxis=value_axis(unit="count", top=top) | steps,
    )
    return go.Figure(data=[bars], layout=layout)
