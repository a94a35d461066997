"""Words of an area's feed about signals: what moved with a release, how sure, what is asked, and who acts."""

from __future__ import annotations

import pandas as pd

from dashboard.format import Row, in_sentence
from dashboard.rows import list_rows
from dashboard.store import Snapshot
from dashboard.text.agenda import say_contrary, say_owner
from dashboard.text.since import say_signal, say_signal_sure

STANDING = ("new", "stronger", "continuing", "asked")
MOVED = {"new": "New signal", "stronger": "Stronger signal", "cleared": "Cleared signal", "asked": "Asked about"}
NOTHING = "No signal came, grew, cleared or was asked about here."


def say_moves(signals: pd.DataFrame, before: pd.DataFrame | None, snapshot: Snapshot) -> list[str]:
    """Return a sentence or more for each signal of an area that moved between two releases, or that none did.

    Without the signals of a release before, what moved is what the release's own week says. Names come from the
    snapshot that is live.
    """
    said = [
        _say_move(row, move, snapshot)
        for row in list_rows(signals)
        if (move := _judge(row, before)) and row["indicator_id"] in snapshot.indicators.index
    ]
    return said or [NOTHING]


def _judge(row: Row, before: pd.DataFrame | None) -> str:
    if before is None:
        return row["state"] if row["state"] in MOVED else ""
    was = before[before["signal_id"] == row["signal_id"]]
    stood = len(was) and was["state"].iloc[0] in STANDING
    if row["state"] == "cleared":
        return "cleared" if stood else ""
    if not stood:
        return "new"
    if row["state"] == "asked" and was["state"].iloc[0] != "asked":
        return "asked"
    return "stronger" if (was["strength"].iloc[0], row["strength"]) == ("clear", "strong") else ""


def _say_move(row: Row, move: str, snapshot: Snapshot) -> str:
    area, indicator = snapshot.areas.at[row["area_code"], "name"], snapshot.indicators.loc[row["indicator_id"]]
    name = f"{MOVED[move]}, {area}, {in_sentence(indicator['short_name'])}: {say_signal(row)}"
    if move == "cleared":
        return name
    rules = snapshot.signal_rules
    sure = f"How sure: {say_signal_sure(row, rules.loc[row['rule']])} " if row["rule"] in rules.index else ""
    return f"{name} {sure}What speaks against it: {say_contrary(row)} Ask: {row['ask']} Who acts: {say_owner(row)}."
