"""The marks of verdicts against England: a shape and a word each, so that none of them hangs on colour."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard.text.verdicts import ENQUIRE, SIDES, count_comparisons, describe_chance, list_reasons

SHAPES = {
    "clearly worse": "▼", "worse": "▽", "clearly better": "▲", "better": "△",
    "clearly lower": "▼", "lower": "▽", "clearly higher": "▲", "higher": "△",
}  # fmt: skip
LEGEND = ("clearly worse", "worse", "better", "clearly better")


def name_class(verdict: str) -> str:
    """Return the class of a cell with this verdict: filled where it is clear, "" where there is no mark."""
    return verdict.replace(" ", "-") if verdict in SHAPES else ""


def show_marked(shown: str, *, verdict: str) -> list[Component | str]:
    """Return a figure with its mark before it; a screen reader hears the verdict after it instead."""
    if verdict not in SHAPES:
        return [shown]
    return [_draw_shape(verdict), html.Span(shown), html.Span(f" {verdict} than England", className="hidden")]


def show_verdict(verdict: str) -> list[Component | str]:
    """Return the verdict as a shape and a word, or that none is given."""
    if verdict not in SHAPES:
        return [verdict or "not compared"]
    return [_draw_shape(verdict), html.Span(verdict, className=name_class(verdict))]


def verdict_legend(frame: pd.DataFrame) -> html.P | None:
    """Return what each mark means and how many chance alone gives, or None where nothing is compared."""
    if not count_comparisons(frame):
        return None
    keys = [
        html.Span([html.Span(_draw_shape(name), className=f"swatch-mark {name_class(name)}"), f" {name} than England"])
        for name in LEGEND
    ]
    words = html.Span(className="chance", children=f"No mark: similar, or not compared. {describe_chance(frame)}")
    return html.P([*keys, words], className="verdict-legend")


def describe_verdicts(frame: pd.DataFrame) -> html.P | None:
    """Return the same where the table says the verdicts in words: how many are chance, and why some are not given."""
    own = frame[frame["role"] == "area"]
    reasons = [f"Not compared: {reason}" for reason in list_reasons(frame)]
    parts = [describe_chance(own)] * bool(count_comparisons(own)) + reasons
    if own["versus_england"].isin(list(SIDES)).any():
        parts.append(ENQUIRE)
    return html.P(" ".join(parts), className="verdict-legend") if parts else None


def _draw_shape(verdict: str) -> html.Span:
    return html.Span(SHAPES[verdict], className="shape", **{"aria-hidden": "true"})
