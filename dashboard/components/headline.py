"""Headline cards: one large number each, with its date, its change, which way is better, and a small line."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard.figures.sparkline import draw_sparkline
from dashboard.format import (
    describe_period,
    describe_polarity,
    format_change,
    format_value,
    sentence,
)

FEWEST_FOR_PEAK = 5
SIX = 6
"""Cards that the style sheet sets in one row of narrower ones."""


def headline_row(frame: pd.DataFrame) -> html.Ul:
    """Return a card for each indicator of a headlines frame, in its order."""
    groups = frame.groupby("indicator_id", sort=False)
    cards = [headline_card(series) for _, series in groups]
    return html.Ul(cards, className="headlines six" if len(cards) == SIX else "headlines")


def headline_card(series: pd.DataFrame) -> html.Li:
    """Return the card of one indicator's series."""
    own = series[series["role"] == "area"]
    last = own.iloc[-1]
    has_value = pd.notna(last["value"])
    picture = draw_sparkline(own["value"])
    made_up = ", illustrative" if series["is_illustrative"].any() else ""
    # Always six parts: the style sheet lines the same part of each card up across the row.
    return html.Li(
        [
            html.H2(last["indicator_name"]),
            html.P(format_value(last), className="figure" if has_value else "figure missing"),
            html.P(sentence(describe_period(last)) + made_up, className="when"),
            html.Div([html.P(line) for line in describe_movement(series)]),
            html.Div(picture, className="spark"),
            html.P(describe_polarity(last["polarity"]), className="polarity"),
        ]
    )


def describe_movement(series: pd.DataFrame) -> list[str]:
    """Return how the newest figure stands to the one before, to the peak and to England."""
    own, lines = series[series["role"] == "area"], []
    valued = own[own["value"].notna()]
    if valued.empty or valued.index[-1] != own.index[-1]:
        return lines
    last = valued.iloc[-1]
    unit, decimals = last["unit"], int(last["decimals"])
    if len(valued) > 1:
        before = valued.iloc[-2]
        change = format_change(round(last["value"] - before["value"], decimals), unit, decimals=decimals)
        since = {"week": "on the week before", "year": "on the year before"}.get(last["period"])
        since = since or f"since {before['date_text'] or describe_period(before)}"
        lines.append(f"{change} {since}" if "no change" not in change else f"No change {since}")
    if len(valued) >= FEWEST_FOR_PEAK and last["period"] == "week":
        peak = valued.loc[valued["value"].idxmax()]
        lines.append(f"Peak {format_value(peak)}, {describe_period(peak)}")
    england = series[series["role"] == "comparator"]
    if len(england) and unit != "count" and pd.notna(england["value"].iloc[-1]):
        lines.append(f"England {format_value(england.iloc[-1])}")
    return lines
