"""Signals: reasons to ask, each with what speaks against it, the question, the recommendation and its owner."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard import views
from dashboard.briefing.part import Listing, Part
from dashboard.briefing.rows import Cell, make_table
from dashboard.briefing.standing import Standing
from dashboard.format import Row, format_date, format_short_date, in_sentence, join_names
from dashboard.rows import list_rows
from dashboard.store import Snapshot
from dashboard.support import STANDING
from dashboard.text.verdicts import say_number

HEADING = "Signals, with recommendation and owner"
STRONG = "strong"
MOST_ROWS, MOST_LETTERS, NAMED = 9, 2500, 3
"""Signals that one sheet holds: so many rows, and about so many letters in them."""
ENQUIRE = "A signal is a reason to enquire, not a judgement of anyone."
NOT_HELD = "This snapshot holds no signals: no rule was tried on its figures."


def select_signals(standing: Standing) -> pd.DataFrame:
    """Return the open signals of the area and of those inside it, in the order in which to ask about them."""
    found = views.LISTS["signals"](standing.snapshot, standing.selection)
    return found[found["state"].isin(STANDING)].reset_index(drop=True)


def say_signals(standing: Standing) -> str:
    """Return how many signals there are and where to ask first, for the first sheet; "" where no rule was tried."""
    if standing.snapshot.signal_rules.empty:
        return ""
    found = select_signals(standing)
    return f"{title_signals(standing, found)}. {ENQUIRE}" if len(found) else "No rule finds a reason to enquire here."


def title_signals(standing: Standing, found: pd.DataFrame) -> str:
    """Return how many signals are open, how many are strong, and in how many places or which."""
    count, strong = len(found), int((found["strength"] == STRONG).sum())
    said = f"{say_number(count).capitalize()} signal{'' if count == 1 else 's'}"
    said += f", {say_number(strong)} of them strong" if strong else ""
    if standing.kind == "authority":
        return said
    names = list(dict.fromkeys(found["area_name"]))
    more = f" and {say_number(len(names) - NAMED)} more" if len(names) > NAMED else ""
    where = f"{', '.join(names[:NAMED])}{more}" if more else join_names(names)
    return f"{said}; ask first: {where}"


def make_signals(standing: Standing) -> Part:
    """Return the signals of the area and of those inside it, or that no rule finds one."""
    if standing.snapshot.signal_rules.empty:
        return Part(name="signals", heading=HEADING, title="Signals are not held", lines=(NOT_HELD,))
    found = select_signals(standing)
    if found.empty:
        return Part(
            name="signals", heading=HEADING, title="No signal is open here", lines=(_say_tried(standing), ENQUIRE)
        )
    shown = found.head(_count_fitting(found))
    rows, left = list_rows(shown), len(found) - len(shown)
    notes = [f"The first {len(shown)} of {len(found)}; the dashboard has all."] if left else []
    return Part(
        name="signals",
        heading=HEADING,
        title=title_signals(standing, found),
        subtitle=f"Found by declared rules, those to ask about first. {ENQUIRE}",
        listings=(
            Listing(_list_signals(shown, standing)),
            Listing(_list_recommendations(shown, standing.snapshot), label="What the recommendations ask"),
        ),
        summary=" ".join(f"{row['area_name']}, {in_sentence(row['short_name'])}: {row['sentence']}" for row in rows),
        notes=(*notes, _say_tried(standing)),
        source=_name_sources(found, standing.snapshot),
        is_illustrative=bool(found["is_illustrative"].any()),
    )


def _count_fitting(found: pd.DataFrame) -> int:
    """Return how many signals one sheet holds: one at least."""
    letters = found[["sentence", "contrary", "ask"]].map(len).sum(axis=1).cumsum()
    return max(1, min(MOST_ROWS, int((letters <= MOST_LETTERS).sum())))


def _list_signals(shown: pd.DataFrame, standing: Standing) -> html.Table:
    what = "Signal" if standing.kind == "authority" else "Where"
    heads = (what, "Found", "What speaks against it", "The question to ask", "Recommendation and owner")
    is_own = standing.kind == "authority"
    rows = [_list_signal(row, is_own=is_own) for row in list_rows(shown)]
    return make_table(heads, [("", rows)], caption="Open signals", name="signals")


def _list_signal(row: Row, *, is_own: bool) -> list[Cell]:
    since = f"{row['strength']}, {row['state']}, since {format_short_date(row['since'])}"
    measure = row["short_name"]
    first = measure if is_own else f"{row['area_name']}: {in_sentence(measure)}"
    below = f"{row['rule_name']}: {since}"
    return [
        [html.Strong(f"{first} "), html.Span(below, className="below")],
        row["sentence"],
        str(row["contrary"]).replace("\n", " ") or "Nothing in this snapshot.",
        row["ask"],
        [html.Strong(f"{row['recommendation']:.0f}. "), html.Span(row["owner"] or "no owner is printed")],
    ]


def _list_recommendations(shown: pd.DataFrame, snapshot: Snapshot) -> html.Table:
    summaries = snapshot.recommendations.drop_duplicates("number").set_index("number")["summary"]
    rows = [
        [f"{row['recommendation']:.0f}", summaries.loc[row["recommendation"]], row["owner"] or "none printed"]
        for row in list_rows(shown.drop_duplicates("recommendation").sort_values("recommendation"))
    ]
    return make_table(
        ("Number", "What it asks", "Owner"), [("", rows)], caption="Recommendations", name="recommendations"
    )


def _name_sources(found: pd.DataFrame, snapshot: Snapshot) -> str:
    sources = snapshot.sources.loc[list(dict.fromkeys(found["source_id"]))]
    names = "; ".join(f"{row['publisher']}: {row['title']}" for row in list_rows(sources))
    return f"Source: {names}; figures to {format_date(found['date'].max())}."


def _say_tried(standing: Standing) -> str:
    """Return how many figures the rules were tried on, so that few signals are read for what they are."""
    rules = standing.snapshot.signal_rules
    tried = rules[rules["tested"] > 0]
    return (
        f"{say_number(len(tried)).capitalize()} rules were tried on {tried['tested'].sum():,} figures of all areas and "
        f"found {tried['found'].sum():,} signals."
    )
