"""build and check: from the inputs to a snapshot, and the same without changing anything."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from etl.commands.terminal import (
    DebugOption,
    ExtractsOption,
    Shown,
    ask,
    can_ask,
    say,
    show_progress,
)
from etl.errors import EtlError, MisuseError
from etl.pipeline import Folders, Options, Prepared, prepare
from etl.pipeline import build as build_snapshot
from etl.report import building as report

YesOption = Annotated[bool, typer.Option("--yes", help="Publish without asking for the data date to be typed.")]
AcceptOption = Annotated[
    bool, typer.Option("--accept", help="Accept totals that differ from the extract before by more than is tolerated.")
]
SchedulerOption = Annotated[
    str | None,
    typer.Option("--scheduler", help="Read the extracts on this Dask cluster, such as tcp://10.0.0.5:8786."),
]
ADDRESS = re.compile(r"(?:tcp|tls)://[^/\s]+:\d+")


def build(
    context: typer.Context,
    extracts: ExtractsOption = None,
    yes: YesOption = False,
    accept: AcceptOption = False,
    scheduler: SchedulerOption = None,
    debug: DebugOption = False,
) -> None:
    """Build the snapshot from the sources and make it live."""
    folders = Folders.below(context.obj, extracts=extracts)
    with Shown(debug=debug), show_progress() as progress:
        task = progress.add_task("start", total=None)
        question = _Question(progress, is_answered=yes)
        outcome = build_snapshot(
            folders,
            today=dt.date.today(),
            options=Options(
                is_accepted=accept,
                scheduler=_check_address(scheduler),
                confirm=question.confirm,
                command="build --accept" if accept else "build",
            ),
            progress=lambda stage: progress.update(task, description=stage),
        )
    if not question.has_shown:
        say(*report.describe_inputs(outcome.prepared))
    say(*report.describe_outcome(outcome))


def check(
    context: typer.Context, extracts: ExtractsOption = None, accept: AcceptOption = False, debug: DebugOption = False
) -> None:
    """Check the catalogue and every input as a build would, and change nothing."""
    folders = Folders.below(context.obj, extracts=extracts)
    with Shown(debug=debug), show_progress() as progress, tempfile.TemporaryDirectory(prefix="etl-check-") as aside:
        task = progress.add_task("start", total=None)
        prepared = prepare(
            replace(folders, restricted=Path(aside) / "restricted"),
            today=dt.date.today(),
            options=Options(is_accepted=accept),
            progress=lambda stage: progress.update(task, description=stage),
        )
    say(*report.describe_inputs(prepared))
    say("The catalogue and every input are sound. Nothing was changed.")


class _Question:
    """Asks for the data date before anything new goes live, having shown what would."""

    def __init__(self, progress: Progress, *, is_answered: bool) -> None:
        self._progress = progress
        self._is_answered = is_answered
        self.has_shown = False

    def confirm(self, prepared: Prepared, snapshot_id: str) -> None:
        """Return when the data date is typed; EtlError where another is, or where nobody can be asked."""
        if self._is_answered:
            return
        date = prepared.data_date
        if not can_ask():
            raise MisuseError(
                f"Nothing was published. Snapshot {snapshot_id} is ready, and there is no terminal to ask for its data "
                "date. What to do: python -m etl build --yes"
            )
        self._progress.stop()
        say(*report.describe_inputs(prepared))
        self.has_shown = True
        typed = ask(f"Snapshot {snapshot_id} is about to go live. Type its data date to publish it (like 2020-01-31):")
        if typed != date.isoformat():
            raise EtlError(
                f"Nothing was published: {typed!r} was typed, and the data date is {date.isoformat()}. "
                "What to do: check which extract is the newest, then build again."
            )


def _check_address(scheduler: str | None) -> str | None:
    if scheduler is not None and not ADDRESS.fullmatch(scheduler):
        raise MisuseError(f"{scheduler!r} is no address of a scheduler. Write it like tcp://10.0.0.5:8786.")
    return scheduler
