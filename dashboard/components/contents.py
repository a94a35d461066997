"""A page's contents: a link to each of its cards, so that nobody scrolls in search of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dash import html
from dash.development.base_component import Component

from dashboard.text.contents import LABELS

FEWEST = 5
"""Cards of a page that is long enough to need a list of them."""


def contents(parts: Iterable[Component | None]) -> html.Nav | None:
    """Return links to the cards among the parts that have a name, in their order; None where there are few."""
    views = [card.id.removeprefix("card-") for card in _find_cards(list(parts))]
    links = [html.Li(html.A(LABELS[view], href=f"#card-{view}")) for view in dict.fromkeys(views) if view in LABELS]
    if len(links) < FEWEST:
        return None
    return html.Nav([html.Span("On this page", className="what"), html.Ul(links)], className="on-this-page",
                    **{"aria-label": "On this page"})  # fmt: skip


def _find_cards(part: object) -> Iterator[html.Section]:
    if isinstance(part, list | tuple):
        for inside in part:
            yield from _find_cards(inside)
    elif isinstance(part, html.Section) and str(getattr(part, "id", "")).startswith("card-"):
        yield part
    elif isinstance(part, Component):
        yield from _find_cards(getattr(part, "children", None))
