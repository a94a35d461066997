"""The heat-map's own part of its view: the change of each figure, and the order of its areas.

The browser sorts by the same rules (assets/matrix.js), from the numbers that `read_keys` gives each cell.
"""

from __future__ import annotations

import pandas as pd

from dashboard.measures import ANSWERING, MEASURES, QUESTIONS
from dashboard.rows import list_rows
from dashboard.selection import TableView
from dashboard.store import Snapshot
from dashboard.views.earlier import choose_earlier

CHANGED = [
    "changed_since", "change_points", "change_same_homes_points", "change_who_answered_points", "n_both",
    "change_status",
]  # fmt: skip
"""The columns of a figure's change: since which extract, in points, its two parts, and why there is none."""

RANKS = {"clearly worse": -2, "worse": -1, "similar": 0, "better": 1, "clearly better": 2}
DECIMALS = 6
Keys = dict[str, float | None]


def add_changes(snapshot: Snapshot, matrix: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the columns `CHANGED`: the change up to their date since four weeks before.

    That is the earlier of the two extracts that figures of this date are compared with; none stands across a break, so
    after one there may be none. A question without a change has the status "x".
    """
    changes = snapshot.changes
    own = changes[changes["indicator_id"].isin(QUESTIONS.values()) & changes["date_to"].isin(matrix["date"])]
    earlier = choose_earlier(own["date_from"], to=own["date_to"].max()) if len(own) else []
    own = own[own["date_from"].isin(earlier[:1])]
    own = own.rename(columns={"date_from": "changed_since", "status": "change_status"})
    keys = ["indicator_id", "area_code"]
    full = matrix.merge(own[[*keys, *CHANGED]], on=keys, how="left", validate="many_to_one")
    return full.assign(change_status=full["change_status"].astype(object).where(full["change_status"].notna(), "x"))


def read_keys(row: dict) -> Keys:
    """Return the numbers by which a cell is sorted: its value, its verdict's rank and its change; None where none is.

    Homes answering are sorted by how many answer.
    """
    if row["indicator_id"] == ANSWERING:
        return {"value": _number(row["numerator"])}
    return {
        "value": _number(row["value"]),
        "verdict": RANKS.get(row["versus_england"]),
        "change": _number(row["change_points"]),
    }


def count_signals(cells: pd.DataFrame) -> tuple[int, int]:
    """Return how many of an area's figures are clearly worse than England's, and how many are worse."""
    marks = cells.loc[cells["indicator_id"] != ANSWERING, "versus_england"]
    return int((marks == "clearly worse").sum()), int((marks == "worse").sum())


def order_areas(matrix: pd.DataFrame, view: TableView) -> list[str]:
    """Return the codes of the view's own areas in the order that is asked for; without a figure last, ties by name."""
    own = matrix[matrix["role"] == "area"]
    keyed = []
    for code, cells in own.groupby("area_code", sort=False):
        keyed.append((cells["area_name"].iloc[0], code, _read_area(cells, view)))
    keyed.sort(key=lambda entry: entry[0], reverse=view.sort == "name" and view.order == "desc")
    sign = -1 if view.order == "desc" else 1
    # Sorting is stable: within one key the names keep their order.
    keyed.sort(key=lambda entry: (entry[2] is None, tuple(sign * part for part in entry[2] or ())))
    return [code for _, code, _ in keyed]


def _read_area(cells: pd.DataFrame, view: TableView) -> tuple[float, ...] | None:
    """Return the numbers by which an area is sorted, the weightiest first; None where it lacks them."""
    if view.sort == "name":
        return ()
    if view.sort == "signal":
        return count_signals(cells)
    found = list_rows(cells[cells["indicator_id"] == MEASURES[view.sort]])
    keys = read_keys(found[0]) if found else {}
    names = {"verdict": ("verdict", "value"), "change": ("change",)}.get(view.show, ("value",))
    picked = [keys.get(name) for name in (names if "verdict" in keys else ("value",))]
    return None if None in picked else tuple(part for part in picked if part is not None)


def _number(value: float) -> float | None:
    return None if pd.isna(value) else round(float(value), DECIMALS)
