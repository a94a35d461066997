"""Extracts that are cut off, wrong or too different are refused, and what is live stays."""

from __future__ import annotations

import pytest
from homes_builds import SOURCE, live, rows_of

from tests.made_up_homes import (
    DAYS,
    FOLDER,
    add_checksum,
    add_row_count,
    make_rows,
    name_file,
    write_extract,
)

REFUSED = f"restricted/refused/{SOURCE}"


def test_refuses_totals_that_jump_until_somebody_accepts_them(homes_data, build_homes, refuse_homes):
    write_extract(homes_data, DAYS[3], make_rows(DAYS[3], homes=150))
    refuse_homes(
        "care homes with a current answer", "open care homes, 29% fewer than the 203 of 2020-08-24", "--accept"
    )
    build_homes(homes_data, "--accept")
    accepted = live(homes_data)
    assert not any("totals_jump" in str(row) for row in rows_of(homes_data, "quality"))
    assert any("nothing has changed" in line for line in build_homes(homes_data)), "what is live was accepted once"
    assert live(homes_data) == accepted


def test_refuses_an_extract_that_is_cut_off_in_a_row(homes_data, refuse_homes):
    file = homes_data / "illustrative" / FOLDER / name_file(DAYS[3])
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.rindex("CHSP" if "CHSP" in text[-200:] else "1-9000") + 3], encoding="utf-8")
    refuse_homes(f"{file} is refused", "cells where the headings have 50", "may be cut off")


def test_refuses_an_extract_that_is_cut_off_between_two_rows_by_its_totals(homes_data, refuse_homes):
    file = homes_data / "illustrative" / FOLDER / name_file(DAYS[3])
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[: len(lines) // 2]), encoding="utf-8")
    refuse_homes(f"{file.name}: ", "fewer than the 203 of 2020-08-24", "at most 10% is tolerated")


@pytest.mark.parametrize("add", ["checksum", "rows"])
def test_refuses_it_by_its_sidecar_however_little_is_cut_off(homes_data, refuse_homes, add):
    file = homes_data / "illustrative" / FOLDER / name_file(DAYS[3])
    if add == "checksum":
        add_checksum(file)
    else:
        add_row_count(file, 210)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), encoding="utf-8")
    refuse_homes(f"{file} is refused", f"{file.name}.{'sha256' if add == 'checksum' else 'rows'} says")


def test_refuses_a_file_with_too_many_refused_rows_and_keeps_them_to_look_at(homes_data, refuse_homes):
    rows = make_rows(DAYS[3])
    for row in rows[:11]:
        row["LocalAuthority"] = "Nowhere"
    file = write_extract(homes_data, DAYS[3], rows)
    refuse_homes(
        f"{file} is refused", "11 of 210 rows are refused (5.2%)", "at most 5% are tolerated", "restricted/refused"
    )
    kept = (homes_data / REFUSED / f"{file.stem}.refused.csv").read_text(encoding="utf-8")
    assert kept.count("unknown_council") == 11


def test_takes_a_file_in_that_is_just_within_the_share(homes_data, build_homes):
    rows = make_rows(DAYS[3])
    for row in rows[:10]:
        row["LocalAuthority"] = "Nowhere"
    file = write_extract(homes_data, DAYS[3], rows)
    lines = build_homes(homes_data)
    assert any(line.startswith(f"{SOURCE} 4 The council is not known 10 ") for line in lines)
    found = {row["rule"]: row["rows"] for row in rows_of(homes_data, "quality") if row["source_id"] == SOURCE}
    assert found["unknown_council"] == 10
    (source,) = [row for row in rows_of(homes_data, "sources") if row["id"] == SOURCE]
    assert (source["rows_read"], source["rows_accepted"], source["rows_refused"]) == (840, 830, 10)
    assert (homes_data / REFUSED / f"{file.stem}.refused.csv").read_text(encoding="utf-8").count("Nowhere") == 20


def test_names_every_extract_that_is_refused_at_once(homes_data, refuse_homes):
    for day in DAYS[1:]:
        (homes_data / "illustrative" / FOLDER / name_file(day)).write_text("a,b\n1,2\n", encoding="utf-8")
    said = refuse_homes("the column 'a' is not known")
    assert all(name_file(day) in said for day in DAYS[1:])
