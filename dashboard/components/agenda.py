"""The parts of a region's agenda: questions to ask, what moved, what to watch, who was asked, data to put right."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.agenda import Agenda
from dashboard.components.signals import SHAPES
from dashboard.format import Row, format_date
from dashboard.rows import list_rows
from dashboard.selection import area_path
from dashboard.text import agenda as text

MOST_FIXES = 6
MADE_UP = "Illustrative"


def question_table(agenda: Agenda, signals: pd.DataFrame, *, caption: str) -> html.Div:
    """Return a row a signal: where and what, what was found and how sure, the question, and who acts."""
    rows = [_make_row(agenda, row) for row in list_rows(signals)]
    heads = ("Where and what", "Found, and how sure", "What speaks against it", "Question to ask", "Who acts")
    head = html.Tr([html.Th(name, scope="col") for name in heads])
    table = html.Table(
        [html.Caption(caption, className="hidden"), html.Thead(head), html.Tbody(rows)], className="stacked agenda"
    )
    return html.Div(table, className="scroll agenda-scroll", tabIndex=0, role="region", **{"aria-label": caption})


def _make_row(agenda: Agenda, row: Row) -> html.Tr:
    snapshot = agenda.snapshot
    place = dcc.Link(row["area_name"], href=area_path(snapshot, row["area_code"]))
    what = [place, html.Span(row["short_name"], className="what")]
    state = f"{SHAPES[row['strength']]} {text.say_state(row)}"
    rule = snapshot.signal_rules.loc[row["rule"]]
    made_up = html.Span(MADE_UP, className="illustrative-tag") if row["is_illustrative"] else None
    cells = {
        "Found, and how sure": [
            row["sentence"], " ", made_up, html.Span(text.say_sure(row, rule), className="how"),
        ],
        "What speaks against it": text.say_contrary(row),
        "Question to ask": [row["ask"], html.Span(row["clears"], className="how")],
        "Who acts": text.say_owner(row),
    }  # fmt: skip
    head = html.Th([*what, html.Span(state, className="how")], scope="row")
    return html.Tr([head, *[html.Td(cell, **{"data-label": name}) for name, cell in cells.items()]])


def list_parts(agenda: Agenda) -> list[Component]:
    """Return the agenda's parts in the order in which to take them; each says so where there is nothing."""
    since = format_date(agenda.since.day)
    asked = [text.say_asked(row) for row in list_rows(agenda.asked)]
    cleared = [text.say_cleared(row, is_region=True) for row in list_rows(agenda.cleared)]
    watched = [watch.text for watch in agenda.watch]
    short = [
        *_list("To watch", watched, empty="No figure is near to becoming a signal."),
        *_list("Cleared in the last four weeks", cleared, empty="No signal cleared."),
        *_list("Asked before", asked, empty="No enquiry has been noted for this region."),
    ]
    pairs = [html.Section(short[place : place + 2]) for place in range(0, len(short), 2)]
    return [
        *_ask("New or stronger", agenda, agenda.new, empty=f"No signal is new or stronger since {since}."),
        *_ask("Continuing", agenda, agenda.continuing, empty="No signal continues."),
        html.Div(pairs, className="agenda-short"),
        *_list("Data to put right", list_fix_lines(agenda), empty="No finding about the data is open."),
    ]


def list_fix_lines(agenda: Agenda) -> list[str]:
    """Return what is to be put right, the most first, and how many kinds more there are."""
    rows = list_rows(agenda.fixes)
    lines = [text.say_fix(row, is_region=agenda.is_region) for row in rows[:MOST_FIXES]]
    left = len(rows) - MOST_FIXES
    return [*lines, f"And {text.count(left, 'more kind')} of finding; the page of each council lists its own."] \
        if left > 0 else lines  # fmt: skip


def _ask(heading: str, agenda: Agenda, signals: pd.DataFrame, *, empty: str) -> list[Component]:
    body = html.P(empty) if signals.empty else question_table(agenda, signals, caption=f"{heading}: questions to ask")
    return [html.H2(heading, className="part"), body]


def _list(heading: str, lines: list[str], *, empty: str) -> list[Component]:
    body = html.Ul([html.Li(line) for line in lines], className="agenda-lines") if lines else html.P(empty)
    return [html.H2(heading, className="part"), body]
