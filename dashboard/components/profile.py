"""The 13 questions of one area: its share beside region and England on one track, who answered, what the rest hide."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard.components.verdict import show_verdict
from dashboard.format import SHORT, Row, format_number, format_value
from dashboard.text.returns import name_question

BESIDE = "Beside England"
OPEN = "If the rest had said no, or yes"


def profile_table(profile: pd.DataFrame, *, caption: str) -> html.Table:
    """Return a row a question by focus group; the labels for narrow screens are in the cells' attributes."""
    own = profile[profile["role"] == "area"]
    beside = profile[profile["role"] == "comparator"]
    wide = {name: rows.to_dict("records") for name, rows in beside.groupby("indicator_id", sort=False)}
    names = [own["area_name"].iloc[0], *beside["area_name"].unique()]
    bodies = []
    for group, rows in own.groupby("group", sort=False):
        heading = html.Tr(html.Th(group, colSpan=len(names) + 5, scope="rowgroup", className="group"))
        made = [_make_row(row, wide.get(row["indicator_id"], [])) for row in rows.to_dict("records")]
        bodies.append(html.Tbody([heading, *made]))
    head = html.Tr(
        [
            html.Th("Measure reported in place", scope="col"),
            *[html.Th(name, scope="col", className="number") for name in names],
            html.Th(
                [html.Span("0%"), html.Span("100%")],
                scope="col",
                className="track-ends",
                **{"aria-label": "The same on a line from 0% to 100%"},
            ),
            html.Th(BESIDE, scope="col", className="verdict"),
            html.Th("Answered", scope="col", className="number"),
            html.Th(OPEN, scope="col", className="number"),
        ]
    )
    return html.Table([html.Caption(caption, className="hidden"), html.Thead(head), *bodies], className="profile")


def _make_row(row: Row, wide: list[Row]) -> html.Tr:
    everyone = row["denominator"] + row["not_answered"]
    answered = f"{row['denominator']:,.0f} of {everyone:,.0f} homes" if everyone > 0 else ""
    bounds = [format_number(row[name], "percent", decimals=0) for name in ("lower_bound", "upper_bound")]
    is_open = pd.notna(row["lower_bound"]) and row["not_answered"] > 0
    return html.Tr(
        [
            html.Th(name_question(row), scope="row"),
            _make_cell(_show_value(row), label=row["area_name"]),
            *[_make_cell(format_value(other), label=other["area_name"]) for other in wide],
            html.Td(_draw_track(row, wide), className="track-cell"),
            html.Td(show_verdict(row["versus_england"]), className="verdict", **{"data-label": BESIDE}),
            _make_cell(answered, label="Answered"),
            _make_cell(" to ".join(bounds) if is_open else "", label=OPEN),
        ]
    )


def _make_cell(shown: Component | str, *, label: str) -> html.Td:
    return html.Td(shown, className="number", **{"data-label": label})


def _show_value(row: Row) -> Component:
    if pd.isna(row["value"]):
        return html.Span(SHORT[row["status"]][0], className="word")
    return html.Strong(format_value(row))


def _draw_track(row: Row, wide: list[Row]) -> html.Div:
    marks = []
    if pd.notna(row["lower_bound"]):
        low, high = row["lower_bound"], row["upper_bound"]
        marks.append(html.Span(className="interval", style={"left": f"{low:.1f}%", "width": f"{high - low:.1f}%"}))
    kinds = ["england"] if len(wide) == 1 else ["region", "england"]
    marks += [
        html.Span(className=kind, style={"left": f"{other['value']:.1f}%"})
        for kind, other in zip(kinds, wide, strict=False)
        if pd.notna(other["value"])
    ]
    if pd.notna(row["value"]):
        marks.append(html.Span(className="dot after", style={"left": f"{row['value']:.1f}%"}))
    return html.Div(marks, className="track", **{"aria-hidden": "true"})
