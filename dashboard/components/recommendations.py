"""The list of recommendations: an entry each, with the figures that show its effect and the report's examples."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component
from markupsafe import Markup

from dashboard import views
from dashboard.components.filters import choice_field, filter_row, search_field
from dashboard.components.recommendation_cards import make_mark
from dashboard.figures.sparkline import draw_series, draw_sparkline
from dashboard.format import Row
from dashboard.quality import write_word
from dashboard.recommendations import (
    HELD,
    SEEN,
    RecommendationSearch,
    list_held_words,
    list_owner_words,
    list_owners,
    list_themes,
)
from dashboard.rows import list_rows
from dashboard.search import MOST_CHARACTERS
from dashboard.selection import Selection, area_path
from dashboard.store import Snapshot
from dashboard.text.recommendations import (
    count_shown,
    name_direction,
    name_evidence,
    say_change,
    say_figure,
    say_owner,
    say_when,
    write_recommendation,
)
from dashboard.views.practice import list_examples
from dashboard.views.recommendations import select_england

SHOWN_AT_ONCE = 4
"""Figures that an entry shows before the rest."""


def recommendation_list(snapshot: Snapshot, selection: Selection, search: RecommendationSearch) -> html.Div:
    """Return the fields of the search and every entry; what the search leaves out is there and hidden."""
    figures = views.LISTS["recommendation-figures"](snapshot, selection).set_index("indicator_id", drop=False)
    drawn = {name: draw_path(snapshot, name) for name in figures.index}
    rows = list_rows(views.LISTS["recommendations"](snapshot, selection))
    named = {row["number"]: list_rows(figures.loc[row["indicators"].split()]) for row in rows}
    texts = {
        number: write_recommendation(row, measures=[one["indicator_name"] for one in named[number]])
        for number, row in zip(named, rows, strict=True)
    }
    shown = {row["number"] for row in rows if search.finds(row, text=texts[row["number"]])}
    groups = []
    for section in list_themes(snapshot).values():
        same = [row for row in rows if row["section"] == section]
        entries = [
            make_entry(
                snapshot, row, named[row["number"]], drawn, text=texts[row["number"]], is_shown=row["number"] in shown
            )
            for row in same
        ]
        is_shown = any(row["number"] in shown for row in same)
        groups.append(html.Section([html.H2(section), *entries], hidden=not is_shown, **{"data-group": ""}))
    fields = [
        search_field(key="q", label="Search by words, owner or measure", value=search.words, most=MOST_CHARACTERS),
        choice_field(key="owner", label="Who must act", options=list_owners(snapshot), chosen=search.owner),
        choice_field(key="theme", label="Section of the report", options=list_themes(snapshot), chosen=search.theme),
        choice_field(key="held", label="What is held", options=HELD, chosen=search.held),
    ]
    said = count_shown(len(shown), len(rows))
    nothing = html.P(
        "No recommendation matches. Try fewer words, or clear the search.", className="nothing", hidden=bool(shown)
    )
    return html.Div(
        [filter_row(fields, shown=said, what="recommendations", label="Find a recommendation"), nothing, *groups],
        className="filtered recommendations",
        id="entries",
    )


def make_entry(
    snapshot: Snapshot, row: Row, figures: list[dict], drawn: dict[str, Markup | None], *, text: str, is_shown: bool
) -> html.Article:
    """Return a recommendation: what is asked, of whom, what figures say of it, and the report's examples."""
    number = row["number"]
    name = f"r{number}"
    lines = [_make_figure(one, drawn[one["indicator_id"]]) for one in figures]
    more = lines[SHOWN_AT_ONCE:]
    left = f"{len(more)} more figure" + ("" if len(more) == 1 else "s")
    parts = [html.Ul(lines[:SHOWN_AT_ONCE], className="speaking")] if lines else []
    parts += [html.Details([html.Summary(left), html.Ul(more, className="speaking")])] if more else []
    asked = html.Div(
        [
            html.H3([html.A(f"Recommendation {number}", href=f"#{name}"), " ", _name_seen(row)]),
            html.P(row["summary"], className="asked"),
            html.P([html.Span("Action for: ", className="how"), say_owner(row)], className="owner"),
            *_show_examples(snapshot, list_examples(snapshot, recommendation=number)),
        ]
    )
    evidence = html.P([html.Span(name_evidence(row), className="how"), row["evidence"]], className="evidence")
    told = html.Div([evidence, *parts], className="told")
    return html.Article(
        [asked, told],
        id=name,
        hidden=not is_shown,
        className="recommendation",
        **{
            "data-item": "",
            "data-words": text,
            "data-owner": " ".join(list_owner_words(row)),
            "data-theme": write_word(row["section"]),
            "data-held": " ".join(list_held_words(row)),
        },
    )


def draw_path(snapshot: Snapshot, indicator: str) -> Markup | None:
    """Return England's series of an indicator as a small drawing, parted at its breaks; None without two figures."""
    series = select_england(snapshot, indicator)
    if series.empty or series["unit"].iloc[0] != "percent":
        return draw_sparkline(series["value"]) if len(series) else None
    broken = views.find_breaks(snapshot, indicator, first=series["date"].iloc[0], last=series["date"].iloc[-1])
    return draw_series(series, breaks=list(broken["date"]))


def _make_figure(row: Row, drawn: Markup | None) -> html.Li:
    side = name_direction(row)
    change = [say_change(row), html.Span(f" ({side})", className=f"side {side}") if side else None]
    return html.Li(
        [
            html.Span(
                [
                    dcc.Link(row["short_name"], href=f"/indicators#{row['indicator_id']}", title=row["indicator_name"]),
                    html.Span(say_when(row), className="how"),
                ]
            ),
            html.Span([html.Strong(say_figure(row)), html.Span(change, className="how")]),
            html.Span(drawn, className="path"),
        ]
    )


def _name_seen(row: Row) -> html.Span:
    return html.Span([make_mark(row["data_held"]), SEEN[row["data_held"]]], className=f"seen {row['data_held']}")


def _show_examples(snapshot: Snapshot, examples: list[dict]) -> list[Component]:
    """Return the report's examples that bear on a recommendation, each to be opened."""
    return [
        html.Details(
            [
                html.Summary(f"Example in the report: {one['title']}"),
                html.P([one["summary"], " ", dcc.Link("Its area", href=area_path(snapshot, one["area_code"])), "."]),
            ],
            className="example",
        )
        for one in examples
    ]
