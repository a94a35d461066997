"""Real extracts and made-up ones never stand side by side."""

from __future__ import annotations

import pytest
from homes_builds import SOURCE, rows_of

from tests.made_up_homes import (
    DAYS,
    FOLDER,
    make_rows,
    name_file,
    write_extract,
)


def test_replaces_the_made_up_set_whole_by_real_extracts(homes_data, build_homes):
    assert {row["is_illustrative"] for row in rows_of(homes_data, "observations")} == {True, False}
    write_extract(homes_data, DAYS[0], make_rows(DAYS[0], seed=9, is_marked=False), is_real=True)
    lines = build_homes(homes_data)
    assert f"{SOURCE} 1 {name_file(DAYS[0])} 1 210 210 0" in lines
    assert "The figures from 1 extract are real: none is made up." in lines
    for table in ("observations", "sources", "quality", "changes"):
        assert not any(row["is_illustrative"] for row in rows_of(homes_data, table)), table
    own = [row for row in rows_of(homes_data, "observations") if row["source_id"] == SOURCE]
    assert {row["date"] for row in own} == {DAYS[0]}


def test_marks_every_figure_that_comes_from_a_made_up_extract(homes_data):
    for table in ("observations", "quality"):
        for row in rows_of(homes_data, table):
            assert row["is_illustrative"] is (row["source_id"] == SOURCE), row
    assert all(row["is_illustrative"] for row in rows_of(homes_data, "changes"))


def test_refuses_a_made_up_extract_among_real_ones(homes_data, refuse_homes):
    write_extract(homes_data, DAYS[0], make_rows(DAYS[0], is_marked=False), is_real=True)
    file = write_extract(homes_data, DAYS[1], make_rows(DAYS[1]), is_real=True)
    refuse_homes(f"{file} is refused", "marked as made up (Is_Illustrative) and lies among real extracts")


def test_refuses_a_real_extract_among_made_up_ones(homes_data, refuse_homes):
    file = write_extract(homes_data, DAYS[1], make_rows(DAYS[1], is_marked=False))
    refuse_homes(f"{file} is refused", "it lies among made-up extracts and is not marked as one")


@pytest.mark.parametrize(
    "name",
    [
        "notes.txt",
        "capacity_tracker_care_homes.csv",
        "capacity_tracker_care_homes_2020-02-30.csv",
        "capacity_tracker_care_homes_2020-08-24 (1).csv",
        "capacity_tracker_care_homes_2020-08-24.csv.bak",
        "Capacity_Tracker_Care_Homes_2020-08-24.csv",
    ],
)
def test_refuses_a_stray_file_in_the_folder(homes_data, refuse_homes, name):
    (homes_data / "illustrative" / FOLDER / name).write_text("x", encoding="utf-8")
    refuse_homes(
        f"{name}: is not named like capacity_tracker_care_homes_2020-08-10.csv", "Name each extract by its date"
    )
