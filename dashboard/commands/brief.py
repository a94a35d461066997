"""brief: the briefing pack of an area as a file, the same as from the page /briefing."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated

import typer

from dashboard.agenda import agenda_path, make_agenda
from dashboard.archive import LATEST, Archive, ArchiveError
from dashboard.briefing.agenda import WHAT as AGENDA
from dashboard.briefing.agenda import make_agenda_pack
from dashboard.briefing.deck import write_pack
from dashboard.briefing.document import write_document
from dashboard.briefing.pack import make_pack
from dashboard.briefing.part import Pack
from dashboard.briefing.pdf import print_document
from dashboard.briefing.request import PATH, Wanted, read_code
from dashboard.briefing.sheets import describe_snapshot, draw_pack
from dashboard.commands.terminal import DebugOption, Shown
from dashboard.selection import ENGLAND, SelectionError, read_area
from dashboard.store import Snapshot, Store, StoreError

KINDS = (".pdf", ".pptx")
NAMED = 5
"""Names that a refusal offers."""


def brief(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="The file to write: its ending, .pdf or .pptx, says which kind.")],
    area: Annotated[str, typer.Option("--area", help="An ONS code, such as E12000005, or a name.")] = ENGLAND,
    snapshot: Annotated[str, typer.Option("--snapshot", help="A snapshot's id; without it, the live one.")] = LATEST,
    agenda: Annotated[bool, typer.Option("--agenda", help="Of a region: the agenda of its call.")] = False,
    debug: DebugOption = False,
) -> None:
    """Write the briefing pack of England, a region or a council, six pages at most, or the agenda of a call."""
    with Shown(debug=debug):
        kind = out.suffix.lower()
        if kind not in KINDS:
            raise SelectionError(f"{out.name} ends in neither of {' and '.join(KINDS)}, which say the kind of file.")
        if not out.absolute().parent.is_dir():
            raise OSError(f"{out} cannot be written: there is no folder {out.absolute().parent}.")
        held = open_snapshot(context.obj.snapshots, snapshot)
        code = find_code(held, area)
        pack = make_region_agenda(held, code) if agenda else make_pack(held, code)
        content = write_pdf(pack, chromium=context.obj.chromium) if kind == ".pdf" else write_slides(pack, held)
        try:
            out.write_bytes(content)
        except OSError as error:
            raise OSError(f"{out} cannot be written: {error.strerror}.") from error
        size = f"{len(pack.sheets)} pages" if kind == ".pdf" else "slides"
        made_up = " It holds illustrative figures, which are made up." if pack.is_illustrative else ""
    typer.echo(f"{out}: {pack.area_name}, snapshot {pack.snapshot_id}, {size}.{made_up}")


def open_snapshot(folder: Path, snapshot_id: str) -> Snapshot:
    """Return a snapshot by its id, or the live one; StoreError where there is none."""
    try:
        return Archive(Store(folder)).open(snapshot_id)
    except ArchiveError as error:
        raise StoreError(f"{error} They lie in {folder}.") from error


def find_code(snapshot: Snapshot, area: str) -> str:
    """Return the code of an area given by code or name; SelectionError offers the nearest names."""
    wanted, areas = area.strip(), snapshot.areas
    if wanted.upper() in areas.index:
        return read_code(snapshot, wanted.upper())
    shown = areas[areas["shown_as"] == areas["code"]]
    names = shown[shown["name"].str.casefold() == wanted.casefold()]
    if len(names) == 1:
        return str(names["code"].iloc[0])
    if len(names) > 1:
        raise SelectionError(f"{area!r} is the name of {len(names)} areas: {', '.join(names['code'])}. Give a code.")
    lowered = {name.casefold(): name for name in shown["name"]}
    near = difflib.get_close_matches(wanted.casefold(), list(lowered), n=NAMED, cutoff=0.5)
    offered = [f"{lowered[name]} ({shown.loc[shown['name'] == lowered[name], 'code'].iloc[0]})" for name in near]
    nearest = f" Nearest: {', '.join(offered)}." if offered else ""
    raise SelectionError(f"There is no area {area!r}.{nearest} The page /downloads lists all.")


def make_region_agenda(snapshot: Snapshot, code: str) -> Pack:
    """Return the agenda of a region's call; SelectionError for an area of another kind."""
    return make_agenda_pack(make_agenda(snapshot, read_area(snapshot, code, kind="region")))


def write_pdf(pack: Pack, *, chromium: str = "") -> bytes:
    """Return the pack as PDF; ChromiumError without a Chromium."""
    title, description = pack.title, describe_snapshot(pack)
    document = write_document(draw_pack(pack), title=title, description=description, is_file=True)
    return print_document(document, day=pack.data_date.isoformat(), chromium=chromium)


def write_slides(pack: Pack, snapshot: Snapshot) -> bytes:
    """Return the pack as pptx, with the address of its page below the dashboard's own."""
    if pack.what == AGENDA:
        return write_pack(pack, snapshot, address=agenda_path(pack.area_code))
    wanted = Wanted(area_code=pack.area_code, snapshot_id=pack.snapshot_id)
    return write_pack(pack, snapshot, address=f"{PATH}?{wanted.query}")
