"""The command line of the dashboard; with app.py the only reader of the environment in it.

Exit codes, as of the ETL: 0 done; 2 the command was misused; 4 there is no snapshot to read, or a file cannot be
written; 5 a program that the command needs is not there or failed; 70 a fault of ours.
"""

from __future__ import annotations

import logging
import os

import typer

from dashboard.commands.brief import brief
from dashboard.commands.digest import digest
from dashboard.settings import read_settings

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def start(context: typer.Context) -> None:
    """Make documents from the published snapshot."""
    logging.basicConfig(level=logging.CRITICAL)  # what goes wrong is said once, in the command's own words
    try:
        context.obj = read_settings(os.environ)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


for command in (brief, digest):
    app.command()(command)


if __name__ == "__main__":
    app()
