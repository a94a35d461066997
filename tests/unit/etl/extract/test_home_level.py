"""The reader of home-level extracts: as declared, whole, and every row as it stands."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata

import pytest

from etl.catalogue import load_catalogue
from etl.errors import InputError
from etl.extract.home_level import fold_heading, read_home_level
from tests.made_up_homes import HEADINGS, add_checksum, add_row_count, make_rows, to_text

BEFORE, AFTER = dt.date(2020, 8, 10), dt.date(2020, 8, 24)


@pytest.fixture(scope="module")
def layout():
    return load_catalogue().returns[0]


@pytest.fixture
def read(tmp_path, layout):
    """A function that reads text or bytes as an extract of a date."""

    def run(content, *, date=AFTER):
        file = tmp_path / f"capacity_tracker_care_homes_{date}.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return read_home_level(file, layout=layout, date=date)

    return run


@pytest.fixture
def text():
    return to_text(make_rows(AFTER, homes=12))


def test_reads_every_row_under_our_names(read, text):
    found = read(text)
    rows = make_rows(AFTER, homes=12)
    assert found.table.column("location").to_pylist() == [row["Location"] for row in rows]
    assert found.table.column("chsp_5_1").to_pylist() == [row["CHSP_5_1"] for row in rows]
    assert found.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (found.size, found.is_verified, found.is_illustrative) == (len(text), False, True)


def test_keeps_the_rows_as_they_stand(read, text):
    assert [line.decode() for line in read(text).lines] == text.splitlines()[1:]


def test_converts_no_column_that_feeds_nothing(read, text, layout):
    unused = {column.name for column in layout.columns_of("text")}
    assert not unused & set(read(text).table.column_names)


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_reads_both_kinds_of_line_ends(read, text, ending):
    found = read(text.replace("\n", ending))
    assert found.table.num_rows == 12
    assert found.table.column("is_illustrative").to_pylist() == ["Y"] * 12


@pytest.mark.parametrize("end", ["", "\n\n\n", "\r\n\r\n"])
def test_needs_no_end_of_line_and_minds_no_blank_ones_after_the_last_row(read, text, end):
    assert read(text.rstrip("\n") + end).table.num_rows == 12


def test_reads_a_byte_order_mark_and_windows_1252(read, text):
    named = text.replace("Illustrative home 00003", "Café “Quiet” Home")
    for content in (b"\xef\xbb\xbf" + named.encode("utf-8"), named.encode("cp1252")):
        assert read(content).table.column("location").to_pylist()[3] == "Café “Quiet” Home"


def test_reads_a_cell_in_quotation_marks(read, text):
    assert (
        read(text.replace("Illustrative home 00003", '"Home, The"')).table.column("location")[3].as_py() == "Home, The"
    )


@pytest.mark.parametrize("heading", ["cqc_id", "CQC ID", "Cqc-Id", " CQC_ID ", "CQC Location ID"])
def test_knows_a_heading_however_it_is_spaced(read, text, heading):
    assert read(text.replace("CQC_ID", heading, 1)).table.column("location_id")[0].as_py() == "1-900000000"


def test_tells_two_council_columns_apart(read, text):
    found = read(text).table
    assert found.column("council").to_pylist()[0] == "Birmingham City Council"
    assert set(found.column("council_ons").to_pylist()) == {""}


def test_reads_columns_in_any_order(read):
    rows = [dict(reversed(row.items())) for row in make_rows(AFTER, homes=12)]
    assert read(to_text(rows)).table.column("location_id")[0].as_py() == "1-900000000"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("CHSP_5_1", "CHSP_9_9", ["the column 'CHSP_9_9' is not known", "the column 'CHSP_5_1' is missing"]),
        ("Nurses_Employed", "CHSP_5_1", ["the column 'chsp_5_1' stands twice", "'Nurses_Employed' is missing"]),
        ("CQC_ID,", ",", ["the column '' is not known", "the column 'CQC_ID' is missing"]),
    ],
)
def test_refuses_headings_that_are_not_as_declared(read, text, old, new, words):
    with pytest.raises(InputError) as raised:
        read(text.replace(old, new, 1))
    for phrase in (*words, "row 1", "etl/catalogue/returns.toml"):
        assert phrase in str(raised.value)


def test_needs_the_date_of_the_answers_only_after_they_got_one(read, text):
    before = to_text(make_rows(BEFORE, homes=12))
    assert "CHSP_Last_Updated_UTC" not in before
    assert read(before, date=BEFORE).table.num_rows == 12
    with pytest.raises(InputError, match="'CHSP_Last_Updated_UTC' is missing"):
        read(before, date=AFTER)
    with pytest.raises(InputError, match="'CHSP_Last_Updated_UTC' is not known"):
        read(text, date=BEFORE)


@pytest.mark.parametrize(
    "content", ["", "\n", ",".join(HEADINGS), ",".join([*HEADINGS, "CHSP_Last_Updated_UTC"]) + "\n"]
)
def test_refuses_a_file_without_rows(read, content):
    with pytest.raises(InputError):
        read(content)


def test_refuses_a_file_that_is_cut_off_in_a_row(read, text):
    with pytest.raises(InputError, match="row 13: has 9 cells where the headings have 50") as raised:
        read(",".join(text.split(",")[: 50 * 12 - 12 + 8]).rsplit("\n", 1)[0] + "\n" + "a,b,c,d,e,f,g,h,i")
    assert "may be cut off" in str(raised.value)


def test_lists_every_row_with_too_many_or_too_few_cells(read, text):
    lines = text.splitlines()
    lines[3] += ",more"
    lines[7] = "few,cells"
    with pytest.raises(InputError) as raised:
        read("\n".join(lines) + "\n")
    assert "row 4: has 51 cells" in str(raised.value)
    assert "row 8: has 2 cells" in str(raised.value)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("Illustrative home 00003", '"Illustrative\nhome 00003"'),
        lambda text: "\r".join(text.rsplit("\n", 3)[:2]) + "\n" + "\n".join(text.rsplit("\n", 3)[2:]),
    ],
    ids=["a line break in a cell", "a row that ends in a carriage return alone"],
)
def test_refuses_a_row_that_is_not_a_line(read, text, spoil):
    with pytest.raises(InputError, match="a line break stands inside a cell"):
        read(spoil(text))


def test_refuses_a_stray_quotation_mark(read, text):
    with pytest.raises(InputError):
        read(text.replace("Illustrative home 00003", '"Illustrative home 00003'))


@pytest.mark.parametrize("mark", ["N", "X", "illustrative"])
def test_refuses_a_mark_on_some_rows_only(read, mark):
    rows = make_rows(AFTER, homes=12)
    rows[5]["Is_Illustrative"] = mark
    with pytest.raises(InputError, match="where a made-up extract has Y on every row"):
        read(to_text(rows))


def test_lets_a_total_row_stand_without_the_mark(read):
    rows = make_rows(AFTER, homes=12)
    rows[5]["Is_Illustrative"] = ""
    assert read(to_text(rows)).is_illustrative


def test_takes_an_extract_without_the_mark_for_real(read):
    assert not read(to_text(make_rows(AFTER, homes=12, is_marked=False))).is_illustrative


def test_checks_what_came_with_the_file(read, text, tmp_path):
    file = tmp_path / f"capacity_tracker_care_homes_{AFTER}.csv"
    file.write_text(text, encoding="utf-8")
    add_checksum(file)
    add_row_count(file, 12)
    assert read(text).is_verified
    with pytest.raises(InputError, match="its checksum is"):
        read(text.replace("00003", "00004"))


def test_folds_headings_without_touching_letters():
    assert fold_heading(" CHSP_Last-Updated UTC ") == "chsplastupdatedutc"
    assert fold_heading("Café") == unicodedata.normalize("NFC", "café")
