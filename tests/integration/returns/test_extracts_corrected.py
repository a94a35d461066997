"""A corrected issue takes the place of the one before, and the build says what it changed."""

from __future__ import annotations

import pytest
from homes_builds import live, read_now

from tests.made_up_homes import (
    DAYS,
    make_rows,
    name_file,
    write_extract,
)


def corrected_rows(*, homes=20):
    rows = make_rows(DAYS[2])
    for row in rows[:homes]:
        row["CHSP_5_1"] = "No"
    return rows


@pytest.mark.parametrize("version", [2, None])
def test_replaces_an_extract_by_its_corrected_issue_and_says_so(homes_data, build_homes, version):
    before = live(homes_data)
    rows = corrected_rows()
    rows[0]["CQC_ID"] = ""
    write_extract(homes_data, DAYS[2], rows, version=version)
    lines = build_homes(homes_data)
    old, new = name_file(DAYS[2]), name_file(DAYS[2], version=version)
    what = f"{new} replaces {old}" if version else f"{new} came again with other content"
    assert f"Corrected extract of 24 August 2020: {what}." in lines
    assert "rows accepted 210 209 -1" in lines
    assert "rows refused 0 1 +1" in lines
    assert live(homes_data) != before
    assert not any(line.startswith("Corrected") for line in build_homes(homes_data)), "news only once"


def test_takes_the_highest_version(homes_data, build_homes):
    for version in (10, 9, 2):
        write_extract(homes_data, DAYS[2], corrected_rows(homes=version), version=version)
    lines = build_homes(homes_data)
    assert read_now(lines) == 1
    assert any(f"{name_file(DAYS[2], version=10)} replaces" in line for line in lines)


def test_says_so_when_an_issue_is_taken_back(homes_data, build_homes):
    before = live(homes_data)
    file = write_extract(homes_data, DAYS[2], corrected_rows(), version=2)
    build_homes(homes_data)
    file.unlink()
    lines = build_homes(homes_data)
    assert any(f"{name_file(DAYS[2])} replaces {name_file(DAYS[2], version=2)}" in line for line in lines)
    assert live(homes_data) == before


def test_still_reports_a_correction_that_a_refused_build_had_read(homes_data, build_homes):
    """The build that is refused for a jump has read the correction: the one that accepts it must not be silent."""
    write_extract(homes_data, DAYS[2], make_rows(DAYS[2], homes=100), version=2)
    assert "fewer than the 203" in build_homes(homes_data, code=1)
    lines = build_homes(homes_data, "--accept")
    assert read_now(lines) == 0
    assert any(line.startswith("Corrected extract of 24 August 2020") for line in lines)
    assert "rows read 210 100 -110" in lines
