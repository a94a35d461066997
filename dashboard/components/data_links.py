"""Links to files of a snapshot and the table they stand in."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.archive import Holding

STEPS = (("MB", 1e6), ("kB", 1e3))


def link_file(holding: Holding, file: str, *, text: str = "") -> html.A:
    """Return a link to a file of the snapshot; its accessible name says which file, whatever its text is."""
    named = {"aria-label": f"{file}, {text}"} if text and text[0].isdigit() else {}
    return html.A(text or file, href=f"/downloads/{holding.id}/{file}", download="", **named)


def describe_size(size: int) -> str:
    """Return a size in bytes as 38.4 MB, 61 kB or 640 bytes."""
    for unit, step in STEPS:
        if size >= step:
            return f"{size / step:.1f} {unit}" if unit == "MB" else f"{size / step:.0f} {unit}"
    return f"{size} bytes"


def _align(rows: list[html.Tr], place: int) -> str | None:
    """Return the class of a column's cells, which its heading shares: numbers stand at the right."""
    return getattr(rows[0].children[place], "className", None) if rows else None


def scroll_table(rows: list[html.Tr], *, headings: Sequence[str], caption: str) -> Component:
    """Return rows as a table that scrolls sideways by itself where the window is narrow."""
    heads = [html.Th(heading, scope="col", className=_align(rows, place)) for place, heading in enumerate(headings)]
    table = html.Table(
        [html.Caption(caption), html.Thead(html.Tr(heads)), html.Tbody(rows)], className="data-table files-table"
    )
    return html.Div(table, className="sideways", tabIndex=0, role="region", **{"aria-label": caption})
