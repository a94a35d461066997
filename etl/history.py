"""History: every snapshot that is kept, which of them can be made live, and the way back to one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl.errors import SnapshotError
from etl.publish import find_damage, hold_lock, make_current, read_current, read_manifest
from etl.release import note_live, read_log, read_release
from etl.schema import SCHEMA_VERSION

ID = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{12}")
LIVE = "live"


@dataclass(frozen=True)
class Kept:
    """A snapshot as it stands in its folder, and what its release record says of it."""

    id: str
    data_date: str
    published_at: str | None
    code_commit: str | None
    is_live: bool
    is_illustrative: bool | None
    """None where that cannot be read."""
    schema_version: int | None
    damage: tuple[str, ...]

    @property
    def state(self) -> str:
        """Return "sound", or why it cannot be made live."""
        if self.damage:
            return "damaged"
        if self.schema_version != SCHEMA_VERSION:
            return f"sound, but of schema {self.schema_version}, which this version cannot show"
        return "sound"


@dataclass(frozen=True)
class Swap:
    """What a rollback did: what was live, and what is live now."""

    before: str | None
    now: str


def list_kept(folder: Path) -> list[Kept]:
    """Return every snapshot in the folder, the newest publication first and those without a record last."""
    live = read_current(folder)
    kept = [_describe(folder, snapshot_id, live=live) for snapshot_id in list_ids(folder)]
    return sorted(kept, key=lambda entry: (entry.published_at or "", entry.id), reverse=True)


def list_ids(folder: Path) -> list[str]:
    """Return the ids of all snapshots in the folder, in order."""
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and ID.fullmatch(path.name))


def choose(folder: Path, text: str) -> str:
    """Return the id that the text means: an id, the only one that begins so, or the live one for "live".

    Raises SnapshotError with the ids that there are where it means none or several.
    """
    ids = list_ids(folder)
    if text == LIVE:
        live = read_current(folder)
        if live is None:
            raise SnapshotError(f"Nothing is live: {folder} has no CURRENT. Build first: python -m etl build")
        return live
    fitting = [snapshot_id for snapshot_id in ids if text and snapshot_id.startswith(text)]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise SnapshotError(f"There is no snapshot {text!r} in {folder}. {_list_ids(ids)}")
    raise SnapshotError(f"{text!r} fits {len(fitting)} snapshots. Write more of the id. {_list_ids(fitting)}")


def find_previous(folder: Path, live: str | None) -> str:
    """Return the snapshot that was live before the present one: as the log says, else the release record.

    Raises SnapshotError with the ids that there are where neither says.
    """
    ids = list_ids(folder)
    noted = [entry["from"] for entry in read_log(folder) if entry["to"] == live]
    before = noted[-1] if noted and noted[-1] in ids else read_release(folder, live or "").get("previous")
    if before in ids and before != live:
        return str(before)
    raise SnapshotError(
        f"Neither the log nor the release record says what was live before {live or 'now'}. "
        f"Name the snapshot: python -m etl rollback ID. {_list_ids(ids)}"
    )


def roll_back(folder: Path, text: str | None, *, command: str) -> Swap:
    """Make an earlier snapshot live, as `publish` does, and return what changed; without a text the one before.

    Raises SnapshotError, and changes nothing, where the snapshot is not there, damaged or of another schema.
    """
    if not list_ids(folder):
        raise SnapshotError(f"There is no snapshot in {folder}. Build first: python -m etl build")
    with hold_lock(folder):
        live = read_current(folder)
        chosen = choose(folder, text) if text else find_previous(folder, live)
        _check(folder, chosen)
        if chosen != live:
            try:
                make_current(folder, chosen)
            except OSError as error:
                raise SnapshotError(
                    f"{chosen} could not be made live: {error.strerror}. Live is: {read_current(folder) or 'nothing'}. "
                    f"Make {folder} writable for the user who runs this."
                ) from error
        note_live(folder, chosen, previous=live, command=command)
    return Swap(before=live, now=chosen)


def _check(folder: Path, snapshot_id: str) -> None:
    """Raise SnapshotError where the snapshot must not go live."""
    damage = find_damage(folder / snapshot_id)
    what = "\n".join(f"  - {entry}" for entry in damage)
    if not damage:
        version = read_manifest(folder / snapshot_id)["schema_version"]
        if version == SCHEMA_VERSION:
            return
        what = (
            f"  - it has schema {version}, and this version of the dashboard shows schema {SCHEMA_VERSION} only: "
            "install the version that built it"
        )
    others = [entry.id for entry in list_kept(folder) if entry.state == "sound" and entry.id != snapshot_id]
    raise SnapshotError(
        f"{snapshot_id} cannot be made live:\n{what}\n"
        f"Nothing was changed. Live is: {read_current(folder) or 'nothing'}. {_list_ids(others, 'Sound ones')}"
    )


def _describe(folder: Path, snapshot_id: str, *, live: str | None) -> Kept:
    damage = tuple(find_damage(folder / snapshot_id))
    release = read_release(folder, snapshot_id)
    return Kept(
        id=snapshot_id,
        data_date=snapshot_id[:10],
        published_at=release.get("published_at"),
        code_commit=release.get("code_commit"),
        is_live=snapshot_id == live,
        is_illustrative=None if damage else _has_made_up_source(folder / snapshot_id),
        schema_version=None if damage else read_manifest(folder / snapshot_id)["schema_version"],
        damage=damage,
    )


def _has_made_up_source(snapshot: Path) -> bool | None:
    try:
        sources = pq.read_table(snapshot / "sources.parquet")
    except (OSError, pa.ArrowInvalid):
        return None
    # Snapshots from before the column came held published figures only.
    return "is_illustrative" in sources.column_names and any(sources.column("is_illustrative").to_pylist())


def _list_ids(ids: list[str], heading: str = "There are") -> str:
    return f"{heading}: none." if not ids else f"{heading}:" + "".join(f"\n  - {snapshot_id}" for snapshot_id in ids)
