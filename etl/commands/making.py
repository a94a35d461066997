"""synthesise: made-up extracts for want of real ones."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from etl.commands.terminal import DebugOption, Shown, say, show_progress
from etl.pipeline import Folders
from etl.synthesise import parse_every
from etl.synthesise import synthesise as make_illustrative

DAY = ["%Y-%m-%d"]


def synthesise(
    context: typer.Context,
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
    folders = Folders.below(context.obj)
    with Shown(debug=debug), show_progress() as progress:
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
    say(f"Written: {written['files']:,} files with {written['rows']:,} rows, all of them made up.")
