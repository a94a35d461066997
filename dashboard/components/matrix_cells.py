"""A cell of the heat-map: one figure as its value, its verdict and its change, of which the style sheet shows one."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard.components.verdict import SHAPES, show_marked
from dashboard.format import MINUS, MISSING, SHORT, Row, format_bare
from dashboard.text.returns import describe_change

SIMILAR = "≈"
"""What stands for "similar" in a column too narrow for the word."""


def show_cell(row: Row) -> list[Component]:
    """Return the three contents of a figure's cell, or why there is no figure."""
    value = format_bare(row)
    if not value:
        return show_missing(row["status"])
    verdict = row["versus_england"]
    return [
        html.Span(show_marked(value, verdict=verdict), className="as-value"),
        html.Span(_show_verdict(verdict), className="as-verdict"),
        html.Span(_show_change(row), className="as-change", title=describe_change_title(row)),
    ]


def show_missing(status: str) -> list[Component]:
    """Return the reason as a word, and as a mark for columns too narrow for one; a screen reader says the word."""
    word, mark = SHORT[status]
    return [html.Span(word, className="word"), html.Span(mark, className="mark", **{"aria-hidden": "true"})]


def describe_change_title(row: Row) -> str:
    """Return a change with its part among the homes that answered both times, or why there is none."""
    if pd.isna(row["change_points"]):
        return f"No change: {MISSING[row['change_status']]}."
    return f"{describe_change(row)}."


def _show_verdict(verdict: str) -> list[Component]:
    """Return the verdict as shape and word; what is clear is told from the rest by its filled shape, and heard."""
    if verdict == "similar":
        return [html.Span("similar", className="word"), html.Span(SIMILAR, className="mark", **{"aria-hidden": "true"})]
    if verdict not in SHAPES:
        return [html.Span("–", **{"aria-hidden": "true"}), html.Span("not compared", className="hidden")]
    return [
        html.Span(SHAPES[verdict], className="shape", **{"aria-hidden": "true"}),
        html.Span(verdict.removeprefix("clearly "), className="said", **{"aria-hidden": "true"}),
        html.Span(f"{verdict} than England", className="hidden"),
    ]


def _show_change(row: Row) -> list[Component]:
    points = row["change_points"]
    if pd.isna(points):
        return show_missing(row["change_status"])
    whole = round(points)
    return [html.Span("0" if not whole else f"{'+' if whole > 0 else MINUS}{abs(whole)}")]
