"""Our own tidy tables: what is written is what is read."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from etl.errors import InputError
from etl.extract.carried import check_carried, read_carried, write_carried
from etl.extract.files import hash_file
from etl.extract.frame import CARRIED_COLUMNS, Refusal
from etl.validate import validate

NUMBERS = [0.1 + 0.2, 1 / 3, 100 * 0.0712, 5e-324, 1e21, 2.0**53 + 2, 0.0, 7.0, 31.5]
ORIGIN = {"source_id": "made_up", "file": "deaths.xlsx", "sha256": "ab" * 32, "rows_read": 12}
ORIGIN |= {"publisher": "The publisher", "licence": "OGL-3.0"}
REFUSED = {"source_id": "made_up", "rule": "no_area", "reason": "The row names no area.", "rows": 3}
ROW = {"source_id": "made_up", "measure": "deaths", "area_code": "E08000035", "area_name": "Leeds"}
ROW |= {"date": dt.date(2020, 5, 29), "date_text": "", "period": "day", "value": 1.0, "status": ""}


def write(folder, *rows, origins=(ORIGIN,), refused=(REFUSED,)):
    frame = pd.DataFrame([ROW | row for row in rows])
    others = [origin["source_id"] for origin in origins if origin["source_id"] != "made_up"]
    tables = {"made_up": frame} | dict.fromkeys(others, frame)
    write_carried(folder, tables=tables, origins=list(origins), refused=list(refused))
    return folder / "made_up.csv"


@pytest.fixture
def read_back(make_source, make_catalogue, make_indicator):
    """The validated figures of a carried file; rates, which need not be whole numbers."""
    catalogue = make_catalogue(indicators=(make_indicator(id="deaths_per_1000", unit="per 1,000"),))

    def read(file):
        return validate(
            read_carried(file, "made_up"), source=make_source(), catalogue=catalogue, today=dt.date(2020, 6, 1)
        )

    return read


def test_reads_back_every_number_bit_for_bit(tmp_path, read_back):
    days = [dt.date(2020, 5, 1) + dt.timedelta(days=number) for number in range(len(NUMBERS))]
    file = write(tmp_path, *({"value": value, "date": day} for value, day in zip(NUMBERS, days, strict=True)))
    figures = read_back(file)
    assert list(figures["value"]) == NUMBERS
    assert list(figures["date"]) == days


def test_writes_the_shortest_text_of_a_number(tmp_path):
    days = [dt.date(2020, 5, day) for day in (1, 2, 3)]
    file = write(tmp_path, *({"value": v, "date": d} for v, d in zip([7.0, 31.5, 0.1 + 0.2], days, strict=True)))
    assert list(pd.read_csv(file, dtype=str)["value"]) == ["7", "31.5", "0.30000000000000004"]


def test_reads_back_every_status_and_no_number_with_it(tmp_path, read_back):
    days = {"c": dt.date(2020, 5, 1), "x": dt.date(2020, 5, 2), "z": dt.date(2020, 5, 3)}
    file = write(tmp_path, *({"value": None, "status": status, "date": day} for status, day in days.items()))
    figures = read_back(file)
    assert list(figures["status"]) == ["c", "x", "z"]
    assert figures["value"].isna().all()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"value": None, "status": ""}, "the cell is blank"),
        ({"value": None, "status": "q"}, "'status q' is not a number"),
    ],
)
def test_refuses_a_row_with_neither_a_number_nor_a_known_status(tmp_path, read_back, row, message):
    with pytest.raises(InputError, match=message):
        read_back(write(tmp_path, row))


def test_refuses_a_row_with_both_a_number_and_a_status(tmp_path, read_back):
    with pytest.raises(InputError, match=r"row 2: has a value \(5\) and a status \(x\)"):
        read_back(write(tmp_path, {"value": 5.0, "status": "x"}))


def test_carries_the_name_hash_and_rows_of_the_original(tmp_path):
    file = write(tmp_path, {})
    extract = read_carried(file, "made_up")
    assert (extract.origin, extract.sha256, extract.rows_read) == ("deaths.xlsx", "ab" * 32, 12)
    assert extract.file == file, "messages name the table that was read"
    assert extract.refusals == (Refusal("no_area", "The row names no area.", 3),)
    assert extract.is_carried


def test_refuses_a_table_of_which_origins_csv_knows_nothing(tmp_path):
    file = write(tmp_path, {}, origins=[ORIGIN | {"source_id": "another"}])
    for read in (read_carried, check_carried):
        with pytest.raises(InputError, match=r"origins\.csv is refused(?s:.*)it has no line for made_up") as caught:
            read(file, "made_up")
        assert "python -m etl carry --extracts FOLDER" in caught.value.remedy


@pytest.mark.parametrize(("name", "column"), [("origins.csv", "carried_sha256"), ("refused.csv", "rows")])
def test_refuses_tables_beside_it_that_lack_a_column(tmp_path, name, column):
    file = write(tmp_path, {})
    beside = tmp_path / name
    beside.write_text(beside.read_text(encoding="utf-8").replace(column, "other"), encoding="utf-8")
    with pytest.raises(InputError, match=f"the column '{column}' is missing"):
        read_carried(file, "made_up")


def test_counts_no_row_refused_where_none_is_noted(tmp_path):
    file = write(tmp_path, {}, refused=[REFUSED | {"source_id": "another"}])
    assert read_carried(file, "made_up").refusals == ()


def test_knows_the_table_that_was_written(tmp_path):
    file = write(tmp_path, {})
    assert pd.read_csv(tmp_path / "origins.csv")["carried_sha256"].tolist() == [hash_file(file)]
    assert check_carried(file, "made_up") is None


@pytest.mark.parametrize(("old", "new"), [(b",1,", b",2,"), (b"2020-05-28", b"2020-05-27"), (b",1,\n", b",1,\r\n")])
def test_refuses_a_table_that_was_edited(tmp_path, old, new):
    file = write(tmp_path, {}, {"date": dt.date(2020, 5, 28)})
    assert old in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(old, new))
    with pytest.raises(
        InputError, match=r"it is not the table that was carried from deaths\.xlsx: it was edited or cut"
    ):
        check_carried(file, "made_up")


def test_refuses_a_table_that_lost_its_last_rows(tmp_path):
    file = write(tmp_path, {}, {"date": dt.date(2020, 5, 28)})
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    assert len(read_carried(file, "made_up").figures) == 1, "a sound table by itself"
    with pytest.raises(InputError, match="it was edited or cut") as caught:
        check_carried(file, "made_up")
    assert caught.value.file == str(file)


def test_writes_unix_lines_in_the_declared_columns(tmp_path):
    file = write(tmp_path, {})
    assert b"\r" not in file.read_bytes()
    assert file.read_text(encoding="utf-8").splitlines()[0] == ",".join(CARRIED_COLUMNS)


def test_keeps_a_comma_and_a_quote_in_a_name(tmp_path):
    name = 'Bournemouth, Christchurch and "Poole"'
    assert list(read_carried(write(tmp_path, {"area_name": name}), "made_up").figures["area_name"]) == [name]


def test_lists_rows_of_another_source_and_dates_that_are_none(tmp_path):
    file = write(tmp_path, {"source_id": "another"}, {"date": "29/05/2020"}, {"date": "2020-02-30"}, {})
    with pytest.raises(InputError) as caught:
        read_carried(file, "made_up")
    assert [str(problem) for problem in caught.value.problems] == [
        "row 2: belongs to 'another'",
        "row 3: '29/05/2020' is not a date such as 2020-08-10",
        "row 4: '2020-02-30' is not a date such as 2020-08-10",
    ]
    assert "python -m etl carry --extracts FOLDER" in caught.value.remedy


def test_refuses_a_table_that_lacks_a_column_or_has_one_more(tmp_path):
    file = write(tmp_path, {})
    file.write_text(file.read_text(encoding="utf-8").replace("status", "state"), encoding="utf-8")
    with pytest.raises(InputError, match=r"'status' is missing\.?\n.*'state' is not known"):
        read_carried(file, "made_up")
