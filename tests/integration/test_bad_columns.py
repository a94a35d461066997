"""Columns and sheets that are not as declared: each refused with the heading's name."""

from __future__ import annotations

import datetime as dt

import pytest

TURNOVER = "adult-social-care-outcomes/ASC_data.csv"
WORKFORCE = "workforce-2019-20/adult-social-care-workforce.csv"
INDICATORS = "taskforce-report/indicators.csv"


@pytest.mark.parametrize(
    ("file", "column"),
    [(INDICATORS, "yes_2020_08_10_percent"), (TURNOVER, "Code"), (WORKFORCE, "Vacancy rate")],
)
def test_refuses_a_missing_column(write_csv, refuse, file, column):
    write_csv(file, old=f",{column},", new=",something else,")
    message = refuse(file, "row 1", f"the column {column!r} is missing", "etl/catalogue/sources.toml")
    assert "the column 'something else' is not known" in message


def test_refuses_a_missing_column_in_a_carried_table(spoil_carried, refuse):
    spoil_carried("phe_outbreaks.csv", old=",status\n", new=",state\n")
    refuse("published/phe_outbreaks.csv", "row 1", "the column 'status' is missing")


def test_refuses_an_extra_column(write_csv, refuse):
    file = write_csv(WORKFORCE)
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([f"{lines[0]},Staff", *(f"{line},1" for line in lines[1:])]) + "\n", encoding="utf-8")
    refuse(WORKFORCE, "row 1", "the column 'Staff' is not known")


def test_refuses_an_extra_column_in_a_workbook(write_deaths, refuse):
    write_deaths(cells={"J3": "Total", "J4": 48})
    refuse("deaths.xlsx", "sheet 'Table 2'", "the column 'Total' is not known")


def test_refuses_a_column_that_stands_twice(write_csv, refuse):
    write_csv(INDICATORS, old="yes_2020_08_10_percent", new="yes_2020_05_29_percent")
    refuse(INDICATORS, "the column 'yes_2020_05_29_percent' stands twice")


def test_refuses_a_date_that_heads_two_columns(write_deaths, refuse):
    write_deaths(cells={"C3": dt.date(2020, 4, 10)})
    refuse("deaths.xlsx", "sheet 'Table 2'", "the date 10 April 2020 heads two columns")


def test_refuses_a_workbook_without_its_headings(write_deaths, refuse):
    write_deaths(cells={f"{letter}3": "day" for letter in "BCDEFGHI"})
    refuse("deaths.xlsx", "sheet 'Table 2'", "the heading row cannot be found")


def test_refuses_a_workbook_without_one_of_its_sheets(write_deaths, refuse):
    write_deaths(sheets=["Table 2", "Table 4"])
    refuse("deaths.xlsx", "there is no sheet 'Table 3'; it has Table 2, Table 4")
