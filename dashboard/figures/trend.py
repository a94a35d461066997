"""Lines over time: what the view is about in colour, wider areas dashed beside it, others in grey behind."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.theme import BLUE, GREY, INK, LINES, TEAL, TEXT_OF, date_axis, make_layout, value_axis
from dashboard.format import describe_period, format_value

BESIDE = ((TEAL, "dash"), (INK, "dot"))
"""Lines of wider areas, the nearer one first: told apart by dash as well as colour."""

SAMPLES = {"solid": "━━", "dash": "– –", "dot": "· · ·"}
LONG_SERIES_DAYS = 500
POINTS_SHOWN = 10


def draw_trend(
    frame: pd.DataFrame, *, series: str, background: pd.DataFrame | None = None, height: int = 300
) -> go.Figure:
    """Return one line for each name in the column `series`: at most four of the view's own, two beside.

    `background` holds lines drawn thin and grey, one an area.
    """
    valued = frame[frame["value"].notna()]
    behind = background[background["value"].notna()] if background is not None else frame.iloc[:0]
    styles = _pick_styles(valued, series)
    lines = [_draw_background(line, name=name) for name, line in behind.groupby("area_name", sort=False)]
    # The view's own line is drawn last, on top.
    lines += [_draw_line(frame[frame[series] == name], name, style) for name, style in reversed(styles.items())]
    top = max([*valued["value"], *behind["value"]], default=1)
    unit = frame["unit"].iloc[0] if len(frame) else "count"
    days = (valued["date"].max() - valued["date"].min()).days if len(valued) else 0
    layout = make_layout(
        height=height,
        hovermode="closest",
        annotations=_write_key(styles, is_low=_ends_low(pd.concat([valued, behind]), top=top)),
        xaxis=date_axis(valued["date"], is_long=days > LONG_SERIES_DAYS),
        yaxis=value_axis(unit=unit, top=top),
    )
    return go.Figure(data=lines, layout=layout)


def _draw_background(line: pd.DataFrame, *, name: str) -> go.Scatter:
    return go.Scatter(
        x=list(line["date"]),
        y=list(line["value"]),
        name=name,
        mode="lines",
        line={"color": GREY, "width": 1},
        hoverinfo="skip",
    )


def _draw_line(line: pd.DataFrame, name: str, style: tuple[str, str]) -> go.Scatter:
    """Return a line that breaks where a value is missing; a short one has points, or a lone year would not show."""
    color, dash = style
    return go.Scatter(
        x=list(line["date"]),
        y=[None if pd.isna(value) else value for value in line["value"]],
        name=name,
        mode="lines+markers" if len(line) <= POINTS_SHOWN else "lines",
        marker={"size": 7},
        connectgaps=False,
        line={"color": color, "width": 3 if dash == "solid" else 2, "dash": dash},
        customdata=[[describe_period(row), format_value(row)] for row in line.to_dict("records")],
        hovertemplate="%{customdata[1]}<br>%{customdata[0]}<extra>" + str(name) + "</extra>",
    )


def _pick_styles(valued: pd.DataFrame, series: str) -> dict[str, tuple[str, str]]:
    """Return colour and dash for each name, the view's own first."""
    roles = valued.drop_duplicates(series)[[series, "role"]]
    own = list(roles.loc[roles["role"] == "area", series])
    beside = list(roles.loc[roles["role"] == "comparator", series])
    # England is the widest and comes last, whichever way the names fall in the alphabet.
    beside.sort(key=lambda name: str(name).startswith("England"))
    styles = {name: (LINES[place % len(LINES)], "solid") for place, name in enumerate(own)}
    return styles | {name: BESIDE[-len(beside) :][place % len(BESIDE)] for place, name in enumerate(beside)}


def _ends_low(valued: pd.DataFrame, *, top: float) -> bool:
    """Tell whether the upper right of the chart is free, so that the key can stand there."""
    if valued.empty:
        return True
    begin, end = valued["date"].min(), valued["date"].max()
    late = valued[valued["date"] > begin + (end - begin) * 0.5]
    return bool(late["value"].max() < 0.6 * top)


def _write_key(styles: dict[str, tuple[str, str]], *, is_low: bool) -> list[dict]:
    """Return the lines' names, in their colours, where no line runs: above the ends, or below them."""
    names = list(styles) if is_low else list(reversed(styles))
    return [
        {
            "text": f"{SAMPLES[styles[name][1]]} {name}",
            "xref": "paper",
            "yref": "paper",
            "x": 1,
            "xanchor": "right",
            "y": int(is_low),
            "yanchor": "top" if is_low else "bottom",
            "yshift": -22 * place if is_low else 22 * place + 6,
            "showarrow": False,
            "font": {
                "color": TEXT_OF.get(styles[name][0], styles[name][0]),
                "size": 14,
                "weight": 700 if styles[name][0] == BLUE else 400,
            },
        }
        for place, name in enumerate(names)
    ]
