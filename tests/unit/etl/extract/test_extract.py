"""Which file a source is read from: the publisher's if it is there, otherwise ours."""

from __future__ import annotations

import pytest

from etl.errors import InputError
from etl.extract import extract, find_originals
from etl.extract.files import hash_file

LONG = {"shape": "long_table", "area_code": "Code"}
VALUE = {"column": "Rate", "measure": "deaths", "period": "day", "date": "2020-05-29"}
ORIGINS = "source_id,file,sha256,rows_read,publisher,licence,carried_sha256\nmade_up,deaths.csv,ab,1,They,OGL-3.0,cd\n"
HEADINGS = "source_id,measure,area_code,area_name,date,date_text,period,value,status\n"


@pytest.fixture
def source(make_source):
    return make_source(LONG | {"value": [VALUE]})


@pytest.fixture
def original(tmp_path):
    file = tmp_path / "extracts" / "made-up" / "deaths.csv"
    file.parent.mkdir(parents=True)
    file.write_text("Code,Rate\nE08000035,5\n", encoding="utf-8")
    return file


@pytest.fixture
def carried(tmp_path):
    file = tmp_path / "published" / "made_up.csv"
    file.parent.mkdir()
    file.write_text(HEADINGS + "made_up,deaths,E08000035,Leeds,2020-05-29,,day,4,\n", encoding="utf-8")
    (file.parent / "origins.csv").write_text(ORIGINS, encoding="utf-8")
    (file.parent / "refused.csv").write_text("source_id,rule,reason,rows\nanother,none,None.,0\n", encoding="utf-8")
    return file


def read(source, tmp_path):
    return extract(source, extracts=tmp_path / "extracts", published=tmp_path / "published")


def test_prefers_the_original(source, original, carried, tmp_path):
    found = read(source, tmp_path)
    assert (found.file, found.is_carried, list(found.figures["raw"])) == (original, False, ["5"])
    assert (found.origin, found.sha256) == ("deaths.csv", hash_file(original))


def test_falls_back_on_the_carried_table(source, carried, tmp_path):
    found = read(source, tmp_path)
    assert (found.file, found.is_carried, list(found.figures["raw"])) == (carried, True, ["4"])
    assert (found.origin, found.sha256) == ("deaths.csv", "ab")


def test_says_where_it_looked_when_there_is_neither(source, tmp_path):
    with pytest.raises(InputError, match=r"no carried table, and no original at .*made-up.\*\.csv"):
        read(source, tmp_path)


def test_refuses_two_editions_side_by_side(source, original):
    (original.parent / "deaths-2.csv").write_text("Code,Rate\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"deaths\.csv: is one of several files") as caught:
        find_originals(source, original.parents[1])
    assert len(caught.value.problems) == 2
    assert caught.value.remedy == "Keep the newest edition and move the others away."


@pytest.mark.parametrize("name", ["~$deaths.csv", ".~lock.deaths.csv", ".~deaths.csv"])
def test_takes_no_lock_file_of_an_office_program_for_an_original(source, original, name):
    (original.parent / name).write_text("somebody", encoding="utf-8")
    assert find_originals(source, original.parents[1]) == [original]
    original.unlink()
    assert find_originals(source, original.parents[1]) == []


def test_looks_for_no_original_of_a_source_that_has_no_file(make_source, original):
    source = make_source(folder="", file="", table=())
    assert find_originals(source, original.parents[1]) == []


def test_joins_the_tables_of_a_file_and_adds_up_their_rows(make_source, original, tmp_path):
    refuse = {"rule": "leeds", "column": "Code", "one_of": ["E08000035"], "reason": "Leeds is left out."}
    source = make_source(LONG | {"value": [VALUE]}, LONG | {"value": [VALUE], "refuse": [refuse]})
    found = read(source, tmp_path)
    assert (found.rows_read, found.rows_refused, len(found.figures)) == (2, 1, 1)
    assert list(found.figures["table"]) == [0]
