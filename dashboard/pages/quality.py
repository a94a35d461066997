"""Data quality (`/quality`): how fresh the sources are, what was refused, who answers, which totals agree."""

from __future__ import annotations

import dash
from dash import html
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.banner import illustrative_banner
from dashboard.components.quality import (
    answering_card,
    area_card,
    check_card,
    describe_source,
    finding_card,
    region_links,
    source_card,
)
from dashboard.pages.page import drawn_from_address, page
from dashboard.quality import PATH, QualityView, read_quality
from dashboard.rows import list_rows
from dashboard.store import Snapshot
from dashboard.text.quality import lead_quality

PARTS = {
    "freshness": "Sources and rows",
    "answering": "Who answers",
    "totals": "Totals that agree and do not",
    "findings": "What was found",
    "sources": "Each source in full",
}
"""The page's headings, by the anchors that lead to them."""


def register() -> None:
    """Register the page at /quality."""
    dash.register_page(
        __name__,
        path=PATH,
        title="Data quality: adult social care COVID-19 dashboard",
        layout=drawn_from_address(layout),
    )


def layout(snapshot: Snapshot, /, **query: str) -> Component:
    """Return the page for the region and the filters in the query."""
    view = read_quality(snapshot, query)
    sources = views.LISTS["sources"](snapshot, view.selection)
    found = views.LISTS["findings-by-rule"](snapshot, view.selection)
    links = [html.Li(html.A(name, href=f"#{anchor}")) for anchor, name in PARTS.items()]
    return page(
        title="Data quality",
        lead=lead_quality(sources, snapshot.data_date),
        children=[
            html.Nav([html.Ul(links)], className="contents", **{"aria-label": "On this page"}),
            _head("freshness"),
            source_card(snapshot, view),
            _head("answering"),
            *_show_answering(snapshot, view),
            _head("totals"),
            check_card(snapshot, view),
            _head("findings"),
            finding_card(snapshot, view),
            _head("sources"),
            *[describe_source(row, found[found["source_id"] == row["source_id"]]) for row in list_rows(sources)],
        ],
    )


def _head(anchor: str) -> html.H2:
    return html.H2(PARTS[anchor], id=anchor, className="part")


def _show_answering(snapshot: Snapshot, view: QualityView) -> list[Component | None]:
    """Return who answers, by extract, now, lowest and falling; without returns, that none is held."""
    first = answering_card(snapshot, view)
    if views.VIEWS["answering"](snapshot, view.selection).empty:
        return [first]
    councils = [area_card(snapshot, view, name=name) for name in ("answering-lowest", "answering-fell")]
    return [
        illustrative_banner() if snapshot.is_illustrative else None,
        region_links(snapshot, view),
        first,
        area_card(snapshot, view, name="answering-now"),
        html.Div(councils, className="two-columns even"),
    ]
