"""Maps: areas as filled outlines on the British National Grid, with no tiles and nothing fetched from elsewhere."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.classes import find_color, make_bands
from dashboard.figures.theme import INK, ORANGE, make_layout
from dashboard.format import format_value

Outlines = dict[str, list[pd.DataFrame]]


def draw_map(ranking: pd.DataFrame, outlines: Outlines, *, highlight: str = "", height: int = 480) -> go.Figure:
    """Return the areas of the frame, shaded by band; `highlight` gets a heavy outline.

    Coordinates are metres; the axes keep one scale, so shapes are true.
    """
    areas = ranking[(ranking["role"] == "area") & ranking["area_code"].isin(outlines.keys())]
    figure = go.Figure(layout=make_layout(height=height, margin={"l": 0, "r": 0, "t": 0, "b": 0}))
    if areas.empty:
        return figure
    unit, decimals = areas["unit"].iloc[0], int(areas["decimals"].iloc[0])
    bands = make_bands(areas["value"], unit=unit, decimals=decimals)
    shapes = [
        {
            "type": "path",
            "path": make_path(outlines[row.area_code]),
            "fillcolor": find_color(row.value, bands, decimals=decimals),
            "fillrule": "evenodd",
            "line": {"color": "#FFFFFF" if pd.notna(row.value) else "#B1B4B6", "width": 0.6},
            "layer": "below",
        }
        for row in areas.itertuples()
        if row.area_code != highlight
    ]
    if highlight in set(areas["area_code"]):
        value = areas.loc[areas["area_code"] == highlight, "value"].iloc[0]
        shapes.append(
            {
                "type": "path",
                "path": make_path(outlines[highlight]),
                "fillcolor": find_color(value, bands, decimals=decimals),
                "fillrule": "evenodd",
                "line": {"color": ORANGE, "width": 3},
                "layer": "below",
            }
        )
    centres = [find_centre(outlines[code][0]) for code in areas["area_code"]]
    figure.add_scatter(
        x=[x for x, _ in centres], y=[y for _, y in centres], mode="markers",
        marker={"size": 14, "color": "rgba(0,0,0,0)"},
        customdata=[[row["area_name"], format_value(row), row["area_code"]] for _, row in areas.iterrows()],
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
    )  # fmt: skip
    figure.update_layout(shapes=shapes, hovermode="closest", hoverdistance=60, font={"color": INK})
    x_range, y_range = _find_extent(areas["area_code"], outlines)
    hidden = {"visible": False, "fixedrange": True}
    figure.update_xaxes(hidden | {"range": x_range})
    figure.update_yaxes(hidden | {"range": y_range, "scaleanchor": "x", "scaleratio": 1})
    return figure


def make_path(rings: list[pd.DataFrame]) -> str:
    """Return the rings as one SVG path in grid metres."""
    return "".join(
        "M" + "L".join(f"{x},{y}" for x, y in zip(ring["easting_m"], ring["northing_m"], strict=True)) + "Z"
        for ring in rings
    )


def find_centre(ring: pd.DataFrame) -> tuple[float, float]:
    """Return the centroid of a closed ring, in metres (shoelace formula)."""
    x, y = ring["easting_m"].to_numpy(float), ring["northing_m"].to_numpy(float)
    # Taken from the first point: products of grid coordinates are large enough to lose metres otherwise.
    x0, y0 = x[0], y[0]
    x, y = x - x0, y - y0
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    area = cross.sum() / 2
    if area == 0:
        return x0 + x.mean(), y0 + y.mean()
    return (
        float(x0 + ((x[:-1] + x[1:]) * cross).sum() / (6 * area)),
        float(y0 + ((y[:-1] + y[1:]) * cross).sum() / (6 * area)),
    )


def _find_extent(codes: pd.Series, outlines: Outlines) -> tuple[list[float], list[float]]:
    points = pd.concat([ring for code in codes for ring in outlines[code]])
    east, north = points["easting_m"], points["northing_m"]
    margin = 0.02 * max(east.max() - east.min(), north.max() - north.min())
    return [east.min() - margin, east.max() + margin], [north.min() - margin, north.max() + margin]
