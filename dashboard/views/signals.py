"""Views of signals: of an area and what lies in it, and the rules that found them."""

from __future__ import annotations

import pandas as pd

from dashboard import queries
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot

SIGNALS = [
    "signal_id", "area_code", "area_name", "region_name", "indicator_id", "indicator_name", "short_name", "rule",
    "rule_name", "strength", "state", "since", "date", "cleared_on", "figure", "benchmark", "n", "homes_short",
    "to_clear", "sentence", "contrary", "ask", "clears", "recommendation", "owner", "command", "place", "asked_on",
    "asked_by", "answer", "outcome", "evidence", "kind", "region_code", "is_illustrative", "source_id",
]  # fmt: skip
RETURNS, TASKFORCE = "capacity_tracker_care_homes", "taskforce_indicators"
"""What most of the rules are tried on, where it is held, and what stands for it where it is not."""


def show_signals(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the signals of an area and of those in it, those to ask about first. Columns `SIGNALS`."""
    code = selection.area_code
    areas = None
    if code != ENGLAND:
        inside = queries.list_authorities(snapshot, region=code) if code in queries.list_regions(snapshot) else []
        areas = [code, *inside]
    return queries.select_signals(snapshot, areas=areas)[SIGNALS]


def show_rules(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the rules in order, with how many figures of all areas each was tried on and how many signals it found."""
    rules = snapshot.signal_rules.reset_index(drop=True)
    made_up = bool(snapshot.signals["is_illustrative"].any())
    source = next(name for name in (RETURNS, TASKFORCE) if name in snapshot.sources.index)
    return rules.assign(is_illustrative=made_up, source_id=source)
