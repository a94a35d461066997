"""What changed here since a day or an older snapshot: the card, its choices of since when, and the line to watch."""

from __future__ import annotations

from urllib.parse import urlencode

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.card import Card, chart_card
from dashboard.components.signals import NO_OWNER
from dashboard.format import Row, format_date, format_short_date, in_sentence, sentence
from dashboard.measures import list_offered
from dashboard.rows import list_rows
from dashboard.selection import Selection, area_path
from dashboard.since import KEY, MOST_SNAPSHOTS, USUAL_WEEKS, WEEK, Since, find_since, list_days, list_older
from dashboard.store import Snapshot
from dashboard.text import since as text
from dashboard.views.since import list_inside, pick_kind
from dashboard.views.watch import find_watch

NAME = "card-since"
MADE_UP = "Illustrative"
MOST_FIGURES = 8
"""Moved figures in view; the others stand folded below."""
DIRECTIONS = {"worse": "\u25bc worse", "better": "\u25b2 better", "": ""}


def watch_line(snapshot: Snapshot, selection: Selection) -> html.P | None:
    """Return the one thing to watch in the area, None where there is nothing."""
    watch = find_watch(snapshot, selection.area_code)
    if watch is None:
        return None
    tag = html.Span(MADE_UP, className="illustrative-tag") if watch.is_illustrative else None
    words = watch.text.removeprefix("Watch ")
    return html.P([html.Strong("Watch "), words, " ", tag], className="watch-line")


def since_card(snapshot: Snapshot, selection: Selection) -> html.Section:
    """Return what changed in the area since the selection's day or snapshot, or that nothing did."""
    since = find_since(snapshot, selection.since)
    frame = views.LISTS["since"](snapshot, selection)
    choice = since_choice(snapshot, selection, since)
    if frame.empty:
        return html.Section(
            [
                html.H2(text.title_since(frame, since.day), id=f"{NAME}-title"),
                html.P(text.describe_nothing(since.day), className="empty"),
                choice,
            ],
            id=NAME,
            className="card wide",
            **{"aria-labelledby": f"{NAME}-title"},
        )
    older = f" Compared with snapshot {since.older.id}." if since.older else ""
    card = Card(
        view="since",
        title=text.title_since(frame, since.day),
        subtitle=f"From {format_date(since.day)} to {format_date(snapshot.data_date)}, and how sure it is.{older}",
        summary=_summarise(snapshot, frame, since),
        frame=frame,
        picture=html.Div([choice, _show_signals(snapshot, frame, selection, since), *_show_rest(frame)]),
        is_wide=True,
        is_table=True,
        source=_name_sources(snapshot, frame),
        download="/download/since.csv?"
        + urlencode({"area": selection.area_code, "measure": selection.measure, KEY: since.word}),
    )
    return chart_card(card, snapshot, selection)


def _summarise(snapshot: Snapshot, frame: pd.DataFrame, since: Since) -> str:
    said = [text.TESTS] if frame.loc[frame["kind"] == "figure", "p_value"].notna().any() else []
    is_long = (snapshot.data_date - since.day).days > 7 * text.CLEARED_WEEKS
    return " ".join([*said, *([text.NOT_KEPT] if is_long and since.older is None else [])])


def _name_sources(snapshot: Snapshot, frame: pd.DataFrame) -> str:
    titles = snapshot.sources.loc[list(dict.fromkeys(frame["source_id"])), "title"]
    return f"Source: {'; '.join(titles)}, as of snapshot {snapshot.id}."


def since_choice(snapshot: Snapshot, selection: Selection, since: Since) -> html.Nav:
    """Return links to the same page since other days, the usual ones in view, and since older snapshots."""
    days = list_days(snapshot)
    usual = [snapshot.data_date - weeks * WEEK for weeks in USUAL_WEEKS]
    shown = [day for day in usual if day in days] + days[-1:]
    links = [_link(snapshot, selection, day.isoformat(), format_date(day), since) for day in dict.fromkeys(shown)]
    others = [_link(snapshot, selection, day.isoformat(), format_date(day), since) for day in days if day not in shown]
    older = [
        _link(snapshot, selection, record.id, f"Snapshot {record.id}", since)
        for record in list_older(snapshot)[:MOST_SNAPSHOTS]
    ]
    is_open = since.older is not None or (since.day in days and since.day not in shown)
    more = html.Details(
        [html.Summary("Another day, or an older snapshot"), html.Ul([html.Li(link) for link in [*others, *older]])],
        open=is_open,
    )
    return html.Nav(
        [
            html.Ul([html.Li("Since"), *[html.Li(link) for link in links]]),
            more if others or older else None,
        ],
        className="choices since-choices",
        **{"aria-label": "Since when"},
    )


def _link(snapshot: Snapshot, selection: Selection, word: str, name: str, since: Since) -> Component:
    if word == since.word:
        return html.Strong(name, **{"aria-current": "true"})
    kind = snapshot.areas.at[selection.area_code, "kind"]
    offered = list_offered(snapshot, page=kind)
    query = {"measure": selection.measure} if offered and selection.measure != offered[0] else {}
    return dcc.Link(name, href=f"{area_path(snapshot, selection.area_code)}?{urlencode(query | {KEY: word})}#{NAME}")


def _show_signals(snapshot: Snapshot, frame: pd.DataFrame, selection: Selection, since: Since) -> Component:
    own = pick_kind(frame, "signal")
    heading = html.H3("Signals")
    if own.empty:
        return html.Div([heading, html.P(text.describe_signals(own, day=since.day))], className="since-part")
    is_one = len(list_inside(snapshot, selection.area_code)) == 1
    rows = [
        (
            _with_below(row["short_name"], row["rule_name"]) if is_one else _link_area(snapshot, row),
            {
                "Move": sentence(row["what"]),
                "What and how sure": [row["sentence"], html.Span(row["how_sure"], className="how")],
                "What is asked, and who acts": _show_ask(row),
            },
        )
        for row in list_rows(own)
    ]
    return html.Div([heading, _make_table("Signal", rows, caption="Signals that changed")], className="since-part")


def _show_ask(row: Row) -> list:
    if row["what"] == "cleared":
        return ["Nothing more is asked."]
    return [row["ask"], html.Span(f"Who acts: {row['owner'] or NO_OWNER}.", className="how")]


def _link_area(snapshot: Snapshot, row: Row) -> list:
    link = dcc.Link(row["area_name"], href=area_path(snapshot, row["area_code"]))
    return [link, html.Span(f"{row['short_name']}: {in_sentence(row['rule_name'])}", className="how")]


def _show_rest(frame: pd.DataFrame) -> list[Component]:
    figures, verdicts, sources = (pick_kind(frame, kind) for kind in ("figure", "verdict", "source"))
    parts: list[Component] = [html.H3("Figures that moved")]
    if figures.empty:
        parts.append(html.P("No figure moved by as much as is shown."))
    else:
        parts.append(_show_figures(figures.head(MOST_FIGURES), caption="Figures that moved"))
        left = figures.iloc[MOST_FIGURES:]
        if len(left):
            more = _show_figures(left, caption="More figures that moved")
            parts.append(html.Details([html.Summary(f"{text.count(len(left), 'more figure')} that moved"), more]))
    return [
        html.Div(parts, className="since-part"),
        *_table("Verdicts beside England that changed", "Measure", [_show_verdict(row) for row in _rows(verdicts)]),
        *_table("Newer figures came from", "Source", [_show_source(row) for row in _rows(sources)]),
    ]


def _rows(frame: pd.DataFrame) -> list[Row]:
    return list_rows(frame)


def _show_verdict(row: Row) -> tuple[object, dict[str, object]]:
    cells = {"Verdict": row["sentence"], "Move": DIRECTIONS[row["direction"]], "How sure": row["how_sure"]}
    return row["short_name"], cells


def _show_source(row: Row) -> tuple[object, dict[str, object]]:
    return row["indicator_name"], {
        "Before": f"to {format_short_date(row['date_from'])}",
        "Now": f"to {format_short_date(row['date_to'])}",
    }


def _table(heading: str, first: str, rows: list[tuple[object, dict[str, object]]]) -> list[Component]:
    if not rows:
        return []
    return [html.Div([html.H3(heading), _make_table(first, rows, caption=heading)], className="since-part")]


def _show_figures(figures: pd.DataFrame, *, caption: str) -> html.Div:
    rows = [
        (
            row["short_name"],
            {
                "Before": _with_below(text.say_value(row, row["before"]), format_short_date(row["date_from"])),
                "Now": _with_below(text.say_value(row, row["now"]), format_short_date(row["date_to"])),
                "Change": _with_below(text.say_change(row, row["change"]), DIRECTIONS[row["direction"]]),
                "How sure": row["how_sure"],
            },
        )
        for row in list_rows(figures)
    ]
    return _make_table("Measure", rows, caption=caption)


def _with_below(words: str, below: str) -> list:
    return [words, html.Span(below, className="how")]


def _make_table(first: str, rows: list[tuple[object, dict[str, object]]], *, caption: str) -> html.Div:
    """Return a table of rows, each a head and cells by their heading."""
    heads = list(rows[0][1])
    body = [
        html.Tr([html.Th(name, scope="row"), *[html.Td(cell, **{"data-label": head}) for head, cell in cells.items()]])
        for name, cells in rows
    ]
    head = html.Tr([html.Th(name, scope="col") for name in (first, *heads)])
    table = html.Table(
        [html.Caption(caption, className="hidden"), html.Thead(head), html.Tbody(body)], className="stacked since"
    )
    return html.Div(table, className="scroll", tabIndex=0, role="region", **{"aria-label": caption})
