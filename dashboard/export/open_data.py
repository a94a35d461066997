"""Open data: the tables of a snapshot as CSV and Parquet, per indicator and per area, at addresses that stay."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import flask
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.archive import LATEST, ArchiveError, Holding, TableFile, any_illustrative, current_archive
from dashboard.export.csvw import describe_tables
from dashboard.export.table_csv import stream_csv
from dashboard.store import read_batches

EDITION = 1
"""Raised when the same rows come to be written differently, so that no browser keeps the old form."""
PARTS = {"indicators": ("indicators", "id", "indicator_id"), "areas": ("areas", "code", "area_code")}
"""Folders of files cut from the observations: the table and column that list them, and the column they are cut by."""


def register_open_data(server: flask.Flask) -> None:
    """Add everything below /downloads/ to the server; /downloads itself is a page."""
    root = "/downloads/<snapshot_id>"
    server.add_url_rule(f"{root}/csv-metadata.json", view_func=answer_metadata)
    server.add_url_rule(f"{root}/manifest.json", view_func=answer_manifest)
    server.add_url_rule(f"{root}/SHA256SUMS", view_func=answer_sums)
    server.add_url_rule(f"{root}/<name>.csv", view_func=answer_table_csv)
    server.add_url_rule(f"{root}/<name>.parquet", view_func=answer_parquet)
    server.add_url_rule(f"{root}/<any({', '.join(PARTS)}):folder>/<name>.csv", view_func=answer_part)
    server.add_url_rule("/downloads/", view_func=lambda: flask.redirect("/downloads", code=301), endpoint="downloads")
    server.add_url_rule("/downloads/<path:rest>", view_func=answer_nothing)


def answer_nothing(rest: str) -> flask.Response:
    """Return 404 for a file that no snapshot has."""
    flask.abort(404, "There is no file at this address. /downloads lists those that there are.")


def answer_table_csv(snapshot_id: str, name: str) -> flask.typing.ResponseReturnValue:
    """Return a table as CSV, written as it is read."""
    return _answer(snapshot_id, lambda holding: _send_csv(holding, _find_table(holding, name)))


def answer_parquet(snapshot_id: str, name: str) -> flask.typing.ResponseReturnValue:
    """Return a table's parquet file, byte for byte as it was published."""
    return _answer(snapshot_id, lambda holding: _send_parquet(holding, _find_table(holding, name)))


def answer_part(snapshot_id: str, folder: str, name: str) -> flask.typing.ResponseReturnValue:
    """Return the observations of one indicator or one area as CSV."""
    return _answer(snapshot_id, lambda holding: _send_part(holding, folder=folder, name=name))


def answer_metadata(snapshot_id: str) -> flask.typing.ResponseReturnValue:
    """Return what the columns of the CSV files are (CSV on the Web)."""
    return _answer(snapshot_id, lambda holding: _send_text(write_metadata(holding), kind="application/csvm+json"))


def answer_manifest(snapshot_id: str) -> flask.typing.ResponseReturnValue:
    """Return the snapshot's manifest as it was published: inputs and outputs with their hashes."""
    return _answer(
        snapshot_id,
        lambda holding: flask.send_file(holding.record.folder / "manifest.json", mimetype="application/json"),
    )


def answer_sums(snapshot_id: str) -> flask.typing.ResponseReturnValue:
    """Return the checksums of a snapshot's files, as `sha256sum --check` reads them."""
    return _answer(snapshot_id, lambda holding: _send_text(write_sums(holding), kind="text/plain"))


def _answer(snapshot_id: str, send: Callable[[Holding], flask.Response]) -> flask.typing.ResponseReturnValue:
    """Return a snapshot's file; for "latest", where the live one's is: what is saved from there says which it was."""
    archive = current_archive()
    if snapshot_id == LATEST:
        live = archive.find(LATEST).id
        response = flask.redirect(flask.request.path.replace(f"/{LATEST}/", f"/{live}/", 1), code=302)
        response.headers["Cache-Control"] = "no-cache"
        return response
    try:
        holding = archive.hold(snapshot_id)
    except ArchiveError as error:
        flask.abort(404, str(error))
    response = send(holding)
    response.headers["Snapshot-Id"] = holding.id
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def _find_table(holding: Holding, name: str) -> TableFile:
    if name not in holding.tables:
        flask.abort(404, f"Snapshot {holding.id} has no table of that name. It has: {', '.join(holding.tables)}.")
    return holding.tables[name]


def _send_csv(holding: Holding, table: TableFile) -> flask.Response:
    pieces = stream_table(table)
    return _send_pieces(pieces, _name_file(holding, table.name, is_made_up=any_illustrative(table.file)))


def _send_parquet(holding: Holding, table: TableFile) -> flask.Response:
    name = _name_file(holding, table.name, is_made_up=any_illustrative(table.file))
    return flask.send_file(
        table.file,
        mimetype="application/vnd.apache.parquet",
        as_attachment=True,
        download_name=f"{name}.parquet",
        etag=table.sha256,
    )


def _send_part(holding: Holding, *, folder: str, name: str) -> flask.Response:
    listing, key, column = PARTS[folder]
    if name not in {row[key] for row in list_parts(holding, folder, columns=(key,))}:
        flask.abort(404, f"Snapshot {holding.id} has none of that name among its {listing}. /downloads lists them.")
    table = _find_table(holding, "observations")
    is_made_up = any_illustrative(table.file, column=column, value=name)
    return _send_pieces(stream_part(table, column, name), _name_file(holding, name, is_made_up=is_made_up))


def list_parts(holding: Holding, folder: str, *, columns: Sequence[str]) -> list[dict[str, Any]]:
    """Return what there are files of in a folder, indicators or areas: a row each with these columns."""
    table = _find_table(holding, PARTS[folder][0])
    return [row for batch in read_batches(table.file, columns=columns) for row in batch.to_pylist()]


def count_part(holding: Holding, folder: str) -> Counter[str]:
    """Return how many rows each file of the folder has."""
    column = PARTS[folder][2]
    counted: Counter[str] = Counter()
    for batch in read_batches(_find_table(holding, "observations").file, columns=[column]):
        counted.update({entry["values"]: entry["counts"] for entry in pc.value_counts(batch[column]).to_pylist()})
    return counted


def _send_pieces(pieces: Iterator[bytes], name: str) -> flask.Response:
    # The first piece is made here: what fails in opening the file is then an error page, not half a file.
    first = next(pieces)
    response = flask.Response(chain((first,), pieces), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename={name}.csv"
    response.set_etag(f"{name}-{EDITION}")
    return response.make_conditional(flask.request)


def _send_text(text: str, *, kind: str) -> flask.Response:
    response = flask.Response(text, mimetype=kind)
    response.add_etag()
    return response.make_conditional(flask.request)


def _name_file(holding: Holding, name: str, *, is_made_up: bool) -> str:
    return f"{'illustrative-' if is_made_up else ''}{name}-{holding.id}"


def stream_table(table: TableFile) -> Iterator[bytes]:
    """Return a table's CSV in pieces, in constant memory."""
    return stream_csv(read_batches(table.file), schema=table.schema)


def stream_part(table: TableFile, column: str, value: str) -> Iterator[bytes]:
    """Return the CSV of the rows that have the value in the column, in pieces."""
    batches = (batch.filter(pc.equal(batch[column], pa.scalar(value))) for batch in read_batches(table.file))
    return stream_csv((batch for batch in batches if batch.num_rows), schema=table.schema)


def write_metadata(holding: Holding) -> str:
    """Return csv-metadata.json."""
    return json.dumps(describe_tables(holding), ensure_ascii=False, indent=2) + "\n"


def write_sums(holding: Holding) -> str:
    """Return SHA256SUMS: a line a file, of the tables in both forms, their description and the manifest."""
    sums = {f"{name}.parquet": table.sha256 for name, table in holding.tables.items()}
    sums |= {f"{name}.csv": measure_csv(table)[1] for name, table in holding.tables.items()}
    sums["csv-metadata.json"] = hashlib.sha256(write_metadata(holding).encode()).hexdigest()
    sums["manifest.json"] = hashlib.sha256((holding.record.folder / "manifest.json").read_bytes()).hexdigest()
    return "".join(f"{sums[file]}  {file}\n" for file in sorted(sums))


@lru_cache(maxsize=256)
def measure_csv(table: TableFile) -> tuple[int, str]:
    """Return the size of a table's CSV in bytes and its sha256: it is written once to know them."""
    size, digest = 0, hashlib.sha256()
    for piece in stream_table(table):
        size += len(piece)
        digest.update(piece)
    return size, digest.hexdigest()
