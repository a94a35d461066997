"""Nothing about one home leaves the restricted store: not in a snapshot, a log, a release record or a summary."""

from __future__ import annotations

import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from homes_builds import live
from typer.testing import CliRunner

from etl.__main__ import app
from tests.made_up_homes import DAYS, NAME, make_rows, write_extract

FIRST_ID, HOMES = 900_000_000, 210
NAMES = (NAME, "Hidden House", "1-9000", "1-12")


@pytest.fixture(scope="module")
def data(built_homes, tmp_path_factory):
    """A data folder to which a build adds an extract with refused rows and a correction."""
    return shutil.copytree(built_homes, tmp_path_factory.mktemp("leaks") / "data")


@pytest.fixture(scope="module")
def summary(data):
    """What a build of an extract with refused rows shows."""
    rows = make_rows(DAYS[3])
    rows[0] |= {"Location": "Hidden House", "Used_Beds": "x"}
    rows[1]["CQC_ID"] = "1-12"
    rows[2]["LocalAuthority"] = "Nowhere"
    write_extract(data, DAYS[3], rows, version=2)
    results = [
        CliRunner().invoke(app, [*line], env={"ASC_DATA_DIR": str(data)})
        for line in (("build", "--yes"), ("status",), ("history",))
    ]
    assert [result.exit_code for result in results] == [0, 0, 0]
    return "".join(result.output for result in results)


def texts_of(table: pa.Table):
    for column in table.columns:
        if pa.types.is_string(column.type) or pa.types.is_dictionary(column.type):
            yield from filter(None, column.cast(pa.string()).unique().to_pylist())


def test_shows_no_home_in_a_summary(summary):
    assert "7 The cell is not a number" in " ".join(summary.replace("│", " ").split())
    assert not [name for name in NAMES if name in summary]


def test_puts_no_home_into_any_table(data, summary):
    snapshot = data / "snapshots" / live(data)
    files = sorted(snapshot.glob("*.parquet"))
    assert len(files) > 8
    for file in files:
        table = pq.read_table(file)
        assert not [name for name in table.column_names if name.startswith(("location", "cqc", "ods", "provider"))]
        assert not [text for text in texts_of(table) for name in NAMES if name in text], file.name
        for column in table.columns:
            if pa.types.is_integer(column.type):
                ids = [number for number in column.to_pylist() if number and FIRST_ID <= number < FIRST_ID + HOMES]
                assert ids == []


def test_puts_no_home_into_a_log_a_record_or_a_manifest(data, summary):
    files = [file for file in (data / "snapshots").rglob("*") if file.is_file() and file.suffix != ".parquet"]
    assert {file.suffix for file in files} >= {".json", ".jsonl"}
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not [name for name in NAMES if name in text], file.name


def test_has_the_homes_where_they_belong(data, summary):
    """The searches above would find a home, were there one."""
    store = data / "restricted" / "capacity_tracker_care_homes"
    table = pq.read_table(store / f"date={DAYS[3]}" / "homes.parquet", partitioning=None)
    assert any(NAME in text for text in texts_of(table))
    assert table.column("location_id").to_pylist()[-1] == FIRST_ID + HOMES - 1
    (refused,) = (data / "restricted" / "refused" / "capacity_tracker_care_homes").glob("*_v2.refused.csv")
    assert "Hidden House" in refused.read_text(encoding="utf-8")
