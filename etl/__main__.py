"""The command line of the ETL, and the only reader of the environment in it.

Exit codes: 0 done; 1 an input was refused; 2 the command was misused; 3 the catalogue or a lookup is at fault;
4 the snapshot is missing, damaged or cannot be written; 70 a fault of ours.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from etl import report
from etl.carry import carry as carry_figures
from etl.catalogue import load_catalogue
from etl.dictionary import write_dictionary
from etl.errors import EtlError
from etl.pipeline import Folders, prepare
from etl.pipeline import build as build_snapshot
from etl.synthesise import parse_every
from etl.synthesise import synthesise as make_illustrative

ROOT = Path(__file__).resolve().parent.parent
INTERNAL_ERROR = 70
DAY = ["%Y-%m-%d"]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Build and look after snapshots.",
)
console = Console()
errors = Console(stderr=True)

ExtractsOption = Annotated[
    Path | None,
    typer.Option("--extracts", help="Folder of publishers' files, one folder a source.", exists=True, file_okay=False),
]
DebugOption = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]


def data_folder() -> Path:
    """Return the data folder: ASC_DATA_DIR, or data/ beside the code."""
    return Path(os.environ.get("ASC_DATA_DIR") or ROOT / "data")


@app.command()
def build(extracts: ExtractsOption = None, debug: DebugOption = False) -> None:
    """Build the snapshot from the sources and make it live."""
    folders = Folders.below(data_folder(), extracts=extracts)
    with _Shown(debug=debug), _progress() as progress:
        task = progress.add_task("start", total=None)
        outcome = build_snapshot(
            folders, today=dt.date.today(), progress=lambda stage: progress.update(task, description=stage)
        )
    console.print(report.describe_build(outcome))


@app.command()
def check(extracts: ExtractsOption = None, debug: DebugOption = False) -> None:
    """Check the catalogue and every input as a build would, and change nothing."""
    folders = Folders.below(data_folder(), extracts=extracts)
    with _Shown(debug=debug), _progress() as progress:
        task = progress.add_task("start", total=None)
        prepared = prepare(
            folders, today=dt.date.today(), progress=lambda stage: progress.update(task, description=stage)
        )
    console.print(report.describe_inputs(prepared))
    console.print("The catalogue and every input are sound. Nothing was changed.")


@app.command()
def status(debug: DebugOption = False) -> None:
    """Say what is live, how old it is and what was refused."""
    with _Shown(debug=debug):
        shown = report.describe_status(Folders.below(data_folder()).snapshots, now=dt.datetime.now(dt.UTC))
    for part in shown:
        console.print(part)


@app.command()
def carry(
    extracts: Annotated[Path, typer.Option("--extracts", help="Folder of publishers' files.", file_okay=False)],
    debug: DebugOption = False,
) -> None:
    """Write the figures of publishers' files into our own tidy tables under data/published."""
    with _Shown(debug=debug):
        folders = Folders.below(data_folder(), extracts=extracts)
        rows = carry_figures(
            load_catalogue(), extracts=folders.extracts, published=folders.published, today=dt.date.today()
        )
    for source_id, count in rows.items():
        console.print(f"{source_id}: {count:,} figures")


@app.command()
def lookups(
    source: Annotated[Path, typer.Option("--source", help="Folder of ONS lookup and boundary files.", file_okay=False)],
    debug: DebugOption = False,
) -> None:
    """Write data/lookups (areas and outlines) from ONS files. Needs the development requirements."""
    from etl.lookups import write_lookups  # shapely and pyproj are not there in production

    with _Shown(debug=debug):
        rows = write_lookups(source=source, target=Folders.below(data_folder()).lookups)
    for name, count in rows.items():
        console.print(f"{name}: {count:,} rows")


@app.command()
def synthesise(
    homes: Annotated[int, typer.Option("--homes", help="Care homes in each extract.")] = 15_500,
    first: Annotated[dt.datetime, typer.Option("--from", formats=DAY, help="Date of the first.")] = "2020-05-29",
    last: Annotated[dt.datetime, typer.Option("--to", formats=DAY, help="No extract is later.")] = "2020-10-31",
    every: Annotated[str, typer.Option("--every", help="Time between two, such as 1d, 7d or 1w.")] = "7d",
    seed: Annotated[int, typer.Option("--seed", help="The same seed makes the same set.")] = 1,
    dirt: Annotated[float, typer.Option("--dirt", help="Share of faulty rows, 0 to 0.2.")] = 0.02,
    to_folder: Annotated[Path | None, typer.Option("--to-folder", help="Default: data/illustrative.")] = None,
    debug: DebugOption = False,
) -> None:
    """Make illustrative home-level extracts: plainly made up, and set by the published shares of England."""
    folders = Folders.below(data_folder())
    with _Shown(debug=debug), _progress() as progress:
        task = progress.add_task("start", total=None)
        written = make_illustrative(
            homes=homes,
            first=first.date(),
            last=last.date(),
            every=parse_every(every),
            seed=seed,
            dirt=dirt,
            target=to_folder or folders.illustrative,
            lookups=folders.lookups,
            published=folders.published,
            progress=lambda stage: progress.update(task, description=stage),
        )
    console.print(f"Written: {written['files']:,} files with {written['rows']:,} rows, all of them made up.")


@app.command()
def dictionary(debug: DebugOption = False) -> None:
    """Write docs/data-dictionary.md from the catalogue and the tables' declarations."""
    with _Shown(debug=debug):
        file = write_dictionary(load_catalogue(), file=ROOT / "docs" / "data-dictionary.md")
    console.print(f"Written: {file.relative_to(ROOT)}")


def _progress() -> Progress:
    """Return a progress display on standard error that leaves nothing behind when it is done."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    return Progress(*columns, console=errors, transient=True)


class _Shown:
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


if __name__ == "__main__":
    app()
