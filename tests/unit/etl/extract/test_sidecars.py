"""Sidecars: a checksum or a row count, and whether the file is what they say."""

from __future__ import annotations

import pytest

from etl.errors import InputError
from etl.extract.sidecars import check_sidecars

DIGEST = "ab" * 32


@pytest.fixture
def file(tmp_path):
    return tmp_path / "extract.csv"


def put(file, ending, text):
    file.with_name(file.name + ending).write_text(text, encoding="utf-8")


def test_finds_that_nothing_vouches_for_a_file_on_its_own(file):
    assert check_sidecars(file, sha256=DIGEST, rows=3) is False


@pytest.mark.parametrize("text", [DIGEST, DIGEST.upper(), f"{DIGEST}  extract.csv\n", f"{DIGEST} *extract.csv\r\n"])
def test_takes_a_checksum_as_sha256sum_writes_it(file, text):
    put(file, ".sha256", text)
    assert check_sidecars(file, sha256=DIGEST, rows=3) is True


@pytest.mark.parametrize("text", ["3", "3\n", " 3 \r\n", "003"])
def test_takes_a_row_count(file, text):
    put(file, ".rows", text)
    assert check_sidecars(file, sha256=DIGEST, rows=3) is True


@pytest.mark.parametrize("text", ["cd" * 32, DIGEST[:-1], "", "  extract.csv", DIGEST + "0"])
def test_refuses_a_file_that_has_another_checksum(file, text):
    put(file, ".sha256", text)
    with pytest.raises(InputError, match=r"extract\.csv\.sha256 says") as raised:
        check_sidecars(file, sha256=DIGEST, rows=3)
    assert "What to do: Fetch the extract and what came with it again" in str(raised.value)


@pytest.mark.parametrize("text", ["4", "", "three", "3.0", "-3", "3,0"])
def test_refuses_a_file_that_has_another_number_of_rows(file, text):
    put(file, ".rows", text)
    with pytest.raises(InputError, match=r"it has 3 rows, and extract\.csv\.rows says"):
        check_sidecars(file, sha256=DIGEST, rows=3)


@pytest.mark.parametrize(("digest", "rows"), [("cd" * 32, "3"), (DIGEST, "4")])
def test_wants_both_to_be_right_where_both_came(file, digest, rows):
    put(file, ".sha256", digest)
    put(file, ".rows", rows)
    with pytest.raises(InputError):
        check_sidecars(file, sha256=DIGEST, rows=3)
