"""Validation: a faulty file is refused whole, with every fault."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.conform.keys import check_unique
from etl.errors import InputError
from etl.validate import validate

TODAY = dt.date(2020, 6, 1)
YORK = {"area_name": "York"}


@pytest.fixture
def check(make_source, make_catalogue, make_extract):
    """The validated figures of rows that change a sound figure; `table` changes the source's only table."""

    def run(*rows, table=None, **source):
        tables = [] if table is None else [{"shape": "wide_dates", "area_name": "", "measure": "deaths"} | table]
        return validate(
            make_extract(*rows), source=make_source(*tables, **source), catalogue=make_catalogue(), today=TODAY
        )

    return run


@pytest.fixture
def find_problems(check):
    def run(*rows, **options):
        with pytest.raises(InputError) as caught:
            check(*rows, **options)
        return [str(problem) for problem in caught.value.problems]

    return run


@pytest.mark.parametrize(("raw", "value"), [(3, 3.0), ("3", 3.0), (" 3.5 ", 3.5), (0.0, 0.0), ("1e2", 100.0)])
def test_reads_numbers_as_printed(check, raw, value):
    figures = check({"raw": raw, "measure": "homes"})
    assert figures["value"].tolist() == [value]
    assert figures["value"].dtype == "float64"
    assert figures["status"].tolist() == [""]


def test_multiplies_by_the_declared_scale(check):
    assert check({"raw": "0.25", "scale": 100.0})["value"].tolist() == [25.0]


def test_keeps_zero_apart_from_every_kind_of_missing(check):
    missing = {"NA": "z", "*": "c", "..": "x"}
    names = ["A", "B", "C", "D", "E"]
    rows = [{"raw": raw, "area_name": name} for raw, name in zip([0, "NA", "*", "..", " "], names, strict=True)]
    figures = check(*rows, table={"missing": missing, "blank": "x"})
    assert figures["status"].tolist() == ["", "z", "c", "x", "x"]
    assert figures["value"].isna().tolist() == [False, True, True, True, True]


def test_reads_a_missing_mark_by_the_table_it_stands_in(make_source, make_catalogue, make_extract):
    tables = [{"shape": "wide_dates", "measure": "deaths", "missing": {"NA": mark}} for mark in ("x", "z")]
    extract = make_extract({"raw": "NA", "table": 0}, {"raw": "NA", "table": 1} | YORK)
    figures = validate(extract, source=make_source(*tables), catalogue=make_catalogue(), today=TODAY)
    assert figures["status"].tolist() == ["x", "z"]


def test_gives_every_figure_the_quality_of_its_source(check):
    assert check({}, YORK, quality="pu")["quality"].tolist() == ["pu", "pu"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"raw": ""}, "row 2: the cell is blank (deaths, Leeds, 2020-05-29)"),
        ({"raw": "five"}, "row 2: 'five' is not a number (deaths, Leeds, 2020-05-29)"),
        ({"raw": "1,234"}, "row 2: '1,234' is not a number (deaths, Leeds, 2020-05-29)"),
        ({"raw": "nan"}, "row 2: 'nan' is not a number (deaths, Leeds, 2020-05-29)"),
        ({"raw": "inf"}, "row 2: 'inf' is not a number (deaths, Leeds, 2020-05-29)"),
        ({"raw": "NA"}, "row 2: 'NA' is not a number (deaths, Leeds, 2020-05-29)"),
        ({"raw": True}, "row 2: 'True' is not a number (deaths, Leeds, 2020-05-29)"),
        ({"raw": dt.date(2020, 5, 1)}, "row 2: '2020-05-01' is not a number (deaths, Leeds, 2020-05-29)"),
        ({"raw": -1}, "row 2: deaths -1 for Leeds on 2020-05-29 is negative"),
        ({"date": dt.date(2020, 6, 2)}, "row 2: deaths 1 for Leeds on 2020-06-02 lies in the future"),
        ({"measure": "births"}, "row 2: births 1 for Leeds on 2020-05-29 is a measure that no indicator uses"),
        ({"measure": "homes", "raw": 100.5}, "row 2: homes 100.5 for Leeds on 2020-05-29 is above 100 per cent"),
        ({"raw": 2.5}, "row 2: deaths 2.5 for Leeds on 2020-05-29 is a count and not a whole number"),
        ({"raw": 0.03, "scale": 50.0}, "row 2: deaths 1.5 for Leeds on 2020-05-29 is a count and not a whole number"),
        ({"raw": False}, "row 2: 'False' is not a number (deaths, Leeds, 2020-05-29)"),
    ],
)
def test_names_each_fault_with_its_place(find_problems, row, problem):
    assert find_problems(row) == [problem]


def test_accepts_a_figure_of_today_and_a_share_of_a_hundred(check):
    figures = check({"date": TODAY}, {"measure": "homes", "raw": 100}, {"raw": 4000})
    assert figures["value"].tolist() == [1.0, 100.0, 4000.0]


def test_names_both_rows_of_a_figure_given_twice(find_problems):
    assert find_problems({"raw": 1}, {"raw": 2, "place": "row 3"}) == [
        "row 2: deaths 1 for Leeds on 2020-05-29 is given twice",
        "row 3: deaths 2 for Leeds on 2020-05-29 is given twice",
    ]


def test_tells_figures_apart_by_measure_area_date_and_period(check):
    rows = [{}, {"measure": "homes"}, YORK, {"date": dt.date(2020, 5, 28)}, {"period": "week"}]
    assert len(check(*rows)) == 5


def test_lists_faults_of_every_kind_at_once(find_problems):
    problems = find_problems(
        {"raw": "five"},
        {"raw": -2, "place": "row 3"} | YORK,
        {"raw": 1, "place": "row 4", "area_name": "Hull", "date": dt.date(2021, 1, 1)},
        {"raw": 101, "place": "row 5", "measure": "homes"},
        {"raw": -3, "place": "row 6", "measure": "births", "date": dt.date(2021, 1, 1)},
    )
    rows = sorted(problem.split(":")[0] for problem in problems)
    assert rows == ["row 2", "row 3", "row 4", "row 5", "row 6", "row 6", "row 6"]


def test_says_what_to_do_and_which_file(check):
    with pytest.raises(InputError) as caught:
        check({"raw": "five"})
    assert caught.value.file == "deaths.csv"
    assert "declare it for this source in etl/catalogue/sources.toml" in caught.value.remedy


def test_accepts_a_measure_that_only_a_declared_column_gives(check):
    table = {"columns": {"Number of care homes": "care_homes"}}
    assert check({"measure": "care_homes"}, table=table)["measure"].tolist() == ["care_homes"]


def test_refuses_a_file_of_which_no_figure_is_used(find_problems):
    assert find_problems() == ["none of its rows holds a figure that this dashboard shows"]


def test_leaves_parts_of_a_number_to_shares_and_rates(check, make_catalogue, make_indicator, make_source, make_extract):
    assert check({"measure": "homes", "raw": 12.5})["value"].tolist() == [12.5]
    rate = make_indicator(id="deaths_per_1000", unit="per 1,000")
    figures = validate(
        make_extract({"raw": 2.5}), source=make_source(), catalogue=make_catalogue(indicators=(rate,)), today=TODAY
    )
    assert figures["value"].tolist() == [2.5]


def test_wants_no_whole_number_where_there_is_none(check):
    figures = check({"raw": "NA"}, table={"missing": {"NA": "x"}})
    assert figures["status"].tolist() == ["x"]


def test_finds_two_figures_of_one_key(make_figures):
    figures = make_figures({"area_code": "E1"}, {"area_code": "E1", "place": "row 3"}, {"area_code": "E2"})
    check_unique("deaths.csv", figures.iloc[1:], key=["measure", "area_code"])
    with pytest.raises(InputError, match="row 3: deaths for E1 on 2020-05-29 is given twice") as caught:
        check_unique("deaths.csv", figures, key=["measure", "area_code"])
    assert len(caught.value.problems) == 2
    assert caught.value.remedy == "Keep one figure for each area and date."


@pytest.fixture
def check_shares(make_source, make_catalogue, make_indicator, make_extract):
    """The validated figures of rows of deaths, and of the people that a share of them is taken from."""
    share = {"id": "deaths_percent", "unit": "percent", "calculation": "share of total"}
    catalogue = make_catalogue(indicators=(make_indicator(**share, denominator_measures=["ill", "people"]),))

    def run(*rows):
        return validate(make_extract(*rows), source=make_source(), catalogue=catalogue, today=TODAY)

    return run


def test_takes_a_part_that_is_as_large_as_its_total(check_shares):
    assert len(check_shares({"raw": 5}, {"raw": 5, "measure": "people"}, {"raw": "9", "measure": "ill", **YORK})) == 3


def test_refuses_a_part_above_the_total_that_counts_for_its_date(check_shares):
    rows = [{"raw": 7, "place": "row 5"}, {"raw": 9, "measure": "people"}, {"raw": 6, "measure": "ill"}]
    with pytest.raises(InputError, match=r"row 5: deaths 7 for Leeds is above its total, 6"):
        check_shares(*rows)


def test_wants_whole_numbers_on_both_sides_of_a_share(check_shares):
    with pytest.raises(InputError) as caught:
        check_shares({"raw": 1.5}, {"raw": 3.5, "measure": "people"})
    assert all("is a count and not a whole number" in str(problem) for problem in caught.value.problems)
    assert len(caught.value.problems) == 2
