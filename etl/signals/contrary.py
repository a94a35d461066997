"""Contrary evidence: what the same snapshot holds that speaks against a signal, so that a reader can weigh it."""

from __future__ import annotations

import math

import pandas as pd

from etl.signals.basis import Basis
from etl.signals.found import Hit

FEW_HOMES = 20
OF_HOMES = ("ipc_",)
GOOD = ("similar", "better", "clearly better")


class Contrary:
    """Looks up what speaks against a signal. The figures of each indicator are read once."""

    def __init__(self, basis: Basis) -> None:
        """Keep the tables to look things up in."""
        self._basis = basis
        self._rows: dict[str, dict[tuple, dict]] = {}
        longest = basis.changes
        keys = ["indicator_id", "area_code", "date_to"]
        given = longest[longest["status"] == ""] if len(longest) else longest
        widest = given.sort_values("date_from", kind="stable").drop_duplicates(keys) if len(given) else given
        self._changes = {tuple(row[k] for k in keys): row for row in widest.to_dict("records")}

    def find(self, hit: Hit) -> list[str]:
        """Return what speaks against it, a sentence each, those of the rule itself first."""
        row = self._find_row(hit.indicator_id, hit)
        if row is None or not hit.indicator_id.startswith(OF_HOMES):
            return list(hit.contrary)
        said = [*hit.contrary, _say_silent(hit, row), _say_region(row), self._say_change(hit), self._say_group(hit)]
        if hit.n < FEW_HOMES:
            said.append(f"Only {hit.n:.0f} homes stand behind it: one of them is {100 / hit.n:.0f} percentage points.")
        return [sentence for sentence in said if sentence]

    def _find_row(self, indicator_id: str, hit: Hit) -> dict | None:
        if indicator_id not in self._rows:
            frame = self._basis.figures[indicator_id]
            plain = frame.assign(area_code=frame["area_code"].astype(object), date=frame["date"].astype(object))
            newest = plain[plain["date"].isin(sorted(plain["date"].unique())[-14:])]
            keys = zip(newest["area_code"], newest["date"], strict=True)
            self._rows[indicator_id] = dict(zip(keys, newest.to_dict("records"), strict=True))
        return self._rows[indicator_id].get((hit.area_code, hit.date))

    def _say_change(self, hit: Hit) -> str:
        change = self._changes.get((hit.indicator_id, hit.area_code, hit.date))
        if change is None or hit.rule == "sudden_fall" or not change["change_same_homes_points"] > 0:
            return ""
        days = (change["date_to"] - change["date_from"]).days
        points = change["change_same_homes_points"]
        return f"Among homes that answered both times it rose by {points:.1f} percentage points in {days} days."

    def _say_group(self, hit: Hit) -> str:
        indicator = self._basis.indicators[hit.indicator_id]
        others = [
            other.id
            for other in self._basis.indicators.values()
            if other.group == indicator.group and other.id != indicator.id and other.source_id == indicator.source_id
        ]
        rows = [self._find_row(other, hit) for other in others if other in self._basis.figures]
        verdicts = [row["versus_england"] for row in rows if row is not None and row["versus_england"]]
        good = sum(verdict in GOOD for verdict in verdicts)
        if not good:
            return ""
        if len(verdicts) == 1:
            return "The other question of its focus group is not worse than England's."
        if good == len(verdicts) == 2:
            return "Neither of the other two questions of its focus group is worse than England's."
        verb = "is" if good == 1 else "are"
        return f"{good} of the {len(verdicts)} other questions of its focus group {verb} not worse than England's."


def _say_silent(hit: Hit, row: dict) -> str:
    silent, upper = row.get("not_answered", math.nan), row.get("upper_bound", math.nan)
    if pd.isna(silent) or pd.isna(upper) or not silent or hit.rule == "sudden_fall" or upper < hit.benchmark:
        return ""
    homes = "1 home" if silent == 1 else f"{silent:.0f} homes"
    return f"{homes} did not answer. If all of them said yes, the share would be {upper:.1f}%."


def _say_region(row: dict) -> str:
    return "It is similar to its region." if row.get("versus_region") == "similar" else ""
