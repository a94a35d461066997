"""What `history` and `rollback` show."""

from __future__ import annotations

from etl.history import Kept, Swap
from etl.release import note_live
from etl.report.history import describe_history, describe_swap
from etl.schema import SCHEMA_VERSION

FIRST, SECOND = (f"2020-08-10-{digit * 12}" for digit in "12")
SOUND = Kept(
    id=SECOND,
    data_date="2020-08-10",
    published_at="2020-09-01T09:05:00+00:00",
    code_commit="0123456789abcdef",
    is_live=True,
    is_illustrative=True,
    schema_version=SCHEMA_VERSION,
    damage=(),
)
DAMAGED = Kept(FIRST, "2020-08-10", None, None, False, None, None, ("areas.parquet is missing",))


def test_shows_every_snapshot_in_the_order_given(tmp_path, show):
    lines = show(*describe_history(tmp_path, [SOUND, DAMAGED]))
    sound = f"live {SECOND} 10 August 2020 1 September 2020 at 09:05 UTC 0123456789ab with illustrative ones sound"
    damaged = f"{FIRST} 10 August 2020 not recorded not recorded not known damaged"
    assert lines.index(sound) < lines.index(damaged)
    assert "- areas.parquet is missing" in lines


def test_shows_what_went_live_newest_first(tmp_path, show):
    note_live(tmp_path, FIRST, previous=None, command="build")
    note_live(tmp_path, SECOND, previous=FIRST, command="build --accept")
    lines = show(*describe_history(tmp_path, [SOUND]))
    (newer,) = [place for place, line in enumerate(lines) if line.endswith(f"{FIRST} {SECOND} build --accept")]
    (older,) = [place for place, line in enumerate(lines) if line.endswith(f"nothing {FIRST} build")]
    assert newer < older


def test_says_how_to_begin_where_there_is_none(tmp_path, show):
    assert "python -m etl build" in show(*describe_history(tmp_path, []))[0]


def test_says_what_a_rollback_did():
    assert f"Snapshot {FIRST} is live again, in place of {SECOND}." in describe_swap(Swap(SECOND, FIRST))
    assert "was live already" in describe_swap(Swap(FIRST, FIRST))
