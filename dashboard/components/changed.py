"""What changed since the snapshot before: a line near the top of the page, and a card with the particulars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.card import empty_card
from dashboard.store import Snapshot
from dashboard.text.changed import (
    describe_publication,
    describe_source_move,
    find_changes,
    name_area,
    name_measure,
    say_changes,
    say_short_date,
    say_value,
    title_changes_since,
)

NAME = "card-changed"
METHOD = "The method went from version {} to {}: figures and verdicts may differ without any new data."


def changed_line(snapshot: Snapshot) -> html.P:
    """Return what changed in a sentence, with a link to the card."""
    has_list = find_changes(snapshot.release) is not None
    link = [" ", html.A("See the list", href=f"#{NAME}"), "."] if has_list else []
    return html.P([html.Strong("What changed. "), say_changes(snapshot.release), *link], className="changed-line")


def changed_card(snapshot: Snapshot) -> html.Section:
    """Return which sources have newer figures, which figures were revised, whose verdict changed."""
    changes = find_changes(snapshot.release)
    title = title_changes_since(snapshot.release)
    if changes is None:
        text = f"{say_changes(snapshot.release)} {describe_publication(snapshot)}"
        return empty_card(NAME, title=title, text=text)
    versions = changes["versions"].get("method_version")
    return html.Section(
        id=NAME,
        className="card wide",
        **{"aria-labelledby": f"{NAME}-title"},
        children=[
            html.H2(title, id=f"{NAME}-title"),
            html.P([say_changes(snapshot.release), " ", describe_publication(snapshot)], className="subtitle"),
            html.P(METHOD.format(*versions), className="note") if versions else None,
            html.Div([_show_sources(snapshot, changes["sources"])], className="changed-part"),
            html.Div(_show_revised(snapshot, changes), className="changed-part"),
            html.Div(_show_verdicts(snapshot, changes), className="changed-part"),
        ],
    )


def _show_sources(snapshot: Snapshot, moved: Sequence[Mapping[str, Any]]) -> Component:
    if not moved:
        return html.Div([html.H3("New dates"), html.P("No source reaches another date than before.")])
    rows = [describe_source_move(snapshot, entry) for entry in moved]
    return html.Div(
        [html.H3("New dates"), html.Ul([html.Li([html.Strong(title), f": {what}."]) for title, what in rows])]
    )


def _show_revised(snapshot: Snapshot, changes: Mapping[str, Any]) -> list[Component]:
    listed, revised = changes["largest"], changes["revised"]
    heading = html.H3("Revised figures")
    if not revised:
        return [heading, html.P("No figure that was published before has another value now.")]
    if not listed:
        return [heading, html.P(f"{revised:,} figures: each came to be given or to be missing; no value moved.")]
    rows = [
        (
            name_measure(snapshot, entry["indicator_id"]),
            *_place(snapshot, entry),
            *[say_value(snapshot, entry["indicator_id"], entry[when]) for when in ("before", "after")],
        )
        for entry in listed
    ]
    table = _make_table(rows, caption="The figure that moved most of each measure, of those with most revised")
    return [heading, table, *_say_left(revised - len(listed), "revised figure")]


def _show_verdicts(snapshot: Snapshot, changes: Mapping[str, Any]) -> list[Component]:
    listed, heading = changes["newest_verdicts"], html.H3("Verdicts beside England")
    if not listed:
        return [heading, html.P("No area's newest verdict differs from the one before.")]
    rows = [
        (name_measure(snapshot, entry["indicator_id"]), *_place(snapshot, entry), entry["before"], entry["after"])
        for entry in listed
    ]
    table = _make_table(rows, caption="Changed verdicts of the newest figures, clear ones first")
    return [heading, table, *_say_left(changes["verdicts"] - len(listed), "changed verdict")]


def _place(snapshot: Snapshot, entry: Mapping[str, Any]) -> tuple[str, str]:
    return name_area(snapshot, entry["area_code"]), say_short_date(entry["date"])


def _make_table(rows: Sequence[tuple[str, ...]], *, caption: str) -> html.Table:
    labels = ("Area", "Date", "Before", "Now")
    head = html.Tr([html.Th(name, scope="col") for name in ("Measure", *labels)])
    body = [
        html.Tr(
            [
                html.Th(row[0], scope="row"),
                *[html.Td(cell, **{"data-label": label}) for label, cell in zip(labels, row[1:], strict=True)],
            ]
        )
        for row in rows
    ]
    return html.Table(
        [html.Caption(caption, className="hidden"), html.Thead(head), html.Tbody(body)], className="changed"
    )


def _say_left(left: int, what: str) -> list[Component]:
    """Return how many more there are than the table names."""
    return [html.P(f"And {left:,} more {what}{'' if left == 1 else 's'}.")] if left > 0 else []
