"""Nothing new goes live before a person has typed its data date, or said that nobody needs to."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from etl.commands import building
from etl.publish import read_current
from etl.release import read_log

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def type_in(monkeypatch):
    """A function that sits a person at the terminal, who types the answer given and is asked once at most."""

    def sit(answer):
        asked = []

        def answer_once(question):
            asked.append(question)
            return answer

        monkeypatch.setattr(building, "can_ask", lambda: True)
        monkeypatch.setattr(building, "ask", answer_once)
        return asked

    return sit


def test_publishes_when_the_data_date_is_typed(small_data, command, type_in):
    asked = type_in("2020-08-10")
    result = command("build", data=small_data)
    assert result.exit_code == 0, result.output
    live = read_current(small_data / "snapshots")
    assert len(asked) == 1
    assert live in asked[0]
    assert "2020-08-10" not in asked[0].replace(live, ""), "the date is for the person to know"
    assert result.stdout.count("oflog_turnover") == 1, "what was read is shown once, before the question"
    assert f"Snapshot {live} is live." in result.stdout


@pytest.mark.parametrize("typed", ["2020-08-11", "10/08/2020", "y", ""])
def test_publishes_nothing_when_another_date_is_typed(live_data, command, type_in, fingerprint, typed):
    before = fingerprint(live_data)
    type_in(typed)
    result = command("build", data=live_data)
    assert result.exit_code == 1
    assert f"Nothing was published: {typed!r} was typed, and the data date is 2020-08-10." in result.stderr
    assert "What to do: " in result.stderr
    assert {name: digest for name, digest in fingerprint(live_data).items() if ".lock" not in name} == {
        name: digest for name, digest in before.items() if ".lock" not in name
    }


def test_stops_with_exit_code_2_where_nobody_can_be_asked(small_data, shell):
    result = shell("build", data=small_data)
    assert result.returncode == 2
    assert "Nothing was published." in result.stderr
    assert "python -m etl build --yes" in result.stderr
    assert read_current(small_data / "snapshots") is None


def test_asks_nothing_when_nothing_changes(small_data, command, type_in):
    assert command("build", "--yes", data=small_data).exit_code == 0
    asked = type_in("no")
    result = command("build", data=small_data)
    assert result.exit_code == 0
    assert asked == []
    assert "nothing has changed" in result.stdout


def test_logs_what_went_live_and_by_which_command(small_data, command):
    command("build", "--yes", "--accept", data=small_data)
    (line,) = read_log(small_data / "snapshots")
    assert (line["from"], line["to"], line["command"]) == (
        None,
        read_current(small_data / "snapshots"),
        "build --accept",
    )


@pytest.mark.parametrize("address", ["10.0.0.5:8786", "tcp://somewhere", "http://somewhere:80", ""])
def test_refuses_what_is_no_address_of_a_scheduler(small_data, command, address):
    result = command("build", "--yes", "--scheduler", address, data=small_data)
    assert result.exit_code == 2
    assert "tcp://" in result.stderr
    assert not (small_data / "snapshots").exists()


@pytest.mark.parametrize(("typed", "code"), [("2020-08-10\n", 0), ("2020-08-09\n", 1), ("\x04", 1)])
def test_reads_the_answer_from_a_real_terminal(small_data, typed, code):
    person, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", "build"],
        cwd=ROOT,
        env=os.environ | {"ASC_DATA_DIR": str(small_data)},
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    os.close(terminal)
    os.write(person, typed.encode())
    _, said = process.communicate(timeout=60)
    os.close(person)
    assert process.returncode == code, said
    assert b"Type its data date to publish it" in said
    assert (read_current(small_data / "snapshots") is not None) is (code == 0)
