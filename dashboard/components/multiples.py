"""Small multiples as a grid of panels, each with its name as a heading and a text alternative of its own."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from dash import html

from dashboard.components.card import graph
from dashboard.figures.multiples import draw_multiple, pick_colors
from dashboard.figures.theme import GREY, TOP
from dashboard.format import Row, format_unit
from dashboard.rows import list_rows
from dashboard.store import Snapshot
from dashboard.text import summarise_trend
from dashboard.views import find_breaks
from dashboard.views.comparing import plan_panels


def multiples(frame: pd.DataFrame, snapshot: Snapshot, *, shares: tuple[str, ...]) -> html.Div:
    """Return the panels of a comparison over time; those of one scale end at the same height and begin the same day.

    Percentages and rates share a scale where their units are alike; counts only within an indicator.
    """
    colors, dates = pick_colors(frame), frame["date"]
    tops = {name: _find_top(frame, rows, shares=shares) for name, rows in frame.groupby("indicator_id", sort=False)}
    is_many = frame["indicator_id"].nunique() > 1
    panels = []
    for place, panel in enumerate(plan_panels(frame)):
        indicator = panel["indicator_id"].iloc[0]
        figure = draw_multiple(
            panel,
            top=tops[indicator],
            dates=dates,
            colors=colors,
            breaks=[row["date"] for row in breaks_of(snapshot, panel)],
        )
        name = _name_panel(panel, frame)
        picture = graph(f"card-compare-{place}", figure, alt=f"{name}. {summarise_trend(panel)}")
        unit = html.P(f"{format_unit(panel['unit'].iloc[0])}", className="unit") if is_many else None
        panels.append(html.Div([html.H3(name), unit, picture], className="panel"))
    return html.Div(panels, className="panels")


def multiples_key(frame: pd.DataFrame) -> html.Ul:
    """Return the colour of each line in words: the areas where a panel has several, and England's grey."""
    colors = pick_colors(frame)
    names = frame.drop_duplicates("area_code").set_index("area_code")["area_name"]
    keys = [(color, names[code]) for code, color in colors.items()]
    if len(set(colors.values())) < len(colors):
        keys = []
    if (frame["role"] == "comparator").any():
        keys.append((GREY, "England"))
    return html.Ul(
        [html.Li([html.Span(className="swatch line", style={"backgroundColor": color}), name]) for color, name in keys],
        className="legend",
    )


def breaks_of(snapshot: Snapshot, frame: pd.DataFrame) -> list[Row]:
    """Return the breaks of the frame's indicators within its dates, each once, by date."""
    first, last = frame["date"].min(), frame["date"].max()
    found: dict[tuple[str, dt.date], Row] = {}
    for name in frame["indicator_id"].unique():
        for row in list_rows(find_breaks(snapshot, name, first=first, last=last)):
            found.setdefault((row["id"], row["date"]), row)
    return sorted(found.values(), key=lambda row: row["date"])


def _find_top(frame: pd.DataFrame, rows: pd.DataFrame, *, shares: tuple[str, ...]) -> float:
    """Return where the value axis of an indicator ends: with those of its unit, and a share's at 100%."""
    unit = rows["unit"].iloc[0]
    alike = rows if unit == "count" else frame[frame["unit"] == unit]
    if alike["indicator_id"].isin(shares).any():
        return 100 / TOP
    top = alike["value"].max()
    return float(top) if pd.notna(top) and top > 0 else 1.0


def _name_panel(panel: pd.DataFrame, frame: pd.DataFrame) -> str:
    """Return a panel's name: its area, its indicator, or both where others share neither."""
    first = panel.iloc[0]
    indicator = str(first["short_name"])
    own = panel.loc[panel["role"] == "area", "area_code"].nunique()
    areas = frame.loc[frame["role"] == "area", "area_code"].nunique()
    if own == areas:
        return indicator
    return first["area_name"] if frame["indicator_id"].nunique() == 1 else f"{first['area_name']}: {indicator}"
