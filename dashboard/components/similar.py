"""The card of an authority beside those most like it: the chosen measure, then the 13 questions of the nearest."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.card import Card, chart_card, empty_card
from dashboard.components.ranking import draw_track
from dashboard.components.table import describe_limits
from dashboard.components.verdict import name_class, show_marked
from dashboard.format import Row, describe_period, describe_polarity, format_value
from dashboard.measures import MEASURES
from dashboard.rows import list_rows
from dashboard.selection import Selection, area_path
from dashboard.store import Snapshot
from dashboard.text.similar import ALIKE, summarise_similar, title_similar, title_similar_questions

NONE_ALIKE = "No areas are named as similar: a characteristic that likeness is measured by is not held for this one."


def similar_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the newest figure of the chosen measure in an area and those most like it, the highest first."""
    frame = views.show_similar(snapshot, selection)
    own_name = snapshot.areas.at[selection.area_code, "name"]
    if frame.empty:
        measure = snapshot.indicators.at[MEASURES[selection.measure], "name"]
        alike = views.similar_areas(snapshot, selection.area_code)
        text = f"Neither this area nor one like it has a figure for this measure: {measure}." if alike else NONE_ALIKE
        return empty_card("card-similar", title="Nothing to set beside similar areas", text=text)
    first = frame.iloc[0]
    card = Card(
        view="similar",
        title=title_similar(frame),
        subtitle=f"{first['indicator_name']}, {describe_period(first)}. {describe_polarity(first['polarity'])}",
        summary=summarise_similar(frame),
        legend=html.P(ALIKE, className="verdict-legend"),
        frame=frame,
        picture=similar_table(
            frame, snapshot=snapshot, here=selection.area_code, caption=f"{own_name} and areas like it"
        ),
    )
    return chart_card(card, snapshot, selection)


def similar_table(frame: pd.DataFrame, *, snapshot: Snapshot, here: str, caption: str) -> html.Table:
    """Return a row an area, with its place in likeness, its figure and its interval."""
    top = frame[["upper_95", "value"]].max().max()
    scale = 100 / (top if pd.notna(top) and top > 0 else 1)
    head = html.Tr(
        [
            html.Th("Area", scope="col"),
            html.Th("How alike", scope="col", className="number"),
            html.Th("With 95% interval" if frame["lower_95"].notna().any() else "Value", scope="col"),
            html.Th("Figure", scope="col", className="number"),
        ]
    )
    parts = [list_rows(frame[frame["role"] == role]) for role in ("area", "comparator")]
    own, wide = ([_make_row(row, scale=scale, snapshot=snapshot, here=here) for row in rows] for rows in parts)
    return html.Table(
        [
            html.Caption(caption, className="hidden"),
            html.Thead(head),
            html.Tbody(own),
            html.Tbody(wide, className="comparators"),
        ],
        className="ranking similar-areas",
    )


def similar_questions_card(snapshot: Snapshot, selection: Selection) -> Component | None:
    """Return the 13 questions of an area and the five most like it, a column an area; None without areas like it."""
    frame = views.show_similar_questions(snapshot, selection)
    if frame.empty or frame["area_code"].nunique() < 2:
        return None
    card = Card(
        view="similar-questions",
        title=title_similar_questions(frame),
        subtitle=f"% of the homes that answered, {describe_period(frame.iloc[0])}. "
        f"{describe_polarity(frame['polarity'].iloc[0])} ▼ clearly below England, ▲ clearly above.",
        summary="",
        frame=frame,
        picture=html.Div(
            questions_table(
                frame, snapshot=snapshot, here=selection.area_code, caption="The 13 measures in similar areas"
            ),
            className="scroll plain-scroll",
            tabIndex=0,
            role="region",
            **{"aria-label": "The 13 measures in similar areas"},
        ),
        is_wide=True,
        is_table=True,
    )
    return chart_card(card, snapshot, selection)


def questions_table(frame: pd.DataFrame, *, snapshot: Snapshot, here: str, caption: str) -> html.Table:
    """Return a row a question and a column an area, this one first; figures clearly apart from England are marked."""
    codes = list(dict.fromkeys(frame["area_code"]))
    heads = [
        html.Th(
            snapshot.areas.at[code, "name"]
            if code == here
            else dcc.Link(snapshot.areas.at[code, "name"], href=area_path(snapshot, code)),
            scope="col",
            className="number",
        )
        for code in codes
    ]
    rows = []
    for _, same in frame.groupby("indicator_id", sort=False):
        held = {row["area_code"]: row for row in list_rows(same)}
        cells = [_make_figure(held.get(code)) for code in codes]
        rows.append(html.Tr([html.Th(same["short_name"].iloc[0], scope="row"), *cells]))
    head = html.Tr([html.Th("Measure", scope="col"), *heads])
    return html.Table(
        [html.Caption(caption, className="hidden"), html.Thead(head), html.Tbody(rows)], className="similar-questions"
    )


def _make_figure(row: Row | None) -> html.Td:
    if row is None or pd.isna(row["value"]):
        return html.Td("not held" if row is None else format_value(row), className="number missing")
    clear = row["versus_england"] if row["versus_england"].startswith("clearly") else ""
    return html.Td(show_marked(format_value(row), verdict=clear), className=f"number {name_class(clear)}".strip())


def _make_row(row: Row, *, scale: float, snapshot: Snapshot, here: str) -> html.Tr:
    code = row["area_code"]
    name: Component | str = dcc.Link(row["area_name"], href=area_path(snapshot, code))
    return html.Tr(
        className="here" if code == here else "",
        children=[
            html.Th(html.Strong(row["area_name"]) if code == here else name, scope="row"),
            html.Td(
                f"{row['likeness']:.0f}" if row["likeness"] > 0 else "", className="number", title=row["differs_in"]
            ),
            html.Td(draw_track(row, scale=scale), className="track-cell"),
            html.Td(
                format_value(row),
                className="number missing" if pd.isna(row["value"]) else "number",
                title=describe_limits(row),
            ),
        ],
    )
