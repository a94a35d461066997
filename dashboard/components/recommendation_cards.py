"""The cards of the recommendations page: the map of what can be seen, and the figures that speak to them."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.card import Card, chart_card
from dashboard.components.returns import name_source
from dashboard.format import Row
from dashboard.recommendations import SEEN, recommendation_path
from dashboard.rows import list_rows
from dashboard.selection import Selection
from dashboard.store import Snapshot
from dashboard.text.recommendations import (
    count_held,
    say_change,
    say_figure,
    say_owner,
    say_when,
    summarise_figures,
    summarise_recommendations,
    title_figures,
    title_recommendations,
)

SOURCE = (
    "Source: Social Care Sector COVID-19 Support Taskforce, final report, October 2020. Owners are as printed there; "
    "the summaries, and what is said of data, are ours."
)


def seen_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the 52 recommendations as a map: each a mark for what is held of it, leading to its entry."""
    frame = views.LISTS["recommendations"](snapshot, selection)
    rows = list_rows(frame)
    counts = count_held(frame)
    card = Card(
        view="recommendations",
        title=title_recommendations(frame),
        subtitle="Each square is a recommendation of October 2020, by number. Its mark says what figures held here "
        "show of it.",
        summary=summarise_recommendations(frame),
        frame=frame,
        picture=html.Ol([html.Li(_make_square(row)) for row in rows], className="seen-map"),
        legend=html.Ul(
            [html.Li([make_mark(word), f"{SEEN[word]} ({counts[word]})"]) for word in SEEN],
            className="legend seen-legend",
        ),
        table=_make_seen_table(rows),
        is_wide=True,
        source=SOURCE,
    )
    return chart_card(card, snapshot, selection)


def figures_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return every indicator that a recommendation names, with England's newest figure and the recommendations."""
    frame = views.LISTS["recommendation-figures"](snapshot, selection)
    card = Card(
        view="recommendation-figures",
        title=title_figures(frame),
        subtitle="From the indicator to the recommendations whose effect it shows: England's newest figure, and its "
        "change in the same unit (percentage points for percentages).",
        summary=summarise_figures(frame),
        frame=frame,
        picture=_make_figure_table(list_rows(frame)),
        is_wide=True,
        is_table=True,
        source=name_source(snapshot, frame),
    )
    return chart_card(card, snapshot, selection)


def make_mark(word: str) -> html.Span:
    """Return the sign of what is held: a full, a half or an empty circle, drawn by the style sheet."""
    return html.Span(className=f"seen-mark {word}", **{"aria-hidden": "true"})


def link_numbers(numbers: list[int]) -> list[object]:
    """Return the numbers of recommendations as links to them, with commas between."""
    parts: list[object] = []
    for number in numbers:
        parts += [dcc.Link(str(number), href=recommendation_path(number)), ", "]
    return parts[:-1]


def _make_square(row: Row) -> html.A:
    said = f"Recommendation {row['number']}: {SEEN[row['data_held']].lower()}"
    return html.A(
        [make_mark(row["data_held"]), str(row["number"])],
        href=f"#r{row['number']}",
        className=row["data_held"],
        title=row["summary"],
        **{"aria-label": said},
    )


def _make_seen_table(rows: list[dict]) -> html.Table:
    heads = ("Number", "What it asks", "Action for", "What is held")
    body = [
        html.Tr(
            [
                html.Th(html.A(str(row["number"]), href=f"#r{row['number']}"), scope="row"),
                html.Td(row["summary"]),
                html.Td(say_owner(row)),
                html.Td(SEEN[row["data_held"]]),
            ]
        )
        for row in rows
    ]
    return _make_table("The 52 recommendations, and what is held of each", heads, body)


def _make_figure_table(rows: list[dict]) -> html.Table:
    heads = ("Indicator", "England", "When", "Change", "Recommendations")
    body = []
    for row in rows:
        links = link_numbers([int(number) for number in row["recommendations"].split()])
        cells = [say_figure(row), say_when(row), say_change(row), links]
        made = [html.Td(cell, **{"data-label": head}) for head, cell in zip(heads[1:], cells, strict=True)]
        name = dcc.Link(row["indicator_name"], href=f"/indicators#{row['indicator_id']}")
        body.append(html.Tr([html.Th(name, scope="row"), *made]))
    return _make_table("Indicators and the recommendations whose effect they show", heads, body, kind="stacked")


def _make_table(caption: str, heads: tuple[str, ...], body: list[html.Tr], *, kind: str = "data-table") -> html.Table:
    head = html.Tr([html.Th(name, scope="col") for name in heads])
    return html.Table([html.Caption(caption, className="hidden"), html.Thead(head), html.Tbody(body)], className=kind)
