"""`history` and `rollback`, as the analyst uses them the morning after a bad build."""

from __future__ import annotations

import pytest

from etl.publish import find_damage, read_current
from etl.release import read_log


@pytest.fixture
def two_builds(live_data, command, write_csv, snapshot_folder):
    """A data folder with the live snapshot of a second build, and the ids of the first and the second."""
    write_csv("taskforce-report/indicators.csv", old=",81,", new=",80,")
    assert command("build", "--yes", data=live_data).exit_code == 0
    return live_data, snapshot_folder.name, read_current(live_data / "snapshots")


def test_lists_every_snapshot(two_builds, command):
    data, first, second = two_builds
    result = command("history", data=data)
    assert result.exit_code == 0, result.output
    rows = [line for line in result.stdout.splitlines() if "sound" in line]
    assert [second in rows[0], first in rows[1]] == [True, True]
    assert rows[0].startswith("│ live │")
    assert not rows[1].startswith("│ live │")
    assert "published or real only" in rows[0]


def test_says_so_when_there_is_no_history(small_data, command):
    result = command("history", data=small_data)
    assert result.exit_code == 0
    assert "Build first: python -m etl build" in result.stdout


def test_goes_back_and_builds_forward_again(two_builds, command):
    data, first, second = two_builds
    result = command("rollback", data=data)
    assert result.exit_code == 0, result.output
    assert f"Snapshot {first} is live again, in place of {second}." in result.stdout
    assert read_current(data / "snapshots") == first
    assert command("status", data=data).exit_code == 0
    built = command("build", "--yes", data=data)
    assert f"Snapshot {second} is live." in built.stdout
    steps = [(line["from"], line["to"], line["command"]) for line in read_log(data / "snapshots")]
    assert steps[1:] == [(first, second, "build"), (second, first, "rollback"), (first, second, "build")]
    assert not find_damage(data / "snapshots" / second)


def test_goes_back_to_a_snapshot_by_the_beginning_of_its_id(two_builds, command):
    data, first, _ = two_builds
    assert command("rollback", first[:15], data=data).exit_code == 0
    assert read_current(data / "snapshots") == first


@pytest.mark.parametrize("text", ["2019-01-01", "2020-08-10"])
def test_refuses_what_is_unknown_or_ambiguous_and_lists_the_ids(two_builds, command, text):
    data, first, second = two_builds
    result = command("rollback", text, data=data)
    assert result.exit_code == 4
    assert first in result.stderr
    assert second in result.stderr
    assert read_current(data / "snapshots") == second


def test_refuses_a_damaged_snapshot(two_builds, command):
    data, first, second = two_builds
    file = data / "snapshots" / first / "areas.parquet"
    file.write_bytes(file.read_bytes()[:-1])
    result = command("rollback", data=data)
    assert result.exit_code == 4
    assert f"{first} cannot be made live" in result.stderr
    assert str(file) in result.stderr
    assert read_current(data / "snapshots") == second
    assert "damaged" in command("history", data=data).stdout
