"""Reading, for any file: every row is accounted for, and a number comes back as it went in."""

from __future__ import annotations

import csv
import datetime as dt
import math
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.catalogue import load_catalogue
from etl.catalogue.model import Table
from etl.errors import InputError
from etl.extract.carried import check_carried, read_carried, write_carried
from etl.extract.long_table import read_long_table
from etl.validate import validate

DAY = dt.date(2020, 5, 29)
CODES = st.sampled_from(["E06000001", "E07000008", "E09000001", "NA", "", "W06000015"])
KINDS = st.sampled_from(["a", "b", "c"])
CONDITIONS = st.sampled_from(["starts_with", "one_of", "other_than"])
COUNTS = st.integers(0, 2**60).map(float)
SHARES = st.floats(0, 100)
MISSING = st.sampled_from(["c", "x", "z"])
FIGURES = st.one_of(
    st.tuples(st.just(("cqc_deaths", "deaths_covid")), st.lists(COUNTS | MISSING, min_size=1, max_size=20)),
    st.tuples(st.just(("oflog_turnover", "turnover")), st.lists(SHARES | MISSING, min_size=1, max_size=20)),
)
# No control characters, which no publisher prints and a CSV need not keep; quotes and commas are welcome.
NAMES = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=30)


@st.composite
def rules(draw):
    column, values = draw(st.sampled_from([("Code", CODES), ("Kind", KINDS)]))
    chosen = draw(st.lists(values, min_size=1, max_size=3))
    return {"rule": f"rule_{len(chosen)}", "column": column, "reason": "Why.", draw(CONDITIONS): chosen}


@given(st.lists(st.tuples(CODES, KINDS, st.integers(0, 99)), min_size=1, max_size=30), st.lists(rules(), max_size=4))
def test_accepts_or_refuses_every_row_it_reads(rows, refuse):
    value = {"column": "Rate", "measure": "turnover", "period": "year", "date": DAY}
    table = Table(shape="long_table", area_code="Code", ignore=["Kind"], value=[value], refuse=refuse)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "turnover.csv"
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("Code", "Kind", "Rate"), *rows])
        figures, rows_read, refusals = read_long_table(file, table, number=0)
    assert rows_read == len(rows)
    assert len(figures) + sum(refusal.rows for refusal in refusals) == rows_read
    assert len(refusals) == len(refuse)
    # What is left is what was printed, in its order and under its own row number.
    for figure in figures.itertuples():
        code, _, rate = rows[int(figure.place.split(",")[0].removeprefix("row ")) - 2]
        assert (figure.area_code, figure.raw) == (code, str(rate))


@given(FIGURES, NAMES)
def test_reads_back_what_it_carried(given_figures, name):
    (source_id, measure), cells = given_figures
    catalogue = load_catalogue()
    source = catalogue.source(source_id)
    written = pd.DataFrame(
        {
            "source_id": source.id,
            "measure": measure,
            "area_code": "",
            "area_name": name,
            "date": [DAY - dt.timedelta(days=n) for n in range(len(cells))],
            "date_text": "",
            "period": "day",
            "value": [math.nan if isinstance(cell, str) else cell for cell in cells],
            "status": [cell if isinstance(cell, str) else "" for cell in cells],
        }
    )
    origin = {"source_id": source.id, "file": "deaths.xlsx", "sha256": "ab", "rows_read": len(cells)}
    origin |= {"publisher": source.publisher, "licence": source.licence}
    none = [{"source_id": "another", "rule": "none", "reason": "None.", "rows": 0}]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{source.id}.csv"
        write_carried(Path(folder), tables={source.id: written}, origins=[origin], refused=none)
        extract = read_carried(file, source.id)
        check_carried(file, source.id)
        file.write_bytes(file.read_bytes() + b"\n")
        with pytest.raises(InputError):
            check_carried(file, source.id)
    figures = validate(extract, source=source, catalogue=catalogue, today=DAY)
    shared = ["measure", "area_code", "area_name", "date", "date_text", "period", "value", "status"]
    pd.testing.assert_frame_equal(
        figures[shared], written[shared], check_exact=True, check_dtype=False, check_column_type=False
    )
