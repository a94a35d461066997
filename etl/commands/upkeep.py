"""carry, lookups and dictionary: for those who keep the tables that the repository carries."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from etl.carry import carry as carry_figures
from etl.catalogue import load_catalogue
from etl.commands.terminal import DebugOption, Shown, say
from etl.dictionary import write_dictionary
from etl.pipeline import Folders

ROOT = Path(__file__).resolve().parents[2]


def carry(
    context: typer.Context,
    extracts: Annotated[Path, typer.Option("--extracts", help="Folder of publishers' files.", file_okay=False)],
    debug: DebugOption = False,
) -> None:
    """Write the figures of publishers' files into our own tidy tables under data/published."""
    with Shown(debug=debug):
        folders = Folders.below(context.obj, extracts=extracts)
        rows = carry_figures(
            load_catalogue(), extracts=folders.extracts, published=folders.published, today=dt.date.today()
        )
    for source_id, count in rows.items():
        say(f"{source_id}: {count:,} figures")


def lookups(
    context: typer.Context,
    source: Annotated[Path, typer.Option("--source", help="Folder of ONS lookup and boundary files.", file_okay=False)],
    debug: DebugOption = False,
) -> None:
    """Write data/lookups (areas and outlines) from ONS files. Needs the development requirements."""
    from etl.lookups import write_lookups  # shapely and pyproj are not there in production

    with Shown(debug=debug):
        rows = write_lookups(source=source, target=Folders.below(context.obj).lookups)
    for name, count in rows.items():
        say(f"{name}: {count:,} rows")


def dictionary(debug: DebugOption = False) -> None:
    """Write docs/data-dictionary.md from the catalogue and the tables' declarations."""
    with Shown(debug=debug):
        file = write_dictionary(load_catalogue(), file=ROOT / "docs" / "data-dictionary.md")
    say(f"Written: {file.relative_to(ROOT)}")
