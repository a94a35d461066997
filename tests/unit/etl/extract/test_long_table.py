"""CSV tables with one row a record."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl.errors import InputError
from etl.extract.frame import Refusal
from etl.extract.long_table import read_long_table

RATE = {"column": "Rate", "measure": "turnover", "period": "year", "date": dt.date(2020, 3, 31)}


@pytest.fixture
def make_file(tmp_path):
    def make(*lines):
        file = tmp_path / "turnover.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file

    return make


@pytest.fixture
def make_long(make_table):
    given = {"shape": "long_table", "area_name": None, "measure": "", "period": None, "area_code": "Code", "sheet": ""}
    return lambda **changes: make_table(**(given | {"value": (RATE,)} | changes))


def test_reads_a_figure_a_row_with_its_place(make_file, make_long):
    file = make_file("Code,Rate", "E08000035, 31.5 ", "E06000014,28")
    figures, rows, refusals = read_long_table(file, make_long(), number=2)
    assert (rows, refusals) == (2, ())
    assert list(figures["raw"]) == ["31.5", "28"]
    assert list(figures["area_code"]) == ["E08000035", "E06000014"]
    assert list(figures["place"]) == ["row 2, column 'Rate'", "row 3, column 'Rate'"]
    assert set(figures["date"]) == {dt.date(2020, 3, 31)}
    assert set(figures["table"]) == {2}


def test_reads_two_columns_of_figures_under_measures_of_their_own_rows(make_file, make_long):
    file = make_file("indicator,before,after", "1.1,81,94", "1.2,78,92")
    columns = (("before", dt.date(2020, 5, 29)), ("after", dt.date(2020, 8, 10)))
    values = [{"column": column, "date": date, "period": "point"} for column, date in columns]
    table = make_long(area="E92000001", area_code="", measure_column="indicator", value=values)
    figures, rows, _ = read_long_table(file, table, number=0)
    assert rows == 2
    assert list(zip(figures["measure"], figures["date"].map(str), figures["raw"], strict=True)) == [
        ("1.1", "2020-05-29", "81"),
        ("1.2", "2020-05-29", "78"),
        ("1.1", "2020-08-10", "94"),
        ("1.2", "2020-08-10", "92"),
    ]
    assert set(figures["area_code"]) == {"E92000001"}


def test_carries_the_scale_and_leaves_the_cell_as_printed(make_file, make_long):
    figures, _, _ = read_long_table(
        make_file("Code,Rate", "E08000035,0.315"), make_long(value=(RATE | {"scale": 100},)), number=0
    )
    assert list(figures[["raw", "scale"]].iloc[0]) == ["0.315", 100.0]


@pytest.mark.parametrize(("year", "end"), [("2019-20", dt.date(2020, 3, 31)), ("1999-00", dt.date(2000, 3, 31))])
def test_dates_a_financial_year_by_its_last_day(make_file, make_long, year, end):
    table = make_long(date_column="Year", date_is="financial year", value=(RATE | {"date": None},))
    figures, _, _ = read_long_table(make_file("Code,Year,Rate", f"E08000035,{year},1"), table, number=0)
    assert list(figures["date"]) == [end]


def test_lists_every_year_that_is_none(make_file, make_long):
    file = make_file("Code,Year,Rate", "E1,2019,1", "E2,2019-20,1", "E3,2019-21,1", "E4,2019/20,1")
    with pytest.raises(InputError) as caught:
        read_long_table(file, make_long(date_column="Year", date_is="financial year"), number=0)
    assert [problem.place for problem in caught.value.problems] == ["row 2", "row 4", "row 5"]
    assert "'2019-21' in 'Year' is not a financial year such as 2019-20" in str(caught.value)


def test_reads_the_day_of_each_row(make_file, make_long):
    file = make_file("Day,Code,Rate", "2021-07-28,E08000035,1", "2021-09-28,E08000035,2")
    figures, _, _ = read_long_table(file, make_long(date_column="Day", date_is="day"), number=0)
    assert list(figures["date"]) == [dt.date(2021, 7, 28), dt.date(2021, 9, 28)]


@pytest.mark.parametrize("text", ["28/07/2021", "2021-7-28", "20210728", "2021-02-30", "July 2021", ""])
def test_refuses_what_is_no_day(make_file, make_long, text):
    file = make_file("Day,Code,Rate", f"{text},E08000035,1")
    with pytest.raises(InputError, match=f"row 2: '{text}' in 'Day' is not a day such as 2020-08-10"):
        read_long_table(file, make_long(date_column="Day", date_is="day"), number=0)


def test_reads_a_sheet_as_it_would_a_file(make_long, monkeypatch):
    rows = [["Day", "Code", "Rate"], ["2020-05-29", "E08000035", 5.0], [" 2020-06-05 ", "E08000035", 6.5]]
    monkeypatch.setattr("etl.extract.files.read_sheet", lambda file, sheet: rows)
    table = make_long(date_column="Day", date_is="day", sheet="covid_data")
    figures, count, _ = read_long_table(Path("cases.xlsx"), table, number=0)
    assert figures["raw"].tolist() == ["5", "6.5"], "whole numbers without a point"
    assert figures["date"].tolist() == [dt.date(2020, 5, 29), dt.date(2020, 6, 5)]
    assert count == 2


def test_keeps_the_fridays_of_running_totals(make_file, make_long):
    file = make_file("Day,Code,Rate", "2020-05-28,E1,4", "2020-05-29,E1,5", "2020-05-30,E1,6")
    table = make_long(date_column="Day", date_is="day", week_ends="Friday")
    figures, rows, refusals = read_long_table(file, table, number=0)
    assert figures["raw"].tolist() == ["5"]
    assert (rows, [(refusal.rule, refusal.rows) for refusal in refusals]) == (3, [("other_day", 2)])


def test_refuses_two_running_totals_of_one_day_whichever_weekday(make_file, make_long):
    file = make_file("Day,Code,Rate", "2020-05-28,E1,4", "2020-05-28,E1,5", "2020-05-29,E1,6")
    table = make_long(date_column="Day", date_is="day", week_ends="Friday")
    with pytest.raises(InputError, match="row 2, column 'Rate': turnover for E1 on 2020-05-28 is given twice"):
        read_long_table(file, table, number=0)


def test_counts_each_row_under_the_first_rule_that_sets_it_aside(make_file, make_long):
    file = make_file("Code,Kind,Rate", "E07000001,a,1", "E07000002,b,2", "NA,a,3", "E08000035,b,4", "E06000014,a,5")
    rules = [
        {"rule": "district", "column": "Code", "starts_with": ["E07"], "reason": "A district."},
        {"rule": "no_area", "column": "Code", "one_of": ["NA", ""], "reason": "No area."},
        {"rule": "other", "column": "Kind", "other_than": ["a"], "reason": "Another kind."},
    ]
    figures, rows, refusals = read_long_table(file, make_long(refuse=rules), number=0)
    assert refusals == (
        Refusal("district", "A district.", 2),
        Refusal("no_area", "No area.", 1),
        Refusal("other", "Another kind.", 1),
    )
    assert rows == 5
    assert list(figures["area_code"]) == ["E06000014"]
    assert list(figures["place"]) == ["row 6, column 'Rate'"]


def test_keeps_the_columns_when_every_row_is_set_aside(make_file, make_long):
    rule = {"rule": "all", "column": "Code", "one_of": ["NA"], "reason": "No area."}
    figures, rows, refusals = read_long_table(make_file("Code,Rate", "NA,1"), make_long(refuse=[rule]), number=0)
    assert (len(figures), rows, refusals[0].rows) == (0, 1, 1)
    assert "raw" in figures


def test_lists_missing_unknown_and_doubled_columns_together(make_file, make_long):
    file = make_file("Kode,Region,Notes,Notes", "E08000035,North,,")
    with pytest.raises(InputError) as caught:
        read_long_table(file, make_long(ignore=["Region", "Notes"]), number=0)
    assert [problem.what for problem in caught.value.problems] == [
        "the column 'Code' is missing",
        "the column 'Rate' is missing",
        "the column 'Kode' is not known",
        "the column 'Notes' stands twice",
    ]


def test_accepts_a_column_declared_to_be_ignored(make_file, make_long):
    figures, _, _ = read_long_table(make_file("Region,Code,Rate", "N,E1,1"), make_long(ignore=["Region"]), number=0)
    assert list(figures["raw"]) == ["1"]
