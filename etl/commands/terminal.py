"""The terminal: where words go, how errors end, and what a person is asked."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from etl.errors import EtlError

INTERNAL_ERROR = 70
WIDE = 200
"""Columns of what goes to a file or another program, which has no width of its own."""

errors = Console(stderr=True)

DebugOption = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
ExtractsOption = Annotated[
    Path | None,
    typer.Option("--extracts", help="Folder of publishers' files, one folder a source.", exists=True, file_okay=False),
]


def show_progress() -> Progress:
    """Return a progress display on standard error that leaves nothing behind when it is done."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    return Progress(*columns, console=errors, transient=True)


def say(*parts: object) -> None:
    """Print on standard output, long lines left whole where nothing frames them."""
    # What files say is shown as it stands: a home may be called "[Old] House".
    console = Console(width=None if sys.stdout.isatty() else WIDE, markup=False, emoji=False, highlight=False)
    for part in parts:
        console.print(part, soft_wrap=isinstance(part, str))


def can_ask() -> bool:
    """Return whether there is a person who can answer: standard input is a terminal."""
    return sys.stdin.isatty()


def ask(question: str) -> str:
    """Return what a person types; "" where the terminal has closed."""
    errors.print(question, end=" ", markup=False, highlight=False, soft_wrap=True)
    return sys.stdin.readline().strip()


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
        if isinstance(error, EtlError):
            errors.print(f"[bold red]Stopped.[/] {_escape(str(error))}", highlight=False, soft_wrap=True)
            raise typer.Exit(error.exit_code) from error
        errors.print(
            f"[bold red]Stopped by a fault in this program:[/] {_escape(repr(error))}\n"
            "See what is live: python -m etl status. Run the command again with --debug and report what it prints.",
            highlight=False,
            soft_wrap=True,
        )
        raise typer.Exit(INTERNAL_ERROR) from error


def _escape(text: str) -> str:
    return text.replace("[", r"\[")
