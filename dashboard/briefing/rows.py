"""Tables of a pack, written in one way: a heading a column, numbers to the right, the first cell names its row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dash import html
from dash.development.base_component import Component

Cell = Component | str | list | None
NUMBER = "number"


def make_table(
    heads: Sequence[str],
    bodies: Iterable[tuple[str, Sequence[Sequence[Cell]]]],
    *,
    caption: str,
    numbers: Iterable[int] = (),
    name: str = "",
) -> html.Table:
    """Return a table of rows in bodies, each with a heading or `""`; `numbers` are columns set to the right."""
    right = set(numbers)

    def style(place: int) -> str:
        return NUMBER if place in right else ""

    made = []
    for group, rows in bodies:
        first = [html.Tr(html.Th(group, colSpan=len(heads), scope="rowgroup", className="group"))] if group else []
        made.append(html.Tbody([*first, *[_make_row(row, style) for row in rows]]))
    head = html.Tr([html.Th(words, scope="col", className=style(place)) for place, words in enumerate(heads)])
    return html.Table(
        [html.Caption(caption, className="hidden"), html.Thead(head), *made], className=f"pack-table {name}".strip()
    )


def _make_row(row: Sequence[Cell], style: object) -> html.Tr:
    first, *rest = row
    cells = [html.Td(cell, className=style(place)) for place, cell in enumerate(rest, start=1)]
    return html.Tr([html.Th(first, scope="row"), *cells])
