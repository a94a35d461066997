"""The history: every snapshot that is kept, and what went live when."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import RenderableType

from etl.history import Kept, Swap
from etl.release import read_log
from etl.report.words import make_table, say_date, say_moment

NEWEST = 20
"""So many lines of the log are shown; the file has them all."""
LOGGED = ("when", "from", "to", "by")
FIGURES = {True: "with illustrative ones", False: "published or real only", None: "not known"}


def describe_history(folder: Path, kept: Sequence[Kept]) -> list[RenderableType]:
    """Return the snapshots, newest publication first, and the newest lines of the log."""
    if not kept:
        return [f"There is no snapshot in {folder} yet. Build first: python -m etl build"]
    shown = make_table("Snapshots", "live", "snapshot", "data date", "published", "code", "figures", "state")
    for entry in kept:
        shown.add_row(
            "live" if entry.is_live else "",
            entry.id,
            say_date(entry.data_date),
            say_moment(entry.published_at),
            (entry.code_commit or "not recorded")[:12],
            FIGURES[entry.is_illustrative],
            entry.state,
        )
    damage = "\n".join(f"  - {what}" for entry in kept for what in entry.damage)
    parts: list[RenderableType] = [shown, *([f"Damaged:\n{damage}"] if damage else [])]
    log = read_log(folder)
    if log:
        lines = make_table(f"What went live, newest first ({min(len(log), NEWEST)} of {len(log)})", *LOGGED)
        for line in log[: -NEWEST - 1 : -1]:
            lines.add_row(say_moment(line["time"]), line["from"] or "nothing", line["to"], line["command"])
        parts.append(lines)
    return parts


def describe_swap(swap: Swap) -> str:
    """Return what a rollback did."""
    if swap.before == swap.now:
        return f"Snapshot {swap.now} was live already: nothing has changed."
    return (
        f"Snapshot {swap.now} is live again, in place of {swap.before or 'nothing'}.\n"
        "The next build publishes what its inputs say: where an input is wrong, take it out before you build."
    )
