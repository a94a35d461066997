"""An attacker who has a snapshot's files and nothing else, and works out how far they leave each hidden count open.

Every hidden count is an unknown of a linear programme. What the published tables imply is known: parts add up to
totals; the open homes of an area answered, did not answer, or are exempt, question by question; a home that answers at
all answers some question; findings say how many homes do not answer; a change says what it says of the figures at its
ends; and where a region's homes that answered twice are more than those of its shown authorities, the rest are homes
of its hidden ones. He knows the rules, but not which rule hid a cell: any may have been hidden as a neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
from programme import Key, Programme, Sum

ENGLAND = "E92000001"
ANSWERING = "homes_answering_percent"
QUESTION = ("yes", "no", "silent", "exempt")
PEOPLE = ("above", "rest")
OPEN = ("answering", "not_answering")
MOVES = ("stay_yes", "stay_no", "no_to_yes", "yes_to_no")
PAIR = ["indicator_id", "date_from", "date_to"]
OPEN_HOMES = re.compile(r"of ([\d,]+) open")
Cell = tuple[str, str, object]
"""Indicator, area and date of a figure."""
Tables = dict[str, pd.DataFrame]


def read_snapshot(folder: Path) -> Tables:
    """Return the tables of a snapshot that say something of returns."""
    names = ("observations", "changes", "quality", "areas")
    tables = {name: pq.read_table(folder / f"{name}.parquet").to_pandas() for name in names}
    for name in ("observations", "quality"):
        tables[name] = tables[name][tables[name]["source_id"].str.startswith("capacity_tracker_")]
    return tables


class Attack:
    """Everything that the tables say. Without findings, they are left alone: they say how many homes do not answer."""

    def __init__(self, tables: Tables, *, has_findings: bool = True) -> None:
        self.regions = dict(zip(tables["areas"]["code"], tables["areas"]["region_code"], strict=True))
        self.programme = Programme()
        self.cells: dict[Cell, dict[str, Sum]] = {}
        self.hidden: list[Cell] = []
        for indicator, frame in tables["observations"].groupby("indicator_id", sort=True):
            self._read_figures(str(indicator), frame)
        self._add_up()
        self._join_questions()
        self._read_changes(tables["changes"])
        if has_findings:
            self._read_findings(tables["quality"])

    def bound(self, cells: Iterable[Cell]) -> dict[Key, tuple[float, float]]:
        """Return the least and greatest value of each secret of the hidden cells: (indicator, area, date, which)."""
        return self.programme.bound({(*c, name): s for c in cells for name, s in self.list_secrets(c).items()})

    def list_secrets(self, cell: Cell) -> dict[str, Sum]:
        """Return what nobody may learn of a hidden cell: how many said yes, or the people above and below the line."""
        counts = self.cells[cell]
        if "rest" in counts:
            return {"above": counts["above"], "below": counts["above"] + counts["rest"]}
        name = next(iter(counts))
        return {name: counts[name]}

    def _read_figures(self, indicator: str, frame: pd.DataFrame) -> None:
        """Give each cell its counts: numbers where it is shown, unknowns where it is hidden."""
        names = QUESTION if frame["not_applicable"].notna().any() else OPEN if indicator == ANSWERING else PEOPLE
        if indicator.endswith("_count"):
            names = PEOPLE[:1]  # what is below the line is a number of homes
        for row in frame.itertuples(index=False):
            cell = (indicator, row.area_code, row.date)
            numbers = (row.numerator, row.denominator - row.numerator, row.not_answered, row.not_applicable)
            if row.status == "c":
                self.hidden.append(cell)
                self.cells[cell] = {name: self.programme.unknown((*cell, name)) for name in names}
            else:
                self.cells[cell] = {name: Sum({}, number) for name, number in zip(names, numbers, strict=False)}

    def _add_up(self) -> None:
        """Say that authorities add up to their region, and regions to England."""
        totals: dict[Cell, dict[str, Sum]] = {}
        for (indicator, area, date), counts in self.cells.items():
            if area != ENGLAND:
                wider = ENGLAND if self.regions[area] == area else self.regions[area]
                total = totals.setdefault((indicator, wider, date), {})
                total |= {name: total.get(name, Sum()) + count for name, count in counts.items()}
        for cell, total in totals.items():
            for name, count in total.items():
                self.programme.say_equal(count, self.cells[cell][name])

    def _join_questions(self) -> None:
        """Say that each question is asked of the same open homes, as many as answer and do not answer."""
        questions = sorted({indicator for indicator, *_ in self.cells if indicator.startswith("ipc_")})
        for area, date in [(area, date) for indicator, area, date in self.cells if indicator == ANSWERING]:
            answering, silent = (self.cells[ANSWERING, area, date][name] for name in OPEN)
            anything = Sum()
            for counts in (self.cells[question, area, date] for question in questions):
                said = counts["yes"] + counts["no"] + counts["exempt"]
                self.programme.say_equal(said + counts["silent"], answering + silent)
                self.programme.say_at_most(said, answering)
                anything = anything + said
            self.programme.say_at_most(answering, anything)

    def _read_changes(self, changes: pd.DataFrame) -> None:
        """Say what each change says of the figures at its ends, and wider ones of moves between hidden answers."""
        shown = changes[changes["status"] == ""]
        for row in shown.itertuples(index=False):
            before, after = (self.cells[row.indicator_id, row.area_code, date] for date in (row.date_from, row.date_to))
            self.programme.say_equal(before["yes"] + before["no"], row.n_from)
            self.programme.say_equal(after["yes"] + after["no"], row.n_to)
            points = after["yes"] * (100 / row.n_to) - before["yes"] * (100 / row.n_from)
            self.programme.say_equal(points, row.change_points)
        authorities = changes[~changes["area_code"].str.match("E12|E92")]
        authorities = authorities.assign(region=authorities["area_code"].map(self.regions))
        for row in shown[shown["area_code"].str.match("E12|E92")].itertuples(index=False):
            is_part = (authorities[PAIR] == [getattr(row, name) for name in PAIR]).all(axis=1)
            parts = authorities[is_part & (authorities["region"].eq(row.area_code) | (row.area_code == ENGLAND))]
            self._subtract_shown(row, parts)

    def _subtract_shown(self, row: tuple, parts: pd.DataFrame) -> None:
        """Say what a wider area's moves leave for its hidden authorities, if they leave anything.

        The homes of a region are declared to be those of its shown authorities; then they leave nothing.
        """
        sums = parts[["n_both", "no_to_yes", "yes_to_no"]].sum()
        if row.n_both == sums["n_both"]:
            return
        total = dict.fromkeys(MOVES, Sum())
        for part in parts[parts["status"] == "c"].itertuples(index=False):
            key = tuple(getattr(part, name) for name in ("area_code", *PAIR))
            moves = {name: self.programme.unknown((*key, name)) for name in MOVES}
            total = {name: total[name] + moves[name] for name in MOVES}
            before, after = (self.cells[part.indicator_id, part.area_code, d] for d in (part.date_from, part.date_to))
            self.programme.say_at_most(moves["stay_yes"] + moves["yes_to_no"], before["yes"])
            self.programme.say_at_most(moves["stay_no"] + moves["no_to_yes"], before["no"])
            self.programme.say_at_most(moves["stay_yes"] + moves["no_to_yes"], after["yes"])
            self.programme.say_at_most(moves["stay_no"] + moves["yes_to_no"], after["no"])
        for name in ("no_to_yes", "yes_to_no"):
            self.programme.say_equal(total[name], getattr(row, name) - sums[name])
        everyone = total["stay_yes"] + total["stay_no"] + total["no_to_yes"] + total["yes_to_no"]
        self.programme.say_equal(everyone, row.n_both - sums["n_both"])

    def _read_findings(self, quality: pd.DataFrame) -> None:
        """Say how many open homes the findings count, and how many of them do not answer or answer late."""
        found = quality[quality["source_id"] == "capacity_tracker_care_homes"]
        newest = found["date"].max()
        counts = found.pivot_table(index="area_code", columns="rule", values="rows", aggfunc="sum", fill_value=0)
        for area in [area for indicator, area, date in self.cells if (indicator, date) == (ANSWERING, newest)]:
            if not area.startswith("E12") and area != ENGLAND:
                own = counts.loc[area] if area in counts.index else pd.Series(dtype=float)
                answering, silent = (self.cells[ANSWERING, area, newest][name] for name in OPEN)
                self.programme.say_equal(silent, own.get("never_answered", 0) + own.get("answers_out_of_date", 0))
                self.programme.say_at_most(Sum({}, own.get("answers_late", 0)), answering)
        for row in found.itertuples(index=False):
            said = OPEN_HOMES.search(row.finding)
            if said and row.rule != "absent_from_the_tracker":
                answering, silent = (self.cells[ANSWERING, row.area_code, newest][name] for name in OPEN)
                self.programme.say_equal(answering + silent, float(said[1].replace(",", "")))
