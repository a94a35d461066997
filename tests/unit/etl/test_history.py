"""Which snapshots are kept, which one a text means, and the way back to one."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from etl import history
from etl.errors import SnapshotError
from etl.history import choose, find_previous, list_kept, roll_back
from etl.publish import hold_lock, publish, read_current
from etl.release import note_live, read_log, write_release


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "snapshots"


@pytest.fixture
def put_live(folder):
    """A function that publishes as a build does: snapshot, log, release record."""

    def put(value, *, day=10, published_at=None, is_illustrative=False):
        sources = pa.table({"id": ["made_up"], "is_illustrative": [is_illustrative], "value": [value]})
        previous = read_current(folder)
        new = publish({"sources": sources}, data_date=dt.date(2020, 8, day), inputs=[], folder=folder)
        note_live(folder, new, previous=previous, command="build")
        moment = published_at or f"2020-09-{day:02}T09:00:00+00:00"
        write_release(folder, new, {"published_at": moment, "previous": previous, "code_commit": "abc"})
        return new

    return put


def damage(folder, snapshot_id):
    (folder / snapshot_id / "sources.parquet").write_bytes(b"PAR1")


def test_lists_every_snapshot_newest_publication_first(folder, put_live):
    first = put_live(1, day=17, published_at="2020-09-01T09:00:00+00:00")
    second = put_live(2, day=10, published_at="2020-09-02T09:00:00+00:00", is_illustrative=True)
    newer, older = list_kept(folder)
    assert (newer.id, newer.is_live, newer.is_illustrative, newer.state) == (second, True, True, "sound")
    assert (older.id, older.is_live, older.is_illustrative) == (first, False, False)
    assert (older.data_date, older.published_at, older.code_commit) == (
        "2020-08-17",
        "2020-09-01T09:00:00+00:00",
        "abc",
    )


def test_lists_a_damaged_snapshot_as_damaged(folder, put_live):
    first = put_live(1)
    damage(folder, first)
    (entry,) = list_kept(folder)
    assert entry.state == "damaged"
    assert entry.is_illustrative is None
    assert "sources.parquet is not as it was published" in entry.damage[0]


def test_lists_nothing_but_snapshots(folder, put_live):
    put_live(1)
    (folder / ".staging-x").mkdir()
    (folder / "2020-08-10-notahexhash0").mkdir()
    assert len(list_kept(folder)) == 1
    assert list_kept(folder / "nowhere") == []


def test_says_when_a_snapshot_is_of_another_schema(folder, put_live, monkeypatch):
    monkeypatch.setattr("etl.publish.SCHEMA_VERSION", 1)
    old = put_live(1)
    monkeypatch.undo()
    put_live(2)
    assert {entry.id: entry.state for entry in list_kept(folder)}[old].startswith("sound, but of schema 1")
    with pytest.raises(SnapshotError, match="install the version that built it"):
        roll_back(folder, old, command="rollback")


def test_knows_a_snapshot_by_its_id_its_beginning_or_as_live(folder, put_live):
    first, second = put_live(1, day=10), put_live(2, day=17)
    assert choose(folder, first) == first
    assert choose(folder, "2020-08-10") == first
    assert choose(folder, "live") == second


@pytest.mark.parametrize(("text", "words"), [("2021", "There is no snapshot '2021'"), ("2020", "fits 2 snapshots")])
def test_names_the_ids_there_are_when_a_text_fits_none_or_several(folder, put_live, text, words):
    ids = [put_live(1, day=10), put_live(2, day=17)]
    with pytest.raises(SnapshotError, match=words) as raised:
        choose(folder, text)
    assert all(snapshot_id in str(raised.value) for snapshot_id in ids)


def test_says_that_nothing_is_live(folder, put_live):
    put_live(1)
    (folder / "CURRENT").unlink()
    with pytest.raises(SnapshotError, match="Nothing is live"):
        choose(folder, "live")


def test_goes_back_to_the_one_before_and_forth_again(folder, put_live):
    first, second = put_live(1), put_live(2)
    swap = roll_back(folder, None, command="rollback")
    assert (swap.before, swap.now) == (second, first)
    assert read_current(folder) == first
    assert roll_back(folder, None, command="rollback").now == second
    assert [entry["command"] for entry in read_log(folder)] == ["build", "build", "rollback", "rollback"]


def test_goes_back_to_the_one_that_it_is_told(folder, put_live):
    first, _, third = put_live(1, day=10), put_live(2, day=17), put_live(3, day=24)
    swap = roll_back(folder, "2020-08-10", command="rollback 2020-08-10")
    assert (swap.before, swap.now) == (third, first)
    assert read_log(folder)[-1]["command"] == "rollback 2020-08-10"


def test_goes_by_the_release_record_where_there_is_no_log(folder, put_live):
    first, second = put_live(1), put_live(2)
    (folder / "releases" / "log.jsonl").unlink()
    assert find_previous(folder, second) == first


def test_finds_nothing_before_the_first(folder, put_live):
    first = put_live(1)
    with pytest.raises(SnapshotError, match=rf"Neither the log nor the release record .*(?s:.)*{first}"):
        roll_back(folder, None, command="rollback")
    with pytest.raises(SnapshotError, match="There is no snapshot in"):
        roll_back(folder / "nowhere", None, command="rollback")


def test_refuses_a_damaged_snapshot_and_names_the_sound_ones(folder, put_live):
    first, second, third = put_live(1, day=10), put_live(2, day=17), put_live(3, day=24)
    damage(folder, second)
    with pytest.raises(SnapshotError) as raised:
        roll_back(folder, None, command="rollback")
    said = str(raised.value)
    assert f"{second} cannot be made live" in said
    assert "sources.parquet is not as it was published" in said
    assert f"Live is: {third}. Sound ones:\n  - {third}\n  - {first}" in said
    assert read_current(folder) == third
    assert len(read_log(folder)) == 3


def test_changes_nothing_when_the_snapshot_is_live_already(folder, put_live):
    first = put_live(1)
    before = read_log(folder)
    swap = roll_back(folder, first, command="rollback")
    assert swap.before == swap.now == first
    assert read_log(folder) == before


def test_waits_for_no_build_that_is_running(folder, put_live):
    first, second = put_live(1, day=10), put_live(2, day=17)
    with hold_lock(folder), pytest.raises(SnapshotError, match="Another build is running"):
        roll_back(folder, first, command="rollback")
    assert read_current(folder) == second


def test_says_what_is_live_when_it_cannot_write(folder, put_live, monkeypatch):
    _, second = put_live(1), put_live(2)

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(history, "make_current", fail)
    with pytest.raises(SnapshotError, match=rf"No space left on device\. Live is: {second}\."):
        roll_back(folder, None, command="rollback")
