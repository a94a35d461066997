"""Maps: areas as filled outlines on the British National Grid, with no tiles and nothing fetched from elsewhere."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.classes import Band, find_color, make_bands
from dashboard.figures.theme import NO_VALUE, ORANGE, make_layout, write_across
from dashboard.format import format_value
from dashboard.rows import list_rows

Outlines = dict[str, list[pd.DataFrame]]


def draw_map(
    ranking: pd.DataFrame,
    outlines: Outlines,
    *,
    highlight: str = "",
    height: int = 480,
    bands: list[Band] | None = None,
) -> go.Figure:
    """Return the areas of the frame, shaded by band; `highlight` gets a heavy outline.

    `bands` are those of a whole series, so that a colour means the same on each of its dates.
    Coordinates are metres; the axes keep one scale, so shapes are true.
    """
    areas = ranking[(ranking["role"] == "area") & ranking["area_code"].isin(outlines.keys())]
    margin = {"l": 0, "r": 0, "t": 0, "b": 0}
    if areas.empty:
        return go.Figure(layout=make_layout(height=height, margin=margin))
    decimals = int(areas["decimals"].iloc[0])
    bands = bands or make_bands(areas["value"], unit=areas["unit"].iloc[0], decimals=decimals)
    drawn = areas.assign(is_last=areas["area_code"] == highlight).sort_values("is_last", kind="stable")
    shapes = [
        _draw_area(
            outlines[row.area_code], color=find_color(row.value, bands, decimals=decimals), is_marked=row.is_last
        )
        for row in drawn.itertuples()
    ]
    x_range, y_range = _find_extent(areas["area_code"], outlines)
    hidden = {"visible": False, "fixedrange": True}
    layout = make_layout(
        height=height,
        margin=margin,
        shapes=shapes,
        annotations=write_across(areas),
        hovermode="closest",
        hoverdistance=60,
        xaxis=hidden | {"range": x_range},
        yaxis=hidden | {"range": y_range, "scaleanchor": "x", "scaleratio": 1},
    )
    return go.Figure(data=[_draw_centres(areas, outlines)], layout=layout)


def _draw_area(rings: list[pd.DataFrame], *, color: str, is_marked: bool) -> dict:
    edge = "#B1B4B6" if color == NO_VALUE else "#FFFFFF"
    return {
        "type": "path",
        "path": make_path(rings),
        "fillcolor": color,
        "fillrule": "evenodd",
        "line": {"color": ORANGE, "width": 3} if is_marked else {"color": edge, "width": 0.6},
        "layer": "below",
    }


def _draw_centres(areas: pd.DataFrame, outlines: Outlines) -> go.Scatter:
    """Return unseen points that say an area's name and value under the pointer."""
    centres = [find_centre(outlines[code][0]) for code in areas["area_code"]]
    return go.Scatter(
        x=[x for x, _ in centres],
        y=[y for _, y in centres],
        mode="markers",
        marker={"size": 14, "color": "rgba(0,0,0,0)"},
        customdata=[[row["area_name"], format_value(row), row["area_code"]] for row in list_rows(areas)],
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
    )


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
