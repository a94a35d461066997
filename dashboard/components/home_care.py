"""Home care beside care homes: what is held of it in an area, each figure with its date, and what is not held."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.card import Card, chart_card, empty_card
from dashboard.components.verdict import show_verdict
from dashboard.format import Row, describe_period, describe_polarity, format_value, sentence
from dashboard.rows import list_rows
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.text.home_care import describe_not_held, title_home_care

PARTS = {
    "home-care": (views.show_home_care, "As published."),
    "home-care-returns": (views.show_home_care_returns, "Counted from records of single providers."),
}
"""The two tables: published figures never stand in one table with those counted from returns."""


def home_care_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return home care in the country, a region or an authority: one card of published figures, one from returns."""
    frames = {view: show(snapshot, selection) for view, (show, _) in PARTS.items()}
    held = [view for view, frame in frames.items() if len(frame)]
    lacking = describe_not_held(snapshot, selection.area_code)
    if not held:
        return empty_card("card-home-care", title="Home care: nothing is held here", text=lacking)
    cards = []
    for view in held:
        where = frames[view].loc[frames[view]["role"] == "area", "area_name"].iloc[0]
        card = Card(
            view=view,
            title=title_home_care(frames[view]),
            subtitle=f"Home care in {where}: each measure at its newest date. {PARTS[view][1]}",
            summary="",
            frame=frames[view],
            picture=home_care_table(frames[view], caption=f"Home care in {where}"),
            notes=(lacking,) if view == held[-1] and lacking else (),
            is_wide=True,
            is_table=True,
        )
        cards.append(chart_card(card, snapshot, selection))
    return html.Div(cards, className="home-care-cards", id="home-care")


def home_care_table(frame: pd.DataFrame, *, caption: str) -> html.Table:
    """Return a row a measure: the area's figure, England's of the same date, how it compares, and when."""
    own = frame[frame["role"] == "area"]
    wide = frame[frame["role"] == "comparator"].set_index("indicator_id").to_dict("index")
    where, is_local = own["area_name"].iloc[0], bool((own["area_code"] != ENGLAND).all())
    heads = [html.Th("Measure", scope="col"), html.Th(where, scope="col", className="number")]
    if is_local:
        heads += [
            html.Th("England", scope="col", className="number"),
            html.Th("Beside England", scope="col", className="verdict"),
        ]
    heads.append(html.Th("As at", scope="col"))
    rows = [_make_row(row, wide.get(row["indicator_id"]), is_local=is_local) for row in list_rows(own)]
    return html.Table(
        [html.Caption(caption, className="hidden"), html.Thead(html.Tr(heads)), html.Tbody(rows)],
        className="home-care",
    )


def _make_row(row: Row, england: Row | None, *, is_local: bool) -> html.Tr:
    polarity = html.Span(describe_polarity(row["polarity"]), className="polarity")
    cells = [
        html.Th([html.Span(row["indicator_name"]), " ", polarity], scope="row"),
        html.Td(html.Strong(format_value(row)), className="number", **{"data-label": row["area_name"]}),
    ]
    if is_local:
        beside = "not held" if england is None else format_value(england)
        verdict = show_verdict(row["versus_england"])
        cells += [
            html.Td(beside, className="number", **{"data-label": "England"}),
            html.Td(html.Span(verdict), className="verdict", **{"data-label": "Beside England"}),
        ]
    made_up = "illustrative" if row["is_illustrative"] else "published"
    cells.append(html.Td(f"{sentence(describe_period(row))}, {made_up}", className="when", **{"data-label": "As at"}))
    return html.Tr(cells)
