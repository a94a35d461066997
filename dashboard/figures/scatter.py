"""Scatter: two indicators of the same areas as points, the outermost named, England as a cross of two lines.

No line of best fit: areas differ in much else, so that two figures go together does not make one the cause.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.theme import BLUE, MUTED, ORANGE, TEXT_OF, make_layout, value_axis, write_across
from dashboard.format import Row, format_unit, format_with_unit

Ends = tuple[tuple[float, float], tuple[float, float]]

NAMED_WHOLE, NAMED_OUTERMOST = 12, 5
NEAR = 0.045
"""How near two names may stand, as a share of the axis upright, before one of them is left out."""


def pair_figures(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row an area with both figures: columns x and y, their words, and `distance` from the middle.

    The first indicator lies across. Distance is in interquartile ranges from the two medians, 0 where all are alike.
    """
    across, upright = (rows.set_index("area_code") for _, rows in frame.groupby("indicator_id", sort=False))
    pairs = across[["area_name", "role", "value"]].rename(columns={"value": "x"}).join(upright["value"].rename("y"))
    pairs = pairs.assign(
        x_text=[format_with_unit(row) for row in across.to_dict("records")],
        y_text=[format_with_unit(row) for row in upright.reindex(across.index).to_dict("records")],
    ).dropna(subset=["x", "y"])
    own = pairs[pairs["role"] == "area"]
    return pairs.assign(distance=(_scale(pairs["x"], own["x"]) ** 2 + _scale(pairs["y"], own["y"]) ** 2) ** 0.5)


def draw_scatter(frame: pd.DataFrame, *, ends: Ends, height: int = 520) -> go.Figure:
    """Return a point for each area that has both figures; `ends` are where the axes begin and end, across first."""
    pairs = pair_figures(frame)
    own, beside = pairs[pairs["role"] == "area"], pairs[pairs["role"] == "comparator"]
    named = _pick_named(own, ends=ends)
    across, upright = (rows.iloc[0] for _, rows in frame.groupby("indicator_id", sort=False))
    layout = make_layout(
        height=height,
        hovermode="closest",
        margin={"l": 64, "t": 20, "r": 24, "b": 56},
        annotations=[
            *write_across(frame),
            *[_write_name(row, ends=ends) for row in named.to_dict("records")],
            *[_write_england(row) for row in beside.to_dict("records")],
        ],
        shapes=[line for row in beside.to_dict("records") for line in _draw_england(row)],
        xaxis=_draw_axis(across, ends=ends[0]),
        yaxis=_draw_axis(upright, ends=ends[1]),
    )
    is_named = own.index.isin(named.index)
    return go.Figure(data=[_draw_points(own, is_named=is_named)], layout=layout)


def name_axis(row: Row) -> str:
    """Return an indicator's short name with its unit where that is no per cent (whose sign stands at each step)."""
    return str(row["short_name"]) + ("" if row["unit"] == "percent" else f", {format_unit(row['unit'])}")


def _draw_axis(row: Row, *, ends: tuple[float, float]) -> dict[str, object]:
    """Return an axis between its ends with a little room, not from zero: a point's place is no length."""
    room = 0.06 * (ends[1] - ends[0] or 1)
    axis = value_axis(unit=row["unit"], top=1, title=name_axis(row))
    return axis | {"range": [ends[0] - room, ends[1] + room], "linecolor": MUTED, "nticks": 7}


def _length(ends: tuple[float, float]) -> float:
    return ends[1] - ends[0] or 1


def _scale(values: pd.Series, own: pd.Series) -> pd.Series:
    spread = own.quantile(0.75) - own.quantile(0.25)
    return (values - own.median()) / spread if spread else (values - own.median()) * 0


def _draw_points(own: pd.DataFrame, *, is_named: list[bool]) -> go.Scatter:
    return go.Scatter(
        x=[round(value, 3) for value in own["x"]],
        y=[round(value, 3) for value in own["y"]],
        mode="markers",
        marker={
            "size": 10,
            "color": [ORANGE if one else BLUE for one in is_named] if len(own) > NAMED_WHOLE else BLUE,
            "opacity": 0.85,
            "line": {"width": 1, "color": "#FFFFFF"},
        },
        customdata=own[["area_name", "x_text", "y_text"]].to_numpy().tolist(),
        hovertemplate="<b>%{customdata[0]}</b><br>across: %{customdata[1]}<br>upright: %{customdata[2]}<extra></extra>",
    )


def _pick_named(own: pd.DataFrame, *, ends: Ends) -> pd.DataFrame:
    """Return the areas whose names are written: all of a few, the outermost of many, none over another's name."""
    most = len(own) if len(own) <= NAMED_WHOLE else NAMED_OUTERMOST
    kept: list[str] = []
    for code, row in own.sort_values("distance", ascending=False, kind="stable").head(most).iterrows():
        is_free = all(
            abs(row["y"] - own.at[other, "y"]) > NEAR * _length(ends[1])
            or abs(row["x"] - own.at[other, "x"]) > 0.2 * _length(ends[0])
            for other in kept
        )
        if is_free:
            kept.append(code)
    return own.loc[kept]


def _write_name(row: Row, *, ends: Ends) -> dict:
    is_right = row["x"] > ends[0][0] + _length(ends[0]) * 0.75
    return {
        "text": row["area_name"],
        "x": row["x"], "y": row["y"], "xanchor": "right" if is_right else "left", "xshift": -9 if is_right else 9,
        "yanchor": "middle", "showarrow": False, "font": {"size": 13},
    }  # fmt: skip


def _draw_england(row: Row) -> list[dict]:
    line = {"type": "line", "layer": "below", "line": {"color": MUTED, "width": 1, "dash": "dot"}}
    return [
        line | {"x0": row["x"], "x1": row["x"], "yref": "paper", "y0": 0, "y1": 1},
        line | {"y0": row["y"], "y1": row["y"], "xref": "paper", "x0": 0, "x1": 1},
    ]


def _write_england(row: Row) -> dict:
    return {
        "text": "England",
        "xref": "paper", "x": 1, "xanchor": "right", "y": row["y"], "yanchor": "bottom",
        "showarrow": False, "font": {"size": 12, "color": TEXT_OF.get(MUTED, MUTED)},
    }  # fmt: skip
