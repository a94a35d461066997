"""Opening files: each way in which one can be broken has a message of its own."""

from __future__ import annotations

import hashlib
import zipfile

import pytest

from etl.errors import InputError
from etl.extract.files import check_headings, check_workbook, hash_file, read_csv, read_sheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
    '<sheets><sheet name="Table 2 " sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row r="2">'
    '<c r="B2" t="inlineStr"><is><t>Leeds</t></is></c><c r="C2"><v>4</v></c></row></sheetData></worksheet>',
}


@pytest.fixture
def workbook(tmp_path):
    file = tmp_path / "deaths.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
    return file


def test_reads_a_sheet_from_its_first_cell_on_whatever_spaces_its_name_has(workbook):
    assert read_sheet(workbook, "Table 2") == [["", "", ""], ["", "Leeds", 4.0]]


def test_names_the_sheets_there_are_when_one_is_missing(workbook):
    with pytest.raises(InputError, match="there is no sheet 'Table 9'; it has Table 2") as caught:
        read_sheet(workbook, "Table 9")
    assert "sources.toml" in caught.value.remedy


@pytest.mark.parametrize("length", [1, 40, 700, -1])
def test_refuses_a_workbook_that_is_cut_off(workbook, length):
    workbook.write_bytes(workbook.read_bytes()[:length])
    with pytest.raises(InputError, match="it is cut off or is not a workbook"):
        read_sheet(workbook, "Table 2")


def test_names_the_part_of_a_workbook_that_is_damaged(workbook):
    workbook.write_bytes(workbook.read_bytes().replace(b"Leeds", b"Lexds"))
    with pytest.raises(InputError, match=r"xl/worksheets/sheet1\.xml: this part is damaged"):
        check_workbook(workbook)


def test_refuses_an_archive_that_is_no_workbook(tmp_path):
    file = tmp_path / "deaths.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "nothing here")
    with pytest.raises(InputError, match="it is damaged"):
        read_sheet(file, "Table 2")


@pytest.mark.parametrize("read", [read_csv, check_workbook])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is empty"),
        (b" \r\n\n", "it is empty"),
        (b"<!DOCTYPE html><title>503</title>", "it is a web page, most likely an error page"),
        (b"\n  <HTML><body>Sorry", "it is a web page, most likely an error page"),
    ],
)
def test_refuses_a_file_without_figures_whatever_its_kind(tmp_path, read, content, message):
    file = tmp_path / "deaths.file"
    file.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        read(file)
    assert caught.value.file == str(file)
    assert caught.value.remedy.startswith("Download the file")


def test_refuses_a_file_that_cannot_be_opened(tmp_path):
    with pytest.raises(InputError, match="it cannot be read: No such file"):
        read_csv(tmp_path / "absent.csv")


def test_reads_text_with_or_without_a_byte_order_mark(tmp_path):
    file = tmp_path / "turnover.csv"
    for encoding in ("utf-8", "utf-8-sig"):
        file.write_bytes("Area , Rate\r\nSt Helens,1\r\n".encode(encoding))
        assert read_csv(file) == (["Area", "Rate"], [["St Helens", "1"]])


def test_says_which_byte_is_not_utf8(tmp_path):
    file = tmp_path / "turnover.csv"
    file.write_bytes("Area,Rate\nHérault,1\n".encode("latin-1"))
    with pytest.raises(InputError, match="byte 12: the text is not UTF-8") as caught:
        read_csv(file)
    assert "CSV UTF-8" in caught.value.remedy


def test_refuses_headings_without_rows(tmp_path):
    file = tmp_path / "turnover.csv"
    file.write_text("Area,Rate\n\n", encoding="utf-8")
    with pytest.raises(InputError, match="it has headings but no rows"):
        read_csv(file)


def test_lists_every_row_with_too_few_or_too_many_cells(tmp_path):
    file = tmp_path / "turnover.csv"
    file.write_text("Area,Rate\nLeeds,1\nYork\nHull,1,2\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_csv(file)
    assert [str(problem) for problem in caught.value.problems] == [
        "row 3: has 1 cells where the headings have 2",
        "row 4: has 3 cells where the headings have 2",
    ]


def test_refuses_a_blank_line_between_rows_and_passes_those_at_the_end(tmp_path):
    file = tmp_path / "turnover.csv"
    file.write_text("Area,Rate\nLeeds,1\n\n\n", encoding="utf-8")
    assert read_csv(file)[1] == [["Leeds", "1"]]
    file.write_text("Area,Rate\nLeeds,1\n\nYork,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="row 3: has 0 cells where the headings have 2"):
        read_csv(file)


@pytest.mark.parametrize("text", ['Area,Rate\n"Leeds,1\nYork,2\n', 'Area,Rate\n"Leeds"s,1\nYork,2\n'])
def test_refuses_a_stray_quotation_mark(tmp_path, text):
    file = tmp_path / "turnover.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="it is not a sound CSV file: ") as caught:
        read_csv(file)
    assert caught.value.remedy.startswith("Look for a stray quotation mark. Download the file")


def test_refuses_cells_under_no_heading_and_passes_an_empty_column(tmp_path):
    file = tmp_path / "turnover.csv"
    file.write_text("Area, ,Rate,\nLeeds,,1,\nYork,,2, \n", encoding="utf-8")
    assert read_csv(file)[0] == ["Area", "", "Rate", ""]
    file.write_text("Area, ,Rate,\nLeeds,,1,\nYork,6,2,x\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_csv(file)
    assert [str(problem) for problem in caught.value.problems] == [
        "column 2: has cells but no heading",
        "column 4: has cells but no heading",
    ]


def test_passes_headings_that_are_known_and_blank_ones(tmp_path):
    check_headings(tmp_path, "row 1", found=["", "Area", "", "Region"], required=["Area"], allowed=["Region"])


def test_hashes_the_bytes(tmp_path):
    file = tmp_path / "turnover.csv"
    file.write_bytes(b"Area\r\n")
    assert hash_file(file) == hashlib.sha256(b"Area\r\n").hexdigest()
