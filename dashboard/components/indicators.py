"""The list of indicators: a row each, which opens to the full entry."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.comparison import compare_path, default_areas
from dashboard.components.filters import choice_field, filter_row, search_field
from dashboard.format import Row, describe_polarity, format_date, format_short_date, format_unit, sentence
from dashboard.measures import MEASURES, list_offered
from dashboard.queries.observations import PUBLISHED_PLAN
from dashboard.recommendations import recommendation_path
from dashboard.rows import list_rows
from dashboard.search import KINDS, MOST_CHARACTERS, POLARITIES, IndicatorSearch, matches
from dashboard.selection import ENGLAND, area_path
from dashboard.store import Snapshot
from dashboard.text.indicators import UNITS, count_shown, describe_newest, describe_span, describe_way, write_entry
from dashboard.text.recommendations import say_owner
from dashboard.views.indicators import list_breaks, list_recommendations, show_levels
from dashboard.views.practice import find_least, list_examples


@dataclass(frozen=True)
class Facts:
    """What is known of indicators beside their own entry, by id; and the areas to compare where regions are held."""

    held: dict[str, list[dict]]
    breaks: dict[str, list[dict]]
    recommended: dict[str, list[dict]]
    areas: tuple[str, ...]


HEADS = ("Indicator", "Unit", "Which way", "Source", "Newest")


def indicator_list(snapshot: Snapshot, frame: pd.DataFrame, search: IndicatorSearch) -> html.Div:
    """Return the fields of the search and every entry; what the search leaves out is there and hidden."""
    facts = collect_facts(snapshot)
    rows = list_rows(frame)
    shown = {row["id"] for row in rows if _is_found(row, search)}
    groups = [
        _make_group(
            group,
            [make_entry(snapshot, row, facts, is_shown=row["id"] in shown) for row in same],
            is_shown=any(row["id"] in shown for row in same),
        )
        for group in dict.fromkeys(frame["group"])
        if (same := [row for row in rows if row["group"] == group])
    ]
    ways = {word: describe_way(polarity) for word, polarity in POLARITIES.items()}
    fields = [
        search_field(key="q", label="Search by name, subject, source or id", value=search.words, most=MOST_CHARACTERS),
        choice_field(key="kind", label="Kind", options=KINDS, chosen=search.kind),
        choice_field(key="polarity", label="Which way is better", options=ways, chosen=search.polarity),
    ]
    row = filter_row(fields, shown=count_shown(len(shown), len(rows)), what="indicators", label="Find an indicator")
    nothing = html.P(
        "No indicator matches. Try fewer words, or clear the search.",
        className="nothing",
        hidden=bool(shown),
    )
    return html.Div([row, nothing, *groups], className="filtered indicators", id="entries")


def collect_facts(snapshot: Snapshot) -> Facts:
    """Return what is known of indicators beside their own entry."""
    rows = list_rows(show_levels(snapshot))
    held = {name: [row for row in rows if row["id"] == name] for name in {row["id"] for row in rows}}
    return Facts(held, list_breaks(snapshot), list_recommendations(snapshot), default_areas(snapshot))


def make_entry(snapshot: Snapshot, row: Row, facts: Facts, *, is_shown: bool = True) -> html.Details:
    """Return an indicator: a row with the most asked, which opens to all that is known of it."""
    summary = html.Summary(
        [
            html.Span(row["name"], className="name"),
            html.Span(UNITS[row["unit"]]),
            html.Span(describe_way(row["polarity"])),
            html.Span(row["publisher"] or "Not loaded", className="publisher"),
            html.Span([describe_newest(row), _mark(row)]),
        ]
    )
    told = [fact for fact in _list_facts(snapshot, row, facts) if fact[1]]
    parts = html.Dl([part for name, value in told for part in (html.Dt(name), html.Dd(value))])
    polarity = next(word for word, name in POLARITIES.items() if name == row["polarity"])
    return html.Details(
        [summary, parts],
        id=row["id"],
        hidden=not is_shown,
        **{
            "data-item": "",
            "data-words": write_entry(row),
            "data-kind": row["kind"],
            "data-polarity": polarity,
        },
    )


def _mark(row: Row) -> html.Span | None:
    return html.Span("illustrative", className="how") if row["is_illustrative"] else None


def _is_found(row: Row, search: IndicatorSearch) -> bool:
    return (
        matches(write_entry(row), search.words)
        and search.kind in ("", row["kind"])
        and POLARITIES.get(search.polarity, row["polarity"]) == row["polarity"]
    )


def _make_group(name: str, entries: list[Component], *, is_shown: bool) -> html.Section:
    heads = html.Div([html.Span(head) for head in HEADS], className="heads", **{"aria-hidden": "true"})
    return html.Section(
        [html.H2(name), heads, *entries], className="entry-group", hidden=not is_shown, **{"data-group": ""}
    )


def _list_facts(snapshot: Snapshot, row: Row, facts: Facts) -> list[tuple[str, object]]:
    caveats = [line for line in row["caveats"].split("\n") if line]
    recommended, breaks = facts.recommended.get(row["id"], []), facts.breaks.get(row["id"], [])
    held = facts.held.get(row["id"], [])
    return [
        ("What it is", row["definition"]),
        ("Unit", sentence(format_unit(row["unit"]))),
        ("Which way is better", describe_polarity(row["polarity"])),
        ("Numerator", row["numerator"]),
        ("Denominator", row["denominator"]),
        ("Method", row["method"]),
        ("Kind", KINDS[row["kind"]]),
        ("Source", _link_source(snapshot, row)),
        ("Held", _list_held(held)),
        ("Keep in mind", _list(caveats)),
        ("Breaks", _list([f"{one['date_text']}: {one['what']} {one['effect']}" for one in breaks])),
        (
            "Recommendations",
            html.Ul([html.Li(_show_recommendation(one)) for one in recommended]) if recommended else "",
        ),
        ("Examples in the report", _list_examples(snapshot, row["id"])),
        ("Shown", _list_places(snapshot, row, held, wide=facts.areas)),
        ("Written by", f"{row['author']}; reviewed on {format_date(row['reviewed_on'])}"),
        ("Id", [html.Code(row["id"]), " ", html.A("Link to this entry", href=f"#{row['id']}")]),
    ]


def _show_recommendation(row: Row) -> list[object]:
    link = dcc.Link(row["summary"].removesuffix("."), href=recommendation_path(row["number"]))
    return [f"{row['number']}. ", link, f". For: {say_owner(row)}."]


def _list_examples(snapshot: Snapshot, indicator: str) -> object:
    """Return the report's examples of good practice on a measure, each with its place; "" where it has none."""
    found = list_examples(snapshot, indicator=indicator)
    parts = [[f"{row['title']}. ", row["summary"]] for row in found]
    return html.Ul([html.Li(part) for part in parts]) if parts else ""


def _link_source(snapshot: Snapshot, row: Row) -> object:
    if row["source_id"] not in snapshot.sources.index:
        return "None loaded: these returns are not published, and no file of them has been put in."
    source = snapshot.sources.loc[row["source_id"]]
    return dcc.Link(f"{source['publisher']}: {source['title']}", href=f"/quality#source-{row['source_id']}")


def _list_held(held: list[dict]) -> object:
    if not held:
        return "No figure is held."
    return _list([f"{row['level']}: {describe_span(row)}" for row in held])


def _list(lines: list[str]) -> object:
    return html.Ul([html.Li(line) for line in lines]) if lines else ""


def _list_places(snapshot: Snapshot, row: Row, held: list[dict], *, wide: tuple[str, ...]) -> object:
    """Return links to the pages that show an indicator; nothing for one without figures."""
    if not held:
        return ""
    links = []
    word = next((word for word, name in MEASURES.items() if name == row["id"]), "")
    if fnmatch(row["id"], PUBLISHED_PLAN):
        links.append(html.Li(dcc.Link("On the England page", href="/")))
    for page, path, name in (("country", "/", "England"), ("workforce", "/workforce", "Workforce")):
        if word in list_offered(snapshot, page=page):
            links.append(html.Li(dcc.Link(f"On the {name} page", href=f"{path}?measure={word}")))
    levels, last = {one["level"] for one in held}, max(one["last"] for one in held)
    areas = wide if "Regions" in levels else (ENGLAND,) if "England" in levels else ()
    chart = "trend" if max(one["dates"] for one in held) > 1 else "ranking"
    path = compare_path(indicators=[row["id"]], areas=areas or queries.list_authorities(snapshot, on=last), chart=chart)
    links.append(html.Li(dcc.Link(f"Compare areas, to {format_short_date(last)}", href=path)))
    if word and (area := find_least(snapshot, row["id"])):
        path = f"{area_path(snapshot, area)}?measure={word}#card-good-practice"
        name = snapshot.areas.at[area, "name"]
        links.append(html.Li(["Good practice, area by area; for example ", dcc.Link(name, href=path)]))
    return html.Ul(links)
