"""Tables found by what their headings say, with the meanings that the catalogue declares for vaccination."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl.catalogue import load_catalogue
from etl.errors import InputError
from etl.extract.by_meaning import read_by_meaning

FILE = Path("edition.xlsx")
TABLE = load_catalogue().source("nhs_vaccination").table[0]
OLDER, YOUNGER, STAFF = "Older Adult Care Homes by UTLA", "Younger Adult Care Homes", "Social Care Staff by UTLA"
AS_AT = dt.date(2021, 6, 20)
NOTES = [[], ["", "Data quality notes:"], ["", "1. Reported by providers."]]


def head(title):
    return [[], ["", "Title:", title], ["", "Period1,2:", "8th December 2020 to 20th June 2021"], ["", "Status:", "x"]]


# As the publisher lays its tables out, a few rows of each.
SHEETS = {
    OLDER: [
        *head("Residents and Staff in Older Adult Care Homes by Upper Tier Local Authority (UTLA)"),
        ["", "Numbers of Older Adult Care Homes Reporting Data3", "", "Total number of older adult care homes",
         "Number of older adult care homes reporting number of residents/staff and 1st dose vaccinations",
         "% of older adult care homes reporting number of residents/staff and 1st dose vaccinations"],
        ["", "England", "", 20, 19, 0.95],
        ["", "East Of England", "", 20, 19, 0.95],
        ["", "", "", "Residents5", "", "", "", "Staff6"],
        ["", "UTLA", "", "Total number of residents7", "Number of eligible residents vaccinated (1st dose)",
         "% of residents vaccinated (1st dose)", "", "Total number of staff7",
         "Number of eligible staff vaccinated (1st dose)", "% of staff vaccinated (1st dose)"],
        [],
        ["", "England", "", 30, 27, 0.9, "", 60, 30, 0.5],
        ["", "Leeds", "", 10, 8, 0.8, "", 20, 10, 0.5],
        ["", "York", "", 20, 19, 0.95, "", 40, 20, 0.5],
        *NOTES,
    ],
    YOUNGER: [
        *head("Residents in Younger Adult Care Homes"),
        ["", "NHS Region", "", "Total number of residents", "Number of residents vaccinated (1st dose)"],
        ["", "England", "", 9, 8],
        ["", "London", "", 9, 8],
        ["", "UTLA", "", "Total number of residents", "Number of residents vaccinated (1st dose)"],
        ["", "Leeds", "", 4, 4],
        ["", "York", "", 5, 4],
        *NOTES,
    ],
    STAFF: [
        *head("Social Care Workforce Upper Tier Local Authority (UTLA)"),
        ["", "Numbers of Providers/Local Authorities Reporting Data", "", "Total number of providers/Local Authorities",
         "Number of providers/Local Authorities reporting number of staff",
         "Number of providers/Local Authorities reporting 2nd dose vaccinations8"],
        ["", "Independent CQC- Registered Domicilary Care Providers3", "", 100, 95, 90],
        ["", "Other settings including Non-Registered providers6,7", "", 151, 151, 89],
        ["", "", "", "Younger Adult Care Homes3", "", "Domiciliary Care Providers", "", "Other Settings6,7"],
        ["", "UTLA", "", "Total number of staff9", "Number of staff vaccinated with a second dose12",
         "Total number of staff", "Number of staff vaccinated with a second dose 12", "Total number of staff",
         "Number of staff vaccinated with a second dose"],
        ["", "Leeds", "", 5, 4, 50, 40, 70, "-"],
        ["", "York", "", 6, 3, 60, 30, 80, "tbc"],
        *NOTES,
    ],
}  # fmt: skip

# Nothing stands where it stood: codes, the names in column D, staff first, a row of doses, per cents of a hundred.
MOVED = [
    ["COVID-19 vaccinations in older adult care homes by upper tier local authority"],
    [],
    ["Period", "20 June 2021"],
    ["", "", "", "", "Staff of older adult care homes", "", "", "", "", "Residents of older adult care homes"],
    ["", "", "", "", "All", "First dose", "", "Both doses", "", "All", "First dose", "", "Both doses"],
    ["", "UTLA code", "Government region", "UTLA name", "Total", "Vaccinated", "% vaccinated", "Vaccinated",
     "% vaccinated", "Total", "Vaccinated", "Proportion vaccinated", "Vaccinated", "Proportion vaccinated"],
    ["", "E06000014", "Yorkshire", "York", 40, 20, 50.0, 10, 25.0, 20, 19, 95.0, 15, 75.0],
    ["", "E08000035", "Yorkshire", "Leeds3", 20, 10, 50.0, "-", "-", 10, 8, 80.0, 6, 60.0],
]  # fmt: skip


@pytest.fixture
def read(inject_sheets):
    """The figures (by measure and area), rows read and rows set aside of the sheets, with one cell or sheet changed."""

    def run(*cells, sheets=SHEETS):
        changed = {name: [list(row) for row in rows] for name, rows in sheets.items()}
        for sheet, row, column, value in cells:
            line = changed[sheet][row - 1]
            line.extend([""] * (column + 1 - len(line)))
            line[column] = value
        inject_sheets(changed)
        figures, rows, refusals = read_by_meaning(FILE, TABLE, number=3)
        assert set(figures["date"]) == {AS_AT}
        assert set(figures["table"]) == {3}
        found = {(row.measure, row.area_name or row.area_code): row.raw for row in figures.itertuples()}
        assert len(found) == len(figures)
        return found, rows, {refusal.rule: refusal.rows for refusal in refusals}

    return run


@pytest.fixture
def refuse(read):
    """The problems for which the sheets are refused."""

    def run(*cells, sheets=SHEETS):
        with pytest.raises(InputError) as caught:
            read(*cells, sheets=sheets)
        assert "sources.toml" in caught.value.remedy
        return [str(problem) for problem in caught.value.problems]

    return run


def test_reads_counts_by_group_dose_and_area(read):
    found, _, _ = read()
    assert {key: value for key, value in found.items() if key[1] == "Leeds"} == {
        ("older_residents_total", "Leeds"): 10,
        ("older_residents_first", "Leeds"): 8,
        ("older_staff_total", "Leeds"): 20,
        ("older_staff_first", "Leeds"): 10,
        ("younger_residents_total", "Leeds"): 4,
        ("younger_residents_first", "Leeds"): 4,
        ("younger_staff_total", "Leeds"): 5,
        ("younger_staff_second", "Leeds"): 4,
        ("home_care_staff_total", "Leeds"): 50,
        ("home_care_staff_second", "Leeds"): 40,
        ("other_staff_total", "Leeds"): 70,
        ("other_staff_second", "Leeds"): "-",
    }
    assert found["older_residents_first", "England"] == 27
    assert found["younger_residents_first", "England"] == 8
    assert found["other_staff_second", "York"] == "tbc"


def test_reads_who_reported_for_england_whatever_the_rows_are(read):
    found, _, _ = read()
    assert found["older_homes_total", "England"] == 20
    assert found["older_homes_reporting_first", "England"] == 19
    assert {key: value for key, value in found.items() if key[1] == "E92000001"} == {
        ("home_care_providers_total", "E92000001"): 100,
        ("home_care_providers_reporting_second", "E92000001"): 90,
        ("local_authorities_total", "E92000001"): 151,
        ("local_authorities_reporting_second", "E92000001"): 89,
    }


def test_accounts_for_every_row(read):
    found, rows, refused = read()
    assert rows == 13
    assert refused == {"nhs_region": 2}
    assert not {"London", "East Of England"} & {area for _, area in found}


def test_never_loads_an_nhs_region_from_a_table_of_authorities(read):
    found, rows, refused = read((YOUNGER, 10, 1, "South West"))
    assert (rows, refused) == (13, {"nhs_region": 3})
    assert ("younger_residents_total", "South West") not in found


def test_reads_a_layout_that_no_edition_had(read):
    """Its sheet has another name too, and is known by its title."""
    sheets = {name: rows for name, rows in SHEETS.items() if name != OLDER} | {"OACH": MOVED, "Contents": [["Title"]]}
    found, rows, _ = read(sheets=sheets)
    assert rows == 2 + 4 + 4
    assert {key: value for key, value in found.items() if key[0].startswith("older")} == {
        ("older_staff_total", "York"): 40,
        ("older_staff_first", "York"): 20,
        ("older_staff_second", "York"): 10,
        ("older_residents_total", "York"): 20,
        ("older_residents_first", "York"): 19,
        ("older_residents_second", "York"): 15,
        ("older_staff_total", "Leeds"): 20,
        ("older_staff_first", "Leeds"): 10,
        ("older_staff_second", "Leeds"): "-",
        ("older_residents_total", "Leeds"): 10,
        ("older_residents_first", "Leeds"): 8,
        ("older_residents_second", "Leeds"): 6,
    }


def test_knows_the_group_by_the_title_where_no_heading_names_it(read):
    found, _, _ = read((YOUNGER, 8, 3, "Total number"), (YOUNGER, 8, 4, "Vaccinated, at least one dose"))
    assert found["younger_residents_first", "York"] == 4


def test_reads_a_figure_once_that_stands_in_two_tables(read):
    found, rows, _ = read((YOUNGER, 9, 1, "England"), (YOUNGER, 9, 3, 9), (YOUNGER, 9, 4, 8))
    assert rows == 13
    assert found["younger_residents_total", "England"] == 9


def test_refuses_a_figure_that_differs_from_one_table_to_another(refuse):
    problems = refuse((YOUNGER, 9, 1, "England"), (YOUNGER, 9, 4, 8))
    assert problems == [
        f"sheet '{YOUNGER}', row 6, column D: younger_residents_total for England is 9 here, and not elsewhere",
        f"sheet '{YOUNGER}', row 9, column D: younger_residents_total for England is 4 here, and not elsewhere",
    ]


def test_refuses_an_area_that_stands_twice_in_a_table(refuse):
    assert refuse((OLDER, 13, 1, "Leeds4"))[0] == f"sheet '{OLDER}', row 13: 'Leeds' stands a second time"


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("Number of staff with a booster", "what its figures are: nothing that is declared fits"),
        ("Number of staff vaccinated (1st and 2nd dose)", "what its figures are: it could be first or second"),
        (
            "Number vaccinated (1st dose), residents and staff",
            "whose figures these are: it could be older residents or",
        ),
    ],
)
def test_refuses_a_heading_that_it_does_not_understand(refuse, heading, why):
    (problem,) = refuse((OLDER, 9, 8, heading), (OLDER, 9, 9, ""), (OLDER, 11, 9, ""), (OLDER, 12, 9, ""),
                        (OLDER, 13, 9, ""))  # fmt: skip
    assert problem.startswith(f"sheet '{OLDER}', row 9, column I: the heading 'Staff | {heading}' does not say {why}")


def test_refuses_two_columns_that_mean_the_same(refuse):
    problems = refuse((OLDER, 9, 8, "Total staff (number)"))
    assert problems[0] == (
        f"sheet '{OLDER}', row 9, column I: the heading 'Staff | Total staff (number)' means the same as that of "
        f"sheet '{OLDER}', row 9, column H"
    )


def test_refuses_a_share_that_its_counts_do_not_give(refuse):
    assert refuse((OLDER, 12, 5, 0.7)) == [
        f"sheet '{OLDER}', row 12, column F: the share printed is 70.0%, but 8 of 10 is 80.0%"
    ]


def test_takes_a_share_that_is_rounded(read):
    read((OLDER, 6, 5, 0.96))


def test_refuses_a_share_without_its_counts(refuse):
    (problem,) = refuse(*((OLDER, row, 8, "") for row in (9, 11, 12, 13)))
    assert problem.startswith(f"sheet '{OLDER}', row 9, column J: the counts behind the share 'Staff | % of staff vacc")


@pytest.mark.parametrize("lost", list(SHEETS))
def test_refuses_an_edition_without_one_of_the_tables(refuse, lost):
    problems = refuse(sheets={name: rows for name, rows in SHEETS.items() if name != lost})
    assert all(problem.startswith("there is no table of ") for problem in problems)
    assert len(problems) == (2 if lost == YOUNGER else 1)


def test_goes_without_the_tables_of_who_reported(read):
    """The edition of 1 April 2021 has none."""
    found, _, _ = read(sheets=SHEETS | {OLDER: [*SHEETS[OLDER][:4], *SHEETS[OLDER][7:]]})
    assert not any(measure.startswith("older_homes") for measure, _ in found)


def test_refuses_a_table_that_is_not_declared(refuse):
    extra = [["", "Vaccination teams", "", "Visits"], ["", "Leeds", "", 3]]
    (problem,) = refuse(sheets=SHEETS | {STAFF: [*SHEETS[STAFF][:-3], *extra]})
    row = len(SHEETS[STAFF]) - 2
    assert problem == f"sheet '{STAFF}', row {row}: the table headed 'Vaccination teams' could be none that is declared"


def test_passes_other_tables_of_a_sheet_where_only_reporting_is_looked_for(read):
    main = [*head("Older Adult Care Homes"), ["", "Care Homes Visited", "", "Teams"], ["", "England", "", 3], ["", "x"]]
    found, _, _ = read(sheets=SHEETS | {"Older Adult Care Homes": main})
    assert found == read()[0]


@pytest.mark.parametrize(
    "row", [["", "Stand", "20 June 2021"], ["", "Period:", ""], ["", "Period:", "8th December 2020 to 20th June"]]
)
def test_refuses_a_sheet_that_does_not_say_its_date(refuse, row):
    problems = refuse(*((YOUNGER, 3, column, text) for column, text in enumerate(row)))
    assert problems == [f"sheet '{YOUNGER}': no row that begins with '^period' ends with a date such as 28 March 2021"]


def test_refuses_a_row_of_a_group_that_it_does_not_know(refuse):
    assert refuse((STAFF, 6, 1, "Hospices")) == [
        f"sheet '{STAFF}', row 6: the heading 'Hospices' does not say whose figures these are: "
        "nothing that is declared fits"
    ]


def test_refuses_names_in_either_of_two_columns(refuse):
    cells = [(OLDER, row, 2, text) for row, text in ((9, "UTLA short"), (11, "E"), (12, "L"), (13, "Y"))]
    (problem,) = refuse(*cells)
    assert problem == f"sheet '{OLDER}', row 8: it is not clear which column holds the names: 'UTLA' or 'UTLA short'"


def test_lists_every_fault_at_once(refuse):
    problems = refuse((OLDER, 9, 3, "People"), (OLDER, 12, 9, 0.9), (YOUNGER, 9, 1, ""), (STAFF, 8, 3, "Hospices"))
    assert len(problems) >= 5
    assert len({problem.split(",")[0] for problem in problems}) == 3


# ONS, deaths in the care sector: the rows are days, and regions stand under what is counted.
DEATHS = load_catalogue().source("ons_care_sector_deaths")
SATURDAY = dt.date(2020, 4, 25)
REGIONS = ["East", "East Midlands", "Yorkshire and the Humber", "Wales"]


def make_days(*, mark=None, total="Total"):
    days = [[SATURDAY + dt.timedelta(days=n), 1, 2, 3, 9, "", 4, 5, 6, 9] for n in range(8)]
    if mark is not None:
        days[2][6] = mark
    return [
        ["Back to contents"],
        ["Number of deaths of care home residents by region and date of death, registered up to 9 May 2020 1,2,3,4"],
        [],
        ["", "All deaths", "", "", "", "", "Deaths involving COVID-19"],
        ["", *REGIONS, "", *REGIONS],
        *days,
        [total, 8, 16, 24, 72, "", 32, 40, 48, 72],
        [],
        ["Source: Office for National Statistics"],
    ]


@pytest.fixture
def read_deaths(inject_sheets):
    def run(rows, *, table=2, sheet="Table 10"):
        inject_sheets({sheet: rows})
        return read_by_meaning(FILE, DEATHS.table[table], number=table)

    return run


def test_adds_days_that_are_rows_up_to_weeks_of_each_region(read_deaths):
    figures, rows, refusals = read_deaths(make_days())
    assert {(row.measure, row.area_code): row.raw for row in figures.itertuples()} == {
        ("residents_all", "E12000006"): 7,
        ("residents_all", "E12000004"): 14,
        ("residents_all", "E12000003"): 21,
        ("residents_covid", "E12000006"): 28,
        ("residents_covid", "E12000004"): 35,
        ("residents_covid", "E12000003"): 42,
    }
    assert set(figures["date"]) == {dt.date(2020, 5, 1)}, "the eighth day begins a week that is not whole"
    assert set(figures["period"]) == {"week"}
    assert (rows, [(refusal.rule, refusal.rows) for refusal in refusals]) == (9, [("total", 1)])


def test_keeps_a_mark_for_the_whole_week(read_deaths):
    figures, _, _ = read_deaths(make_days(mark=":"))
    own = figures[(figures["measure"] == "residents_covid") & (figures["area_code"] == "E12000006")]
    assert own["raw"].tolist() == [":"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"total": "Sum"}, "row 14: 'Sum' is not a date such as 2020-08-10"),
        ({"total": "31 April 2020"}, "row 14: '31 April 2020' is not a date such as 2020-08-10"),
    ],
)
def test_refuses_a_row_that_is_no_day(read_deaths, change, problem):
    with pytest.raises(InputError, match=problem):
        read_deaths(make_days(**change))


def test_refuses_a_region_that_is_not_declared(read_deaths):
    rows = make_days()
    rows[4][2] = "Mercia"
    with pytest.raises(InputError) as caught:
        read_deaths(rows)
    assert str(caught.value.problems[0]) == (
        "sheet 'Table 10', row 5, column C: the heading 'All deaths | Mercia' does not say whose figures these are: "
        "nothing that is declared fits"
    )


def test_takes_one_running_total_of_many_at_the_end_of_each_friday(read_deaths):
    friday = dt.date(2020, 4, 24)
    rows = [
        ["Number of deaths of care home residents by date of death (ONS) and date of notification (CQC)"],
        ["", "England and Wales (ONS data)", "", "", "England (ONS data)", "", "", "England (CQC data)"],
        ["Date", "All deaths", "2019 Comparison ", "", "All deaths", "2019 Comparison", "", "2019 Comparison"],
        *([friday + dt.timedelta(days=n), 100 + n, 90 + n, "", 80 + n, 70 + n, "", 60 + n] for n in range(8)),
        [friday + dt.timedelta(days=14), ":", ":", "", ":", ":", "", 68],
        ["Source: Office for National Statistics"],
    ]
    figures, count, refusals = read_deaths(rows, table=3, sheet="Table 1")
    assert dict(zip(figures["date"], figures["raw"], strict=True)) == {
        friday: 70,
        friday + dt.timedelta(days=7): 77,
        friday + dt.timedelta(days=14): ":",
    }
    assert set(figures["measure"]) == {"residents_2019_total"}
    assert set(figures["area_code"]) == {"E92000001"}
    assert (count, [(refusal.rule, refusal.rows) for refusal in refusals]) == (9, [("other_day", 6)])
