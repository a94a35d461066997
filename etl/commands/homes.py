"""homes: which homes stand behind a figure, for whoever holds the permission on the restricted store."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from etl.catalogue import load_catalogue
from etl.catalogue.whole import Catalogue
from etl.commands.terminal import DebugOption, Shown, errors
from etl.conform.areas import load_areas
from etl.errors import EtlError
from etl.history import LIVE, choose
from etl.pipeline import Folders
from etl.publish import read_manifest
from etl.report.words import MADE_UP, say_count, say_date
from etl.returns.asking import check_permission, understand
from etl.returns.audit import note_listing
from etl.returns.listing import Wanted, list_homes
from etl.returns.store import RestrictedStore

Inputs = dict[tuple[str, dt.date], str]


def homes(
    context: typer.Context,
    area: Annotated[str, typer.Option("--area", help="Code of an authority, a region or England.")],
    indicator: Annotated[str, typer.Option("--indicator", help='Beginning of an indicator\'s id, or "answering".')],
    answer: Annotated[str, typer.Option("--answer", help="yes, no, partly, not_applicable, or none (no current one).")],
    date: Annotated[str | None, typer.Option("--date", help="Date of the extract; the newest if not given.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Write to this CSV instead of the terminal.", dir_okay=False)
    ] = None,
    debug: DebugOption = False,
) -> None:
    """List the homes that gave an answer. Each list is noted in data/restricted/audit.log."""
    with Shown(debug=debug):
        folders = Folders.below(context.obj)
        check_permission(folders.restricted, is_readable=os.access(folders.restricted, os.R_OK | os.X_OK))
        catalogue = load_catalogue()
        inputs = _list_extracts(folders.snapshots, catalogue)
        wanted, code, indicator_id = understand(
            area=area,
            indicator=indicator,
            answer=answer,
            date=date,
            catalogue=catalogue,
            areas=load_areas(folders.lookups / "areas.csv"),
            dates=_by_return(inputs),
        )
        listed, is_illustrative = _read(RestrictedStore(folders.restricted), wanted, inputs)
        asked = {"area": code, "indicator": indicator_id, "answer": answer, "date": wanted.date.isoformat()}
        where = str(output.resolve()) if output else "standard output"
        note_listing(folders.restricted, asked | {"rows": len(listed), "file": where})
        _write(listed, output)
        errors.print(_describe(listed, wanted, is_illustrative=is_illustrative), markup=False, highlight=False)


def _list_extracts(snapshots: Path, catalogue: Catalogue) -> Inputs:
    """Return the hash of each extract of the live snapshot, by the return's id and its date."""
    entries = read_manifest(snapshots / choose(snapshots, LIVE))["inputs"]
    returns = {layout.id for layout in catalogue.returns}
    parts = ((entry["id"].partition(" "), entry["sha256"]) for entry in entries)
    return {(name, dt.date.fromisoformat(day)): digest for (name, _, day), digest in parts if name in returns and day}


def _by_return(inputs: Inputs) -> dict[str, list[dt.date]]:
    dates: dict[str, list[dt.date]] = {}
    for source_id, date in inputs:
        dates.setdefault(source_id, []).append(date)
    return dates


def _read(store: RestrictedStore, wanted: Wanted, inputs: Inputs) -> tuple[pd.DataFrame, bool]:
    """Return the list and whether it is made up, from the very extract that the live snapshot was counted from."""
    record: dict[str, Any] = store.find(wanted.layout.id, wanted.date) or {}
    if record.get("sha256") != inputs[wanted.layout.id, wanted.date]:
        raise EtlError(
            f"The restricted store does not hold the extract of {wanted.date} that is live, so a list would not agree "
            "with the figures. What to do: python -m etl build, or make the newest snapshot live again."
        )
    table = store.read_homes(wanted.layout.id, wanted.date)
    return list_homes(table, wanted, is_illustrative=record["is_illustrative"]), record["is_illustrative"]


def _write(listed: pd.DataFrame, output: Path | None) -> None:
    text = listed.to_csv(index=False, lineterminator="\n")
    if output is None:
        sys.stdout.write(text)
        return
    try:
        handle = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            os.fchmod(handle, 0o600)
            stream.write(text)
    except OSError as error:
        raise EtlError(f"{output} cannot be written: {error.strerror}. Give --output a folder that you own.") from error


def _describe(listed: pd.DataFrame, wanted: Wanted, *, is_illustrative: bool) -> str:
    made_up = f" They are {MADE_UP}." if is_illustrative else " Keep the list to those who may see it."
    return f"{say_count(len(listed), wanted.layout.place)} at the end of {say_date(wanted.date)}.{made_up}"
