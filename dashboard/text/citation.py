"""Citations: the sentence with which a chart's figures are quoted elsewhere."""

from __future__ import annotations

import pandas as pd

from dashboard import NAME
from dashboard.format import join_names
from dashboard.store import Snapshot


def cite(snapshot: Snapshot, frame: pd.DataFrame, *, title: str) -> str:
    """Return one sentence without its address and full stop: what is shown, whose figures, where, from which snapshot.

    A title that begins with "Illustrative: " is followed by a plain warning.
    """
    sources = snapshot.sources
    # A row that says that no figure is held has no source.
    ids = [name for name in frame["source_id"].unique() if name]
    names = [f"{sources.at[name, 'publisher']}: {sources.at[name, 'title']}" for name in ids]
    made_up = ", illustrative figures that are made up" if frame["is_illustrative"].any() else ""
    return f"“{title}”{made_up}, from {join_names(names)}, in {NAME}, snapshot {snapshot.id}"
