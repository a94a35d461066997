"""The restricted store: homes, counts and refused rows of every extract that was read. Only the ETL opens it.

Layout, below data/restricted (mode 0700, ignored by git):
    <source>/date=<date>/homes.parquet   accepted homes
    <source>/date=<date>/counts.arrow    counts by authority
    <source>/date=<date>/record.json     what was read, accepted, refused; written with the rest or not at all
    refused/<source>/<file>.csv          refused rows with rule, reason and original text
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.ipc as ipc
import pyarrow.parquet as pq

from etl.errors import EtlError
from etl.returns.intake import Intake, Refused

HOMES, COUNTS, RECORD = "homes.parquet", "counts.arrow", "record.json"
UNFINISHED = ".unfinished-"
OF_THE_STORE = ("key", "seen", "counts_sha256", "homes_bytes", "earlier")
"""Parts of a record that say how it is kept, not what the extract held."""
REFUSED_COLUMNS = ("file", "row", "rule_number", "rule", "reason", "original")


@dataclass(frozen=True)
class RestrictedStore:
    """The folder that holds what was read; reading and writing one extract at a time."""

    folder: Path

    def prepare(self, source_id: str) -> None:
        """Make the folders, closed to others, and clear what a killed build left unfinished."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.folder.chmod(0o700)
            (self.folder / source_id).mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise EtlError(
                f"{self.folder} cannot be written: {error.strerror}. Make it writable for the user who builds."
            ) from error
        for old in (self.folder / source_id).glob(UNFINISHED + "*/old"):  # of a build killed while it replaced a date
            _put_back(old)
        for left in (self.folder / source_id).glob(UNFINISHED + "*"):
            shutil.rmtree(left, ignore_errors=True)

    def put(self, intake: Intake, *, key: str, seen: dict[str, int]) -> dict[str, Any]:
        """Keep what an extract gave and return its record; all or nothing, the same date replaced."""
        source = self.folder / intake.record["source_id"]
        source.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_refused(self.folder / "refused" / source.name, intake.record["file"], intake.refused)
        target = source / f"date={intake.record['date']}"
        staging = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=source))
        pq.write_table(
            intake.homes, staging / HOMES, compression="lz4", write_statistics=False, use_dictionary=["area_code"]
        )
        with pa.OSFile(str(staging / COUNTS), "wb") as sink, ipc.new_file(sink, intake.counts.schema) as writer:
            writer.write_table(intake.counts)
        record = intake.record | {"key": key, "seen": seen, "counts_sha256": _hash(staging / COUNTS)}
        record["homes_bytes"] = (staging / HOMES).stat().st_size
        record["earlier"] = _list_earlier(_read_record(target), record)
        (staging / RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        if target.exists():
            target.rename(Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=source)) / "old")
        staging.rename(target)
        for left in source.glob(UNFINISHED + "*/old"):
            shutil.rmtree(left.parent, ignore_errors=True)
        return record

    def find(self, source_id: str, date: dt.date) -> dict[str, Any] | None:
        """Return the record of the extract of this date, or None when it must be read (again)."""
        folder = self._folder_of(source_id, date)
        record = _read_record(folder)
        try:
            is_whole = (folder / HOMES).stat().st_size == record.get("homes_bytes")
            is_whole &= _hash(folder / COUNTS) == record.get("counts_sha256")
        except OSError:
            return None
        return record if record and is_whole else None

    def put_refused(self, intake: Intake) -> None:
        """Keep only the refused rows, of an extract that is refused whole, so that somebody can look at them."""
        _write_refused(self.folder / "refused" / intake.record["source_id"], intake.record["file"], intake.refused)

    def read_counts(self, source_id: str, date: dt.date) -> pa.Table:
        """Return the counts by authority of one date."""
        with pa.memory_map(str(self._folder_of(source_id, date) / COUNTS)) as file:
            return ipc.open_file(file).read_all()

    def read_homes(self, source_id: str, date: dt.date, *, columns: list[str] | None = None) -> pa.Table:
        """Return the accepted homes of one date, in order of location id."""
        return pq.read_table(self._folder_of(source_id, date) / HOMES, columns=columns, partitioning=None)

    def _folder_of(self, source_id: str, date: dt.date) -> Path:
        return self.folder / source_id / f"date={date.isoformat()}"


def write_refused(file: Path, *, name: str, refused: Sequence[Refused]) -> None:
    """Write refused rows of the extract `name` as a CSV: rule, reason and original text; whole or not at all."""
    written = file.with_name(UNFINISHED + file.name)
    with written.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(REFUSED_COLUMNS)
        for row in refused:
            writer.writerow([name, row.row, row.rule.number, row.rule.id, row.reason, row.original])
    written.replace(file)


def _write_refused(folder: Path, name: str, refused: Sequence[Refused]) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"{Path(name).stem}.refused.csv"
    if refused:
        write_refused(file, name=name, refused=refused)
    else:
        file.unlink(missing_ok=True)


def _read_record(folder: Path) -> dict[str, Any]:
    """Return the record in a date's folder, empty where there is none that can be read."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _list_earlier(before: dict[str, Any], record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the issues that this record stands in place of, newest first: the one here now, and those before it."""
    if not before or before.get("is_illustrative") != record["is_illustrative"]:
        return []
    own = {name: value for name, value in before.items() if name not in OF_THE_STORE}
    issues = [own, *before.get("earlier", ())] if own.get("sha256") != record["sha256"] else before.get("earlier", ())
    return [issue for issue in issues if issue["sha256"] != record["sha256"]]


def _put_back(old: Path) -> None:
    target = old.parent.parent / f"date={_read_record(old).get('date')}"
    if not target.exists():
        old.rename(target)


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
