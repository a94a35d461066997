"""The command line of the ETL, and the only reader of the environment in it.

Exit codes: 0 done; 1 an input was refused; 2 the command was misused; 3 the catalogue or a lookup is at fault;
4 the snapshot is missing, damaged or cannot be written; 70 a fault of ours.
"""

from __future__ import annotations

import os
from pathlib import Path

import typer

from etl.commands import building, enquiring, extracts, homes, making, releases, upkeep

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = (
    *(building.build, building.check, making.synthesise),
    *(releases.status, releases.history, releases.rollback, releases.diff),
    *(extracts.validate, homes.homes, enquiring.respond),
    *(upkeep.carry, upkeep.lookups, upkeep.dictionary),
)

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def start(context: typer.Context) -> None:
    """Build and look after snapshots."""
    context.obj = data_folder()


def data_folder() -> Path:
    """Return the data folder: ASC_DATA_DIR, or data/ beside the code."""
    return Path(os.environ.get("ASC_DATA_DIR") or ROOT / "data")


for command in COMMANDS:
    app.command()(command)


if __name__ == "__main__":
    app()
