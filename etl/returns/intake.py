"""Intake: one extract in, and out come its accepted homes, its refused rows and its counts. Nothing else is looked at.

A pure function of the file, its sidecars and the declarations, so it may run in any process on any machine.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.catalogue.return_model import Return, Rule
from etl.conform.councils import Councils
from etl.errors import InputError, Problem
from etl.extract.home_level import HomeLevelFile, read_home_level
from etl.returns import rules
from etl.returns.counting import count_homes
from etl.returns.explain import explain_refusal, name_home
from etl.returns.homes import Homes, conform_homes

INTAKE_VERSION = 1
"""Raise it when the same file would give other homes or counts: every extract is then read again."""
MIXER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Refused:
    """One refused row: where it stands, which rule refused it, why, and its text as received."""

    row: int
    rule: Rule
    reason: str
    original: str
    home: str = ""
    """The location's id and name as received: for whoever asks the home."""


@dataclass(frozen=True)
class Intake:
    """What one extract gave. `record` is plain data: what was read, accepted and refused, and the totals."""

    record: dict[str, Any]
    homes: pa.Table
    counts: pa.Table
    refused: tuple[Refused, ...]


def take_in(file: Path, *, layout: Return, rulebook: tuple[Rule, ...], councils: Councils, date: dt.date) -> Intake:
    """Return the extract's homes, refused rows and counts; InputError when the file as a whole is refused."""
    intake = inspect(file, layout=layout, rulebook=rulebook, councils=councils, date=date)
    check_share(intake, file=file, layout=layout, rulebook=rulebook)
    return intake


def check_share(intake: Intake, *, file: Path, layout: Return, rulebook: tuple[Rule, ...]) -> None:
    """Raise InputError with every refused row where more rows are refused than is tolerated."""
    too_many = describe_excess(intake, layout)
    if too_many:
        problems = [Problem("", too_many)]
        problems += [
            Problem(f"row {refused.row}", refused.reason) for refused in intake.refused if not _is_total(refused)
        ]
        raise InputError(file, problems, remedy=_rule(rulebook, "refused_share").what_to_do)


def inspect(file: Path, *, layout: Return, rulebook: tuple[Rule, ...], councils: Councils, date: dt.date) -> Intake:
    """Return the same as `take_in`, also where too many rows are refused: for a report on the file."""
    read = read_home_level(file, layout=layout, date=date)
    homes = conform_homes(read, layout=layout, councils=councils)
    refusals = rules.find_refusals(homes, layout=layout, read=read)
    by_number = {rule.number: rule for rule in rulebook}
    refused = tuple(
        Refused(
            row=int(row) + 2,
            rule=by_number[int(refusals[row])],
            reason=explain_refusal(int(row), int(refusals[row]), read=read, layout=layout, councils=councils),
            original=read.lines[row].decode("utf-8").rstrip("\r"),
            home=name_home(int(row), read=read, layout=layout),
        )
        for row in np.flatnonzero(refusals != rules.ACCEPTED)
    )
    accepted = select_homes(homes, np.flatnonzero(refusals == rules.ACCEPTED))
    counts = count_homes(accepted, layout=layout, date=date)
    return Intake(
        record=_make_record(read, accepted, refused=refused, counts=counts, layout=layout),
        homes=tabulate(accepted),
        counts=counts,
        refused=refused,
    )


def describe_excess(intake: Intake, layout: Return) -> str:
    """Return what is wrong when more rows are refused than is tolerated, "" otherwise; total rows do not weigh."""
    weighing = sum(1 for refused in intake.refused if not _is_total(refused))
    share = 100 * weighing / intake.record["rows_read"]
    if share <= layout.most_refused_percent:
        return ""
    return (
        f"{weighing:,} of {intake.record['rows_read']:,} rows are refused ({share:.1f}%), "
        f"and at most {layout.most_refused_percent:g}% are tolerated"
    )


def select_homes(homes: Homes, rows: NDArray[np.intp]) -> Homes:
    """Return these rows in order of location id, so that the order of an extract's rows never matters."""
    rows = rows[np.argsort(homes.location_id[rows], kind="stable")]

    def take(columns: dict[str, NDArray]) -> dict[str, NDArray]:
        return {name: column[rows] for name, column in columns.items()}

    return Homes(
        location_id=homes.location_id[rows],
        location=homes.location[rows],
        authorities=homes.authorities,
        authority=homes.authority[rows],
        is_two_councils=homes.is_two_councils[rows],
        is_open=homes.is_open[rows],
        updated_at=homes.updated_at[rows],
        answered_at=homes.answered_at[rows],
        answers=take(homes.answers),
        choices=take(homes.choices),
        counts=take(homes.counts),
        amounts=take(homes.amounts),
    )


def tabulate(homes: Homes) -> pa.Table:
    """Return the homes as the restricted store keeps them; `content` changes when anything but a date changes."""
    authorities = pa.DictionaryArray.from_arrays(homes.authority, pa.array(homes.authorities, pa.string()))
    numbers = homes.answers | homes.choices | homes.counts | homes.amounts
    return pa.table(
        {
            "location_id": homes.location_id,
            "area_code": authorities,
            "location": pa.array(homes.location, pa.string()),
            "is_open": homes.is_open == 1,
            "updated_at": homes.updated_at,
            "answered_at": homes.answered_at,
            "content": _mix(numbers, rows=len(homes)),
        }
        | numbers
    )


def _mix(columns: dict[str, NDArray], *, rows: int) -> NDArray[np.uint64]:
    """Return a number that tells two homes' answers and counts apart, in all likelihood."""
    mixed = np.zeros(rows, dtype=np.uint64)
    for column in columns.values():
        mixed = (mixed ^ (mixed >> np.uint64(29))) * MIXER + column.astype(np.float64).view(np.uint64)
    return mixed


def _make_record(
    read: HomeLevelFile, accepted: Homes, *, refused: tuple[Refused, ...], counts: pa.Table, layout: Return
) -> dict[str, Any]:
    by_rule = Counter(row.rule.id for row in refused)
    totals = {name: int(pc.sum(counts.column(name)).as_py() or 0) for name in ("open", "answering")}
    return {
        "source_id": layout.id,
        "file": read.file.name,
        "date": read.date.isoformat(),
        "sha256": read.sha256,
        "size": read.size,
        "is_verified": read.is_verified,
        "is_illustrative": read.is_illustrative,
        "rows_read": read.table.num_rows,
        "rows_accepted": len(accepted),
        "rows_refused": len(refused),
        "refused_by_rule": dict(sorted(by_rule.items())),
        "totals": totals,
    }


def _is_total(refused: Refused) -> bool:
    return refused.rule.number == rules.TOTAL


def _rule(rulebook: tuple[Rule, ...], rule_id: str) -> Rule:
    return next(rule for rule in rulebook if rule.id == rule_id)
