"""The agenda of a regional call as a pack: three sheets at most, of the same content as its page."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard.agenda import Agenda
from dashboard.briefing.part import Listing, Pack, Part
from dashboard.briefing.rows import Cell, make_table
from dashboard.components.agenda import list_fix_lines
from dashboard.format import Row, format_date
from dashboard.rows import list_rows
from dashboard.text import agenda as text

WHAT = "agenda"
MOST_LETTERS = 2600
"""Letters of signals that one sheet holds."""
HEADS = ("Where and what", "Found, and how sure", "What speaks against it", "Question to ask", "Who acts")
LETTERS = ["sentence", "contrary", "ask", "clears", "owner"]


def make_agenda_pack(agenda: Agenda) -> Pack:
    """Return the agenda as a pack: what is new, what continues, then all that is short."""
    new, continuing = _make_questions(agenda, agenda.new, "New or stronger"), _make_questions(
        agenda, agenda.continuing, "Continuing"
    )  # fmt: skip
    opening, closing = _make_opening(agenda), _make_lists(agenda)
    fits_one = _count_letters(agenda.open) <= MOST_LETTERS
    sheets = [(opening, new, continuing)] if fits_one else [(opening, new), (continuing,)]
    return Pack(
        area_code=agenda.area_code,
        area_name=agenda.area_name,
        snapshot_id=agenda.snapshot.id,
        data_date=agenda.snapshot.data_date,
        sheets=(*sheets, closing),
        what=WHAT,
    )


def _make_opening(agenda: Agenda) -> Part:
    lead = text.lead_agenda(agenda.open, len(agenda.new), area=agenda.area_name, fixes=len(agenda.fixes))
    first, last = format_date(agenda.since.day), format_date(agenda.snapshot.data_date)
    new = text.count(len(agenda.new), "signal") if len(agenda.new) else "No signal"
    title = f"{new} new or stronger since {first}"
    return Part(
        name="agenda", heading="This call", title=title,
        subtitle=f"From {first} to {last}.", lines=(lead,), is_illustrative=agenda.is_illustrative,
    )  # fmt: skip


def _make_questions(agenda: Agenda, signals: pd.DataFrame, heading: str) -> Part:
    if signals.empty:
        return Part(name="questions", heading=heading, title="", lines=("No signal.",))
    letters = signals[LETTERS].map(lambda words: len(str(words))).sum(axis=1).cumsum()
    shown = signals.head(max(1, int((letters <= MOST_LETTERS).sum())))
    left = len(signals) - len(shown)
    rows = [_list_cells(agenda, row) for row in list_rows(shown)]
    return Part(
        name="questions",
        heading=heading,
        title=f"{text.count(len(signals), 'signal')} to ask about",
        listings=(Listing(make_table(HEADS, [("", rows)], caption=heading, name="signals")),),
        summary=" ".join(f"{name}: {found}" for name, found in zip(shown["area_name"], shown["sentence"], strict=True)),
        notes=(f"The first {len(shown)} of {len(signals)}; the page has all.",) if left else (),
        source=_name_sources(agenda, signals),
        is_illustrative=bool(signals["is_illustrative"].any()),
    )


def _count_letters(signals: pd.DataFrame) -> int:
    return 0 if signals.empty else int(signals[LETTERS].map(lambda words: len(str(words))).sum().sum())


def _list_cells(agenda: Agenda, row: Row) -> list[Cell]:
    name = text.name_signal(row, is_region=agenda.is_region)
    rule = agenda.snapshot.signal_rules.loc[row["rule"]]
    return [
        [html.Strong(f"{name} "), html.Span(text.say_state(row), className="below")],
        [f"{row['sentence']} ", html.Span(text.say_sure(row, rule), className="below")],
        text.say_contrary(row),
        [f"{row['ask']} ", html.Span(row["clears"], className="below")],
        text.say_owner(row),
    ]


def _make_lists(agenda: Agenda) -> tuple[Part, ...]:
    """Return the parts that are lists of sentences."""
    lists = {
        "Asked before": ([text.say_asked(row) for row in list_rows(agenda.asked)], agenda.asked),
        "Cleared in the last four weeks": (
            [text.say_cleared(row, is_region=agenda.is_region) for row in list_rows(agenda.cleared)],
            agenda.cleared,
        ),
        "Data to put right": (list_fix_lines(agenda), agenda.fixes),
    }
    watched = Part(
        name="watch", heading="To watch", title="",
        lines=tuple(watch.text for watch in agenda.watch) or ("No figure is near to becoming a signal.",),
        is_illustrative=any(watch.is_illustrative for watch in agenda.watch),
    )  # fmt: skip
    parts = [
        Part(
            name="list", heading=heading, title="", lines=tuple(lines) or ("None.",),
            is_illustrative=bool(frame["is_illustrative"].any()) if len(frame) else False,
        )
        for heading, (lines, frame) in lists.items()
    ]  # fmt: skip
    return (watched, *parts)


def _name_sources(agenda: Agenda, signals: pd.DataFrame) -> str:
    titles = agenda.snapshot.sources.loc[list(dict.fromkeys(signals["source_id"])), "title"]
    return f"Source: {'; '.join(titles)}; figures to {format_date(signals['date'].max())}."
