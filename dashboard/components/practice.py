"""The card of good practice: similar areas that began alike, how they moved, and the report's examples."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component
from markupsafe import Markup

from dashboard import views
from dashboard.components.card import Card, chart_card, empty_card
from dashboard.components.recommendation_cards import link_numbers
from dashboard.components.returns import name_source
from dashboard.figures.sparkline import draw_series
from dashboard.format import Row, format_short_date
from dashboard.rows import list_rows
from dashboard.selection import Selection, area_path
from dashboard.store import Snapshot
from dashboard.text.practice import (
    EXAMPLES,
    NO_EXAMPLE,
    NONE_HELD,
    explain_rule,
    name_who,
    say_points,
    say_share,
    subtitle_practice,
    summarise_practice,
    title_practice,
)
from dashboard.views.practice import list_examples, pick_practice, select_paths

NAME = "card-good-practice"


def practice_card(snapshot: Snapshot, selection: Selection) -> html.Section:
    """Return the similar areas that began alike, the most improved first, and the report's examples of the measure."""
    frame = views.LISTS["good-practice"](snapshot, selection)
    indicator, _ = pick_practice(snapshot, selection)
    examples = examples_part(snapshot, indicator)
    if frame.empty:
        card = empty_card(NAME, title="No similar areas to learn from here", text=NONE_HELD)
        card.children.append(examples)
        return card
    card = chart_card(
        Card(
            view="good-practice",
            title=title_practice(frame),
            subtitle=subtitle_practice(frame),
            summary=summarise_practice(frame),
            frame=frame,
            picture=practice_table(frame, snapshot=snapshot, caption="Similar areas that began alike"),
            notes=(explain_rule(frame),),
            is_wide=True,
            is_table=True,
            source=name_source(snapshot, frame),
        ),
        snapshot,
        selection,
    )
    # After what is said of the figures, before what can be taken away: an example is no figure.
    place = next(n for n, part in enumerate(card.children) if getattr(part, "className", "") == "actions")
    card.children.insert(place, examples)
    return card


def practice_table(frame: pd.DataFrame, *, snapshot: Snapshot, caption: str) -> html.Table:
    """Return a row an area: where it began, where it stands, the change among the same homes, and its path."""
    first = frame.iloc[0]
    heads = (
        "How alike",
        f"Began, {format_short_date(first['date_from'])}",
        f"Now, {format_short_date(first['date_to'])}",
        f"Change, same {name_who(first)}",
        "More than chance?",
        "Path, 0 to 100%",
    )
    paths = select_paths(snapshot, frame)
    bodies: dict[str, list[Component]] = {"area": [], "similar": [], "comparator": []}
    for row in list_rows(frame):
        bodies[row["role"]].append(_make_row(row, heads, snapshot=snapshot, drawn=draw_series(paths[row["area_code"]])))
    head = html.Tr([html.Th(text, scope="col") for text in ("Area", *heads)])
    parts = [html.Tbody(bodies[role], className=role) for role in bodies if bodies[role]]
    return html.Table(
        [html.Caption(caption, className="hidden"), html.Thead(head), *parts], className="stacked practice"
    )


def examples_part(snapshot: Snapshot, indicator: str) -> html.Div:
    """Return what the report tells of good practice on a measure, and where all its examples stand."""
    found = list_examples(snapshot, indicator=indicator) if indicator else []
    entries = [html.Div(_show_example(snapshot, row), className="example") for row in found]
    said = EXAMPLES if found else NO_EXAMPLE if indicator else ""
    where = ["All examples stand beside their ", dcc.Link("recommendations", href="/recommendations"), "."]
    return html.Div(
        [html.H3("From the taskforce's report"), *entries, html.P([f"{said} ".lstrip(), *where])], className="examples"
    )


def _make_row(row: Row, heads: tuple[str, ...], *, snapshot: Snapshot, drawn: Markup | None) -> html.Tr:
    code, name = row["area_code"], row["area_name"]
    is_own = row["role"] == "area"
    change = [html.Strong(say_points(row)), html.Span(f" {row['n_both']:,.0f} {name_who(row)}", className="how")]
    cells = [
        "this area" if is_own else f"{row['likeness']:.0f}" if row["role"] == "similar" else "",
        say_share(row, "share_from"),
        say_share(row, "share_to"),
        change,
        row["verdict"],
        drawn,
    ]
    made = [html.Td(cell, **{"data-label": head}) for cell, head in zip(cells, heads, strict=True)]
    made[0].title = f"differs most in {row['differs_in']}" if row["differs_in"] else None
    label = html.Strong(name) if is_own else dcc.Link(name, href=area_path(snapshot, code))
    return html.Tr([html.Th(label, scope="row"), *made], className="here" if is_own else "")


def _show_example(snapshot: Snapshot, row: Row) -> list[Component]:
    numbers = [int(number) for number in row["recommendations"].split()]
    place = dcc.Link(row["place"], href=area_path(snapshot, row["area_code"]))
    kind = "Spotlight" if row["is_spotlight"] else "Example"
    many = "recommendation" if len(numbers) == 1 else "recommendations"
    return [
        html.P(html.Strong(row["title"])),
        html.P(row["summary"]),
        html.P(
            [f"{kind} under “{row['section']}”: ", place, f"; {many} ", *link_numbers(numbers), "."], className="how"
        ),
    ]
