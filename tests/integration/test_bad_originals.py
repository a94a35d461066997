"""The publishers' own workbooks with one thing changed inside, where they stand beside the checkout."""

from __future__ import annotations

import pytest

OUTBREAKS = "care-home-outbreaks/latest_carehome_outbreaks.ods"
DEATHS = "care-home-deaths/cqc_mortality_care_homes.xlsx"
CARE_SECTOR = "care-sector-deaths/deathsinvolvingcovid19inthecaresectordataset.xlsx"
CASES = "cases/ltla-2020-08-12-to-2021-03-24.xlsx"
VACCINATION = "vaccination/COVID-19-weekly-announced-vaccinations-03-June-2021.xlsx"


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
def test_refuses_the_outbreaks_workbook_with_one_thing_changed(edit_original, refuse, old, new, phrases):
    edit_original(OUTBREAKS, part="content.xml", old=old, new=new)
    refuse("latest_carehome_outbreaks.ods", *phrases)


def test_refuses_the_deaths_workbook_with_a_negative_count(edit_original, refuse):
    edit_original(DEATHS, part="xl/worksheets/sheet4.xml", old=r'(<c r="B10" s="14"><v>)3<', new=r"\g<1>-3<")
    refuse("cqc_mortality_care_homes.xlsx", "sheet 'Table 2', row 10", "for Bexley on 2020-04-10 is negative")


def test_refuses_the_deaths_workbook_with_a_misspelt_area(edit_original, refuse):
    edit_original(DEATHS, part="xl/sharedStrings.xml", old="Birmingham", new="Brimingham")
    refuse("cqc_mortality_care_homes.xlsx", "the area 'Brimingham' is not in data/lookups/areas.csv")


@pytest.mark.parametrize(
    ("old", "new", "phrases"),
    [
        (
            "eligible residents reported to be vaccinated with a 2nd dose",
            "eligible residents offered a booster",
            [
                "sheet 'Older Adult Care Homes by UTLA', row 17, column H: the heading",
                "offered a booster",
            ],
        ),
        (">Birmingham<", ">Brimingham<", ["row 27", "the area 'Brimingham' is not in data/lookups/areas.csv"]),
        (
            ">8th December 2020 to 30th May 2021<",
            ">8th December 2020 to 30th May<",
            ["sheet 'Younger Adult Care Homes': no row that begins with '^period' ends with a date"],
        ),
        (">Tameside<", ">Telford and Wrekin<", ["'Telford and Wrekin' stands a second time"]),
    ],
    ids=["unknown heading", "misspelt area", "no date", "an area twice"],
)
def test_refuses_a_vaccination_workbook_with_one_thing_changed(edit_original, refuse, old, new, phrases):
    edit_original(VACCINATION, part="xl/sharedStrings.xml", old=old, new=new)
    refuse("03-June-2021.xlsx", *phrases)


@pytest.mark.parametrize(
    ("old", "new", "phrases"),
    [
        (
            ">East Midlands<",
            ">Mercia<",
            ["'Table 10', row 5, column C: the heading 'All deaths | Mercia' does not say"],
        ),
        (">Area Code<", ">Code<", ["sheet 'Table 12'", "the column 'Area Code' is missing"]),
        ("E07000128", "E07000999", ["the district 'Wyre' (E07000999) is not in data/lookups/districts.csv"]),
    ],
    ids=["region", "code heading", "district"],
)
def test_refuses_the_care_sector_workbook_with_one_thing_changed(edit_original, refuse, old, new, phrases):
    edit_original(CARE_SECTOR, part="xl/sharedStrings.xml", old=old, new=new)
    refuse("deathsinvolvingcovid19inthecaresectordataset.xlsx", *phrases)


def test_refuses_the_care_sector_workbook_without_one_of_its_tables(edit_original, refuse):
    edit_original(CARE_SECTOR, part="xl/workbook.xml", old='name="Table 10"', new='name="Regions"')
    refuse("there is no table of deaths of care home residents by region")


@pytest.mark.parametrize("name", [OUTBREAKS, DEATHS, VACCINATION, CASES, CARE_SECTOR])
def test_refuses_an_original_that_is_cut_off(originals, live_data, refuse, name):
    content = (originals / name).read_bytes()
    copy = live_data / "extracts" / name
    copy.parent.mkdir()
    copy.write_bytes(content[: len(content) // 2])
    refuse(name, "it is cut off or is not a workbook")
