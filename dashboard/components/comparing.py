"""The card of /compare: one comparison as the chart that was chosen, or why it cannot be drawn and what to do."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from dash import html

from dashboard.comparison import LINES_A_PANEL, OVER_TIME, Comparison, write_query
from dashboard.components.card import Card, chart_card
from dashboard.components.empty_comparison import explain_nothing
from dashboard.components.heat_map import heat_key, heat_map
from dashboard.components.legend import map_legend
from dashboard.components.multiples import breaks_of, multiples, multiples_key
from dashboard.components.ranking import ranking_table
from dashboard.components.span_table import span_tables
from dashboard.figures.classes import Band, make_bands
from dashboard.figures.funnel import draw_funnel
from dashboard.figures.outline_map import draw_map
from dashboard.figures.scatter import draw_scatter
from dashboard.figures.trend import draw_trend
from dashboard.format import join_names
from dashboard.measures import ANSWERING, DEFAULT_MEASURE, QUESTIONS
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.text.comparing import (
    HEAT_NOTE,
    NO_CAUSE,
    ONE_DATE_FUNNEL,
    name_answers,
    subtitle_comparison,
    summarise_comparison,
    title_comparison,
    title_outside,
)
from dashboard.text.returns import describe_break, label_break
from dashboard.views.comparing import MOST_PANELS, count_left_out, select_span, show_comparison

VIEW = "compare"
SHARES = (*QUESTIONS.values(), ANSWERING)
FIRST_OF = {
    "ranking": "A ranking shows the first indicator",
    "map": "A map shows the first indicator",
    "funnel": "A funnel shows the first indicator",
    "scatter": "A scatter shows the first two indicators",
}


def comparison_card(snapshot: Snapshot, comparison: Comparison) -> html.Section:
    """Return the card of a comparison, or what is held instead where it has nothing to draw."""
    frame = show_comparison(snapshot, comparison)
    if frame.empty or not frame.loc[frame["role"] == "area", "value"].notna().any():
        return explain_nothing(snapshot, comparison)
    drawn = DRAWN[comparison.chart](frame, snapshot, comparison)
    notes = [*drawn.pop("notes", ()), *_say_limits(frame, snapshot, comparison)]
    card = Card(
        view=VIEW,
        title=drawn.pop("title", None) or title_comparison(frame, chart=comparison.chart),
        subtitle=subtitle_comparison(frame, chart=comparison.chart),
        summary=summarise_comparison(frame, chart=comparison.chart),
        frame=frame,
        notes=tuple(notes),
        is_wide=True,
        download=f"/download/{VIEW}.csv{write_query(snapshot, comparison)}",
        **drawn,
    )
    return chart_card(card, snapshot, Selection(area_code=ENGLAND, measure=DEFAULT_MEASURE))


def find_bands(snapshot: Snapshot, comparison: Comparison) -> dict[str, list[Band]]:
    """Return the bands of each indicator over all its dates, so that a shade means the same on each of them."""
    span = select_span(snapshot, comparison, is_whole=True)
    own = span[span["role"] == "area"]
    return {
        name: make_bands(rows["value"], unit=rows["unit"].iloc[0], decimals=int(rows["decimals"].iloc[0]))
        for name, rows in own.groupby("indicator_id", sort=False)
    }


def find_tops(snapshot: Snapshot, comparison: Comparison) -> dict[str, float]:
    """Return the highest figure of each indicator over all its dates, with its interval where it has one."""
    span = select_span(snapshot, comparison, is_whole=True)
    tops = span.groupby("indicator_id")[["value", "upper_95"]].max().max(axis=1)
    return {name: float(top) if pd.notna(top) and top > 0 else 1.0 for name, top in tops.items()}


def _draw_trend(frame: pd.DataFrame, snapshot: Snapshot, comparison: Comparison) -> dict:
    """Return one chart of up to four lines of one indicator, otherwise small multiples."""
    broken = breaks_of(snapshot, frame)
    notes = [describe_break(row) for row in broken]
    own = frame[frame["role"] == "area"]
    if frame["indicator_id"].nunique() > 1 or own["area_code"].nunique() > LINES_A_PANEL:
        return {
            "picture": multiples(frame, snapshot, shares=SHARES), "legend": multiples_key(frame), "notes": notes
        }  # fmt: skip
    picture = draw_trend(
        frame,
        series="area_name",
        is_share=frame["indicator_id"].iloc[0] in SHARES,
        breaks={row["date"]: label_break(row) for row in broken},
        height=380,
    )
    return {"picture": picture, "notes": notes}


def _draw_ranking(frame: pd.DataFrame, snapshot: Snapshot, comparison: Comparison) -> dict:
    top = find_tops(snapshot, comparison)[frame["indicator_id"].iloc[0]]
    return {"picture": ranking_table(frame, snapshot=snapshot, top=top)}


def _draw_heat_map(frame: pd.DataFrame, snapshot: Snapshot, comparison: Comparison) -> dict:
    caption = title_comparison(frame, chart="heatmap")
    table = heat_map(frame, bands=find_bands(snapshot, comparison), snapshot=snapshot, caption=caption)
    return {"picture": table, "legend": heat_key(), "is_table": True, "notes": [HEAT_NOTE]}


def _draw_scatter(frame: pd.DataFrame, snapshot: Snapshot, comparison: Comparison) -> dict:
    span = select_span(snapshot, comparison, is_whole=True).groupby("indicator_id")["value"].agg(["min", "max"])
    ends = tuple((float(span.at[name, "min"]), float(span.at[name, "max"])) for name in frame["indicator_id"].unique())
    return {"picture": draw_scatter(frame, ends=ends), "notes": [NO_CAUSE]}


def _draw_map(frame: pd.DataFrame, snapshot: Snapshot, comparison: Comparison) -> dict:
    bands = find_bands(snapshot, comparison)[frame["indicator_id"].iloc[0]]
    picture = draw_map(frame, snapshot.outlines, bands=bands, height=560)
    return {"picture": picture, "legend": map_legend(frame, bands=bands)}


def _draw_funnel(frame: pd.DataFrame, snapshot: Snapshot, comparison: Comparison) -> dict:
    indicator = frame["indicator_id"].iloc[0]
    lines = snapshot.funnels[snapshot.funnels["indicator_id"] == indicator]
    picture = draw_funnel(frame, lines, others=frame.iloc[:0], what=name_answers(indicator), height=480)
    return {"picture": picture, "title": title_outside(frame), "notes": [ONE_DATE_FUNNEL]}


def _draw_table(frame: pd.DataFrame, snapshot: Snapshot, comparison: Comparison) -> dict:
    return {"picture": span_tables(frame, snapshot=snapshot), "is_table": True}


DRAWN: dict[str, Callable[[pd.DataFrame, Snapshot, Comparison], dict]] = {
    "trend": _draw_trend,
    "ranking": _draw_ranking,
    "heatmap": _draw_heat_map,
    "funnel": _draw_funnel,
    "scatter": _draw_scatter,
    "map": _draw_map,
    "table": _draw_table,
}
"""What draws each kind of chart: the fields of its card beyond the words."""


def _say_limits(frame: pd.DataFrame, snapshot: Snapshot, comparison: Comparison) -> list[str]:
    """Return what was chosen and is not in the picture, each in a sentence."""
    lines = []
    shown = frame["indicator_id"].unique()
    others = [name for name in comparison.indicators if name not in shown]
    names = join_names([str(snapshot.indicators.at[name, "short_name"]) for name in others]) if others else ""
    if others and comparison.chart in FIRST_OF:
        lines.append(f"{FIRST_OF[comparison.chart]} of those chosen. Not shown: {names}.")
    elif others:
        lines.append(f"No figure is held here for: {names}.")
    left = count_left_out(snapshot, comparison) if comparison.chart in OVER_TIME else 0
    if left and comparison.chart == "trend":
        lines.append(
            f"The first {MOST_PANELS} panels are drawn. Choose fewer areas or indicators to see others, or a heat map "
            "to see all at once."
        )
    elif left:
        lines.append(f"The newest dates are shown; {left:,} older figures had no room. Choose dates or fewer areas.")
    if comparison.chart == "map" and set(comparison.areas) - set(frame["area_code"]) - {ENGLAND}:
        lines.append("A map shows councils or regions, not both. Councils are chosen, so regions are not drawn.")
    return lines
