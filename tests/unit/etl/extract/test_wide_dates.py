"""Tables with one row an area and one column a date."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl.errors import InputError
from etl.extract.frame import Refusal
from etl.extract.wide_dates import read_wide_dates

FILE = Path("deaths.xlsx")
DAYS = [dt.date(2020, 4, 10), dt.date(2020, 4, 11), dt.date(2020, 4, 12)]
LEEDS, YORK = ["Leeds", 1.0, 2.0, 3.0], ["York", 0.0, 0.0, "x"]


def test_reads_one_figure_an_area_and_date(inject_rows, make_table):
    inject_rows([["", *DAYS], LEEDS, YORK])
    figures, rows, _ = read_wide_dates(FILE, make_table(), number=4)
    assert rows == 2
    assert list(figures["raw"]) == [1.0, 2.0, 3.0, 0.0, 0.0, "x"]
    assert list(figures["area_name"]) == ["Leeds"] * 3 + ["York"] * 3
    assert list(figures["date"]) == DAYS * 2
    assert set(figures["measure"]) == {"deaths"}
    assert set(figures["period"]) == {"day"}
    assert set(figures["table"]) == {4}
    assert figures["place"].iloc[0] == "sheet 'Sheet', row 2"


def test_finds_the_headings_under_titles_and_notes(inject_rows, make_table):
    title = ["Deaths to 12 April 2020", dt.date(2020, 4, 12), dt.date(2020, 4, 20), ""]
    inject_rows([title, ["", "", "", ""], ["", *DAYS], LEEDS])
    figures, rows, _ = read_wide_dates(FILE, make_table(), number=0)
    assert rows == 1
    assert figures["place"].iloc[0] == "sheet 'Sheet', row 4"


@pytest.mark.parametrize("as_printed", [dt.date.isoformat, lambda day: dt.datetime.combine(day, dt.time(12))])
def test_knows_dates_as_text_and_as_moments(inject_rows, make_table, as_printed):
    inject_rows([["", *map(as_printed, DAYS)], LEEDS])
    figures, _, _ = read_wide_dates(FILE, make_table(), number=0)
    assert list(figures["date"]) == DAYS


def test_dates_a_week_by_its_last_day(inject_rows, make_table):
    mondays = [dt.date(2020, 3, 9), dt.date(2020, 3, 16), dt.date(2020, 3, 23)]
    inject_rows([["", *mondays], LEEDS])
    figures, _, _ = read_wide_dates(FILE, make_table(date_is="week commencing", period="week"), number=0)
    assert list(figures["date"]) == [dt.date(2020, 3, 15), dt.date(2020, 3, 22), dt.date(2020, 3, 29)]


def test_reads_columns_without_a_date_as_of_the_last_one(inject_rows, make_table):
    inject_rows([["Code", "Area", *DAYS, "All  deaths\n", "Region"], ["E08000035", " Leeds ", 1, 2, 3, 6, "North"]])
    table = make_table(area_code="Code", area_name="Area", columns={"All deaths": "deaths_ever"}, ignore=["Region"])
    figures, _, _ = read_wide_dates(FILE, table, number=0)
    ever = figures[figures["measure"] == "deaths_ever"]
    assert list(ever[["raw", "date", "period"]].itertuples(index=False)) == [(6, DAYS[-1], "point")]
    assert set(zip(figures["area_code"], figures["area_name"], strict=True)) == {("E08000035", "Leeds")}


@pytest.mark.parametrize("end", [["", "", " ", ""], ["Notes: provisional", "", "", ""], ["note 1", "", "", ""]])
def test_stops_at_a_blank_row_or_at_notes(inject_rows, make_table, end):
    inject_rows([["", *DAYS], LEEDS, end, ["Source: the publisher", "", "", ""]])
    figures, rows, _ = read_wide_dates(FILE, make_table(), number=0)
    assert rows == 1
    assert set(figures["area_name"]) == {"Leeds"}


@pytest.mark.parametrize("end", [["", "", "", ""], ["Notes: provisional", "", "", ""]])
def test_refuses_figures_that_stand_below_a_blank_row_or_the_notes(inject_rows, make_table, end):
    inject_rows([["Title"], ["", *DAYS], LEEDS, end, YORK, end, LEEDS, ["1. Revised", "", "", ""]])
    with pytest.raises(InputError) as caught:
        read_wide_dates(FILE, make_table(), number=0)
    assert [str(problem) for problem in caught.value.problems] == [
        "sheet 'Sheet', row 5: holds figures below a blank row or the notes",
        "sheet 'Sheet', row 7: holds figures below a blank row or the notes",
    ]
    assert caught.value.remedy == "Take out the blank row, or move the notes below the figures."


def test_passes_notes_with_numbers_and_dates_outside_the_columns_of_dates(inject_rows, make_table):
    notes = [["Notes", "", "", "", ""], ["", "see page 4", DAYS[0], "", 2020]]
    inject_rows([["", *DAYS, "Total"], [*LEEDS, 6.0], *notes])
    _, rows, _ = read_wide_dates(FILE, make_table(columns={"Total": "deaths_ever"}), number=0)
    assert rows == 1


def test_stops_at_the_source_that_stands_right_under_the_figures(inject_rows, make_table):
    inject_rows([["Code", "Area", *DAYS], ["E1", *LEEDS], ["Source: the publisher", "", "", "", ""]])
    figures, rows, _ = read_wide_dates(FILE, make_table(area_code="Code", area_name="Area"), number=0)
    assert rows == 1
    assert set(figures["area_name"]) == {"Leeds"}


def test_sets_rows_aside_by_declared_rules_and_counts_them(inject_rows, make_table):
    inject_rows([["Code", "Area", *DAYS], ["E1", *LEEDS], ["W1", "Cardiff ", 1, 2, 3], ["W2", "Powys", 1, 2, 3]])
    rule = {"rule": "wales", "column": "Code", "starts_with": ["W"], "reason": "Wales."}
    table = make_table(area_code="Code", area_name="Area", refuse=[rule])
    figures, rows, refusals = read_wide_dates(FILE, table, number=0)
    assert (rows, refusals) == (3, (Refusal("wales", "Wales.", 2),))
    assert set(figures["area_code"]) == {"E1"}


def test_leaves_out_a_date_that_is_declared_not_to_be_whole(inject_rows, make_table):
    inject_rows([["", *DAYS], LEEDS])
    figures, _, _ = read_wide_dates(FILE, make_table(leave_out=[DAYS[0]]), number=0)
    assert list(figures["date"]) == DAYS[1:]
    assert list(figures["raw"]) == [2.0, 3.0]


def test_refuses_a_sheet_without_date_headings(inject_rows, make_table):
    inject_rows([["", "10 April", *DAYS[:2]], LEEDS])
    with pytest.raises(InputError, match="no row has 3 or more dates, so the heading row cannot be found"):
        read_wide_dates(FILE, make_table(), number=0)


def test_refuses_headings_without_rows(inject_rows, make_table):
    inject_rows([["", *DAYS], ["Notes", "", "", ""]])
    with pytest.raises(InputError, match="there are headings but no rows under them"):
        read_wide_dates(FILE, make_table(), number=0)


def test_refuses_a_date_that_heads_two_columns(inject_rows, make_table):
    inject_rows([["", *DAYS, DAYS[1]], [*LEEDS, 4]])
    with pytest.raises(InputError, match="the date 11 April 2020 heads two columns"):
        read_wide_dates(FILE, make_table(), number=0)


def test_lists_missing_and_unknown_columns_together(inject_rows, make_table):
    inject_rows([["Council", *DAYS], LEEDS])
    with pytest.raises(InputError) as caught:
        read_wide_dates(FILE, make_table(area_name="Area", columns={"Total": "deaths_ever"}), number=0)
    assert [problem.what for problem in caught.value.problems] == [
        "the column 'Area' is missing",
        "the column 'Total' is missing",
        "the column 'Council' is not known",
    ]
    assert "sources.toml" in caught.value.remedy
