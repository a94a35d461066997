"""Every cell of the publishers' workbooks, read here without etl, against the snapshot."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

AUTHORITIES_OF_2019 = {"E10000002": "E06000060"}  # Buckinghamshire
LAST_WEEK = dt.date(2020, 7, 19)
Cells = dict[tuple[str, dt.date], float]


def read_cells(file: Path, sheet: str) -> list[list]:
    with CalamineWorkbook.from_path(file) as workbook:
        return workbook.get_sheet_by_name(sheet).to_python()


def as_cells(rows) -> Cells:
    return {(row.area_code, row.date): row.value for row in rows.dropna(subset="value").itertuples()}


@pytest.fixture(scope="module")
def outbreak_sheets(originals: Path) -> list[list]:
    """Rows of both sheets: code, then 19 weeks, then outbreaks since the start and homes."""
    file = originals / "care-home-outbreaks" / "latest_carehome_outbreaks.ods"
    regions = [[row[1], *row[2:23]] for row in read_cells(file, "Government_office_regions")[2:]]
    authorities = [[row[1], *row[3:24]] for row in read_cells(file, "Upper_Tier_Local_authorities")[2:]]
    assert (len(regions), len(authorities)) == (9, 151)
    return [[AUTHORITIES_OF_2019.get(row[0], row[0]), *row[1:]] for row in regions + authorities]


def test_holds_every_weekly_cell_of_the_outbreaks_workbook(outbreak_sheets, select):
    """PHE, latest_carehome_outbreaks.ods, sheets Government_office_regions and Upper_Tier_Local_authorities."""
    first = dt.date(2020, 3, 15)
    expected = {
        (row[0], first + dt.timedelta(days=7 * week)): float(row[1 + week])
        for row in outbreak_sheets
        for week in range(19)
    }
    rows = select("outbreaks_new_count")
    assert as_cells(rows[rows["area_code"] != "E92000001"]) == expected
    assert len(expected) == 160 * 19


@pytest.mark.parametrize(("indicator", "column"), [("outbreaks_ever_count", 20), ("care_homes_count", 21)])
def test_holds_every_total_of_the_outbreaks_workbook(outbreak_sheets, select, indicator, column):
    """PHE, latest_carehome_outbreaks.ods, same sheets, columns "All outbreaks" and "Number of care homes"."""
    expected = {(row[0], LAST_WEEK): float(row[column]) for row in outbreak_sheets if row[column] != "NA"}
    rows = select(indicator)
    assert as_cells(rows[rows["area_code"] != "E92000001"]) == expected


@pytest.mark.parametrize(
    ("indicator", "table"), [("deaths_covid_day_count", "Table 2"), ("deaths_all_day_count", "Table 3")]
)
def test_holds_every_cell_of_the_deaths_workbook(originals: Path, select, areas, indicator, table):
    """ONS/CQC, cqc_mortality_care_homes.xlsx, Tables 2 and 3: England and 149 authorities on 155 days."""
    cells = read_cells(originals / "care-home-deaths" / "cqc_mortality_care_homes.xlsx", table)
    current = areas[areas["is_current"]]
    codes = dict(zip(current["name"], current.index, strict=True))
    days = cells[2][1:]
    expected = {
        (codes[row[0].strip()], day): value for row in cells[3:153] for day, value in zip(days, row[1:], strict=True)
    }
    assert len(expected) == 150 * 155
    rows = select(indicator)
    assert as_cells(rows[rows["area_code"].map(areas["kind"]) != "region"]) == expected


def test_holds_every_day_of_the_national_table(originals: Path, series):
    """ONS/CQC, cqc_mortality_care_homes.xlsx, Table 1, column "Care homes", 155 days."""
    cells = read_cells(originals / "care-home-deaths" / "cqc_mortality_care_homes.xlsx", "Table 1")
    expected = {row[0]: row[1] for row in cells[3:158]}
    assert series("deaths_covid_day_count", area="E92000001") == expected


@pytest.mark.parametrize(
    ("indicator", "row", "heading"),
    [
        ("deaths_all_week_count", "Care Home", "All deaths"),
        ("deaths_covid_week_count", "Care Home", "Deaths involving COVID-19"),
    ],
)
def test_agrees_with_every_week_of_table_4(originals: Path, series, indicator, row, heading):
    """ONS/CQC, cqc_mortality_care_homes.xlsx, Table 4, the "Care Home" row under each heading."""
    cells = read_cells(originals / "care-home-deaths" / "cqc_mortality_care_homes.xlsx", "Table 4")
    names = [str(line[0]).strip() for line in cells]
    weeks = cells[names.index("Week Ending")][1:]
    values = cells[names.index(row, names.index(heading))][1:]
    assert series(indicator, area="E92000001") == dict(zip(weeks, values, strict=True))
