"""Small panels: one small chart an area, all on one scale, the same comparator in grey in each."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.theme import BLUE, GREY, date_axis, make_layout, value_axis, write_across
from dashboard.format import describe_period, format_value
from dashboard.rows import list_rows


def draw_panels(frame: pd.DataFrame, *, height: int = 150) -> dict[str, go.Figure]:
    """Return a figure for each area by name: its line in blue, the comparator's in grey, one scale for all."""
    behind = _draw_line(frame[frame["role"] == "comparator"], color=GREY, width=2)
    layout = make_layout(
        height=height,
        size=12,
        annotations=write_across(frame),
        margin={"l": 36, "r": 8, "t": 6, "b": 24},
        xaxis=date_axis(frame["date"], dtick="M2", tickformat="%b"),
        yaxis=value_axis(unit=frame["unit"].iloc[0], top=frame["value"].max()) | {"nticks": 4},
    )
    return {
        name: go.Figure(data=[behind, _draw_line(own, color=BLUE, width=2.5)], layout=layout)
        for name, own in frame[frame["role"] == "area"].groupby("area_name", sort=True)
    }


def _draw_line(line: pd.DataFrame, *, color: str, width: float) -> go.Scatter:
    return go.Scatter(
        x=list(line["date"]),
        y=list(line["value"]),
        mode="lines",
        line={"color": color, "width": width},
        customdata=[[row["area_name"], describe_period(row), format_value(row)] for row in list_rows(line)],
        hovertemplate="%{customdata[2]}<br>%{customdata[1]}<extra>%{customdata[0]}</extra>",
    )
