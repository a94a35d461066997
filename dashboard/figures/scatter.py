"""Scatter: two indicators of the same areas as points, the outermost named, England as a cross of two lines.

No line of best fit: areas differ in much else, so that two figures go together does not make one the cause.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.theme import BLUE, MUTED, ORANGE, TEXT_OF, make_layout, value_axis, write_across
from dashboard.format import Row, format_unit, format_with_unit
from dashboard.rows import list_rows

Ends = tuple[tuple[float, float], tuple[float, float]]

NAMED_WHOLE, NAMED_OUTERMOST = 12, 5
NEAR, WIDE = 0.05, 0.2
"""How near two names stand before one goes to the other side, and how wide a name is, as shares of the axes."""


def pair_figures(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row an area with both figures: columns x and y, their words, and `distance` from the middle.

    The first indicator lies across. Distance is in interquartile ranges from the two medians, 0 where all are alike.
    """
    across, upright = (rows.set_index("area_code") for _, rows in frame.groupby("indicator_id", sort=False))
    pairs = across[["area_name", "role", "value"]].rename(columns={"value": "x"}).join(upright["value"].rename("y"))
    pairs = pairs.assign(
        x_text=[format_with_unit(row) for row in list_rows(across)],
        y_text=[format_with_unit(row) for row in list_rows(upright.reindex(across.index))],
    ).dropna(subset=["x", "y"])
    own = pairs[pairs["role"] == "area"]
    return pairs.assign(distance=(_scale(pairs["x"], own["x"]) ** 2 + _scale(pairs["y"], own["y"]) ** 2) ** 0.5)


def draw_scatter(frame: pd.DataFrame, *, ends: Ends, height: int = 520) -> go.Figure:
    """Return a point for each area that has both figures; `ends` are where the axes begin and end, across first."""
    pairs = pair_figures(frame)
    own, beside = pairs[pairs["role"] == "area"], pairs[pairs["role"] == "comparator"]
    named = _place_names(own, ends=ends)
    across, upright = (rows.iloc[0] for _, rows in frame.groupby("indicator_id", sort=False))
    layout = make_layout(
        height=height,
        hovermode="closest",
        margin={"l": 64, "t": 20, "r": 24, "b": 56},
        annotations=[
            *write_across(frame),
            *[_write_name(row) for row in list_rows(named)],
            *[_write_england(row) for row in list_rows(beside)],
        ],
        shapes=[line for row in list_rows(beside) for line in _draw_england(row)],
        xaxis=_draw_axis(across, ends=ends[0]),
        yaxis=_draw_axis(upright, ends=ends[1]),
    )
    is_far = own.index.isin(_list_far(own).index)
    return go.Figure(data=[_draw_points(own, is_far=is_far)], layout=layout)


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


def _draw_points(own: pd.DataFrame, *, is_far: list[bool]) -> go.Scatter:
    return go.Scatter(
        x=[round(value, 3) for value in own["x"]],
        y=[round(value, 3) for value in own["y"]],
        mode="markers",
        marker={
            "size": 10,
            "color": [ORANGE if one else BLUE for one in is_far] if len(own) > NAMED_WHOLE else BLUE,
            "opacity": 0.85,
            "line": {"width": 1, "color": "#FFFFFF"},
        },
        customdata=own[["area_name", "x_text", "y_text"]].to_numpy().tolist(),
        hovertemplate="<b>%{customdata[0]}</b><br>across: %{customdata[1]}<br>upright: %{customdata[2]}<extra></extra>",
    )


def _list_far(own: pd.DataFrame) -> pd.DataFrame:
    """Return the areas whose names are written: all of a few, the outermost of many."""
    most = len(own) if len(own) <= NAMED_WHOLE else NAMED_OUTERMOST
    return own.sort_values("distance", ascending=False, kind="stable").head(most)


def _place_names(own: pd.DataFrame, *, ends: Ends) -> pd.DataFrame:
    """Return the named areas with `side`, where a name stands: right of its point, or left where that is taken."""
    far = _list_far(own)
    sides: list[str] = []
    for place, (_, row) in enumerate(far.iterrows()):
        before = far.iloc[:place]
        is_near = (before["y"] - row["y"]).abs() < NEAR * _length(ends[1])
        gap = before.loc[is_near, "x"] - row["x"]
        blocked = gap.between(0, WIDE * _length(ends[0])).any() or row["x"] > ends[0][1] - 0.25 * _length(ends[0])
        sides.append("left" if blocked else "right")
    return far.assign(side=sides)


def _write_name(row: Row) -> dict:
    is_left = row["side"] == "left"
    return {
        "text": row["area_name"],
        "x": row["x"], "y": row["y"], "xanchor": "right" if is_left else "left", "xshift": -9 if is_left else 9,
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
