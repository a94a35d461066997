"""The agenda of a regional call and the content of a digest: what to talk about in an area, from one snapshot.

The page, the pack and the e-mail all write out this one content, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard import queries, views
from dashboard.measures import DEFAULT_MEASURE
from dashboard.rows import list_rows
from dashboard.search import refuse_unknown
from dashboard.selection import ENGLAND, Selection, read_area
from dashboard.since import KEY, Since, find_since, read_since
from dashboard.store import Snapshot
from dashboard.views.quality import OF_HOMES
from dashboard.views.since import list_inside, pick_kind
from dashboard.views.watch import Watch, list_watches

PATH = "/agenda"
MOST_WATCHED = 3
SEVERE = ("error", "warning")
"""Findings that somebody has to put right; the others inform."""
FIXES = ["finding", "rows", "places", "what_to_do", "who_can", "is_illustrative", "source_id", "of"]
PROVIDERS = {"capacity_tracker_home_care": "home care provider"}
"""Who answers to a source, where it is not care homes."""
ASKED = [
    "area_name", "short_name", "rule_name", "asked_on", "asked_by", "answer", "outcome", "state", "is_illustrative",
]  # fmt: skip


@dataclass(frozen=True)
class Agenda:
    """What to talk about: signals by state, what moved, what to watch, data to put right, and who was asked before.

    `open` are new, stronger and continuing signals; each frame's rows stand in the order in which to take them.
    """

    snapshot: Snapshot
    area_code: str
    area_name: str
    is_region: bool
    since: Since
    changes: pd.DataFrame
    open: pd.DataFrame
    asked: pd.DataFrame
    cleared: pd.DataFrame
    watch: tuple[Watch, ...]
    fixes: pd.DataFrame

    @property
    def new(self) -> pd.DataFrame:
        """Return the signals that are new or stronger."""
        return self.open[self.open["state"] != "continuing"]

    @property
    def continuing(self) -> pd.DataFrame:
        """Return the signals that stood before and stand."""
        return self.open[self.open["state"] == "continuing"]

    @property
    def is_illustrative(self) -> bool:
        """Tell whether anything in it rests on figures that were made up."""
        frames = (self.changes, self.open, self.asked, self.cleared, self.fixes)
        return any(bool(frame["is_illustrative"].any()) for frame in frames if len(frame)) or any(
            watch.is_illustrative for watch in self.watch
        )


def make_agenda(snapshot: Snapshot, code: str, *, since: str = "") -> Agenda:
    """Return what to talk about in an authority, or in a region and its councils, since a day or a snapshot."""
    selection = Selection(area_code=code, measure=DEFAULT_MEASURE, since=since)
    found = find_since(snapshot, since)
    inside = list_inside(snapshot, code)
    changes = views.LISTS["since"](snapshot, selection)
    signals = queries.select_signals(snapshot, areas=inside)
    moved = pick_kind(changes, "signal")
    new = set(moved.loc[moved["what"] != "cleared", ["area_code", "indicator_id", "rule_name"]].apply(tuple, axis=1))
    keys = signals[["area_code", "indicator_id", "rule_name"]].apply(tuple, axis=1) if len(signals) else []
    # A signal is new since the chosen day, which may lie further back than a week.
    states = [
        "new" if key in new and state == "continuing" else state
        for key, state in zip(keys, signals["state"], strict=True)
    ]
    signals = signals.assign(state=states)
    return Agenda(
        snapshot=snapshot,
        area_code=code,
        area_name=str(snapshot.areas.at[code, "name"]),
        is_region=len(inside) > 1,
        since=found,
        changes=changes,
        open=_sort_open(signals[signals["state"].isin(("new", "stronger", "continuing"))]),
        asked=list_asked(snapshot, inside),
        cleared=signals[signals["state"] == "cleared"].reset_index(drop=True),
        watch=list_watches(snapshot, code, most=MOST_WATCHED),
        fixes=list_fixes(snapshot, inside),
    )


def _sort_open(signals: pd.DataFrame) -> pd.DataFrame:
    order = signals["state"].map({"new": 0, "stronger": 0, "continuing": 1})
    return signals.assign(order=order).sort_values("order", kind="stable").drop(columns="order").reset_index(drop=True)


def list_fixes(snapshot: Snapshot, inside: list[str]) -> pd.DataFrame:
    """Return what is to be put right in the data of these areas, a row a kind, most homes first; columns `FIXES`.

    `places` names the areas with their counts, those with most first.
    """
    found = snapshot.quality
    own = found[found["area_code"].isin(inside) & found["severity"].isin(SEVERE)]
    rows = []
    for (_, source_id), same in own.groupby(["rule", "source_id"], sort=False):
        counted = same.sort_values(["rows", "area_code"], ascending=[False, True])
        places = [(snapshot.areas.at[row.area_code, "name"], int(row.rows)) for row in counted.itertuples()]
        first = counted.iloc[0]
        rows.append(
            {
                "finding": OF_HOMES.sub("", first["finding"]),
                "rows": int(same["rows"].sum()),
                "places": places,
                "what_to_do": first["what_to_do"],
                "who_can": first["who_can"],
                "is_illustrative": bool(same["is_illustrative"].any()),
                "source_id": source_id,
                "of": PROVIDERS.get(source_id, "care home"),
            }
        )
    frame = pd.DataFrame(rows, columns=FIXES)
    return frame.sort_values("rows", ascending=False, kind="stable").reset_index(drop=True)


def list_asked(snapshot: Snapshot, inside: list[str]) -> pd.DataFrame:
    """Return the enquiries made in these areas, the newest first, with what their signal was about; columns `ASKED`.

    The signal may long be gone from the snapshot: then its id says the rule and the area.
    """
    entries = snapshot.enquiries
    own = entries[entries["signal_id"].str.rpartition("-")[2].isin(inside)] if len(entries) else entries
    known = queries.select_signals(snapshot, areas=inside).set_index("signal_id")
    rows = []
    for entry in list_rows(own):
        parts = entry["signal_id"].split("-")
        signal = known.loc[entry["signal_id"]] if entry["signal_id"] in known.index else None
        rule = snapshot.signal_rules["name"].get(parts[0], parts[0])
        rows.append(
            {name: entry[name] for name in ("asked_on", "asked_by", "answer", "outcome")}
            | {
                "area_name": snapshot.areas.at[parts[-1], "name"],
                "short_name": parts[1].replace("_", " ") if signal is None else signal["short_name"],
                "rule_name": rule,
                "state": "cleared" if signal is None else signal["state"],
                "is_illustrative": False if signal is None else bool(signal["is_illustrative"]),
            }
        )
    frame = pd.DataFrame(rows, columns=ASKED)
    return frame.sort_values("asked_on", ascending=False, kind="stable").reset_index(drop=True)


@dataclass(frozen=True)
class AgendaView:
    """Which region's agenda is shown, all regions' to choose from where the address names none, and since when."""

    area_code: str = ENGLAND
    since: str = ""


def read_agenda(snapshot: Snapshot, query: Mapping[str, str]) -> AgendaView:
    """Return the view that the query asks for; SelectionError where it asks for what is not there."""
    refuse_unknown(query, known=("region", KEY))
    return AgendaView(
        area_code=read_area(snapshot, query["region"], kind="region") if "region" in query else ENGLAND,
        since=read_since(snapshot, query.get(KEY, "")),
    )


def agenda_path(code: str, *, since: str = "") -> str:
    """Return the address of a region's agenda."""
    return f"{PATH}?region={code}" + (f"&{KEY}={since}" if since else "")
