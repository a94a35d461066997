"""Which extracts count."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.errors import InputError
from etl.returns.files import find_files, list_extracts

NAME = "capacity_tracker_care_homes_{}.csv"


@pytest.fixture
def drop(tmp_path, layout):
    def put(*names, under="extracts"):
        folder = tmp_path / under / layout.folder
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            (folder / name).write_text("x", encoding="utf-8")
        return tmp_path / under

    return put


def test_lists_extracts_by_date_whatever_the_order_they_came_in(drop, layout):
    folder = drop(NAME.format("2020-08-17"), NAME.format("2020-08-03"))
    assert [f.date for f in list_extracts(layout, folder)] == [dt.date(2020, 8, 3), dt.date(2020, 8, 17)]


def test_takes_the_highest_version_of_a_date(drop, layout):
    folder = drop(*(NAME.format(f"2020-08-03{v}") for v in ("", "_v2", "_v10")))
    assert [f.file.name for f in list_extracts(layout, folder)] == [NAME.format("2020-08-03_v10")]


def test_passes_over_sidecars_and_readmes(drop, layout):
    folder = drop(NAME.format("2020-08-03"), NAME.format("2020-08-03") + ".sha256", "README.md", ".DS_Store")
    assert len(list_extracts(layout, folder)) == 1


@pytest.mark.parametrize("name", ["notes.csv", NAME.format("2020-13-40"), NAME.format("03-08-2020"), "copy.xlsx"])
def test_refuses_a_stranger_in_the_folder_and_shows_how_to_name_it(drop, layout, name):
    with pytest.raises(InputError) as raised:
        list_extracts(layout, drop(name))
    assert name in str(raised.value)
    assert NAME.format("2020-08-10") in str(raised.value)


def test_replaces_the_made_up_set_whole_when_a_real_extract_is_there(drop, declared):
    made_up = drop(NAME.format("2020-08-03"), NAME.format("2020-08-10"), under="illustrative")
    real = drop(NAME.format("2020-09-01"))
    returns = (*declared.returns, *declared.registers)
    found = find_files(returns, extracts=real, illustrative=made_up)
    assert not found.is_illustrative
    assert [f.date for f in found.by_source["capacity_tracker_care_homes"]] == [dt.date(2020, 9, 1)]


def test_reads_the_made_up_set_where_no_real_extract_is(drop, declared, tmp_path):
    made_up = drop(NAME.format("2020-08-03"), under="illustrative")
    found = find_files(declared.returns, extracts=tmp_path / "none", illustrative=made_up)
    assert found.is_illustrative
    assert found.count() == 1
