"""The cards of how a region's councils vary: the funnel, and the councils that make up the gap to the target."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.card import Card, chart_card, empty_card
from dashboard.figures.funnel import draw_funnel
from dashboard.format import describe_period, describe_polarity, format_date, format_number, format_value
from dashboard.measures import MEASURES
from dashboard.rows import list_rows
from dashboard.selection import Selection, area_path
from dashboard.store import Snapshot
from dashboard.text.returns import say_choice
from dashboard.text.variation import (
    WIDENED,
    count_to_half,
    name_answers,
    summarise_contributions,
    summarise_funnel,
    title_contributions,
    title_funnel,
)

NOT_ANSWERED = (
    "The funnel sets each council's share of care homes against England's. No answers of care homes by council are "
    "held, so there is nothing to draw, and no gap to divide among councils."
)
NO_FUNNEL = "A funnel needs a share of care homes. {name} counts people or places, which one home can move together."
LEAST_NAMED = 5
"""Councils that the list of parts names at least, where there are so many."""


def funnel_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the region's councils between the lines that chance leaves round England's share."""
    points, lines = views.show_funnel(snapshot, selection), views.show_funnel_lines(snapshot, selection)
    if not ((points["role"] == "area") & points["value"].notna()).any():
        return empty_card("card-funnel", title="No funnel for this measure", text=_say_why(snapshot, selection))
    row = points.iloc[0]
    chosen = say_choice(row, chosen=MEASURES[selection.measure])
    card = Card(
        view="funnel",
        title=title_funnel(points),
        subtitle=f"{row['indicator_name']}, {describe_period(row)}, by how many answered. ▼▲ outside the 99.8% lines, "
        f"▽△ outside the 95% lines. Councils of other regions in grey. {describe_polarity(row['polarity'])}{chosen}",
        summary=summarise_funnel(points),
        frame=points,
        picture=draw_funnel(
            points,
            lines,
            others=views.show_other_points(snapshot, selection),
            what=name_answers(row["indicator_id"]),
        ),
        table=_list_points(points),
        notes=(WIDENED,) if lines["is_widened"].any() else (),
    )
    return chart_card(card, snapshot, selection)


def contributions_card(snapshot: Snapshot, selection: Selection) -> Component | None:
    """Return the councils that make up most of the region's gap to the target; None for a measure without a target."""
    parts = views.show_contributions(snapshot, selection)
    if parts.empty:
        return None
    target = format_number(parts["target"].iloc[0], "percent", decimals=0)
    source = snapshot.sources.loc[parts["source_id"].iloc[0]]
    card = Card(
        view="contributions",
        title=title_contributions(parts),
        subtitle=f"{parts['short_name'].iloc[0]}: homes that would have to change their answer to reach {target}, "
        f"{format_date(parts['date'].iloc[0])}. Fewer is better.",
        summary=summarise_contributions(parts, region=snapshot.areas.at[selection.area_code, "name"]),
        frame=parts,
        picture=_list_parts(parts, snapshot=snapshot),
        is_table=True,
        source=f"Source: {source['publisher']}: {source['title']}.",
    )
    return chart_card(card, snapshot, selection)


def _say_why(snapshot: Snapshot, selection: Selection) -> str:
    name = views.pick_trend(snapshot, selection)
    if not name:
        return NOT_ANSWERED
    if (snapshot.funnels["indicator_id"] == name).any():
        return "No figure of this measure can be shown for a council here, so there is nothing to draw."
    return NO_FUNNEL.format(name=snapshot.indicators.at[name, "name"])


def _list_points(points: pd.DataFrame) -> html.Table:
    """Return the points as a table: how many answered, the share, both pairs of limits, where it lies."""
    heads = ("Area", "Answered", "Share", "95% lines", "99.8% lines", "Beside England")
    rows = []
    for row in list_rows(points):
        limits = [_say_limits(row, name) for name in ("95", "998")]
        answered = "" if pd.isna(row["denominator"]) else f"{row['denominator']:,.0f}"
        cells = [answered, format_value(row), *limits, row["versus_england"] or "not compared"]
        rows.append(html.Tr([html.Th(row["area_name"], scope="row"), *[html.Td(cell) for cell in cells]]))
    head = html.Tr([html.Th(name, scope="col") for name in heads])
    caption = html.Caption(f"{points['indicator_name'].iloc[0]}, by area")
    return html.Table([caption, html.Thead(head), html.Tbody(rows)], className="data-table")


def _say_limits(row: dict, name: str) -> str:
    low, high = row[f"limit_lower_{name}"], row[f"limit_upper_{name}"]
    if pd.isna(low):
        return ""
    return " to ".join(format_number(end, "percent", decimals=0) for end in (low, high))


def _list_parts(parts: pd.DataFrame, *, snapshot: Snapshot) -> html.Table:
    """Return the councils with the largest parts, as rows with a bar, and what is left as one row."""
    many = max(count_to_half(parts), min(LEAST_NAMED, len(parts)))
    top = parts["share_of_gap_percent"].max() or 1.0
    rows = []
    for row in list_rows(parts.head(many)):
        bar = html.Span(className="block", style={"width": f"{100 * row['share_of_gap_percent'] / top:.1f}%"})
        rows.append(
            html.Tr(
                [
                    html.Th(dcc.Link(row["area_name"], href=area_path(snapshot, row["area_code"])), scope="row"),
                    html.Td(html.Div(bar, className="track", **{"aria-hidden": "true"}), className="track-cell"),
                    html.Td(f"{row['homes_to_move']:,.0f} of {row['answered']:,.0f}", className="number"),
                    html.Td(f"{row['share_of_gap_percent']:.0f}%", className="number"),
                ]
            )
        )
    left = parts.iloc[many:]
    if len(left):
        cells = [f"{left['homes_to_move'].sum():,.0f} of {left['answered'].sum():,.0f}"]
        cells += [f"{left['share_of_gap_percent'].sum():.0f}%"]
        other = html.Th(f"The other {len(left)}", scope="row")
        rows.append(html.Tr([other, html.Td(), *[html.Td(cell, className="number") for cell in cells]]))
    heads = [
        html.Th("Council", scope="col"),
        html.Th("", **{"aria-hidden": "true"}),
        html.Th("Homes to change", scope="col", className="number"),
        html.Th("Part of the gap", scope="col", className="number"),
    ]
    caption = html.Caption("Councils by their part in the gap, the largest first", className="hidden")
    return html.Table([caption, html.Thead(html.Tr(heads)), html.Tbody(rows)], className="parts-of-gap")
