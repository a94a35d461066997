"""What a card shows, read from the page that shows it: an export says what the screen says, for it is the same card."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

CARD = "card-"
DOWNLOAD = "/download/"
UNSEEN = frozenset({"hidden", "mark"})
"""Classes of parts that are not seen: said to screen readers only, or shown instead of another on a narrow screen."""
BELOW, BESIDE = "\x1e", "\x1f"
APART = {"below": BELOW, "polarity": BESIDE}
"""Classes of parts that stand in smaller type below or beside what they belong to, and what stands before them until
the lines are put together."""


@dataclass(frozen=True)
class Shown:
    """A card's parts as they stand on its page: words, figures (none where the picture is a table), tables.

    `download` is the address of the card's rows, `section` the whole card.
    """

    view: str
    title: str
    subtitle: str
    summary: str
    notes: tuple[str, ...]
    source: str
    caveats: tuple[str, ...]
    download: str
    figures: tuple[go.Figure, ...]
    tables: tuple[html.Table, ...]
    section: html.Section
    lines: tuple[str | tuple[str, str], ...] = ()
    """Sentences in place of a picture, each a point of its own; of a pair the first is the point in bold."""

    @property
    def is_illustrative(self) -> bool:
        """Tell whether the card says that figures in it are made up."""
        return self.title.startswith("Illustrative")

    @property
    def cells_show(self) -> str:
        """Return which content the cells of the card's table show, where they hold several."""
        shown = (getattr(part, "data-table-show", "") for part in walk(self.section))
        return next(filter(None, shown), "value")


def list_shown(page: Component) -> list[Shown]:
    """Return the cards of a page's tree that hold figures, in the order in which they stand."""
    cards = (part for part in walk(page) if isinstance(part, html.Section) and _has_class(part, "card"))
    return [_read(card) for card in cards if not _find(card, html.P, having="empty") and _has_rows(card)]


def _has_rows(card: Component) -> bool:
    return any(str(getattr(link, "href", "")).startswith(DOWNLOAD) for link in _find(card, html.A))


def _read(card: html.Section) -> Shown:
    return Shown(
        view=card.id.removeprefix(CARD),
        title=_words_of(_find(card, html.H2)[:1]),
        subtitle=_words_of(_find(card, html.P, having="subtitle")),
        summary=_words_of(_find(card, html.P, having="summary")),
        notes=tuple(map(read_words, _find(card, html.P, having="note"))),
        source=_words_of(_find(card, html.P, having="source")),
        caveats=tuple(
            read_words(line) for part in _find(card, html.Details, having="caveats") for line in _find(part, html.Li)
        ),
        download=next(link.href for link in _find(card, html.A) if str(getattr(link, "href", "")).startswith(DOWNLOAD)),
        figures=tuple(graph.figure for graph in _find(card, dcc.Graph)),
        tables=tuple(_find(card, html.Table)),
        section=card,
    )


def read_rows(table: html.Table, *, show: str = "value") -> list[list[str]]:
    """Return the lines of a table's cells, a list a row, all of one length; the last row of the head is the first.

    A cell that spans rows or columns stands in each of them. A row that is one heading across the table has its words
    in its first cell only. Columns of pictures alone are left out. Where cells hold several contents, of which the
    page shows one, `show` says which.
    """
    unseen = UNSEEN | {f"as-{one}" for one in ("value", "verdict", "change") if one != show}
    heads = len(_find(_find(table, html.Thead), html.Tr))
    rows = _spread(_find(table, html.Tr), unseen=unseen)
    wide = max(map(len, rows), default=0)
    head = [row for row in rows[:heads] if len(row) == wide][-1:]
    body = [[row[0], *[""] * (wide - 1)] if len(set(row)) == 1 else row for row in rows[heads:]]
    body = [row + [""] * (wide - len(row)) for row in body]
    kept = [place for place in range(wide) if not body or any(row[place] for row in body)]
    return [[row[place] for place in kept] for row in [*head, *body]]


def _spread(rows: list[Component], *, unseen: Set[str]) -> list[list[str]]:
    """Return the words of each row with those of cells that span into it from above or from the left."""
    spread: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for row in rows:
        cells: list[str] = []
        begun: dict[int, tuple[int, str]] = {}
        for cell in _list_cells(row):
            _drop(cells, hanging)
            words = read_lines(cell, unseen=unseen) or str(getattr(cell, "aria-label", ""))
            for _ in range(int(getattr(cell, "colSpan", None) or 1)):
                if int(getattr(cell, "rowSpan", None) or 1) > 1:
                    begun[len(cells)] = (int(cell.rowSpan) - 1, words)
                cells.append(words)
        _drop(cells, hanging)
        hanging |= begun
        spread.append(cells)
    return spread


def _list_cells(row: Component) -> list[Component]:
    """Return a row's cells; an empty one counts, though Python takes it for nothing."""
    cells = row.children if isinstance(row.children, list | tuple) else [row.children]
    return [cell for cell in cells if cell is not None]


def _drop(cells: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Fill the next places of a row with the words that hang down into it."""
    while len(cells) in hanging:
        left, words = hanging[len(cells)]
        if left > 1:
            hanging[len(cells)] = (left - 1, words)
        else:
            del hanging[len(cells)]
        cells.append(words)


def read_words(part: object, *, unseen: Set[str] = UNSEEN) -> str:
    """Return the words of a tree as they are read, with single spaces, without parts of the classes `unseen`."""
    return read_lines(part, unseen=unseen).replace("\n", " ")


def read_lines(part: object, *, unseen: Set[str] = UNSEEN) -> str:
    """Return the same where what stands below in smaller type is a line of its own; what stands beside, a sentence."""
    lines = "".join(_list_words(part, unseen)).split(BELOW)
    parts = [filter(None, (" ".join(words.split()) for words in line.split(BESIDE))) for line in lines]
    return "\n".join(filter(None, map(". ".join, parts)))


def walk(part: object) -> Iterator[Component]:
    """Yield every component of a tree, parents first."""
    if isinstance(part, list | tuple):
        for inside in part:
            yield from walk(inside)
    elif isinstance(part, Component):
        yield part
        yield from walk(getattr(part, "children", None))


def _list_words(part: object, unseen: Set[str]) -> Iterator[str]:
    if isinstance(part, list | tuple):
        for inside in part:
            yield from _list_words(inside, unseen)
    elif isinstance(part, Component):
        classes = set(str(getattr(part, "className", "") or "").split())
        if classes & unseen:
            return
        if classes or isinstance(part, html.P | html.Div | html.Li):  # such a part stands apart from what is before it
            yield next((APART[name] for name in classes if name in APART), " ")
        yield from _list_words(getattr(part, "children", None), unseen)
        if not isinstance(part, html.A | dcc.Link):  # what follows a link is often its comma
            yield " "
    elif part is not None and not isinstance(part, bool) and not hasattr(part, "__html__"):
        yield str(part)


def _find(part: object, kind: type[Component], *, having: str = "") -> list[Component]:
    return [one for one in walk(part) if isinstance(one, kind) and (not having or _has_class(one, having))]


def _has_class(part: Component, name: str) -> bool:
    return name in str(getattr(part, "className", "") or "").split()


def _words_of(parts: list[Component]) -> str:
    return " ".join(map(read_words, parts))
