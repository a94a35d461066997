"""The register: found under whatever stands above it, kept to what is wanted, refused with every bad cell named.

All locations here are made up.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from etl.errors import InputError
from etl.extract.cqc_register import SCHEMA, read_register

NURSING, RESIDENTIAL, HOME_CARE = (
    f"Service type - {service}"
    for service in (
        "Care home service with nursing", "Care home service without nursing", "Domiciliary care service",
    )
)  # fmt: skip
HOME = {
    "Location ID": "1-100000001",
    "Location HSCA start date": "01/10/2010",
    "Dormant (Y/N)": "N",
    "Care home?": "Y",
    "Location Name": "Illustrative Home 1, Leeds",
    "Care homes beds": "34",
    "Location Latest Overall Rating": "Good",
    "Location Region": "Yorkshire and The Humber",
    "Location Local Authority": "Leeds",
    "Provider Name": 'Illustrative "Care" Ltd',
    NURSING: "Y",
    RESIDENTIAL: "",
    HOME_CARE: "",
}
AGENCY = HOME | {
    "Location ID": "1-100000002",
    "Care home?": "N",
    "Care homes beds": "-",
    "Location Latest Overall Rating": "-",
    "Location Local Authority": "Bristol, City of",
    NURSING: "",
    HOME_CARE: "Y",
}
TITLES = [["CQC care directory"], ["Illustrative", "1 August 2020"], [], ["Notes:", "none"]]
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def list_rows(*locations, above=TITLES):
    return [*above, list(locations[0]), *(list(location.values()) for location in locations)]


def make_ods(rows, sheet):
    cells = {
        str: lambda cell: f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p>',
        int: lambda cell: f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p>',
    }
    lines = ["".join(cells[type(cell)](cell) + "</table:table-cell>" for cell in row) for row in rows]
    body = "".join(f"<table:table-row>{line or '<table:table-cell/>'}</table:table-row>" for line in lines)
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        "content.xml": f'<office:document-content xmlns:office="{OFFICE}:office:1.0" '
        f'xmlns:table="{OFFICE}:table:1.0" xmlns:text="{OFFICE}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Notes"><table:table-row><table:table-cell/></table:table-row></table:table>'
        f'<table:table table:name="{sheet}">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>",
    }


def make_xlsx(rows, sheet):
    cells = {
        str: lambda cell: f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>',
        int: lambda cell: f"<c><v>{cell}</v></c>",
    }
    body = "".join(
        f'<row r="{number}">{"".join(cells[type(cell)](cell) for cell in row)}</row>'
        for number, row in enumerate(rows, 1)
        if row
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
        f'<sheets><sheet name="{sheet}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>',
    }


@pytest.fixture
def write(tmp_path):
    """Writes rows as a CSV and returns the file."""

    def write_rows(rows, encoding="utf-8"):
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        file = tmp_path / "cqc_active_locations_2020-08-01.csv"
        file.write_bytes(text.getvalue().encode(encoding))
        return file

    return write_rows


@pytest.fixture
def write_workbook(tmp_path):
    """Writes rows as a workbook of the kind that `make` makes, and returns the file."""

    def write_parts(make, rows, sheet="HSCA_Active_Locations"):
        file = tmp_path / f"cqc_active_locations_2020-08-01.{make.__name__.removeprefix('make_')}"
        with zipfile.ZipFile(file, "w") as archive:
            for name, text in make(rows, sheet).items():
                archive.writestr(name, text)
        return file

    return write_parts


def refuse(file):
    with pytest.raises(InputError) as caught:
        read_register(file)
    return [str(problem) for problem in caught.value.problems]


def test_reads_the_columns_that_are_wanted_under_our_names(write):
    table = read_register(write(list_rows(HOME, AGENCY)))
    assert table.schema == SCHEMA
    assert table.to_pylist() == [
        {
            "location_id": "1-100000001",
            "is_dormant": False,
            "is_care_home": True,
            "beds": 34,
            "rating": "Good",
            "region_name": "Yorkshire and The Humber",
            "council_name": "Leeds",
            "is_nursing": True,
            "is_residential": False,
            "is_domiciliary": False,
            "is_illustrative": False,
            "place": 6,
        },
        {
            "location_id": "1-100000002",
            "is_dormant": False,
            "is_care_home": False,
            "beds": None,
            "rating": "",
            "region_name": "Yorkshire and The Humber",
            "council_name": "Bristol, City of",
            "is_nursing": False,
            "is_residential": False,
            "is_domiciliary": True,
            "is_illustrative": False,
            "place": 7,
        },
    ]


@pytest.mark.parametrize("above", [[], [[]], TITLES, [[]] * 29])
def test_finds_the_headings_however_many_rows_stand_above(write, above):
    assert read_register(write(list_rows(HOME, above=above)))["place"].to_pylist() == [len(above) + 2]


def test_finds_columns_in_any_order_and_headings_with_stray_spaces_and_breaks(write):
    turned = {f" {heading} ".replace("Local Auth", "Local\nAuth"): cell for heading, cell in reversed(HOME.items())}
    table = read_register(write(list_rows(turned)))
    assert table["council_name"].to_pylist() == ["Leeds"]
    assert table["beds"].to_pylist() == [34]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_reads_the_encodings_that_the_register_comes_in(write, encoding):
    named = HOME | {"Location Name": "Illustrative Café – 1", "Location Local Authority": "Côte"}
    assert read_register(write(list_rows(named), encoding))["council_name"].to_pylist() == ["Côte"]


@pytest.mark.parametrize("make", [make_ods, make_xlsx])
@pytest.mark.parametrize("sheet", ["HSCA_Active_Locations", "HSCA Active Locations "])
def test_reads_a_workbook_with_blank_rows_above(write_workbook, make, sheet):
    locations = [HOME | {"Care homes beds": 34}, AGENCY | {"Care homes beds": ""}]
    table = read_register(write_workbook(make, list_rows(*locations, above=[[]] * 6), sheet))
    assert table["location_id"].to_pylist() == ["1-100000001", "1-100000002"]
    assert table["beds"].to_pylist() == [34, None]
    assert table["is_domiciliary"].to_pylist() == [False, True]
    assert table["place"].to_pylist() == [8, 9]


def test_passes_over_blank_rows_and_keeps_count_of_them(write):
    blank = [""] * len(HOME)
    rows = [*TITLES, list(HOME), [], list(HOME.values()), blank, list(AGENCY.values()), blank, []]
    assert read_register(write(rows))["place"].to_pylist() == [7, 9]


def test_counts_a_name_with_a_line_break_as_one_row(write):
    table = read_register(write(list_rows(HOME | {"Location Name": "Illustrative\r\nHome"}, AGENCY)))
    assert table["place"].to_pylist() == [6, 7]


def test_knows_the_ids_of_nhs_trusts_and_newer_ones(write):
    ids = ["1-10000000001", "RXX01", "TAX54", "1-100000001"]
    table = read_register(write(list_rows(*(HOME | {"Location ID": each} for each in ids))))
    assert table["location_id"].to_pylist() == ids


def test_marks_a_made_up_register(write):
    rows = list_rows(HOME | {"Is_Illustrative": "Y"}, AGENCY | {"Is_Illustrative": "Y"})
    assert read_register(write(rows))["is_illustrative"].to_pylist() == [True, True]


@pytest.mark.parametrize("mark", ["", "N"])
def test_refuses_a_register_that_is_marked_in_part(write, mark):
    (problem,) = refuse(write(list_rows(HOME | {"Is_Illustrative": "Y"}, AGENCY | {"Is_Illustrative": mark})))
    assert problem.startswith("row 7, column 'Is_Illustrative': ")
    assert "not Y, as on every row of a made-up register" in problem


def test_lists_every_bad_cell_by_row(write):
    bad = [
        HOME | {"Dormant (Y/N)": "", "Care home?": "Yes", NURSING: "X", "Care homes beds": "thirty"},
        HOME | {"Location ID": "1-12"},
        HOME | {"Location ID": "Total", "Care homes beds": "-3"},
        HOME | {"Location ID": ""},
        HOME,
        AGENCY,
        HOME | {"Care homes beds": "3.5"},
    ]
    assert refuse(write(list_rows(*bad))) == [
        "row 6, column 'Care homes beds': 'thirty' is not a number of beds",
        "row 6, column 'Dormant (Y/N)': the cell is blank and not Y or N",
        "row 6, column 'Care home?': 'Yes' is not Y or N",
        f"row 6, column '{NURSING}': 'X' is not Y or N",
        "row 7, column 'Location ID': '1-12' is not a location id such as 1-123456789",
        "row 8, column 'Location ID': 'Total' is not a location id such as 1-123456789",
        "row 8, column 'Care homes beds': '-3' is not a number of beds",
        "row 9, column 'Location ID': the cell is blank",
        "row 10, column 'Location ID': '1-100000001' stands on row 6 too",
        "row 12, column 'Location ID': '1-100000001' stands on row 6 too",
        "row 12, column 'Care homes beds': '3.5' is not a number of beds",
    ]


def test_lists_every_column_that_is_missing_or_stands_twice(write):
    rows = list_rows({heading: cell for heading, cell in HOME.items() if heading not in ("Care home?", HOME_CARE)})
    rows[4][4] = "Location Region"
    assert refuse(write(rows)) == [
        "row 5: the column 'Care home?' is missing",
        "row 5: the column 'Care homes beds' is missing",
        "row 5: the column 'Location Region' stands twice",
        f"row 5: the column '{HOME_CARE}' is missing",
    ]


def test_lets_a_column_that_is_not_wanted_stand_twice(write):
    rows = [[*row, "more", "more"] if len(row) > 2 else row for row in list_rows(HOME)]
    assert read_register(write(rows)).num_rows == 1


@pytest.mark.parametrize("above", [[[]] * 30, [["Notes"]] * 40])
def test_refuses_a_file_whose_headings_are_not_found(write, above):
    assert refuse(write(list_rows(HOME, above=above))) == ["none of its first 30 rows has the heading 'Location ID'"]


def test_lists_the_rows_with_too_few_or_too_many_cells(write):
    rows = [*list_rows(HOME, AGENCY), ["1-100000003", "01/10"], [*HOME.values(), "more"]]
    assert refuse(write(rows)) == [
        "row 8: has 2 cells where the headings have 13",
        "row 9: has 14 cells where the headings have 13",
    ]


def test_refuses_a_file_that_ends_at_its_headings(write):
    assert refuse(write([*TITLES, list(HOME), []])) == ["it has headings but no rows"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "it is empty"),
        (b"<!DOCTYPE html><p>Not found", "it is a web page, most likely an error page saved under the file's name"),
        (b"Location ID\n1-1000\x81", "byte 19: the text is neither UTF-8 nor Windows-1252"),
        (b'Location ID,"Care', "it is not a sound CSV file: unexpected end of data"),
    ],
)
def test_refuses_a_csv_that_cannot_be_read(tmp_path, content, problem):
    file = tmp_path / "cqc_active_locations_2020-08-01.csv"
    file.write_bytes(content)
    assert refuse(file) == [problem]


@pytest.mark.parametrize("make", [make_ods, make_xlsx])
def test_refuses_a_workbook_without_the_sheet_of_locations(write_workbook, make):
    (problem,) = refuse(write_workbook(make, list_rows(HOME), "Dual_Registration_Locations"))
    assert problem.startswith("there is no sheet 'HSCA_Active_Locations'; it has ")
    assert "Dual_Registration_Locations" in problem


@pytest.mark.parametrize("make", [make_ods, make_xlsx])
def test_refuses_a_workbook_that_is_cut_off_or_damaged(write_workbook, make):
    file = write_workbook(make, list_rows(HOME))
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert refuse(file) == ["it is cut off or is not a workbook"]
    damaged = whole.replace(b"sheetData", b"sheetDate").replace(b"office:body>", b"office:bodY>", 1)
    file.write_bytes(damaged)
    assert len(refuse(file)) == 1
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", "<office")
    (problem,) = refuse(file)
    assert problem.startswith("it is damaged: ")


def test_checks_what_came_with_the_file(write):
    file = write(list_rows(HOME, AGENCY))
    file.with_name(file.name + ".rows").write_text("2\n")
    file.with_name(file.name + ".sha256").write_text(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n")
    assert read_register(file).num_rows == 2
    file.with_name(file.name + ".rows").write_text("3\n")
    assert refuse(file) == [f"it has 2 rows, and {file.name}.rows says '3'"]
