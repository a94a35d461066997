"""Home-level extracts, whatever is in them: no row is lost, no order matters, every whole is the sum of its parts."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.catalogue import load_catalogue
from etl.catalogue.whole import Catalogue
from etl.conform.areas import ENGLAND
from etl.conform.councils import load_councils
from etl.errors import InputError
from etl.returns.intake import Intake, inspect
from etl.returns.levels import stack
from etl.returns.prepare import Prepared, ReturnFolders, prepare_returns
from tests.made_up_homes import DAYS, HEADINGS, Row, add_checksum, add_row_count, make_rows, name_file, to_text

ROOT = Path(__file__).resolve().parents[2]
DAY, HOMES = DAYS[2], 28
FEW = settings(max_examples=3)
"""For laws whose every example takes in several files."""

# Any cell may hold any text that stays on its line; and what real extracts are known to hold.
LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00"), max_size=12)
KNOWN = st.sampled_from(
    [
        *("", " ", "Yes", "no", "Y", "Partly", "Not applicable", "Perhaps", "Total", "Open", "Closed", "1-12"),
        *("0", "-1", "1,204", "2.5", "1-900000003", "Kent", "Leeds City Council", "Birmingam", "44067.5"),
        *("2020-08-24 10:00:00", "24/08/2020 10:00", "2020-08-25 00:00:00", "2020-06-01 10:00:00", "yesterday"),
    ]
)
SPOILT = st.lists(
    st.tuples(
        st.integers(0, HOMES - 1),
        st.sampled_from([*HEADINGS, "CHSP_Last_Updated_UTC"]),
        st.one_of(KNOWN, LINES),
    ),
    max_size=25,
)
TWICE = st.lists(st.tuples(st.integers(0, HOMES - 1), st.integers(0, HOMES - 1)), max_size=4)


@st.composite
def dirty_rows(draw: st.DrawFn) -> list[Row]:
    """Rows of an extract, some cells spoilt, some homes given the id of another, perhaps a total row."""
    rows = make_rows(DAY, homes=HOMES, seed=draw(st.integers(0, 3)))
    for one, other in draw(TWICE):
        rows[one]["CQC_ID"] = rows[other]["CQC_ID"]
    for place, heading, text in draw(SPOILT):
        rows[place][heading] = text
    total = dict.fromkeys(rows[0], "") | {"Location": "Total", "Is_Illustrative": "Y"}
    return [*rows, total] if draw(st.booleans()) else rows


@dataclass(frozen=True)
class Desk:
    """A folder of its own, and everything that it takes to look at an extract in it."""

    folder: Path
    catalogue: Catalogue
    areas: pd.DataFrame
    look: Callable[[Path], Intake]

    def write(self, rows: list[Row]) -> Path:
        """Return the extract that holds these rows, without sidecars."""
        for left in self.folder.iterdir():
            left.unlink()
        file = self.folder / name_file(DAY)
        file.write_text(to_text(rows), encoding="utf-8")
        return file


@pytest.fixture(scope="module")
def desk(areas: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Where extracts are looked at one by one."""
    catalogue = load_catalogue()
    councils = load_councils(ROOT / "data" / "lookups" / "councils.csv", areas)
    declared = {"layout": catalogue.returns[0], "rulebook": catalogue.return_rules, "councils": councils, "date": DAY}
    folder = tmp_path_factory.mktemp("desk")
    return Desk(folder, catalogue, areas, lambda file: inspect(file, **declared))


def test_reads_a_sound_extract_whole(desk):
    record = desk.look(desk.write(make_rows(DAY, homes=HOMES))).record
    assert (record["rows_read"], record["rows_accepted"]) == (HOMES, HOMES)


@given(rows=dirty_rows())
def test_accepts_or_refuses_every_row_that_it_reads(desk, rows):
    intake = desk.look(desk.write(rows))
    record = intake.record
    assert record["rows_read"] == len(rows)
    assert record["rows_accepted"] + record["rows_refused"] == record["rows_read"]
    assert record["rows_accepted"] == intake.homes.num_rows
    assert record["rows_refused"] == len(intake.refused) == sum(record["refused_by_rule"].values())
    assert len({row.row for row in intake.refused}) == len(intake.refused)
    lines = to_text(rows).split("\n")
    assert all(row.reason and row.original == lines[row.row - 1] for row in intake.refused)


@given(rows=dirty_rows(), data=st.data())
def test_does_not_care_about_the_order_of_rows(desk, rows, data):
    first = desk.look(desk.write(rows))
    second = desk.look(desk.write(data.draw(st.permutations(rows))))
    own = ("sha256",)
    assert {n: v for n, v in first.record.items() if n not in own} == {
        n: v for n, v in second.record.items() if n not in own
    }
    assert first.homes.equals(second.homes)
    assert first.counts.equals(second.counts)


@given(rows=dirty_rows())
def test_keeps_each_home_once(desk, rows):
    ids = desk.look(desk.write(rows)).homes.column("location_id").to_pylist()
    assert ids == sorted(set(ids))


@given(rows=dirty_rows())
def test_makes_every_whole_the_sum_of_its_parts(desk, rows):
    intake = desk.look(desk.write(rows))
    block = stack({DAY: intake.counts}, areas=desk.areas)
    regions = dict(zip(desk.areas["code"], desk.areas["region_code"], strict=True))
    own = {code: place for place, code in enumerate(block.areas) if regions[code] not in (code, "")}
    for name in block.names:
        numbers = dict(zip(block.areas, block.count(name)[:, 0].tolist(), strict=True))
        for region in {regions[code] for code in own}:
            assert numbers[region] == sum(numbers[code] for code in own if regions[code] == region), name
        assert numbers.get(ENGLAND, 0) == sum(numbers[code] for code in own), name
    # And the parts of England are its homes.
    is_open = intake.homes.column("is_open").to_pylist()
    assert block.count("open")[list(own.values())].sum() == sum(is_open)
    answers = ("yes", "no", "partly", "not_applicable", "not_answered")
    for question in desk.catalogue.returns[0].questions:
        assert sum(block.count(f"{question}:{answer}")[list(own.values())].sum() for answer in answers) == sum(is_open)


@given(rows=dirty_rows())
def test_counts_answering_late_stale_and_silent_homes_without_overlap(desk, rows):
    intake = desk.look(desk.write(rows))
    total = {name: sum(intake.counts.column(name).to_pylist()) for name in intake.counts.column_names[1:]}
    assert total["answering"] + total["out_of_date"] + total["never_answered"] == total["open"]
    assert sum(total[f"age_{days}"] for days in range(29)) == total["answering"]
    assert total["late"] == sum(total[f"age_{days}"] for days in range(15, 29))


def flip(file: Path, data: st.DataObject) -> bytes:
    """Change one byte of the file, and return what it held before."""
    before = file.read_bytes()
    place = data.draw(st.integers(0, len(before) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != before[place]))
    file.write_bytes(before[:place] + bytes([other]) + before[place + 1 :])
    return before


@settings(max_examples=60)
@given(data=st.data())
def test_refuses_a_file_with_a_checksum_whatever_byte_is_changed(desk, data):
    file = desk.write(make_rows(DAY, homes=HOMES))
    add_checksum(file)
    assert desk.look(file).record["is_verified"]
    flip(file, data)
    with pytest.raises(InputError):
        desk.look(file)


@given(data=st.data())
def test_refuses_a_file_with_a_checksum_wherever_it_is_cut_off(desk, data):
    file = desk.write(make_rows(DAY, homes=HOMES))
    add_checksum(file)
    os.truncate(file, data.draw(st.integers(0, file.stat().st_size - 1)))
    with pytest.raises(InputError):
        desk.look(file)


@given(data=st.data())
def test_refuses_a_sound_file_whose_checksum_was_changed(desk, data):
    file = desk.write(make_rows(DAY, homes=HOMES))
    sidecar = add_checksum(file)
    digest = sidecar.read_text(encoding="utf-8").split()[0]
    place = data.draw(st.integers(0, 63))
    other = data.draw(st.sampled_from([digit for digit in "0123456789abcdef" if digit != digest[place]]))
    sidecar.write_text(digest[:place] + other + digest[place + 1 :], encoding="utf-8")
    with pytest.raises(InputError):
        desk.look(file)


@settings(max_examples=60)
@given(data=st.data())
def test_refuses_a_file_with_a_row_count_that_has_other_rows(desk, data):
    rows = make_rows(DAY, homes=HOMES)
    lost = data.draw(st.sets(st.integers(0, HOMES - 1), max_size=3))
    added = data.draw(st.integers(0, 3))
    kept = [row for place, row in enumerate(rows) if place not in lost] + rows[:added]
    file = desk.write(kept)
    add_row_count(file, HOMES)
    if len(kept) == HOMES:
        assert desk.look(file).record["is_verified"]
    else:
        with pytest.raises(InputError):
            desk.look(file)


@settings(max_examples=60)
@given(data=st.data())
def test_never_reads_another_number_of_rows_than_the_row_count_says(desk, data):
    file = desk.write(make_rows(DAY, homes=HOMES))
    add_row_count(file, HOMES)
    flip(file, data)
    try:
        record = desk.look(file).record
    except InputError:
        return
    assert record["rows_read"] == HOMES


@settings(max_examples=60)
@given(data=st.data())
def test_calls_a_file_that_came_alone_unverified_whatever_is_in_it(desk, data):
    file = desk.write(make_rows(DAY, homes=HOMES))
    flip(file, data)
    try:
        record = desk.look(file).record
    except InputError:
        return
    assert record["is_verified"] is False
    assert record["rows_accepted"] + record["rows_refused"] == record["rows_read"]


def prepare(folders: ReturnFolders, desk: Desk) -> Prepared:
    options = {"known": set(), "is_accepted": True, "scheduler": None, "progress": lambda stage: None}
    return prepare_returns(folders, catalogue=desk.catalogue, areas=desk.areas, **options)


def see_the_same(one: Prepared, other: Prepared) -> None:
    for name in ("inputs", "sources", "findings", "newest"):
        assert getattr(one, name) == getattr(other, name)
    pd.testing.assert_frame_equal(one.changes, other.changes)
    assert one.figures.keys() == other.figures.keys()
    for name, frame in one.figures.items():
        pd.testing.assert_frame_equal(frame, other.figures[name])


@FEW
@given(data=st.data())
def test_does_not_care_in_which_order_files_come(desk, data, tmp_path_factory):
    files = {day: to_text(make_rows(day, homes=60, seed=data.draw(st.integers(0, 2)))) for day in DAYS[:3]}
    at_once, one_by_one = (make_folders(tmp_path_factory.mktemp(name)) for name in ("once", "by-one"))
    for day, text in files.items():
        drop(at_once, day, text)
    for day in data.draw(st.permutations(list(files))):
        drop(one_by_one, day, files[day])
        last = prepare(one_by_one, desk)
    first = prepare(at_once, desk)
    see_the_same(first, last)
    see_the_same(first, prepare(at_once, desk))


def make_folders(data: Path) -> ReturnFolders:
    shutil.copytree(ROOT / "data" / "lookups", data / "lookups")
    return ReturnFolders(data / "extracts", data / "illustrative", data / "restricted", data / "lookups")


def drop(folders: ReturnFolders, day: dt.date, text: str) -> None:
    folder = folders.illustrative / "capacity-tracker-care-homes"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name_file(day)).write_text(text, encoding="utf-8")


@FEW
@given(rows=dirty_rows())
def test_writes_the_same_bytes_of_the_same_extract(desk, rows):
    file = desk.write(rows)
    first, second = desk.look(file), desk.look(file)
    assert to_bytes(first.counts) == to_bytes(second.counts)
    assert to_bytes(first.homes) == to_bytes(second.homes)
    assert first.record == second.record


def to_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()
