"""The dates of /compare: a slider with a Play button for charts of one date, two lists for charts over time."""

from __future__ import annotations

import datetime as dt

from dash import html
from markupsafe import Markup

from dashboard.comparison import OVER_TIME, Comparison, list_dates
from dashboard.format import format_date, format_short_date
from dashboard.store import Snapshot
from dashboard.views.comparing import find_date, list_steps


def date_slider(snapshot: Snapshot, comparison: Comparison) -> html.Div | None:
    """Return the slider over the dates held, with its Play button; None for charts that show no single date of many."""
    steps = list_steps(snapshot, comparison)
    day = find_date(snapshot, comparison) if steps else None
    if len(steps) < 2 or day is None:
        return None
    # Written by hand: Dash has no plain slider, and its own would be drawn anew with each step.
    slider = Markup(
        '<input type="range" id="compare-date" data-keep="date" min="0" max="{}" step="1" value="{}" data-dates="{}" '
        'data-words="{}" aria-valuetext="{}">'
    ).format(
        len(steps) - 1,
        steps.index(day),
        " ".join(one.isoformat() for one in steps),
        "|".join(map(format_date, steps)),
        format_date(day),
    )
    return html.Div(
        [
            html.Button("Play", id="compare-play", className="play", type="button", **{"data-keep": "play"}),
            html.Div(
                [
                    html.Label(
                        ["Date: ", html.Strong(format_date(day), id="compare-date-words")], htmlFor="compare-date"
                    ),
                    slider,
                    html.Div(
                        [html.Span(format_short_date(steps[0])), html.Span(format_short_date(steps[-1]))],
                        className="ends",
                        **{"aria-hidden": "true"},
                    ),
                ],
                className="dated",
            ),
            html.P("", id="compare-note", role="status", className="play-note"),
        ],
        className="date-slider",
    )


def date_choice(snapshot: Snapshot, comparison: Comparison) -> html.Div | None:
    """Return the two ends of a chart over time as lists of the dates held; None for a chart of one date."""
    dates = list_dates(snapshot, comparison.indicators)
    if comparison.chart not in OVER_TIME or len(dates) < 2:
        return None
    # An address may name a day between two held ones: it is offered too, so that the list says what is drawn.
    early = _offer(sorted({*dates, *filter(None, [comparison.first])}), comparison.first, usual="the first")
    late = _offer(sorted({*dates, *filter(None, [comparison.last])}, reverse=True), comparison.last, usual="the newest")
    return html.Div(
        [
            html.Label("From", htmlFor="compare-from"),
            html.Select(early, id="compare-from", **{"data-key": "from", "data-keep": "from"}),
            html.Label("to", htmlFor="compare-to"),
            html.Select(late, id="compare-to", **{"data-key": "to", "data-keep": "to"}),
        ],
        className="date-choice",
    )


def _offer(dates: list[dt.date], chosen: dt.date | None, *, usual: str) -> list[html.Option]:
    days = [html.Option(format_short_date(day), value=day.isoformat(), selected=day == chosen) for day in dates]
    return [html.Option(usual, value="", selected=chosen is None), *days]
