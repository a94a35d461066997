"""Examine: one extract anywhere on the disk, judged as a build would judge it, and nothing written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from etl.catalogue.return_model import Return
from etl.catalogue.whole import Catalogue
from etl.conform.areas import ENGLAND
from etl.conform.councils import Councils
from etl.errors import MisuseError
from etl.returns.files import SIDECARS
from etl.returns.findings import RULES, describe
from etl.returns.intake import Intake, describe_excess, inspect


@dataclass(frozen=True)
class Examined:
    """What is to be said of an extract; `excess` is empty where a build would take the file in."""

    file: Path
    layout: Return
    date: dt.date
    intake: Intake
    vouchers: tuple[str, ...]
    """The names of the sidecars that agree with the file."""
    excess: str
    findings: tuple[dict[str, Any], ...]


def examine(
    file: Path, *, catalogue: Catalogue, councils: Councils, layout_id: str | None = None, as_of: dt.date | None = None
) -> Examined:
    """Return what a build would make of the extract; InputError where it could not read it at all.

    Layout and date are those that the file's name says, unless they are given.
    """
    layout, date = find_layout(file, returns=catalogue.returns, layout_id=layout_id, as_of=as_of)
    intake = inspect(file, layout=layout, rulebook=catalogue.return_rules, councils=councils, date=date)
    return Examined(
        file=file,
        layout=layout,
        date=date,
        intake=intake,
        vouchers=tuple(side.name for end in SIDECARS if (side := file.with_name(file.name + end)).is_file()),
        excess=describe_excess(intake, layout),
        findings=tuple(_find(intake, layout=layout, catalogue=catalogue, date=date)),
    )


def find_layout(
    file: Path, *, returns: Sequence[Return], layout_id: str | None, as_of: dt.date | None
) -> tuple[Return, dt.date]:
    """Return the extract's layout and date; MisuseError says what to add where its name does not tell."""
    by_id = {layout.id: layout for layout in returns}
    forms = "".join(f"\n  - {layout.file.replace('{date}', '2020-08-10')} ({layout.id})" for layout in returns)
    if layout_id is not None and layout_id not in by_id:
        raise MisuseError(f"There is no layout {layout_id!r}. There are: {', '.join(by_id)}.")
    named = {layout.id: match for layout in returns if (match := layout.name_pattern().match(file.name))}
    chosen = layout_id or next(iter(named), None)
    if chosen is None:
        raise MisuseError(
            f"{file.name} is not named like an extract, so nothing says what it is. Add --layout and --as-of, "
            f"or name it like one of these:{forms}"
        )
    return by_id[chosen], as_of or _read_date(file, named[chosen]["date"] if chosen in named else "")


def _read_date(file: Path, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise MisuseError(
            f"The name of {file.name} does not say at the end of which day the extract was taken. "
            "Add it: --as-of 2020-08-10"
        ) from error


def _find(intake: Intake, *, layout: Return, catalogue: Catalogue, date: dt.date) -> list[dict[str, Any]]:
    """Return the findings over the whole extract, as `find_in_newest` makes them for each area."""
    everyone = intake.record["totals"]["open"]
    counts = {rule: int(pc.sum(intake.counts.column(name)).as_py() or 0) for rule, name in RULES.items()}
    if not layout.questions:
        counts = {"impossible": counts["impossible"]}
    return [
        describe(catalogue, rule, layout=layout, date=date, area_code=ENGLAND, homes=homes, open_homes=everyone)
        for rule, homes in counts.items()
        if homes
    ]
