"""status, history, rollback and diff: what is live, what was, the way back, and what changed in between."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from etl.commands.terminal import DebugOption, Shown, say
from etl.history import list_kept, roll_back
from etl.pipeline import Folders
from etl.report import history as history_report
from etl.report import status as status_report


def status(context: typer.Context, debug: DebugOption = False) -> None:
    """Say what is live, how old it is and what was refused."""
    with Shown(debug=debug):
        shown = status_report.describe_status(Folders.below(context.obj).snapshots, now=dt.datetime.now(dt.UTC))
    say(*shown)


def history(context: typer.Context, debug: DebugOption = False) -> None:
    """List every snapshot that is kept, the newest publication first, and what went live when."""
    with Shown(debug=debug):
        folder = Folders.below(context.obj).snapshots
        shown = history_report.describe_history(folder, list_kept(folder))
    say(*shown)


def rollback(
    context: typer.Context,
    snapshot: Annotated[
        str | None, typer.Argument(help="The snapshot's id or its beginning; without it, the one that was live before.")
    ] = None,
    debug: DebugOption = False,
) -> None:
    """Make an earlier snapshot live again."""
    command = "rollback" if snapshot is None else f"rollback {snapshot}"
    with Shown(debug=debug):
        swap = roll_back(Folders.below(context.obj).snapshots, snapshot, command=command)
    say(history_report.describe_swap(swap))
