"""The view of what changed in an area since a day or an older snapshot: signals, figures, verdicts and sources.

One row a change. Figures dated after the snapshot's own day are left out, so that all of it is as at that day.
"""

from __future__ import annotations

import datetime as dt
import json

import pandas as pd

from dashboard import queries
from dashboard.format import Row
from dashboard.measures import RETURNED
from dashboard.rows import list_rows
from dashboard.selection import Selection
from dashboard.since import Since, find_since
from dashboard.store import Snapshot
from dashboard.support import STANDING
from dashboard.text import since as text
from dashboard.views.returns import find_breaks

SINCE = [
    "kind", "what", "area_code", "area_name", "indicator_id", "indicator_name", "short_name", "before", "now",
    "date_from", "date_to", "change", "unit", "decimals", "direction", "n_both", "no_to_yes", "yes_to_no", "p_value",
    "rule_name", "sentence", "how_sure", "contrary", "ask", "clears", "recommendation", "owner", "is_illustrative",
    "source_id",
]  # fmt: skip
WORDS = ("rule_name", "contrary", "ask", "clears", "owner", "direction")
"""Columns of words that only some kinds of change have."""
TOLD = (*RETURNED.values(), "outbreaks_new_count", "deaths_covid_week_count", "cases_week_rate_per_100000")
"""The figures whose moves are told: those counted from returns, and what is published every week."""
KEY = ["indicator_id", "area_code"]
PAIR = ["date_from", "date_to", "n_both", "no_to_yes", "yes_to_no", "p_value"]
TOLERANCE = 1e-9


def show_since(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return what changed in an area since the selection's day or snapshot; columns `SINCE`, empty if nothing did.

    Signals first (new, stronger, cleared), then figures by how sure the move is, then verdicts, then newer sources.
    Of a region its own figures, and the signals and clear verdicts of its councils too.
    """
    since = find_since(snapshot, selection.since)
    code = selection.area_code
    inside = list_inside(snapshot, code)
    pairs = _pair(snapshot, since, areas=inside)
    own = pairs[pairs["area_code"] == code]
    parts = [
        _list_signals(snapshot, since, areas=inside),
        _list_figures(snapshot, own),
        _list_verdicts(pairs, code=code),
        _list_sources(snapshot, since, own),
    ]
    rows = [row for part in parts for row in part]
    return pd.DataFrame(rows, columns=SINCE)


def list_inside(snapshot: Snapshot, code: str) -> list[str]:
    """Return the area and the authorities in it."""
    kind = snapshot.areas.at[code, "kind"]
    return [code, *(queries.list_authorities(snapshot, region=code) if kind == "region" else [])]


def _pair(snapshot: Snapshot, since: Since, *, areas: list[str]) -> pd.DataFrame:
    """Return the newest row of each figure with what it was then, `was_` before a column's name."""
    then = _pick(since.older or snapshot, areas=areas, until=since.day)
    now = _pick(snapshot, areas=areas, until=snapshot.data_date)
    kept = [*KEY, "date", "value", "versus_england", "status", "is_illustrative"]
    return now.merge(then[kept].rename(columns={name: f"was_{name}" for name in kept[2:]}), on=KEY)


def _pick(snapshot: Snapshot, *, areas: list[str], until: dt.date) -> pd.DataFrame:
    """Return the newest row of each figure and area that is not dated after the day."""
    held = [name for name in TOLD if name in snapshot.by_indicator]
    frame = queries.select(snapshot, indicators=held, areas=areas)
    frame = frame[frame["date"] <= until]
    return frame.drop_duplicates(KEY, keep="last")


def _list_figures(snapshot: Snapshot, own: pd.DataFrame) -> list[Row]:
    """Return the figures that moved by at least one in the last digit that is shown."""
    changes = snapshot.changes[snapshot.changes["area_code"].isin(own["area_code"])]
    changes = changes.set_index([*KEY, "date_from", "date_to"]).sort_index()
    rows = []
    for row in list_rows(own):
        change = row["value"] - row["was_value"]
        if pd.isna(change) or abs(change) < 10.0 ** -row["decimals"] - TOLERANCE:
            continue
        key = (row["indicator_id"], row["area_code"], row["was_date"], row["date"])
        pair = changes.loc[key] if key in changes.index else None
        tested = {} if pair is None or pd.isna(pair["p_value"]) else {name: pair[name] for name in PAIR[2:]}
        breaks = find_breaks(snapshot, row["indicator_id"], first=row["was_date"], last=row["date"])
        rows.append(
            _begin(row, kind="figure")
            | tested
            | {
                "before": row["was_value"],
                "now": row["value"],
                "change": change,
                "direction": text.name_direction(change, row["polarity"]),
                "what": "moved" if row["date"] > row["was_date"] else "revised",
                "sentence": text.say_figure(row, change),
                "how_sure": text.say_sure(tested, row, breaks),
            }
        )
    return sorted(rows, key=lambda row: (row.get("p_value", 1) >= text.CHANCE, row["direction"] != "worse"))


def _begin(row: Row, *, kind: str) -> dict:
    copied = ("area_code", "area_name", "indicator_id", "indicator_name", "short_name", "unit", "decimals", "source_id")
    made_up = row["is_illustrative"] or row["was_is_illustrative"]
    words = dict.fromkeys(WORDS, "")
    return words | {name: row[name] for name in copied} | {
        "kind": kind, "date_from": row["was_date"], "date_to": row["date"], "is_illustrative": bool(made_up),
    }  # fmt: skip


def _list_verdicts(pairs: pd.DataFrame, *, code: str) -> list[Row]:
    """Return the verdicts against England that changed: all of the area's own, and clear ones of those inside."""
    both = pairs[(pairs["versus_england"] != "") & (pairs["was_versus_england"] != "")]
    changed = both[both["versus_england"] != both["was_versus_england"]]
    is_clear = changed[["versus_england", "was_versus_england"]].apply(lambda words: words.str.startswith("clearly"))
    kept = changed[is_clear.any(axis=1) | (changed["area_code"] == code)]
    return [
        _begin(row, kind="verdict")
        | {
            "what": f"{row['was_versus_england']} to {row['versus_england']}",
            "before": row["was_value"],
            "now": row["value"],
            "p_value": row["p_england"],
            "direction": text.turn_of(row),
            "sentence": text.say_verdict(row, own=row["area_code"] == code),
            "how_sure": text.say_verdict_sure(row),
        }
        for row in list_rows(kept)
    ]


def _list_signals(snapshot: Snapshot, since: Since, *, areas: list[str]) -> list[Row]:
    """Return the signals that are new, have grown or have cleared since then."""
    signals = queries.select_signals(snapshot, areas=areas)
    moves = judge_by_snapshot(signals, since.older) if since.older else judge_by_day(signals, since.day)
    told = signals.assign(what=moves)
    told = told[told["what"] != ""]
    ordered = told.assign(order=told["what"].map(text.MOVES.index)).sort_values("order", kind="stable")
    return [
        {
            name: row[name]
            for name in (
                "what", "area_code", "area_name", "indicator_id", "indicator_name", "short_name", "rule_name",
                "contrary", "ask", "clears", "recommendation", "owner", "is_illustrative", "source_id",
            )
        }
        | {
            "kind": "signal",
            "before": row["benchmark"],
            "now": row["figure"],
            "date_from": row["since"],
            "date_to": row["cleared_on"] if row["what"] == "cleared" else row["date"],
            "p_value": json.loads(row["evidence"]).get("p"),
            "direction": "better" if row["what"] == "cleared" else "worse",
            "sentence": text.say_signal(row),
            "how_sure": text.say_signal_sure(row, snapshot.signal_rules.loc[row["rule"]]),
        }
        for row in list_rows(ordered)
    ]  # fmt: skip


def judge_by_day(signals: pd.DataFrame, day: dt.date) -> list[str]:
    """Return for each signal whether it is new, stronger or cleared since the day, "" for none of them.

    One that came and went after the day has cleared. It is known to have grown only in the newest week.
    """
    moves = []
    for row in list_rows(signals):
        if row["state"] == "cleared":
            moves.append("cleared" if row["cleared_on"] > day else "")
        elif row["since"] > day:
            moves.append("new")
        else:
            moves.append("stronger" if row["state"] == "stronger" else "")
    return moves


def judge_by_snapshot(signals: pd.DataFrame, older: Snapshot) -> list[str]:
    """Return the same against the signals of an older snapshot."""
    before = older.signals[older.signals["state"].isin(STANDING)].set_index("signal_id")["strength"]
    moves = []
    for row in list_rows(signals):
        was = before.get(row["signal_id"])
        if row["state"] == "cleared":
            moves.append("cleared" if was is not None else "")
        elif was is None:
            moves.append("new")
        else:
            moves.append("stronger" if (was, row["strength"]) == ("clear", "strong") else "")
    return moves


def _list_sources(snapshot: Snapshot, since: Since, own: pd.DataFrame) -> list[Row]:
    """Return the sources that have newer figures of the area than then."""
    rows = []
    for name, frame in own.groupby("source_id", sort=False):
        now, then = frame["date"].max(), frame["was_date"].max()
        if now > then:
            title = snapshot.sources.at[name, "title"]
            made_up = bool(frame["is_illustrative"].any())
            rows.append(
                dict.fromkeys(("indicator_id", "short_name", *WORDS), "")
                | {
                    "kind": "source", "what": "newer", "area_code": frame["area_code"].iloc[0], "source_id": name,
                    "area_name": frame["area_name"].iloc[0], "indicator_name": title, "date_from": then,
                    "date_to": now, "is_illustrative": made_up, "how_sure": "", "sentence": text.say_source(then, now),
                }
            )  # fmt: skip
    return rows


def pick_kind(frame: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return the rows of one kind of change: signal, figure, verdict or source."""
    return frame[frame["kind"] == kind].reset_index(drop=True)
