"""Small panels: one small chart an area, all on one scale, the same comparator in grey in each."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.theme import BLUE, GREY, date_axis, make_layout, value_axis
from dashboard.format import describe_period, format_value


def draw_panels(frame: pd.DataFrame, *, height: int = 150) -> dict[str, go.Figure]:
    """Return a figure for each area by name: its line in blue, the comparator's in grey, one scale for all."""
    compared = frame[frame["role"] == "comparator"]
    top = frame["value"].max()
    return {
        name: _draw_panel(own, compared, top=top, height=height)
        for name, own in frame[frame["role"] == "area"].groupby("area_name", sort=True)
    }


def _draw_panel(own: pd.DataFrame, compared: pd.DataFrame, *, top: float, height: int) -> go.Figure:
    figure = go.Figure(layout=make_layout(height=height, margin={"l": 36, "r": 8, "t": 6, "b": 24}))
    for line, color, width in ((compared, GREY, 2), (own, BLUE, 2.5)):
        figure.add_scatter(
            x=list(line["date"]), y=list(line["value"]), mode="lines", line={"color": color, "width": width},
            customdata=[[row["area_name"], describe_period(row), format_value(row)] for _, row in line.iterrows()],
            hovertemplate="%{customdata[2]}<br>%{customdata[1]}<extra>%{customdata[0]}</extra>",
        )  # fmt: skip
    figure.update_layout(font={"size": 12})
    figure.update_xaxes(date_axis(own["date"], nticks=3, tickformat="%b"))
    figure.update_yaxes(value_axis(unit=own["unit"].iloc[0], top=top) | {"nticks": 4})
    return figure
