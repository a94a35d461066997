"""Every count of the vaccination workbooks, read here by position and without etl, against the snapshot."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

OLDER, YOUNGER, STAFF = "Older Adult Care Homes by UTLA", "Younger Adult Care Homes", "Social Care Staff by UTLA"
ENGLAND_ROW = {"England": "E92000001"}


@dataclass(frozen=True)
class Part:
    """Where one edition prints an indicator: sheet, first row of authorities, columns of part and whole."""

    indicator: str
    sheet: str
    row: int
    part: str
    whole: str


def list_parts(sheet, row, *columns):
    return [Part(indicator, sheet, row, part, whole) for indicator, part, whole in columns]


EDITIONS = {
    ("1-April", dt.date(2021, 3, 28)): [
        *list_parts(OLDER, 15, ("older_residents_first", "F", "E"), ("older_staff_first", "K", "J")),
        *list_parts(YOUNGER, 25, ("younger_residents_first", "E", "D")),
        *list_parts(
            STAFF, 15, ("younger_staff_first", "E", "D"), ("home_care_staff_first", "I", "H"),
            ("other_staff_first", "M", "L"),
        ),
    ],
    ("13-May", dt.date(2021, 5, 9)): [
        *list_parts(
            OLDER, 18, ("older_residents_first", "F", "E"), ("older_residents_second", "H", "E"),
            ("older_staff_first", "M", "L"), ("older_staff_second", "O", "L"),
        ),
        *list_parts(YOUNGER, 25, ("younger_residents_first", "E", "D")),
        *list_parts(
            STAFF, 15, ("younger_staff_first", "E", "D"), ("home_care_staff_first", "I", "H"),
            ("other_staff_first", "M", "L"),
        ),
    ],
    ("03-June", dt.date(2021, 5, 30)): [
        *list_parts(
            OLDER, 19, ("older_residents_first", "F", "E"), ("older_residents_second", "H", "E"),
            ("older_staff_first", "M", "L"), ("older_staff_second", "O", "L"),
        ),
        *list_parts(YOUNGER, 28, ("younger_residents_first", "E", "D"), ("younger_residents_second", "G", "D")),
        *list_parts(
            STAFF, 20, ("younger_staff_first", "E", "D"), ("younger_staff_second", "G", "D"),
            ("home_care_staff_first", "K", "J"), ("home_care_staff_second", "M", "J"),
            ("other_staff_first", "Q", "P"), ("other_staff_second", "S", "P"),
        ),
    ],
}  # fmt: skip
CASES = [(edition, date, part) for (edition, date), parts in EDITIONS.items() for part in parts]


def read_rows(file: Path, part: Part):
    """(name, part, whole) of each row of the table, down to the notes."""
    with CalamineWorkbook.from_path(file) as workbook:
        cells = workbook.get_sheet_by_name(part.sheet).to_python(skip_empty_area=False)
    for row in cells[part.row - 1 :]:
        name = str(row[1]).strip()
        if name.startswith("Data quality"):
            return
        if name:
            yield name, row[ord(part.part) - ord("A")], row[ord(part.whole) - ord("A")]


@pytest.mark.parametrize(("edition", "date", "part"), CASES, ids=[f"{e}-{p.indicator}" for e, _, p in CASES])
def test_holds_every_count_of_the_vaccination_workbooks(originals, select, areas, edition, date, part):
    """NHS England, COVID-19-weekly-announced-vaccinations-<edition>-2021.xlsx, at the rows and columns named above."""
    file = originals / "vaccination" / f"COVID-19-weekly-announced-vaccinations-{edition}-2021.xlsx"
    lived = areas[(areas["kind"] == "authority") & (areas["shown_as"] == areas.index)]
    lived = lived[lived["valid_to"].isna() | (lived["valid_to"] >= dt.date(2021, 3, 28))]
    codes = dict(zip(lived["name"], lived.index, strict=True)) | ENGLAND_ROW
    expected = {codes[name]: (some, whole) for name, some, whole in read_rows(file, part)}
    assert len(expected) >= 150
    rows = select(f"vaccination_{part.indicator}_dose_percent")
    own = rows[(rows["date"] == date) & ~rows["area_code"].str.startswith("E12")]
    if part.sheet == YOUNGER:  # England stands in the table of NHS regions, above
        own = own[own["area_code"] != "E92000001"]
    assert set(own["area_code"]) == set(expected)
    for row in own.itertuples():
        some, whole = expected[row.area_code]
        if isinstance(some, str) or isinstance(whole, str):
            assert row.status == "x"
        elif not whole:
            assert row.status == "z"
        else:
            assert (row.numerator, row.denominator) == (some, whole)
            assert row.value == pytest.approx(100 * some / whole, rel=1e-12)
