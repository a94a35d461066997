"""Tables of what returns add: changes divided in two, and findings to put right."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard.format import MISSING, Row, describe_span, format_short_date, sentence
from dashboard.rows import list_rows
from dashboard.text.returns import describe_parts, format_points


def change_table(changes: pd.DataFrame, *, caption: str) -> html.Table:
    """Return a row a question, a column an earlier date; in each cell the change and its two parts."""
    dates = list(dict.fromkeys(zip(changes["date_from"], changes["date_to"], strict=True)))
    heads = [f"Since {format_short_date(first)} ({describe_span((last - first).days)})" for first, last in dates]
    rows = []
    for _, cells in changes.groupby("indicator_id", sort=False):
        held = {row["date_from"]: row for row in list_rows(cells)}
        name = html.Th(cells["short_name"].iloc[0], scope="row")
        shown = [_show_change(held.get(first), label) for (first, _), label in zip(dates, heads, strict=True)]
        rows.append(html.Tr([name, *shown]))
    head = html.Tr([html.Th(text, scope="col") for text in ("Measure", *heads)])
    return html.Table(
        [html.Caption(caption, className="hidden"), html.Thead(head), html.Tbody(rows)], className="changes"
    )


def _show_change(row: Row | None, label: str) -> html.Td:
    if row is None or pd.isna(row["change_points"]):
        return html.Td(MISSING["" if row is None else row["status"]], **{"data-label": label})
    change = html.Strong(sentence(format_points(row["change_points"])))
    parts = [change, html.Span(describe_parts(row), className="parts")]
    return html.Td(parts, **{"data-label": label})


def finding_table(findings: pd.DataFrame, *, caption: str) -> html.Table:
    """Return a row a finding: what was found, what to do, who can."""
    rows = [
        html.Tr(
            [
                html.Th(row["finding"], scope="row"),
                html.Td(row["what_to_do"], **{"data-label": "What to do"}),
                html.Td(row["who_can"], **{"data-label": "Who can"}),
            ]
        )
        for row in list_rows(findings)
    ]
    head = html.Tr([html.Th(text, scope="col") for text in ("Found", "What to do", "Who can")])
    return html.Table(
        [html.Caption(caption, className="hidden"), html.Thead(head), html.Tbody(rows)], className="findings"
    )
