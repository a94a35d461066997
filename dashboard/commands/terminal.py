"""The terminal: errors end in one plain sentence and an exit code; a fault of ours can show its traceback."""

from __future__ import annotations

import sys
import traceback
from typing import Annotated

import typer

from dashboard.export.chromium import ChromiumError
from dashboard.export.scratch import ExportError, ScratchError
from dashboard.selection import SelectionError
from dashboard.store import StoreError

MISUSED, NO_SNAPSHOT, NO_PROGRAM, INTERNAL_ERROR = 2, 4, 5, 70
CODES: tuple[tuple[type[Exception], int], ...] = (
    (SelectionError, MISUSED),
    (StoreError, NO_SNAPSHOT),
    (OSError, NO_SNAPSHOT),
    (ScratchError, NO_SNAPSHOT),
    (ChromiumError, NO_PROGRAM),
)
"""Errors that a person can do something about, each with its exit code."""

DebugOption = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]


class Shown:
    """Turns errors into plain messages and exit codes; with debug, tracebacks stay."""

    def __init__(self, *, debug: bool) -> None:
        self._debug = debug

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if error is None or not isinstance(error, Exception) or isinstance(error, typer.Exit):
            return False
        if self._debug:
            traceback.print_exception(error, file=sys.stderr)
        for known, code in CODES:
            if isinstance(error, known):
                typer.echo(f"Stopped. {error}{_say_cause(error)}", err=True)
                raise typer.Exit(code) from error
        typer.echo(
            f"Stopped by a fault in this program: {error!r}\n"
            "Run the command again with --debug and report what it prints.",
            err=True,
        )
        raise typer.Exit(INTERNAL_ERROR) from error


def _say_cause(error: Exception) -> str:
    """Return what the system said, which readers of a page are spared: who runs a command can mend it."""
    return f" {error.__cause__}" if isinstance(error, ExportError) and isinstance(error.__cause__, OSError) else ""
