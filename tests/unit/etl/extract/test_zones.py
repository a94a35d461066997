"""Tables found by their form, wherever they stand in a sheet."""

from __future__ import annotations

import pytest

from etl.extract.zones import Reading, find_zones, name_place

READING = Reading(marks=frozenset({"-"}), footnote=r"(?<=[A-Za-z)%])\d{1,2}(?:,\d{1,2})*(?=:?$)", notes_begin="^notes?")
LABELS = [["", "Title:", "Doses"], ["", "Period1,2:", "to 28 March 2021"]]
HEADINGS = [["", "", "Residents", "", "", "Staff5"], ["", "Area", "Total", "Dosed7,8", "", "Total"]]
LEEDS, YORK = ["", "Leeds2", 10, 9, "", 20], ["", "York", 4, "-", "", 8]


def find(*rows):
    return find_zones([list(row) for row in rows], sheet="Sheet", reading=READING)


@pytest.mark.parametrize("above", [0, 1, 7])
def test_finds_a_table_at_whatever_row_it_begins(above):
    (zone,), problems = find(*LABELS, *[[]] * above, *HEADINGS, [], LEEDS, [""] * 6, YORK)
    assert problems == []
    assert [number for number, _ in zone.rows] == [above + 6, above + 8]
    assert zone.labels == {1: "Area"}
    assert zone.corner == "Area"
    assert {column: heading.text for column, heading in zone.headings.items()} == {
        2: "Residents | Total",
        3: "Residents | Dosed",
        5: "Staff | Total",
    }
    assert {heading.row for heading in zone.headings.values()} == {above + 4}


def test_finds_a_table_at_whatever_column_it_begins():
    (zone,), _ = find(*(["", "", *row] for row in (*HEADINGS, LEEDS)))
    assert sorted(zone.headings) == [4, 5, 7]
    assert zone.labels == {3: "Area"}


def test_takes_a_heading_that_spans_rows_for_its_own_column_only():
    """The text stands in the upper row, and its neighbours have one of their own below it."""
    (zone,), _ = find(["Area", "First dose", "", "Total"], ["", "Number", "%", ""], ["Leeds", 9, 0.9, 10])
    assert [heading.text for heading in zone.headings.values()] == ["First dose | Number", "First dose | %", "Total"]


def test_divides_tables_that_stand_one_under_another():
    first = [["", "Homes reporting", "All", "Reporting"], ["", "England", 12, 11]]
    zones, problems = find(*first, [], *HEADINGS, LEEDS, YORK, ["", "Notes:"], ["", "5. Staff are those employed."])
    assert problems == []
    assert [zone.corner for zone in zones] == ["Homes reporting", "Area"]
    assert [len(zone.rows) for zone in zones] == [1, 2]
    assert "Reporting" not in {heading.text for heading in zones[1].headings.values()}


def test_takes_every_column_left_of_the_figures_for_a_label():
    (zone,), problems = find(["Region", "Code", "Area", "Total"], ["", "E92000001", "England", 3], ["A", "B", "C", 1])
    assert problems == []
    assert zone.labels == {0: "Region", 1: "Code", 2: "Area"}
    assert zone.corner == "Region Code Area"


def test_takes_a_row_of_marks_for_figures():
    (zone,), problems = find(*HEADINGS, LEEDS, ["", "Rutland", "-", "-", "", "-"])
    assert len(zone.rows) == 2
    assert problems == []


def test_takes_no_truth_value_for_a_number():
    zones, _ = find(*HEADINGS, ["", "Leeds", True, False])
    assert zones == []


def test_reports_a_row_without_figures_after_a_table():
    _, problems = find(*HEADINGS, LEEDS, ["", "York", "", "", "", ""], ["", "Notes:"])
    assert [str(problem) for problem in problems] == ["sheet 'Sheet', row 4: 'York' has no figures"]


def test_heads_a_table_of_its_own_with_a_row_that_has_no_figures():
    zones, problems = find(*HEADINGS, LEEDS, ["", "York", "", "", "", ""], ["", "Hull", 1, 2, "", 3])
    assert [zone.corner for zone in zones] == ["Area", "York"]
    assert len(problems) == 3, "and none of its columns has a heading"


def test_reports_figures_below_the_notes():
    _, problems = find(*HEADINGS, LEEDS, ["", "Notes"], ["", "York", 1, 2, "", 3])
    assert [str(problem) for problem in problems] == ["sheet 'Sheet', row 5: holds figures below the notes"]


def test_reports_figures_without_a_name_and_under_no_heading():
    _, problems = find(*HEADINGS, LEEDS, ["", "", 1, 2, "", 3], ["", "Hull", 1, 2, 7, 3])
    assert [str(problem) for problem in problems] == [
        "sheet 'Sheet', row 4: holds figures without a name",
        "sheet 'Sheet', row 5, column E: stands under no heading",
    ]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("Total number of staff7,8 ", "Total number of staff"),
        ("vaccinated (1st dose)10", "vaccinated (1st dose)"),
        ("Residents⁵", "Residents"),
        ("reported\n to be\xa0 vaccinated", "reported to be vaccinated"),
        ("Period1,2:", "Period:"),
        ("COVID-19", "COVID-19"),
        ("in last 28 days", "in last 28 days"),
        ("Table 2", "Table 2"),
    ],
)
def test_takes_the_marks_of_footnotes_off_and_nothing_else(printed, text):
    assert READING.text(printed) == text


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (53, "BB")])
def test_names_a_cell_as_a_workbook_does(column, letters):
    assert name_place("Table 2", 5, column) == f"sheet 'Table 2', row 5, column {letters}"
