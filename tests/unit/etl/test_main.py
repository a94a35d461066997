"""The command line: exit codes that a scheduler can use, and errors without a traceback."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from etl import __main__ as command_line
from etl.errors import CatalogueError, EtlError, InputError, Problem, SnapshotError
from etl.report import status


@pytest.fixture
def run(tmp_path, monkeypatch):
    """The finished command; `status` raises what it is told to."""
    monkeypatch.setenv("ASC_DATA_DIR", str(tmp_path))

    def invoke(*arguments, error=None):
        if error is not None:

            def fail(*_, **__):
                raise error

            monkeypatch.setattr(status, "describe_status", fail)
        return CliRunner().invoke(command_line.app, list(arguments))

    return invoke


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("deaths.xlsx", [Problem("", "it is empty")], remedy="Mend it."), 1),
        (EtlError("Two files."), 1),
        (CatalogueError("A slip."), 3),
        (SnapshotError("Nothing is live."), 4),
        (ZeroDivisionError("ours"), 70),
    ],
)
def test_ends_with_a_code_for_each_kind_of_error(run, error, code):
    ended = run("status", error=error)
    assert ended.exit_code == code
    assert "Traceback" not in ended.output


def test_shows_the_whole_message_of_an_error_brackets_included(run):
    ended = run("status", error=CatalogueError("every entry begins with [[break]]."))
    assert ended.output.strip() == "Stopped. every entry begins with [[break]]."


def test_asks_for_debug_when_the_fault_is_ours(run):
    ended = run("status", error=ZeroDivisionError("ours"))
    assert "ZeroDivisionError('ours')" in ended.output
    assert "See what is live: python -m etl status. Run the command again with --debug" in ended.output
    assert "unchanged" not in ended.output, "the fault may have come after the swap"


def test_shows_the_traceback_when_asked(run):
    ended = run("status", "--debug", error=SnapshotError("Nothing is live."))
    assert ended.exit_code == 4
    assert "Traceback" in ended.output


def test_says_what_to_do_when_nothing_is_live(run):
    ended = run("status")
    assert ended.exit_code == 4
    assert "Build first: python -m etl build" in ended.output


@pytest.mark.parametrize("arguments", [["biuld"], ["build", "--nosuch"], ["carry"]])
def test_ends_with_two_when_misused(run, arguments):
    assert run(*arguments).exit_code == 2


def test_takes_the_data_folder_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("ASC_DATA_DIR", str(tmp_path))
    assert command_line.data_folder() == tmp_path
    monkeypatch.setenv("ASC_DATA_DIR", "")
    assert command_line.data_folder() == command_line.ROOT / "data"
