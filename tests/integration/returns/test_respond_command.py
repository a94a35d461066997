"""`respond`: an enquiry is kept, the next snapshot publishes it, and the signal shows as asked."""

from __future__ import annotations

import shutil

import pytest

from tests.integration.returns.homes_builds import live, rows_of

GIVEN = ("--by", "regional ADASS lead", "--answer", "Agreed to write to the publisher.", "--outcome", "action agreed")


@pytest.fixture
def data(homes_data, tmp_path):
    """A data folder of its own with a live snapshot of four made-up extracts."""
    return shutil.copytree(homes_data, tmp_path / "own", symlinks=True)


def find_open(data):
    """A signal that stands."""
    return next(row for row in rows_of(data, "signals") if row["state"] in ("new", "continuing"))


def test_publishes_an_enquiry_and_shows_the_signal_as_asked(data, command):
    signal, before = find_open(data), live(data)
    kept = command("respond", signal["signal_id"], "--asked", signal["date"].isoformat(), *GIVEN, data=data)
    assert kept.exit_code == 0, kept.output
    assert live(data) == before  # nothing is published by asking
    assert command("build", "--yes", data=data).exit_code == 0
    assert live(data) != before
    [row] = [row for row in rows_of(data, "signals") if row["signal_id"] == signal["signal_id"]]
    assert (row["state"], row["asked_by"], row["outcome"]) == ("asked", "regional ADASS lead", "action agreed")
    assert row["place"] is None
    [entry] = rows_of(data, "enquiries")
    assert (entry["snapshot_id"], entry["strength"]) == (before, signal["strength"])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"signal": "below_england-ipc_1_2-E99999999"}, "no signal"),
        ({"asked": "yesterday"}, "2020-10-30"),
        ({"asked": "2020-01-01"}, "began on"),
        ({"asked": "2999-01-01"}, "still to come"),
    ],
)
def test_keeps_nothing_where_what_is_given_is_wrong(homes_data, command, changed, said):
    signal = find_open(homes_data)
    asked = changed.get("asked", signal["date"].isoformat())
    result = command("respond", changed.get("signal", signal["signal_id"]), "--asked", asked, *GIVEN, data=homes_data)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert not (homes_data / "enquiries").exists()
