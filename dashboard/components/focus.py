"""The names of a chart's grey lines: pointing at one, reaching it by keyboard or pressing it brings it forward."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard.format import describe_period, format_with_unit
from dashboard.rows import list_rows


def focus_list(behind: pd.DataFrame | None) -> html.Div | None:
    """Return a button for each area behind, with its newest figure to be said when it is pressed; None without any.

    The browser does the rest (assets/focus.js).
    """
    if behind is None or behind.empty:
        return None
    what = "region" if behind["area_kind"].iloc[0] == "region" else "council"
    valued = behind[behind["value"].notna()].sort_values("date", kind="stable")
    newest = valued.groupby("area_name").tail(1).sort_values("area_name")
    return html.Div(
        [
            html.P(f"Bring a {what} forward:", className="label"),
            html.Ul([html.Li(_make_button(row)) for row in list_rows(newest)]),
            html.P("", className="said-line", role="status"),
        ],
        className="focus",
    )


def _make_button(row: dict) -> html.Button:
    said = f"{row['area_name']}, newest: {format_with_unit(row)} ({describe_period(row)})."
    return html.Button(
        row["area_name"],
        type="button",
        **{"data-line": row["area_name"], "data-said": said, "aria-pressed": "false"},
    )
