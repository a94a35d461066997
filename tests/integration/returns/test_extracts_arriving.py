"""Home-level extracts as they arrive: new, again, out of order, with a checksum, or only checked."""

from __future__ import annotations

import os
import shutil

import pytest
from homes_builds import SOURCE, live, read_now, rows_of

from etl.publish import find_damage
from tests.made_up_homes import (
    DAYS,
    FOLDER,
    add_checksum,
    make_rows,
    name_file,
    write_extract,
    write_extracts,
)


def test_reads_only_what_is_new(homes_data, build_homes):
    (homes_data / "illustrative" / FOLDER / name_file(DAYS[3])).unlink()
    build_homes(homes_data)
    before = live(homes_data)
    write_extract(homes_data, DAYS[3])
    lines = build_homes(homes_data)
    assert read_now(lines) == 1
    assert live(homes_data) != before
    assert read_now(build_homes(homes_data)) == 0


def test_changes_nothing_when_the_same_file_comes_again(homes_data, build_homes, fingerprint):
    before = fingerprint(homes_data / "snapshots")
    file = homes_data / "illustrative" / FOLDER / name_file(DAYS[2])
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(content)
    os.utime(file, ns=(1, 1))
    lines = build_homes(homes_data)
    assert read_now(lines) == 1, "it is another file to look at, so it is looked at"
    assert not any(line.startswith("Corrected") for line in lines)
    assert fingerprint(homes_data / "snapshots") == before


def test_ends_in_the_same_snapshot_whatever_the_order_of_files(homes_data, small_data, build_homes):
    for place in (2, 3, 0, 1):
        write_extract(small_data, DAYS[place])
        build_homes(small_data)
    assert live(small_data) == live(homes_data)
    assert find_damage(small_data / "snapshots" / live(small_data)) == []


def test_writes_the_same_bytes_from_scratch(homes_data, tmp_path, build_homes, fingerprint):
    other = tmp_path / "other"
    for name in ("published", "lookups", "illustrative", "extracts"):
        shutil.copytree(homes_data / name, other / name)
    build_homes(other)
    assert live(other) == live(homes_data)
    assert fingerprint(other / "snapshots" / live(other)) == fingerprint(homes_data / "snapshots" / live(homes_data))


def test_reports_extracts_that_nothing_vouches_for(homes_data, small_data, build_homes):
    found = {row["rule"]: row["rows"] for row in rows_of(homes_data, "quality") if row["source_id"] == SOURCE}
    assert found["unverified"] == 4
    for file, add in zip(write_extracts(small_data), (add_checksum, None, None, add_checksum), strict=True):
        if add:
            add(file)
    build_homes(small_data)
    found = {row["rule"]: row["rows"] for row in rows_of(small_data, "quality") if row["source_id"] == SOURCE}
    assert found["unverified"] == 2


def test_looks_again_when_a_sidecar_comes_later(homes_data, build_homes, refuse_homes):
    file = homes_data / "illustrative" / FOLDER / name_file(DAYS[3])
    sidecar = add_checksum(file)
    assert read_now(build_homes(homes_data)) == 1
    sidecar.write_text("0" * 64, encoding="utf-8")
    assert "its checksum is" in build_homes(homes_data, code=1)


@pytest.mark.parametrize("is_read_before", [True, False])
def test_checks_extracts_and_changes_nothing(homes_data, command, fingerprint, is_read_before):
    if not is_read_before:
        shutil.rmtree(homes_data / "restricted")
    write_extract(homes_data, DAYS[3], make_rows(DAYS[3], seed=2), version=2)
    before = fingerprint(homes_data)
    result = command("check", data=homes_data)
    assert result.exit_code == 0, result.output
    assert name_file(DAYS[3], version=2) in result.stdout
    assert "Nothing was changed." in result.stdout
    assert fingerprint(homes_data) == before


def test_leaves_no_home_level_row_in_the_systems_temporary_folder(homes_data, command, tmp_path, monkeypatch):
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(aside))
    assert command("check", data=homes_data).exit_code == 0
    assert list(aside.iterdir()) == []
