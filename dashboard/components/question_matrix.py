"""England's 13 questions at a glance: line, newest share, change, who answered, usual range, regions apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import pandas as pd
from dash import dcc, html

from dashboard.components.verdict import SHAPES
from dashboard.figures.sparkline import draw_series
from dashboard.format import SHORT, Row, format_short_date, format_value
from dashboard.measures import QUESTIONS
from dashboard.rows import list_rows
from dashboard.selection import measure_query
from dashboard.text.national import describe_regions, describe_signal, format_tenths
from dashboard.text.returns import format_share_answering

WORDS = {indicator: word for word, indicator in QUESTIONS.items()}
NOT_COMPARED = "break"
"""What stands in place of a change where a break lies between."""
COLUMNS = ("Answered", "Beside its own weeks", "Regions beside England")


def question_matrix(
    series: pd.DataFrame,
    *,
    changes: pd.DataFrame,
    standing: pd.DataFrame,
    regions: pd.DataFrame,
    breaks: Collection[dt.date],
    caption: str,
) -> html.Table:
    """Return a row a question. Its name leads to the same page with that question on the map and in the ranking.

    `changes` has at most one row a question; `standing` and `regions` are by indicator.
    """
    moved = {row["indicator_id"]: row for row in list_rows(changes)}
    since = f"Points since {_day(changes['date_from'].iloc[0])}" if len(changes) else "Points"
    bodies = []
    for group, rows in series.groupby("group", sort=False):
        heading = html.Tr(html.Th(group, colSpan=7, scope="rowgroup", className="group"))
        made = [
            _make_row(
                own,
                change=_show_change(moved.get(str(name))),
                signal=describe_signal(standing.loc[name]) if name in standing.index else "",
                side=str(standing.at[name, "direction"]) if name in standing.index else "",
                apart=describe_regions(regions.loc[name]) if name in regions.index else "not compared",
                breaks=breaks,
                since=since,
            )
            for name, own in rows.groupby("indicator_id", sort=False)
        ]
        bodies.append(html.Tbody([heading, *made]))
    newest = format_short_date(series["date"].max())
    heads = [
        html.Th("Reported in place", scope="col"),
        html.Th("0 to 100%", scope="col", className="line"),
        html.Th(newest, scope="col", className="number"),
        html.Th(since, scope="col", className="number"),
        *[html.Th(name, scope="col", className="number" if name == "Answered" else "") for name in COLUMNS],
    ]
    return html.Table(
        [html.Caption(caption, className="hidden"), html.Thead(html.Tr(heads)), *bodies], className="questions"
    )


def _make_row(
    own: pd.DataFrame, *, change: str, signal: str, side: str, apart: str, breaks: Collection[dt.date], since: str
) -> html.Tr:
    last = own.iloc[-1]
    address = "/" + measure_query(WORDS[last["indicator_id"]], default="")
    answered, usual, beside = COLUMNS
    return html.Tr(
        [
            html.Th(dcc.Link(last["short_name"], href=address), scope="row"),
            html.Td(draw_series(own, breaks=breaks), className="line"),
            html.Td(html.Strong(format_value(last)), className="number newest-value"),
            html.Td(change, className="number", **{"data-label": since}),
            html.Td(format_share_answering(last) or SHORT[""][0], className="number", **{"data-label": answered}),
            html.Td([_draw_shape(side), signal], className="said", **{"data-label": usual}),
            html.Td(apart, className="said", **{"data-label": beside}),
        ]
    )


def _show_change(row: Row | None) -> str:
    if row is None:
        return NOT_COMPARED
    return SHORT[row["status"]][0] if pd.isna(row["change_points"]) else format_tenths(row["change_points"])


def _draw_shape(side: str) -> html.Span | None:
    """Return an arrow for a figure out of its usual range; the words beside it say the same."""
    shape = {
        "below": SHAPES["lower"],
        "above": SHAPES["higher"],
        "falling": SHAPES["lower"],
        "rising": SHAPES["higher"],
    }
    return html.Span(shape[side], className="shape", **{"aria-hidden": "true"}) if side in shape else None


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%b}"
