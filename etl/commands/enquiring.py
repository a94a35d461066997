"""respond: note that somebody asked about a signal, what was answered and what came of it."""

from __future__ import annotations

import datetime as dt
import difflib
from pathlib import Path
from typing import Annotated

import pyarrow.parquet as pq
import typer

from etl.commands.terminal import DebugOption, Shown, say
from etl.enquiries import OUTCOMES, ROLES, add_enquiry, make_enquiry
from etl.errors import MisuseError, SnapshotError
from etl.history import LIVE, choose
from etl.pipeline import Folders
from etl.report.words import say_date

NEAREST = 5


def respond(
    context: typer.Context,
    signal: Annotated[str, typer.Argument(help="The signal's id, as the dashboard and its API show it.")],
    asked: Annotated[str, typer.Option("--asked", help="The day on which you asked: 2020-10-30.")],
    by: Annotated[str, typer.Option("--by", help=f"Your role, never your name: {', '.join(ROLES)}.")],
    answer: Annotated[str, typer.Option("--answer", help="What was answered, in one line. It is published.")],
    outcome: Annotated[str, typer.Option("--outcome", help=f"{', '.join(OUTCOMES)}.")],
    debug: DebugOption = False,
) -> None:
    """Add an enquiry to the log. The next snapshot publishes it, and the signal no longer counts as new."""
    with Shown(debug=debug):
        folders = Folders.below(context.obj)
        snapshot_id = choose(folders.snapshots, LIVE)
        found = find_signal(folders.snapshots / snapshot_id, signal)
        day = read_day(asked, since=found["since"], today=dt.datetime.now(dt.UTC).date())
        enquiry = make_enquiry(
            signal_id=signal,
            asked_on=day,
            asked_by=by,
            answer=answer,
            outcome=outcome,
            strength=found["strength"],
            snapshot_id=snapshot_id,
        )
        file = add_enquiry(folders.enquiries, enquiry)
    say(f"Kept in {file}. It is published with the next snapshot: python -m etl build.")


def find_signal(folder: Path, signal_id: str) -> dict:
    """Return the signal's row in a snapshot; MisuseError with the nearest ids where there is none."""
    file = folder / "signals.parquet"
    if not file.is_file():
        raise SnapshotError("The live snapshot has no signals. What to do: python -m etl build.")
    rows = {row["signal_id"]: row for row in pq.read_table(file).to_pylist()}
    if signal_id not in rows:
        near = difflib.get_close_matches(signal_id, rows, n=NEAREST, cutoff=0.5)
        there = f" The nearest are: {', '.join(near)}." if near else ""
        raise MisuseError(f"The live snapshot has no signal {signal_id!r}.{there} The page /support shows each id.")
    return rows[signal_id]


def read_day(text: str, *, since: dt.date, today: dt.date) -> dt.date:
    """Return the day of an enquiry; MisuseError if it is no date, lies ahead, or before the signal began."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise MisuseError(f"--asked is {text!r}. Give a date such as 2020-10-30.") from error
    if day > today:
        raise MisuseError(f"--asked is {say_date(day)}, which is still to come.")
    if day < since:
        raise MisuseError(f"The signal began on {say_date(since)}: an enquiry before that was about another one.")
    return day
