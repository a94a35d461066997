"""Figures that cannot be what the publisher meant: each refused with its place."""

from __future__ import annotations

import datetime as dt

import pytest

TURNOVER = "adult-social-care-outcomes/ASC_data.csv"
WORKFORCE = "workforce-2019-20/adult-social-care-workforce.csv"
INDICATORS = "taskforce-report/indicators.csv"
DEATHS, TABLE_2 = "deaths.xlsx", "sheet 'Table 2', row 5"


def test_refuses_an_unknown_area_by_name(write_deaths, refuse):
    write_deaths(cells={"A5": "Birmingam"})
    refuse(DEATHS, TABLE_2, "the area 'Birmingam' is not in data/lookups/areas.csv")


@pytest.mark.parametrize(("file", "code", "row"), [(TURNOVER, "E10000002", "row 3"), (WORKFORCE, "E08000016", "row 2")])
def test_refuses_an_unknown_area_by_code(write_csv, refuse, file, code, row):
    write_csv(file, old=f"{code},", new="W06000001,")
    refuse(file.rpartition("/")[2], row, "W06000001", "is not in data/lookups/areas.csv")


def test_refuses_a_duplicate_key(write_deaths, refuse):
    write_deaths(cells={"A6": "Birmingham"})
    message = refuse(DEATHS, TABLE_2, "sheet 'Table 2', row 6", "Birmingham on 2020-04-10 is given twice")
    assert "16 problems" in message, "both rows of each of the eight days"


def test_refuses_two_codes_of_one_area_in_one_year(write_csv, refuse):
    write_csv(TURNOVER, old="2019-20,E09000001,City of London", new="2019-20,E06000060,Buckinghamshire")
    refuse("ASC_data.csv", "row 3", "row 4", "turnover for E06000060 on 2020-03-31 is given twice")


def test_refuses_wrong_types_and_lists_each(write_deaths, refuse):
    cells = ["many", "1,234", "12*", "#N/A", "nan", "inf", "-", "True"]
    write_deaths(cells={f"{letter}5": cell for letter, cell in zip("BCDEFGHI", cells, strict=True)})
    message = refuse(DEATHS, TABLE_2, "8 problems")
    for day, cell in enumerate(cells, 10):
        assert f"{cell!r} is not a number (deaths_covid, Birmingham, 2020-04-{day})" in message


@pytest.mark.parametrize("year", ["2018", "2018-20"])
def test_refuses_what_is_no_financial_year(write_csv, refuse, year):
    write_csv(TURNOVER, old="2018-19,", new=f"{year},")
    refuse(TURNOVER, "row 2", f"{year!r} in 'Financial year' is not a financial year")


def test_refuses_what_is_no_date_in_a_carried_table(spoil_carried, refuse):
    spoil_carried("taskforce_indicators.csv", old="2020-08-10", new="10/08/2020")
    refuse("taskforce_indicators.csv", "row 3", "'10/08/2020' is not a date", "python -m etl carry")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("2021-07-28", "28/07/2021", "row 2: '28/07/2021' in 'as_of' is not a day such as 2020-08-10"),
        ("91.9", "191.9", "191.9 for E92000001 on 2021-07-28 is above 100 per cent"),
        ("395363", "395363.5", "395364 for E92000001 on 2021-07-27 is a count and not a whole number"),
        ("staff PCR tests", "staff antibody tests", "care home staff antibody tests 395363 for E92000001"),
        ("able to accommodate", "open to", "is a measure that no indicator uses"),
    ],
)
def test_refuses_a_headline_with_one_thing_changed(write_csv, refuse, old, new, problem):
    write_csv("dhsc-headlines/headlines.csv", old=old, new=new)
    refuse("headlines.csv", problem)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("2020-05-29,", "29/05/2020,", "row 2: '29/05/2020' in 'Date' is not a day such as 2020-08-10"),
        ("York,12", "York,twelve", "row 3, column 'TotalCases': 'twelve' is not a number"),
        ("York,12", "York,-12", "cases_total -12 for York on 2020-06-05 is negative"),
        ("2020-06-05,", "2020-05-29,", "row 3, column 'TotalCases': cases_total for E06000014 on 2020-05-29 is given"),
        (
            "E09000012,Hackney and",
            "E09000001,Hackney and",
            "E09000001 has a figure, but is declared to be",
        ),
        ("E06000014,York,15", "E07000999,York,15", "the area 'York' (E07000999) is not in data/lookups/areas.csv"),
    ],
)
def test_refuses_a_file_of_cases_with_one_thing_changed(write_csv, refuse, old, new, problem):
    write_csv("cases/covid-19-cases-uk.csv", old=old, new=new)
    refuse("covid-19-cases-uk.csv", problem)


def test_refuses_a_negative_count(write_deaths, refuse):
    write_deaths(cells={"B5": -3})
    refuse(DEATHS, TABLE_2, "deaths_covid -3 for Birmingham on 2020-04-10 is negative")


def test_refuses_a_part_of_a_death(write_deaths, refuse):
    write_deaths(cells={"B5": 2.5})
    refuse(DEATHS, TABLE_2, "deaths_covid 2.5 for Birmingham on 2020-04-10 is a count and not a whole number")


def test_refuses_figures_below_a_blank_row(write_deaths, refuse):
    write_deaths(cells={f"{letter}6": "" for letter in "ABCDEFGHI"})
    refuse(DEATHS, "sheet 'Table 2', row 7: holds figures below a blank row or the notes", "Take out the blank row")


def test_refuses_more_homes_with_an_outbreak_than_homes(spoil_carried, command, live_data, recarry, fingerprint):
    before = fingerprint(live_data / "snapshots")
    old = "care_homes,E12000008,South East,2020-07-19,,point,2989,"
    spoil_carried("phe_outbreaks.csv", old=old, new=old.replace("2989", "1272"))
    recarry(live_data, "phe_outbreaks")
    result = command("build", "--yes", data=live_data)
    assert result.exit_code == 1
    assert "outbreaks_ever is above the number of care homes (E12000008 on 2020-07-19" in result.stderr
    assert "Check both columns of the file with its publisher." in result.stderr
    assert fingerprint(live_data / "snapshots") == before


def test_refuses_a_negative_share(write_csv, refuse):
    write_csv(INDICATORS, old=",78,", new=",-78,")
    refuse("indicators.csv", "row 3", "1.2 -78 for E92000001 on 2020-05-29 is negative")


def test_refuses_a_negative_count_in_a_carried_table(spoil_carried, refuse):
    spoil_carried("phe_outbreaks.csv", old="2020-07-19,,point,22,", new="2020-07-19,,point,-22,")
    refuse("published/phe_outbreaks.csv", "row 2", "care_homes -22 for Barking and Dagenham on 2020-07-19 is negative")


def test_refuses_a_future_date_in_a_workbook(write_deaths, refuse):
    write_deaths(cells={"I3": dt.date(2999, 1, 1)})
    refuse(DEATHS, TABLE_2, "deaths_covid 3 for Birmingham on 2999-01-01 lies in the future")


def test_refuses_a_future_date_in_a_table(write_csv, refuse):
    write_csv(TURNOVER, old="2018-19,", new="2998-99,")
    refuse("ASC_data.csv", "row 2", "for Birmingham on 2999-03-31 lies in the future")


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        (INDICATORS, ",94,13", ",194,13", "row 2, column 'yes_2020_08_10_percent'"),
        (TURNOVER, "27.4579515", "127.4579515", "row 2, column 'Value'"),
        (WORKFORCE, "0.06335", "6.335", "row 2, column 'Vacancy rate'"),
    ],
)
def test_refuses_a_share_above_100(write_csv, refuse, file, old, new, place):
    write_csv(file, old=old, new=new)
    refuse(file.rpartition("/")[2], place, "is above 100 per cent")


def test_refuses_a_blank_cell_in_a_workbook(write_deaths, refuse):
    write_deaths(cells={"B5": ""})
    refuse(DEATHS, TABLE_2, "the cell is blank (deaths_covid, Birmingham, 2020-04-10)")


def test_refuses_a_blank_cell_that_is_not_declared(write_csv, refuse):
    write_csv(INDICATORS, old=",78,", new=",,")
    refuse("indicators.csv", "row 3, column 'yes_2020_05_29_percent'", "the cell is blank")


def test_refuses_a_blank_value_without_a_status_in_a_carried_table(spoil_carried, refuse):
    spoil_carried("phe_outbreaks.csv", old="2020-07-19,,point,22,", new="2020-07-19,,point,,")
    refuse("published/phe_outbreaks.csv", "row 2", "the cell is blank (care_homes, Barking and Dagenham, 2020-07-19)")


def test_refuses_a_measure_that_no_indicator_uses(write_csv, refuse):
    write_csv(INDICATORS, old=",1.2,", new=",9.9,")
    refuse("indicators.csv", "row 3", "9.9 78 for E92000001 on 2020-05-29 is a measure that no indicator uses")


def test_refuses_rows_of_another_source_in_a_carried_table(spoil_carried, refuse):
    spoil_carried("taskforce_indicators.csv", old="\ntaskforce_indicators,", new="\ncqc_deaths,")
    refuse("taskforce_indicators.csv", "row 2", "belongs to 'cqc_deaths'")
