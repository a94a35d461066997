"""Sheets of A4: a pack's parts as elements, for the page that shows them and for the document that is printed."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import NAME
from dashboard.briefing.part import Chart, Listing, Pack, Part
from dashboard.figures.theme import ACROSS
from dashboard.format import format_date

MADE_UP = "Illustrative: made up"
NOTICE = (
    "Figures marked illustrative are made up, so that England matches the published totals; they show how the "
    "dashboard works. All others are as published."
)
HEADINGS = (html.H1, html.H2, html.H3, html.H4)


def draw_pack(pack: Pack, *, level: int = 1) -> html.Article:
    """Return the pack's sheets; `level` is that of the heading above them: 1 in a document of its own."""
    drawn = [[_draw_part(part, level=level + 1) for part in parts] for parts in pack.sheets]
    drawn[0].insert(0, _draw_opening(pack, level=level))
    made_up = [any(part.is_illustrative for part in parts) for parts in pack.sheets]
    return draw_sheets(drawn, made_up=made_up, running=pack.title, foot=describe_snapshot(pack))


def draw_sheets(
    sheets: Sequence[Sequence[Component]], *, made_up: Sequence[bool], running: str, foot: str
) -> html.Article:
    """Return a sheet for each list of parts, with its running head, foot and number.

    Head and foot are hidden from screen readers, and so from the tags of a PDF: they say on each sheet what the pack
    says once.
    """
    count = len(sheets)
    drawn = [
        html.Section(
            [
                html.Div(
                    [html.Span(running), html.Span(MADE_UP if is_made_up else "")], className="sheet-head", **HIDDEN
                ),
                html.Div(list(parts), className="sheet-body"),
                html.Div(html.Span(ACROSS), className="across", **HIDDEN) if is_made_up else None,
                html.Div(
                    [html.Span(foot), html.Span(f"Page {place} of {count}", className="sheet-number")],
                    className="sheet-foot",
                    **HIDDEN,
                ),
            ],
            className="sheet",
            **{"aria-label": f"Page {place} of {count}"},
        )
        for place, (parts, is_made_up) in enumerate(zip(sheets, made_up, strict=True), start=1)
    ]
    return html.Article(drawn, className="pack")


HIDDEN = {"aria-hidden": "true"}


def describe_snapshot(pack: Pack) -> str:
    """Return what the pack was made from: never when, for the same snapshot always gives the same pack."""
    return f"{NAME}. Snapshot {pack.snapshot_id}, Capacity Tracker figures to {format_date(pack.data_date)}."


def name_title(part: Part) -> str:
    """Return a part's title with the word before it where figures in it are made up."""
    return f"Illustrative: {part.title}" if part.is_illustrative and part.title else part.title


def _draw_opening(pack: Pack, *, level: int) -> html.Div:
    notice = html.P([html.Strong("Illustrative figures. "), NOTICE], className="banner made-up")
    return html.Div(
        [
            HEADINGS[level - 1](pack.title),
            html.P(describe_snapshot(pack), className="made-from"),
            notice if pack.is_illustrative else None,
        ],
        className="pack-opening",
    )


def _draw_part(part: Part, *, level: int) -> html.Section:
    title = name_title(part)
    # A dot ends what is read as one heading of two parts.
    words = (
        [html.Span(f"{part.heading}{'. ' if title else ''}", className="kicker"), html.Span(title)]
        if title
        else part.heading
    )
    return html.Section(
        [
            HEADINGS[level - 1](words, className="part-title" if title else "part-title kicker"),
            html.P(part.subtitle, className="subtitle") if part.subtitle else None,
            *part.opening,
            _draw_lines(part.lines),
            *[_draw_listing(listing, title=title or part.heading, level=level + 1) for listing in part.listings],
            html.Div([_draw_chart(chart, level=level + 1) for chart in part.charts], className="pack-charts")
            if part.charts
            else None,
            *[html.P(note, className="note") for note in part.notes],
            html.P(part.source, className="source") if part.source else None,
        ],
        className=f"part part-{part.name}",
    )


def _draw_lines(lines: Sequence[str | tuple[str, str]]) -> html.Ul | None:
    if not lines:
        return None
    items = [html.Li(line if isinstance(line, str) else [html.Strong(f"{close(line[0])} "), line[1]]) for line in lines]
    return html.Ul(items, className="pack-lines")


def close(words: str) -> str:
    """Return the words with a full stop, where they have no stop of their own."""
    return words if words.endswith((".", ":", "?")) else f"{words}."


def _draw_listing(listing: Listing, *, title: str, level: int) -> html.Div:
    label = HEADINGS[level - 1](listing.label, className="listing-label") if listing.label else None
    region = html.Div(
        listing.table,
        className="pack-scroll",
        tabIndex=0,
        role="region",
        **{"aria-label": f"Table: {listing.label or title}"},
    )
    return html.Div([label, region], className="listing")


def _draw_chart(chart: Chart, *, level: int) -> html.Div:
    return html.Div(
        [
            HEADINGS[level - 1](chart.title),
            html.P(chart.subtitle, className="subtitle"),
            chart.drawing,  # by itself a figure with its text alternative, in the tags of a PDF too
        ],
        className="pack-chart",
    )
