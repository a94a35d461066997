"""Carrying: the publishers' files become our own tables, all or none."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from etl.carry import carry
from etl.errors import EtlError, InputError
from etl.extract import extract
from etl.extract.carried import check_carried
from etl.extract.files import hash_file

REFUSE = {"rule": "no_area", "column": "Code", "one_of": ["NA"], "reason": "The row names no area."}
VALUE = {"column": "Rate", "measure": "deaths", "period": "day", "date": "2020-05-29"}
LONG = {"shape": "long_table", "area_code": "Code", "value": [VALUE], "refuse": [REFUSE], "blank": "x"}
TODAY = dt.date(2020, 6, 1)


@pytest.fixture
def catalogue(make_catalogue, make_source, make_indicator):
    return make_catalogue(
        sources=(make_source(LONG), make_source(id="typed", folder="", file="", table=(), licence="CC-BY-4.0")),
        indicators=(make_indicator(id="deaths_per_1000", unit="per 1,000"),),
    )


@pytest.fixture
def typed(tmp_path):
    """A table that we typed from a text, where carried tables go."""
    file = tmp_path / "published" / "typed.csv"
    file.parent.mkdir()
    rows = ["source_id,measure,area_code,area_name,date,date_text,period,value,status"]
    rows += [f"typed,share,E92000001,England,2020-05-{day},,point,40," for day in (28, 29)]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8", newline="")
    return file


@pytest.fixture
def put(tmp_path):
    """Write the publisher's file."""

    def write(*lines):
        file = tmp_path / "extracts" / "made-up" / "deaths.csv"
        file.parent.mkdir(parents=True)
        file.write_text("\n".join(["Code,Rate", *lines]) + "\n", encoding="utf-8")
        return file

    return write


def run(catalogue, tmp_path):
    folders = {"extracts": tmp_path / "extracts", "published": tmp_path / "published"}
    return carry(catalogue, today=TODAY, **folders)


@pytest.mark.usefixtures("typed")
def test_carries_the_same_figures_as_the_original(catalogue, put, tmp_path):
    original = put("E08000035,0.3", "NA,5", "E06000014,")
    assert run(catalogue, tmp_path) == {"made_up": 2}
    carried = extract(catalogue.source("made_up"), extracts=tmp_path / "none", published=tmp_path / "published")
    read = extract(catalogue.source("made_up"), extracts=tmp_path / "extracts", published=tmp_path / "published")
    assert (carried.origin, carried.sha256, carried.rows_read) == (original.name, read.sha256, 3)
    assert carried.refusals == read.refusals
    assert sorted(carried.figures["raw"]) == ["0.3", "status x"]


@pytest.mark.usefixtures("typed")
def test_writes_the_same_bytes_whatever_the_row_order(catalogue, put, tmp_path):
    original = put("E08000035,0.3", "E06000014,2")
    run(catalogue, tmp_path)
    before = (tmp_path / "published" / "made_up.csv").read_bytes()
    original.write_text("Code,Rate\nE06000014,2\nE08000035,0.3\n", encoding="utf-8")
    run(catalogue, tmp_path)
    assert (tmp_path / "published" / "made_up.csv").read_bytes() == before


@pytest.mark.usefixtures("typed")
def test_keeps_the_licence_beside_the_figures(catalogue, put, tmp_path):
    put("E08000035,0.3")
    run(catalogue, tmp_path)
    origins = pd.read_csv(tmp_path / "published" / "origins.csv")
    assert origins[["source_id", "publisher", "licence"]].to_numpy().tolist() == [
        ["made_up", "The publisher", "OGL-3.0"],
        ["typed", "The publisher", "CC-BY-4.0"],
    ]


def test_binds_every_table_to_the_file_it_was_carried_from(catalogue, put, typed, tmp_path):
    original = put("E08000035,0.3")
    before = typed.read_bytes()
    assert run(catalogue, tmp_path) == {"made_up": 1}, "a typed table is described, not written"
    assert typed.read_bytes() == before
    origins = pd.read_csv(tmp_path / "published" / "origins.csv")
    hashes = {name: hash_file(tmp_path / "published" / f"{name}.csv") for name in ("made_up", "typed")}
    assert origins[["source_id", "file", "sha256", "rows_read", "carried_sha256"]].to_numpy().tolist() == [
        ["made_up", "deaths.csv", hash_file(original), 1, hashes["made_up"]],
        ["typed", "typed.csv", hashes["typed"], 2, hashes["typed"]],
    ]
    for name in hashes:
        check_carried(tmp_path / "published" / f"{name}.csv", name)


def test_names_a_typed_table_that_is_missing_and_writes_nothing(catalogue, put, tmp_path):
    put("E08000035,0.3")
    with pytest.raises(InputError, match=r"typed\.csv is refused(?s:.*)No such file"):
        run(catalogue, tmp_path)
    assert not (tmp_path / "published").exists()


def test_says_which_original_is_missing(catalogue, tmp_path):
    with pytest.raises(EtlError, match=r"There is no \*\.csv in .*made-up\. Put the publisher's file there"):
        run(catalogue, tmp_path)


def test_writes_nothing_from_a_faulty_file(catalogue, put, tmp_path):
    put("E08000035,five")
    with pytest.raises(InputError):
        run(catalogue, tmp_path)
    assert not (tmp_path / "published").exists()
