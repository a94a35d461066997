"""status, history, rollback and diff: what is live, what was, the way back, and what changed in between."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from etl.commands.terminal import DebugOption, Shown, say
from etl.compare_snapshots import compare_snapshots
from etl.errors import SnapshotError
from etl.history import choose, list_kept, roll_back
from etl.pipeline import Folders
from etl.publish import find_damage
from etl.report import difference as difference_report
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


def diff(
    context: typer.Context,
    before: Annotated[str, typer.Argument(help='A snapshot\'s id, its beginning, or "live".')],
    after: Annotated[str, typer.Argument(help="Another one.")],
    most: Annotated[int, typer.Option("--most", min=1, help="So many changes are listed of each indicator.")] = 5,
    debug: DebugOption = False,
) -> None:
    """Say which figures and verdicts changed between two snapshots, and why."""
    with Shown(debug=debug):
        folder = Folders.below(context.obj).snapshots
        pair = [folder / choose(folder, text) for text in (before, after)]
        damage = [entry for snapshot in pair for entry in find_damage(snapshot)]
        if damage:
            what = "".join(f"\n  - {entry}" for entry in dict.fromkeys(damage))
            raise SnapshotError(f"A damaged snapshot cannot be compared:{what}\nWhat is sound: python -m etl history")
        names = difference_report.read_names(*pair)
        shown = difference_report.describe_comparison(compare_snapshots(*pair, most=most), names)
    say(*shown)
