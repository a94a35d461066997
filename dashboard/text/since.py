"""Words for what changed in an area since a day or a snapshot: each change, and how sure one can be of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.format import Row, format_change, format_date, format_value, in_sentence, join_names, sentence
from dashboard.measures import QUESTIONS
from dashboard.support import STRENGTHS

VERDICTS = ("clearly worse", "worse", "similar", "better", "clearly better")
"""Verdicts against England, the worst first."""
MOVES = ("new", "stronger", "cleared")
CHANCE = 0.05
"""Below this, chance alone is no longer said to explain a move."""
WORSE_WAY = {"higher is better": -1, "lower is better": 1}
CLEARED_WEEKS = 4
NOT_KEPT = "Signals that cleared more than four weeks before the newest figures are no longer held, so none is told."
TESTS = "Among many tests some pass by chance: of 20, about one has p below 0.05."
UNTESTED = "No test is made of this figure."
NO_PAIR = "No test: the answers of the same homes on these two days are not held."


def count(number: int, word: str) -> str:
    """Return "1 signal" or "12 signals"."""
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def name_direction(change: float, polarity: str) -> str:
    """Return whether a change is for the worse or the better, "" where neither way is better."""
    way = WORSE_WAY.get(polarity, 0)
    return "" if not way or not change else "worse" if change * way > 0 else "better"


def say_value(row: Row, value: float) -> str:
    """Return a figure as it is shown."""
    return format_value({"value": value, "unit": row["unit"], "decimals": row["decimals"], "status": ""})


def say_figure(row: Row, change: float) -> str:
    """Return "Full wages: 80% now and 84% on 23 October 2020, −4 points." """
    moved = say_change(row, change)
    then = "before it was revised" if row["date"] == row["was_date"] else f"on {format_date(row['was_date'])}"
    now, was = say_value(row, row["value"]), say_value(row, row["was_value"])
    return f"{row['short_name']}: {now} now and {was} {then}, {moved}."


def say_change(row: Row, change: float) -> str:
    """Return a change with its sign; points with a decimal, since both figures beside it are rounded."""
    is_percent = row["unit"] == "percent"
    return format_change(
        change, row["unit"], decimals=max(1, int(row["decimals"])) if is_percent else int(row["decimals"])
    )


def say_sure(tested: Mapping[str, Any], row: Row, breaks: pd.DataFrame) -> str:
    """Return how sure a figure's move is: the paired test of the homes that answered both times, or why there is none.

    A break between the two days comes first: across it no test means anything.
    """
    if len(breaks):
        days = join_names([format_date(day) for day in dict.fromkeys(breaks["date"])])
        return f"No test: the series has a break on {days}."
    if row["date"] == row["was_date"]:
        return "No test: the figure of the same day was revised."
    if not tested:
        return NO_PAIR if row["indicator_id"] in QUESTIONS.values() else UNTESTED
    turned = f"{tested['no_to_yes']:,.0f} turned to yes and {tested['yes_to_no']:,.0f} from it"
    sure = "more than chance alone explains" if tested["p_value"] < CHANCE else "chance alone may explain that"
    return (
        f"Of {tested['n_both']:,.0f} homes that answered both times, {turned}: {sure} (p {say_p(tested['p_value'])})."
    )


def say_p(p_value: float) -> str:
    """Return "= 0.63" or "below 0.0001"."""
    return "below 0.0001" if p_value < 0.0001 else f"= {p_value:.2g}"


def say_verdict(row: Row, *, own: bool) -> str:
    """Return "Full wages: clearly worse than England, before similar." With the area's name where it is not the own."""
    measure = row["short_name"] if own else f"{row['area_name']}, {in_sentence(row['short_name'])}"
    return f"{measure}: {say_beside(row['versus_england'])}, before {row['was_versus_england']}."


def turn_of(row: Row) -> str:
    """Return whether a verdict changed for the worse or the better."""
    places = [VERDICTS.index(row[name]) for name in ("was_versus_england", "versus_england")]
    return "worse" if places[1] < places[0] else "better"


def say_beside(verdict: str) -> str:
    """Return a verdict against England as words in a sentence."""
    return "similar to England" if verdict == "similar" else f"{verdict} than England"


def say_verdict_sure(row: Row) -> str:
    """Return how sure the verdict is now."""
    if pd.isna(row["p_england"]):
        return "No chance is worked out for it."
    return f"Chance alone puts an area so far from England with p {say_p(row['p_england'])}."


def say_signal(row: Row) -> str:
    """Return what a signal found; of one that cleared, when it held."""
    if row["state"] != "cleared":
        return row["sentence"]
    held = f"Held from {format_date(row['since'])}, cleared on {format_date(row['cleared_on'])}."
    return f"{held} It had found: {row['sentence']}"


def say_signal_sure(row: Row, rule: Row) -> str:
    """Return how strong a signal is, and what chance its rule worked out for it."""
    strength, p_value = STRENGTHS[row["strength"]], json.loads(row["evidence"]).get("p")
    if p_value is None:
        return f"{strength} by its declared threshold; its rule works out no chance."
    return f"{strength}. {sentence(json.loads(rule['numbers'])['p'])}: p {say_p(p_value)}."


def say_source(then: dt.date, now: dt.date) -> str:
    """Return how far a source's figures reach now and reached then."""
    return f"Figures to {format_date(now)}, before to {format_date(then)}."


def title_since(frame: pd.DataFrame, day: dt.date) -> str:
    """Return the finding of the card, in few words."""
    when = f"since {format_date(day)}"
    moves = frame.loc[frame["kind"] == "signal", "what"].value_counts()
    parts = [f"{number} {what}" for what in MOVES if (number := int(moves.get(what, 0)))]
    if parts:
        first, *others = parts
        number, what = first.split()
        parts = [f"{count(int(number), 'signal')} {what}", *others]
    figures = int((frame["kind"] == "figure").sum())
    parts += [f"{count(figures, 'figure')} moved"] * bool(figures)
    if not parts:
        verdicts = int((frame["kind"] == "verdict").sum())
        parts = [f"{count(verdicts, 'verdict')} changed"] if verdicts else []
    return f"{', '.join(parts)} {when}" if parts else f"Nothing moved {when}"


def describe_nothing(day: dt.date) -> str:
    """Return the sentence for an area in which nothing changed at all."""
    return (
        f"Nothing changed here since {format_date(day)}: no signal came, grew or cleared, no figure moved by as much "
        "as is shown, no verdict against England changed, and no source became newer."
    )


def describe_signals(frame: pd.DataFrame, *, day: dt.date) -> str:
    """Return the sentence for changes without any of signals."""
    return f"No signal came, grew or cleared since {format_date(day)}." if frame.empty else ""
