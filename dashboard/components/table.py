"""The table beside every chart: the same frame, a row an observation."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard.format import (
    MISSING,
    Row,
    describe_period,
    format_number,
    format_short_date,
    format_unit,
    format_value,
)
from dashboard.rows import list_rows


def data_table(frame: pd.DataFrame, *, caption: str) -> html.Table:
    """Return the frame as an HTML table with a caption and scoped headings; limits only where there are any."""
    has_limits = frame["lower_95"].notna().any()
    many = frame["indicator_id"].nunique() > 1
    unit = frame["unit"].iloc[0] if frame["unit"].nunique() == 1 and len(frame) else ""
    headings = [
        *(["Measure"] if many else []),
        "Area",
        "When",
        f"Value ({format_unit(unit)})" if unit else "Value",
    ]
    headings += ["95% interval"] if has_limits else []
    rows = [_make_row(row, many=many, has_limits=has_limits) for row in list_rows(frame)]
    return html.Table(
        className="data-table",
        children=[
            html.Caption(caption),
            html.Thead(html.Tr([html.Th(heading, scope="col") for heading in headings])),
            html.Tbody(rows),
        ],
    )


def date_table(frame: pd.DataFrame, *, columns: str, caption: str) -> html.Table:
    """Return a row a date and a column for each name in the column `columns`: few cells where many series are shown."""
    names = list(dict.fromkeys(frame.sort_values("role", kind="stable")[columns]))
    rows = []
    for date, same in frame.groupby("date", sort=True):
        held = {row[columns]: format_value(row) for row in list_rows(same)}
        cells = [html.Td(held.get(name, MISSING[""]), className="number") for name in names]
        rows.append(html.Tr([html.Th(format_short_date(date), scope="row"), *cells]))
    heads = [html.Th("When", scope="col"), *[html.Th(name, scope="col", className="number") for name in names]]
    return html.Table([html.Caption(caption), html.Thead(html.Tr(heads)), html.Tbody(rows)], className="data-table")


def _make_row(row: Row, *, many: bool, has_limits: bool) -> html.Tr:
    cells = [html.Th(row["indicator_name"], scope="row")] if many else []
    cells.append(html.Td(row["area_name"]) if many else html.Th(row["area_name"], scope="row"))
    cells += [html.Td(describe_period(row)), html.Td(format_value(row), className="number")]
    if has_limits:
        cells.append(html.Td(describe_limits(row), className="number"))
    return html.Tr(cells)


def describe_limits(row: Row) -> str:
    """Return the 95% interval as "1.2 to 1.9", or nothing."""
    if pd.isna(row["lower_95"]):
        return ""
    decimals = int(row["decimals"])
    return " to ".join(format_number(row[name], row["unit"], decimals=decimals) for name in ("lower_95", "upper_95"))
