"""The publishers' own workbooks with one thing changed inside, where they stand beside the checkout."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

OUTBREAKS = "care-home-outbreaks/latest_carehome_outbreaks.ods"
DEATHS = "care-home-deaths/cqc_mortality_care_homes.xlsx"


@pytest.fixture
def edit(originals: Path, live_data: Path):
    """A function that copies an original with a pattern in one of its parts replaced, once."""

    def write(name: str, *, part: str, old: str, new: str) -> None:
        copy = live_data / "extracts" / name
        copy.parent.mkdir()
        with zipfile.ZipFile(originals / name) as original, zipfile.ZipFile(copy, "w") as archive:
            for entry in original.infolist():
                content = original.read(entry)
                if entry.filename == part:
                    text, count = re.subn(old, new, content.decode("utf-8"), count=1)
                    assert count == 1
                    content = text.encode("utf-8")
                archive.writestr(entry, content)

    return write


@pytest.mark.parametrize(
    ("old", "new", "phrases"),
    [
        ("RGN09CD", "RGN20CD", ["the column 'RGN09CD' is missing", "the column 'RGN20CD' is not known"]),
        ("Number of care homes", "Care homes", ["'Number of care homes' is missing", "'Care homes' is not known"]),
        ('table:name="Government_office_regions"', 'table:name="Regions"', ["no sheet 'Government_office_regions'"]),
        ("E12000004", "E12000010", ["row 3", "'East Midlands' (E12000010)", "data/lookups/areas.csv"]),
        ("E12000004", "E12000006", ["row 3", "row 4", "outbreaks_new for E12000006 on 2020-03-15 is given twice"]),
    ],
    ids=["code heading", "homes heading", "sheet", "unknown area", "duplicate key"],
)
def test_refuses_the_outbreaks_workbook_with_one_thing_changed(edit, refuse, old, new, phrases):
    edit(OUTBREAKS, part="content.xml", old=old, new=new)
    refuse("latest_carehome_outbreaks.ods", *phrases)


def test_refuses_the_deaths_workbook_with_a_negative_count(edit, refuse):
    edit(DEATHS, part="xl/worksheets/sheet4.xml", old=r'(<c r="B10" s="14"><v>)3<', new=r"\g<1>-3<")
    refuse("cqc_mortality_care_homes.xlsx", "sheet 'Table 2', row 10", "for Bexley on 2020-04-10 is negative")


def test_refuses_the_deaths_workbook_with_a_misspelt_area(edit, refuse):
    edit(DEATHS, part="xl/sharedStrings.xml", old="Birmingham", new="Brimingham")
    refuse("cqc_mortality_care_homes.xlsx", "the area 'Brimingham' is not in data/lookups/areas.csv")


@pytest.mark.parametrize("name", [OUTBREAKS, DEATHS])
def test_refuses_an_original_that_is_cut_off(originals, live_data, refuse, name):
    content = (originals / name).read_bytes()
    copy = live_data / "extracts" / name
    copy.parent.mkdir()
    copy.write_bytes(content[: len(content) // 2])
    refuse(name, "it is cut off or is not a workbook")
