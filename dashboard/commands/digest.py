"""digest: an e-mail about an area as a file, to be sent by whoever runs the dashboard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import flask
import typer

from dashboard.agenda import make_agenda
from dashboard.archive import LATEST, Archive, ArchiveError, attach_archive
from dashboard.commands.brief import find_code
from dashboard.commands.terminal import DebugOption, Shown
from dashboard.digest.content import write_digest
from dashboard.digest.message import write_message
from dashboard.selection import SelectionError
from dashboard.store import Store, StoreError, attach_store

NOBODY = "It has no From: whoever sends it adds one, or give --from."


def digest(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="The file to write; its ending is .eml.")],
    area: Annotated[str, typer.Option("--area", help="An ONS code of a region or a council, or its name.")],
    since: Annotated[str, typer.Option("--since", help="A day with figures, or an older snapshot's id.")] = "",
    to: Annotated[list[str] | None, typer.Option("--to", help="Who gets it; may be given more than once.")] = None,
    sender: Annotated[str, typer.Option("--from", help="Who sends it.")] = "",
    base_url: Annotated[str, typer.Option("--base-url", help="The dashboard's address, for links.")] = "",
    snapshot: Annotated[str, typer.Option("--snapshot", help="A snapshot's id; without it, the live one.")] = LATEST,
    debug: DebugOption = False,
) -> None:
    """Write an e-mail that says what changed in an area, how sure that is, what is asked and who acts."""
    with Shown(debug=debug):
        if out.suffix.lower() != ".eml":
            raise SelectionError(f"{out.name} does not end in .eml, which says that it is an e-mail.")
        if not out.absolute().parent.is_dir():
            raise OSError(f"{out} cannot be written: there is no folder {out.absolute().parent}.")
        content, subject = _write(
            context.obj.snapshots, snapshot, area, since=since, base_url=read_base(base_url), sender=sender,
            recipients=tuple(to or ()),
        )  # fmt: skip
        try:
            out.write_bytes(content)
        except OSError as error:
            raise OSError(f"{out} cannot be written: {error.strerror}.") from error
    typer.echo(f"{out}: {subject}. {'' if sender else NOBODY}".rstrip())


def read_base(address: str) -> str:
    """Return the address if links can begin with it, "" for none; SelectionError otherwise."""
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise SelectionError(
            f"--base-url is {address!r}. Give the dashboard's address, such as https://care.example.org"
        )
    return address


def _write(
    folder: Path, snapshot_id: str, area: str, *, since: str, base_url: str, sender: str, recipients: tuple[str, ...]
) -> tuple[bytes, str]:
    """Return the message and its subject."""
    store = Store(folder)
    archive, server = Archive(store), flask.Flask(__name__)
    attach_store(server, store)
    attach_archive(server, archive)
    with server.app_context():  # where older snapshots are looked for
        try:
            held = archive.open(snapshot_id)
        except ArchiveError as error:
            raise StoreError(f"{error} They lie in {folder}.") from error
        code = find_code(held, area)
        if held.areas.at[code, "kind"] not in ("region", "authority"):
            raise SelectionError("A digest is of a region or a council. Give its code or name with --area.")
        made = write_digest(make_agenda(held, code, since=since), base_url=base_url)
    return write_message(made, held, sender=sender, recipients=recipients), made.subject
