"""Files that are not what their names say: each refused before a figure is read."""

from __future__ import annotations

import zipfile

import pytest

TURNOVER = "adult-social-care-outcomes/ASC_data.csv"
WORKFORCE = "workforce-2019-20/adult-social-care-workforce.csv"
INDICATORS = "taskforce-report/indicators.csv"
AGAIN = "Download the file from its publisher again"
ERROR_PAGE = b"\n<!DOCTYPE html>\n<html><head><title>503 Service Unavailable</title></head></html>\n"


def test_refuses_an_empty_workbook(write_deaths, refuse):
    write_deaths().write_bytes(b"")
    refuse("care-home-deaths/deaths.xlsx", "it is empty", AGAIN)


def test_refuses_an_empty_csv(write_csv, refuse):
    write_csv(TURNOVER).write_bytes(b"")
    refuse(TURNOVER, "it is empty", AGAIN)


def test_refuses_an_empty_carried_table(live_data, refuse):
    (live_data / "published" / "oflog_turnover.csv").write_bytes(b"")
    refuse("published/oflog_turnover.csv", "it is empty")


def test_refuses_headings_without_rows(write_csv, refuse):
    file = write_csv(INDICATORS)
    file.write_text(file.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    refuse(INDICATORS, "it has headings but no rows")


@pytest.mark.parametrize("share", [0.5, 0.98])
def test_refuses_a_truncated_workbook(write_deaths, refuse, share):
    file = write_deaths()
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    refuse("care-home-deaths/deaths.xlsx", "it is cut off or is not a workbook", AGAIN)


def test_refuses_a_workbook_with_bytes_that_went_wrong(write_deaths, refuse):
    file = write_deaths()
    with zipfile.ZipFile(file) as archive:
        part = archive.getinfo("xl/s1.xml")
    content = bytearray(file.read_bytes())
    begin = part.header_offset + 30 + len(part.filename)
    content[begin : begin + 20] = b"\xff" * 20
    file.write_bytes(content)
    refuse("care-home-deaths/deaths.xlsx", AGAIN)


def test_refuses_an_archive_that_is_no_workbook(write_deaths, refuse):
    with zipfile.ZipFile(write_deaths(), "w") as archive:
        archive.writestr("readme.txt", "not a workbook")
    refuse("care-home-deaths/deaths.xlsx", "it is damaged", AGAIN)


def test_refuses_an_error_page_saved_as_a_workbook(write_deaths, refuse):
    write_deaths().write_bytes(ERROR_PAGE)
    refuse("care-home-deaths/deaths.xlsx", "it is a web page, most likely an error page", AGAIN)


def test_refuses_an_error_page_saved_as_a_csv(write_csv, refuse):
    write_csv(TURNOVER).write_bytes(ERROR_PAGE)
    refuse(TURNOVER, "it is a web page", AGAIN)


@pytest.mark.parametrize("name", [INDICATORS, TURNOVER, WORKFORCE])
def test_refuses_a_csv_that_is_cut_off(write_csv, refuse, name):
    file = write_csv(name)
    file.write_bytes(file.read_bytes()[:-15])
    refuse(name, "cells where the headings have", "The file may be cut off", AGAIN)


def test_refuses_a_carried_table_that_is_cut_off(live_data, refuse):
    file = live_data / "published" / "cqc_deaths.csv"
    file.write_bytes(file.read_bytes()[:-15])
    refuse("published/cqc_deaths.csv", "cells where the headings have 9", "The file may be cut off")


def test_refuses_a_csv_in_another_encoding(write_csv, refuse):
    file = write_csv(TURNOVER, old="Carer Quality of Life", new="Carers’ Quality of Life")
    file.write_bytes(file.read_text(encoding="utf-8").encode("cp1252"))
    refuse(TURNOVER, "the text is not UTF-8", "CSV UTF-8")


def test_refuses_two_files_for_one_source(write_deaths, refuse):
    write_deaths()
    write_deaths(to="care-home-deaths/deaths (1).xlsx")
    refuse("deaths.xlsx: is one of several", "deaths (1).xlsx: is one of several", "Keep the newest edition")


@pytest.mark.parametrize("name", ["~$deaths.xlsx", ".~lock.deaths.xlsx"])
def test_reads_a_workbook_that_is_open_in_an_office_program(write_deaths, live_data, command, name):
    write_deaths()
    write_deaths(to=f"care-home-deaths/{name}").write_bytes(b"somebody")
    result = command("check", data=live_data)
    assert result.exit_code == 0, result.output


def test_refuses_a_csv_with_a_stray_quotation_mark(write_csv, refuse):
    write_csv(INDICATORS, old="Ability to isolate", new='"Ability to isolate')
    refuse(INDICATORS, "it is not a sound CSV file", "Look for a stray quotation mark")


def test_refuses_a_csv_with_a_blank_line_between_rows(write_csv, refuse):
    write_csv(WORKFORCE, old="\nE09000033", new="\n\nE09000033")
    refuse(WORKFORCE, "row 4: has 0 cells where the headings have 11")


def test_refuses_a_csv_of_which_no_figure_is_used(write_csv, refuse):
    file = write_csv(TURNOVER)
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([lines[0], lines[-1]]) + "\n", encoding="utf-8")
    refuse(TURNOVER, "none of its rows holds a figure that this dashboard shows")


def test_refuses_to_go_on_without_a_source(live_data, refuse):
    (live_data / "published" / "phe_outbreaks.csv").unlink()
    refuse("published/phe_outbreaks.csv", "there is no carried table, and no original at", "care-home-outbreaks")


def test_lists_every_fault_of_every_file_at_once(write_deaths, write_csv, refuse):
    write_deaths(cells={"B5": -3, "C6": "many", "D7": ""})
    write_csv(WORKFORCE, old="0.06335", new="6.335")
    write_csv(INDICATORS).write_bytes(ERROR_PAGE)
    message = refuse(
        "deaths.xlsx is refused: 3 problems",
        "row 5: deaths_covid -3 for Birmingham",
        "row 6: 'many' is not a number",
        "row 7: the cell is blank",
        "adult-social-care-workforce.csv is refused: 1 problem",
        "is above 100 per cent",
        "indicators.csv is refused: 1 problem",
        "it is a web page",
    )
    assert message.count("What to do: ") == 3
