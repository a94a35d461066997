"""The chart card: finding as title, picture, text alternative, table, download, source, date and caveats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

import pandas as pd
import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.components.indicator_files import link_indicators
from dashboard.components.table import data_table
from dashboard.export.csv import estimate_size
from dashboard.figures.theme import ACROSS
from dashboard.format import count_rows, format_size
from dashboard.selection import Selection
from dashboard.store import Snapshot
from dashboard.text import describe_caveats, describe_source
from dashboard.text.citation import cite

EXPORTS = {"xlsx": "Spreadsheet", "pptx": "Slide"}
"""Kinds of files that a card can be taken away as, beside its rows and its picture (`dashboard.export.routes`)."""

TABLE_AT_MOST = 400
"""Rows a table shows on the page. The download always has all."""


ROWS_A_MARK = 5
"""Rows of a table that is a chart to one mark across it on a phone; of wide rows the style sheet shows every fourth."""


@dataclass(frozen=True)
class Card:
    """What a card shows: one view's frame, its words and its picture.

    `table` stands in for the usual table view; a picture that is itself a table with every number has none.
    """

    view: str
    title: str
    subtitle: str
    summary: str
    frame: pd.DataFrame
    picture: go.Figure | Component
    notes: tuple[str, ...] = ()
    legend: Component | None = None
    is_wide: bool = False
    table: Component | None = None
    is_table: bool = False
    source: str = ""
    download: str = ""
    """The address of the CSV where it is not that of an area and a measure."""


def chart_card(card: Card, snapshot: Snapshot, selection: Selection) -> html.Section:
    """Return the card, or one that says that nothing is held when its frame is empty."""
    name = f"card-{card.view}"
    if card.frame.empty:
        return empty_card(name, title=card.title, text=card.summary)
    card = _mark(card)
    return html.Section(
        id=name,
        className="card wide" if card.is_wide else "card",
        **{"aria-labelledby": f"{name}-title"},
        children=[
            html.H2(card.title, id=f"{name}-title"),
            html.P(card.subtitle, className="subtitle"),
            _show_picture(name, card),
            card.legend,
            *[html.P(note, className="note") for note in [*card.notes, *_warn(card.frame)]],
            html.P(card.summary, className="summary") if card.summary else None,
            None if card.is_table else _show_table(card),
            html.Ul(_list_actions(card, selection, snapshot), className="actions"),
            html.P(card.source or describe_source(snapshot, card.frame), className="source"),
            _show_caveats(describe_caveats(snapshot, card.frame)),
            _cite(card, snapshot),
        ],
    )


def empty_card(name: str, *, title: str, text: str) -> html.Section:
    """Return a card that says what is not held, in place of an empty picture."""
    return html.Section(
        id=name,
        className="card",
        **{"aria-labelledby": f"{name}-title"},
        children=[html.H2(title, id=f"{name}-title"), html.P(text, className="empty")],
    )


def graph(name: str, figure: go.Figure, *, alt: str) -> html.Div:
    """Return a figure as a picture with a text alternative; its height is reserved before it is drawn."""
    height = {"height": f"{figure.layout.height}px"}
    return html.Div(
        role="img",
        className="graph",
        **{"aria-label": alt},
        children=dcc.Graph(id=f"{name}-graph", figure=figure, style=height, responsive=True),
    )


def _mark(card: Card) -> Card:
    """Return the card with words that say so where a figure was made up."""
    if not card.frame["is_illustrative"].any():
        return card
    return replace(card, title=f"Illustrative: {card.title}", subtitle=f"{card.subtitle} Figures are made up.")


def _show_picture(name: str, card: Card) -> Component:
    """Return the picture. A figure brings its own mark across it; over anything else the mark is laid here."""
    if isinstance(card.picture, go.Figure):
        return graph(name, card.picture, alt=f"{card.title}. {card.subtitle} {card.summary}")
    if not card.frame["is_illustrative"].any():
        return card.picture
    marks = [html.Span(ACROSS)] * max(1, round(_count_rows(card.picture) / ROWS_A_MARK))
    return html.Div([card.picture, html.Div(marks, className="across", **{"aria-hidden": "true"})], className="marked")


def _count_rows(part: object) -> int:
    if isinstance(part, html.Tr):
        return 1
    inside = getattr(part, "children", part)
    return sum(map(_count_rows, inside)) if isinstance(inside, list | tuple) else 0


def _show_table(card: Card) -> html.Details:
    shown = card.frame.head(TABLE_AT_MOST)
    left = 0 if card.table else len(card.frame) - len(shown)
    more = [html.P(f"The first {TABLE_AT_MOST} of {len(card.frame):,} rows. The CSV has all.")] if left else []
    return html.Details(
        className="table-view",
        children=[
            html.Summary("Show as a table" if card.table else f"Show as a table ({count_rows(len(card.frame))})"),
            *more,
            html.Div(
                card.table or data_table(shown, caption=card.title),
                className="scroll",
                tabIndex=0,
                role="region",
                **{"aria-label": f"Table: {card.title}"},
            ),
        ],
    )


def _warn(frame: pd.DataFrame) -> list[str]:
    """Return a warning, in view, where a figure is of low reliability."""
    if "quality" not in frame:
        return []
    is_low = frame["quality"].isin(["u", "pu"]) & frame["value"].notna()
    return ["Low reliability: use these figures to ask questions, not to rank."] if is_low.any() else []


def _list_actions(card: Card, selection: Selection, snapshot: Snapshot) -> list[html.Li]:
    """Return what can be taken away: the address, the table, the rows, the picture (assets/card.js, pictures.js)."""
    address = f"/download/{card.view}.csv?" + urlencode({"area": selection.area_code, "measure": selection.measure})
    size = format_size(estimate_size(card.frame, snapshot))
    download = html.A(
        f"Download CSV ({count_rows(len(card.frame))}, about {size})", href=card.download or address, download=""
    )
    actions = [_button("Copy link", "copy-link"), _button("Copy table", "copy-table"), download]
    if isinstance(card.picture, go.Figure):
        actions += [
            _button("Download image", "download-image"),
            _button("Download SVG", "download-image", **{"data-format": "svg"}),
        ]
    else:  # no browser makes a picture of a table: the server does
        actions.append(_export(card, "png", "Download image"))
    actions.append(_button("Copy image", "copy-image"))
    # Collected cards are pinned to the snapshot that they show (assets/briefing.js).
    actions.append(_button("Add to briefing", "add-to-briefing", **{"data-snapshot": snapshot.id}))
    actions += [_export(card, kind, words) for kind, words in EXPORTS.items()]
    actions += link_indicators(card.frame, snapshot)
    return [html.Li(action) for action in actions]


def _export(card: Card, kind: str, words: str) -> html.A:
    """Return a link to a file of the card; the browser, which alone knows the page's address, adds it (exports.js)."""
    return html.A(words, className="export", **{"data-export": f"/export/{card.view}.{kind}"})


def _button(words: str, what: str, **more: str) -> html.Button:
    return html.Button(words, className=what, **more)


def _cite(card: Card, snapshot: Snapshot) -> html.Details:
    """Return the sentence to quote the card by; the browser adds the address, which the server does not know."""
    said = [cite(snapshot, card.frame, title=card.title), html.Span(className="cited-address")]
    return html.Details([html.Summary("Cite"), html.P(said, className="cited")], className="citation")


def _show_caveats(lines: list[str]) -> html.Details | None:
    if not lines:
        return None
    return html.Details(
        className="caveats",
        open=False,
        children=[html.Summary("What to keep in mind"), html.Ul([html.Li(line) for line in lines])],
    )
