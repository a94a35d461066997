"""Figures over time as tables: one for each indicator, an area a row, a date a column, the newest first."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html

from dashboard.format import MISSING, QUALITY, SHORT, Row, format_bare, format_short_date, format_unit
from dashboard.rows import list_rows
from dashboard.selection import area_path
from dashboard.store import Snapshot


def span_tables(frame: pd.DataFrame, *, snapshot: Snapshot) -> html.Div:
    """Return the tables, each in a region of its own that scrolls."""
    tables = [_make_table(rows, snapshot=snapshot) for _, rows in frame.groupby("indicator_id", sort=False)]
    return html.Div(tables, className="span-tables")


def _make_table(rows: pd.DataFrame, *, snapshot: Snapshot) -> html.Div:
    first = rows.iloc[0]
    name = f"{first['indicator_name']} ({format_unit(first['unit'])})"
    dates = sorted(rows["date"].unique(), reverse=True)
    said = rows.drop_duplicates("date").set_index("date")["date_text"]
    heads = [html.Th(said[day] or format_short_date(day), scope="col", className="number") for day in dates]
    body = []
    for code, cells in rows.groupby("area_code", sort=False):
        held = {row["date"]: row for row in list_rows(cells)}
        link = dcc.Link(cells["area_name"].iloc[0], href=area_path(snapshot, code))
        body.append(html.Tr([html.Th(link, scope="row"), *[_make_cell(held.get(day)) for day in dates]]))
    table = html.Table(
        [
            html.Caption(name),
            html.Thead(html.Tr([html.Th("Area", scope="col"), *heads])),
            html.Tbody(body),
        ],
        className="data-table span-table",
    )
    return html.Div(table, className="scroll", tabIndex=0, role="region", **{"aria-label": f"Table: {name}"})


def _make_cell(row: Row | None) -> html.Td:
    if row is None:
        return html.Td(SHORT[""][0], className="number none", title=MISSING[""])
    if pd.isna(row["value"]):
        return html.Td(SHORT[row["status"]][0], className="number none", title=MISSING[row["status"]])
    mark = f" ({row['quality']})" if row["quality"] else ""
    return html.Td(format_bare(row) + mark, className="number", title=QUALITY.get(row["quality"], "") or None)
