"""`python -m etl`, as a person or a scheduler meets it."""

from __future__ import annotations

import functools
import shutil
from pathlib import Path

import pytest

import etl.pipeline
import etl.published
from etl.catalogue import FOLDER, load_catalogue
from etl.errors import CatalogueError
from etl.publish import read_current


def test_builds_and_says_what_is_live(small_data, shell):
    result = shell("build", "--yes", data=small_data)
    assert result.returncode == 0, result.stderr
    live = read_current(small_data / "snapshots")
    assert f"Snapshot {live} is live." in result.stdout
    for phrase in ("oflog_turnover", "6,376", "1,062", "5,314", "carried table", "observations", "boundaries"):
        assert phrase in result.stdout


def test_refuses_bad_input_with_exit_code_1_and_no_traceback(live_data, write_deaths, shell, fingerprint):
    write_deaths(cells={"B5": -3, "C6": "many"})
    before = fingerprint(live_data / "snapshots")
    result = shell("build", "--yes", data=live_data)
    assert result.returncode == 1
    for phrase in ("Stopped.", "deaths.xlsx", "sheet 'Table 2', row 5", "is negative", "row 6", "What to do: "):
        assert phrase in result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert fingerprint(live_data / "snapshots") == before


def test_shows_the_traceback_with_debug(live_data, write_deaths, command):
    write_deaths(cells={"B5": -3})
    result = command("build", "--yes", "--debug", data=live_data)
    assert result.exit_code == 1
    assert "Traceback (most recent call last)" in result.stderr
    assert "What to do: " in result.stderr


def test_checks_and_changes_nothing(small_data, command, fingerprint):
    before = fingerprint(small_data)
    result = command("check", data=small_data)
    assert result.exit_code == 0, result.output
    assert "The catalogue and every input are sound. Nothing was changed." in result.stdout
    assert fingerprint(small_data) == before


def test_checks_as_a_build_would(live_data, write_deaths, command, fingerprint):
    write_deaths(cells={"B5": -3})
    before = fingerprint(live_data)
    checked, built = command("check", data=live_data), command("build", "--yes", data=live_data)
    assert (checked.exit_code, checked.stderr) == (built.exit_code, built.stderr)
    assert checked.exit_code == 1
    assert fingerprint(live_data) == before


def test_reads_extracts_from_the_folder_it_is_told(live_data, write_deaths, command, tmp_path):
    file = write_deaths(cells={"B5": -3})
    aside = tmp_path / "aside"
    file.parent.parent.rename(aside)
    assert command("check", data=live_data).exit_code == 0
    result = command("check", "--extracts", str(aside), data=live_data)
    assert result.exit_code == 1
    assert str(aside / "care-home-deaths" / "deaths.xlsx") in result.stderr


def test_gives_the_status_of_what_is_live(live_data, shell, snapshot_folder):
    result = shell("status", data=live_data)
    assert result.returncode == 0, result.stderr
    for phrase in (snapshot_folder.name, "10 August 2020", "today", "6,376", "1,062", "5,314", "196", "other_measure"):
        assert phrase in result.stdout


def test_gives_the_remedy_when_nothing_is_live(small_data, shell):
    result = shell("status", data=small_data)
    assert result.returncode == 4
    assert "Nothing is live" in result.stderr
    assert "python -m etl build" in result.stderr


@pytest.mark.parametrize(
    "arguments", [["build", "--force"], ["publish"], ["status", "now"], ["build", "--extracts", "no-such-folder"]]
)
def test_rejects_what_it_does_not_know_with_exit_code_2(small_data, command, fingerprint, arguments):
    before = fingerprint(small_data)
    result = command(*arguments, data=small_data)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert fingerprint(small_data) == before


@pytest.fixture
def misspelt_catalogue(tmp_path: Path) -> Path:
    """A copy of the catalogue with the key `polarity` of its first indicator misspelt."""
    folder = shutil.copytree(FOLDER, tmp_path / "catalogue")
    file = folder / "indicators.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("polarity", "polarty", 1), encoding="utf-8")
    return folder


def test_names_the_file_entry_and_key_of_a_misspelt_catalogue(misspelt_catalogue):
    with pytest.raises(CatalogueError) as raised:
        load_catalogue(misspelt_catalogue)
    for phrase in ("indicators.toml", "entry ipc_1_1_isolate_yes_percent", "polarty", "polarity"):
        assert phrase in str(raised.value)


def test_stops_at_a_misspelt_catalogue_with_exit_code_3(
    live_data, command, fingerprint, misspelt_catalogue, monkeypatch
):
    monkeypatch.setattr(etl.pipeline, "load_catalogue", functools.partial(load_catalogue, misspelt_catalogue))
    before = fingerprint(live_data)
    result = command("build", "--yes", data=live_data)
    assert result.exit_code == 3
    assert "polarty" in result.stderr
    assert fingerprint(live_data) == before


def test_stops_without_its_lookups_with_exit_code_3(live_data, command):
    (live_data / "lookups" / "areas.csv").unlink()
    result = command("check", data=live_data)
    assert result.exit_code == 3
    assert "areas.csv is missing. Restore it from the repository." in result.stderr


@pytest.mark.parametrize(
    ("name", "column", "message"),
    [
        ("areas.csv", "population_65_plus", "areas.csv lacks the column population_65_plus."),
        ("boundaries.csv", "easting_m", "boundaries.csv lacks rows or columns."),
        ("districts.csv", "authority_code", "districts.csv lacks the column authority_code."),
    ],
)
def test_stops_at_a_lookup_that_lacks_a_column_with_exit_code_3(live_data, command, fingerprint, name, column, message):
    file = live_data / "lookups" / name
    file.write_text(file.read_text(encoding="utf-8").replace(column, "other", 1), encoding="utf-8")
    before = fingerprint(live_data)
    result = command("build", "--yes", data=live_data)
    assert result.exit_code == 3
    assert f"{message} Restore it from the repository." in result.stderr
    assert fingerprint(live_data) == before


def test_stops_where_snapshots_cannot_be_written_with_exit_code_4(small_data, command):
    # A file in the folder's place: root, who runs the tests in a container, may write to a read-only folder.
    (small_data / "snapshots").write_text("not a folder", encoding="utf-8")
    result = command("build", "--yes", data=small_data)
    assert result.exit_code == 4
    assert f"{small_data / 'snapshots'} cannot be written" in result.stderr
    assert "Make it writable" in result.stderr


def test_owns_up_to_a_fault_of_its_own_with_exit_code_70(live_data, command, fingerprint, monkeypatch):
    def fail(*arguments, **options):
        raise ZeroDivisionError("a slip of ours")

    monkeypatch.setattr(etl.published, "calculate", fail)
    before = fingerprint(live_data)
    result = command("build", "--yes", data=live_data)
    assert result.exit_code == 70
    assert "a fault in this program" in result.stderr
    assert "See what is live: python -m etl status." in result.stderr
    assert "--debug" in result.stderr
    assert "Traceback" not in result.output
    assert fingerprint(live_data) == before
