"""validate: one extract before it is loaded."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from etl.catalogue import load_catalogue
from etl.commands.terminal import DebugOption, Shown, say
from etl.conform.areas import load_areas
from etl.conform.councils import load_councils
from etl.errors import EtlError, MisuseError
from etl.pipeline import Folders
from etl.report import extract as report
from etl.returns.examine import Examined, examine
from etl.returns.store import write_refused

DAY = ["%Y-%m-%d"]
REFUSED = 1


def validate(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The extract, anywhere on this machine.", exists=True, dir_okay=False)],
    as_of: Annotated[
        dt.datetime | None, typer.Option("--as-of", formats=DAY, help="The extract's day, where its name does not say.")
    ] = None,
    layout: Annotated[
        str | None, typer.Option("--layout", help="The id of its layout, where its name does not say.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Write every refused row to this CSV.", dir_okay=False)
    ] = None,
    debug: DebugOption = False,
) -> None:
    """Say what a build would make of one home-level extract, and change nothing. Exit code 1: it would be refused."""
    with Shown(debug=debug):
        lookups = Folders.below(context.obj).lookups
        catalogue = load_catalogue()
        examined = examine(
            file,
            catalogue=catalogue,
            councils=load_councils(lookups / "councils.csv", load_areas(lookups / "areas.csv")),
            layout_id=layout,
            as_of=as_of.date() if as_of else None,
        )
        say(*report.describe_examined(examined, catalogue))
        if output:
            _write(examined, output)
    if examined.excess:
        raise typer.Exit(REFUSED)


def _write(examined: Examined, output: Path) -> None:
    """Write every refused row, for nobody but the user who asked."""
    if output.resolve() == examined.file.resolve():
        raise MisuseError(f"{output} is the extract itself. Give --output another name.")
    try:
        write_refused(output, name=examined.file.name, refused=examined.intake.refused)
        output.chmod(0o600)
    except OSError as error:
        raise EtlError(f"{output} cannot be written: {error.strerror}. Give --output a folder that you own.") from error
    say(report.describe_written(len(examined.intake.refused), output))
