"""Two worlds that differ in hidden answers alone give the same tables, byte for byte: nothing tells them apart."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from homes_builds import SOURCE, live, rows_of

from etl.pipeline import Folders, build
from etl.returns.store import RestrictedStore
from tests.made_up_homes import DAYS, Row, make_rows, write_extract

ROOT = Path(__file__).resolve().parents[3]
SMALL, NEIGHBOUR = "E08000029", "E08000025"
"""Solihull and Birmingham, all of the West Midlands there is here: each hides the other."""
NAMES = {SMALL: "Solihull", NEIGHBOUR: "Birmingham City Council"}
ANSWERED, ABSENT = "CHSP_1_1", "Nurses_Absent_General"
QUESTION = "ipc_1_1_isolate_yes_of_answered_percent"
FEW = 8


def make_world(day_rows: list[Row]) -> list[Row]:
    """The rows, with so few homes in Solihull that its figures are hidden."""
    own = [row for row in day_rows if row["LocalAuthority"] == NAMES[SMALL]]
    return [row for row in day_rows if row not in own[FEW:]]


def exchange(rows: list[Row], heading: str) -> None:
    """Exchange a cell between a home of Solihull and one of Birmingham that differ in it; both are up to date."""
    first, second = (
        [row for row in rows if row["LocalAuthority"] == NAMES[code] and row["Overall_Status"] == "Open"]
        for code in (SMALL, NEIGHBOUR)
    )
    wanted = {"Yes", "No"} if heading == ANSWERED else {"0", "1", "2"}
    one, other = next(
        (one, other)
        for one in first
        for other in second
        if one[heading] != other[heading] and {one[heading], other[heading]} <= wanted
    )
    one[heading], other[heading] = other[heading], one[heading]


@pytest.fixture(scope="module")
def worlds(small_published, tmp_path_factory, today) -> tuple[Path, Path]:
    """Two built data folders: the second with answers and staff exchanged between two hidden authorities."""
    built = []
    for is_other in (False, True):
        data = tmp_path_factory.mktemp("world") / "data"
        shutil.copytree(small_published, data / "published")
        shutil.copytree(ROOT / "data" / "lookups", data / "lookups")
        (data / "extracts").mkdir()
        for day in DAYS:
            rows = make_world(make_rows(day, homes=280))
            if is_other and day != DAYS[0]:
                exchange(rows, ANSWERED)
                exchange(rows, ABSENT)
            write_extract(data, day, rows)
        build(Folders.below(data), today=today)
        built.append(data)
    return built[0], built[1]


def test_gives_the_same_tables(worlds):
    one, other = (data / "snapshots" / str(live(data)) for data in worlds)
    files = sorted(file.name for file in one.glob("*.parquet"))
    assert len(files) > 8
    for name in files:
        if name == "sources.parquet":  # holds the hashes of the extracts, which do differ
            tables = [pq.read_table(folder / name).drop_columns("sha256") for folder in (one, other)]
            assert tables[0].equals(tables[1])
        else:
            assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_compares_worlds_that_do_differ(worlds):
    """Each hidden authority has other counts in the other world, and the figures are hidden for real."""
    for name in ("chsp_1_1:yes", "absence_all_staff:numerator"):
        counts = []
        for data in worlds:
            table = RestrictedStore(data / "restricted").read_counts(SOURCE, DAYS[-1])
            counts.append(dict(zip(table.column("area_code").to_pylist(), table.column(name).to_pylist(), strict=True)))
        assert {code for code in counts[0] if counts[0][code] != counts[1][code]} == {SMALL, NEIGHBOUR}
    for indicator in (QUESTION, "absence_all_staff_percent"):
        statuses = {
            row["area_code"]: row["status"]
            for row in rows_of(worlds[0], "observations")
            if (row["indicator_id"], row["date"]) == (indicator, DAYS[-1])
        }
        hidden = {code for code, status in statuses.items() if status == "c"}
        assert hidden == {SMALL, NEIGHBOUR}
        assert len(statuses) > 8
