"""Totals: added where a publisher gives none, checked where one is given."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.aggregate import additive_measures, aggregate
from etl.conform.areas import ENGLAND, is_valid_on

FRIDAY = dt.date(2020, 5, 29)
FIRST, SECOND = "E12000001", "E12000002"
A, B, C = "E06000001", "E06000002", "E06000003"
ADDITIVE = {"shape": "wide_dates", "measure": "deaths", "is_additive": True}


def area(code, value, **changes):
    return {"area_code": code, "value": value} | changes


@pytest.fixture
def add_up(make_figures, make_source, few_areas, monkeypatch):
    """The figures with totals, by area; the findings. England has two regions, not nine."""
    monkeypatch.setattr("etl.aggregate.REGIONS", 2)

    def run(*rows, without=(), **changes):
        source = make_source(ADDITIVE | changes, quality="p", without=without)
        figures, findings = aggregate(make_figures(*rows), source=source, areas=few_areas)
        return figures.set_index("area_code"), findings

    return run


def test_adds_authorities_up_to_regions_and_england(add_up):
    figures, _ = add_up(area(A, 1), area(B, 2), area(C, 4))
    assert figures["value"].to_dict() == {A: 1, B: 2, C: 4, FIRST: 3, SECOND: 4, ENGLAND: 7}
    assert set(figures["status"]) == {""}
    assert figures.loc[[FIRST, SECOND, ENGLAND], "place"].tolist() == ["calculated"] * 3


def test_leaves_a_total_unavailable_where_a_part_is(add_up):
    figures, _ = add_up(area(A, None, status="x"), area(B, 2), area(C, 4))
    assert figures["status"].to_dict() == {A: "x", B: "", C: "", FIRST: "x", SECOND: "", ENGLAND: "x"}
    assert figures["value"].isna().to_dict() == {A: True, B: False, C: False, FIRST: True, SECOND: False, ENGLAND: True}


def test_leaves_a_total_unavailable_where_a_part_is_confidential(add_up):
    figures, _ = add_up(area(A, None, status="c"), area(B, 2), area(C, 4))
    assert figures.loc[[FIRST, ENGLAND], "status"].tolist() == ["x", "x"]


def test_counts_a_part_that_is_not_applicable_as_nothing(add_up):
    figures, _ = add_up(area(A, None, status="z"), area(B, 2), area(C, 4))
    assert figures.loc[[FIRST, ENGLAND], "value"].tolist() == [2, 6]
    assert figures.loc[[FIRST, ENGLAND], "status"].tolist() == ["", ""]


def test_leaves_totals_unavailable_where_an_authority_has_no_row(add_up):
    figures, findings = add_up(area(A, 1), area(C, 4))
    assert figures["status"].to_dict() == {A: "", C: "", FIRST: "x", SECOND: "", ENGLAND: "x"}
    assert figures.loc[[FIRST, ENGLAND], "value"].isna().all()
    assert figures.loc[SECOND, "value"] == 4
    assert findings == [], "two unknowns neither agree nor differ"


def test_leaves_england_unavailable_where_a_region_has_no_row(add_up):
    figures, _ = add_up(area(A, 1), area(B, 2))
    assert figures["status"].to_dict() == {A: "", B: "", FIRST: "", ENGLAND: "x"}


def test_wants_no_row_of_an_authority_that_the_source_is_known_to_be_without(add_up):
    figures, _ = add_up(area(A, 1), area(C, 4), without=(B,))
    assert figures["value"].to_dict() == {A: 1, C: 4, FIRST: 1, SECOND: 4, ENGLAND: 5}
    figures, _ = add_up(area(A, 1), without=(C,))
    assert figures["status"].to_dict() == {A: "", FIRST: "x", ENGLAND: "x"}, "B is not there and not declared"


def test_wants_an_authority_only_on_the_days_on_which_it_existed(add_up, few_areas):
    few_areas.loc[few_areas["code"] == B, "valid_to"] = FRIDAY
    saturday = {"date": FRIDAY + dt.timedelta(days=1)}
    days = [area(A, 1), area(B, 2), area(C, 4), area(A, 5, **saturday), area(C, 6, **saturday)]
    figures, _ = add_up(*days)
    assert figures.loc[ENGLAND, "value"].tolist() == [7, 11]
    figures, _ = add_up(area(A, 1), *days[2:])
    assert figures.loc[ENGLAND, "status"].tolist() == ["x", ""]


def test_goes_by_the_list_of_authorities_that_the_source_still_keeps_to(make_figures, make_source, areas):
    """Northamptonshire, in a source of May 2021, stands for the two councils that had replaced it in April."""
    day = dt.date(2021, 5, 9)
    codes = areas.loc[(areas["kind"] == "authority") & is_valid_on(areas, dt.date(2021, 3, 31)), "code"]
    source = make_source(ADDITIVE, quality="p")
    rows = [area(code, 2, date=day) for code in codes]
    figures, _ = aggregate(make_figures(*rows), source=source, areas=areas)
    totals = figures.set_index("area_code")
    assert totals.loc[ENGLAND, ["value", "status"]].tolist() == [302, ""]
    lost = [row for row in rows if row["area_code"] != "E08000025"]
    figures, _ = aggregate(make_figures(*lost), source=source, areas=areas)
    assert figures.set_index("area_code").loc[["E12000005", "E12000004"], "status"].tolist() == ["x", ""]


def test_wants_no_row_of_an_authority_that_one_table_of_the_source_is_without(add_up):
    group = {"name": "staff", "says": ["staff"]}
    block = {"name": "staff", "sheet": "s", "says": ["s"], "group": [group], "without": [B]}
    found = {"shape": "by_meaning", "as_at": "^period", "period": "day", "block": [block], "measure": "deaths"}
    rows = [
        area(code, value, measure=measure) for measure in ("staff_all", "deaths") for code, value in ((A, 1), (C, 4))
    ]
    figures, _ = add_up(*rows, **found, kind=[{"name": "all", "says": ["all"]}])
    regional = figures.loc[[FIRST]].set_index("measure")
    assert regional["status"].to_dict() == {"staff_all": "", "deaths": "x"}
    assert regional.loc["staff_all", "value"] == 1


def test_adds_regions_on_a_day_for_which_there_is_no_authority(add_up):
    saturday = {"date": FRIDAY + dt.timedelta(days=1)}
    days = [area(A, 1), area(B, 2), area(C, 4), area(FIRST, 30, **saturday), area(SECOND, 40, **saturday)]
    figures, _ = add_up(*days)
    assert figures.loc[ENGLAND, "value"].tolist() == [7, 70]


def test_keeps_a_published_total_that_lost_an_authority_and_reports_it(add_up):
    figures, findings = add_up(area(A, 1), area(C, 4), area(FIRST, 3), area(SECOND, 4), area(ENGLAND, 7))
    assert figures.loc[[FIRST, ENGLAND], "value"].tolist() == [3, 7]
    assert [(finding["rule"], finding["rows"]) for finding in findings] == [
        ("totals_agree", 1),
        ("totals_unchecked", 1),
        ("totals_agree", 1),
        ("totals_unchecked", 1),
    ]


def test_needs_all_nine_regions_for_england(make_figures, make_source, areas):
    source = make_source(ADDITIVE, quality="p")
    there = areas[(areas["kind"] == "authority") & is_valid_on(areas, FRIDAY)]
    rows = [area(code, 2) for code in there["code"]]
    figures, _ = aggregate(make_figures(*rows), source=source, areas=areas)
    totals = figures[~figures["area_code"].isin(there["code"])].set_index("area_code")
    assert len(totals) == 10
    assert totals.loc[ENGLAND, ["value", "status"]].tolist() == [302, ""]
    rows = [area(code, 2) for code in there.loc[there["region_code"] != FIRST, "code"]]
    figures, _ = aggregate(make_figures(*rows), source=source, areas=areas)
    assert figures.set_index("area_code").loc[ENGLAND, "status"] == "x"


def test_keeps_a_published_total_and_adds_regions_not_authorities(add_up):
    figures, _ = add_up(area(A, 1), area(B, 2), area(C, 4), area(FIRST, 10))
    assert figures["value"].to_dict() == {A: 1, B: 2, C: 4, FIRST: 10, SECOND: 4, ENGLAND: 14}
    assert figures.index.is_unique


def test_keeps_a_published_total_that_is_unavailable(add_up):
    figures, _ = add_up(area(A, 1), area(B, 2), area(C, 4), area(FIRST, None, status="c"))
    assert figures.loc[FIRST, "status"] == "c"
    assert figures.loc[ENGLAND, "status"] == "x"


def test_reports_each_total_that_was_checked(add_up):
    _, findings = add_up(area(A, 1), area(B, 2), area(C, 4), area(FIRST, 10), area(SECOND, 4), area(ENGLAND, 14))
    assert [(finding["rule"], finding["severity"], finding["rows"]) for finding in findings] == [
        ("totals_differ", "warning", 1),
        ("totals_agree", "information", 1),
        ("totals_differ", "warning", 1),
    ]
    assert [finding["finding"] for finding in findings] == [
        "deaths: each region as published differs from the sum of their authorities in 1 of 2 cases.",
        "deaths: England as published equals the sum of the nine regions in the one case there is.",
        "deaths: England differs from the sum of the authorities in 1 of 1 cases.",
    ]
    assert findings[0]["who_can"] == "The publisher"
    assert {(finding["source_id"], finding["area_code"]) for finding in findings} == {("made_up", ENGLAND)}


def test_reports_a_published_number_that_its_parts_cannot_confirm(add_up):
    _, findings = add_up(area(A, None, status="x"), area(B, 2), area(C, 4), area(FIRST, 2))
    assert findings[0]["rule"] == "totals_unchecked"
    assert "in 1 case: a part has no figure" in findings[0]["finding"]


def test_does_not_report_two_unknowns_as_a_difference(add_up):
    _, findings = add_up(area(A, None, status="x"), area(B, 2), area(C, 4), area(FIRST, None, status="x"))
    assert findings == []


def test_has_nothing_to_report_where_no_total_was_published(add_up):
    _, findings = add_up(area(A, 1), area(B, 2), area(C, 4))
    assert [finding["finding"] for finding in findings] == [
        "deaths: England equals the sum of the authorities in the one case there is."
    ]


def test_adds_each_date_and_measure_by_itself(add_up):
    rows = [area(A, 1), area(A, 5, measure="homes"), area(B, 2), area(B, 7, measure="homes")]
    figures, _ = add_up(*rows, columns={"Homes": "homes"}, without=(C,))
    assert figures.loc[FIRST].set_index("measure")["value"].to_dict() == {"deaths": 3, "homes": 12}


def test_adds_no_share_and_nothing_that_is_not_declared(add_up, make_source):
    source = make_source(ADDITIVE | {"columns": {"%": "homes_percent", "Homes": "homes"}}, {"shape": "long_table"})
    assert additive_measures(source) == {"deaths", "homes"}
    figures, findings = add_up(area(A, 1), area(B, 2), is_additive=False)
    assert list(figures.index) == [A, B]
    assert findings == []


def test_leaves_other_measures_of_the_source_alone(add_up):
    figures, _ = add_up(area(A, 1), area(A, 50, measure="homes_percent"), columns={"%": "homes_percent"})
    assert figures.loc[figures["measure"] == "homes_percent", "value"].to_dict() == {A: 50}
