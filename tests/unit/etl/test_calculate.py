"""Observations: how each is made from a source's measure."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from etl.calculate import CALCULATIONS, add_intervals, calculate
from etl.calculations.observation import OBSERVATION
from etl.calculations.rates import covered_population
from etl.calculations.rises import leave_out_broken_weeks, report_falls
from etl.catalogue.model import Break, Indicator
from etl.conform.areas import ENGLAND
from etl.errors import EtlError
from etl.returns.figures import CALCULATIONS as FROM_RETURNS
from etl.statistics.intervals import byar, wilson

SATURDAY, FRIDAY = dt.date(2020, 5, 23), dt.date(2020, 5, 29)
FIRST, SECOND = "E12000001", "E12000002"
A, B, C = "E06000001", "E06000002", "E06000003"
RATE = {"id": "deaths_per_1000", "unit": "per 1,000", "interval": "byar"}
SHARE = {"id": "deaths_percent", "unit": "percent", "calculation": "share of homes", "interval": "wilson"}


def list_days(code, values, *, first=SATURDAY):
    return [{"area_code": code, "date": first + dt.timedelta(days=n), "value": value} for n, value in enumerate(values)]


@pytest.fixture
def run(make_figures, make_indicator, few_areas):
    """The observations of one indicator, from rows given by what they change."""

    def run(*rows, **changes):
        indicator = make_indicator(**changes)
        made = CALCULATIONS[indicator.calculation](make_figures(*rows), indicator, few_areas)
        return add_intervals(made, indicator)

    return run


def test_knows_every_calculation_that_the_catalogue_may_name():
    named = set(Indicator.model_fields["calculation"].annotation.__args__)
    assert set(CALCULATIONS) | set(FROM_RETURNS) == named
    assert not set(CALCULATIONS) & set(FROM_RETURNS)


def test_leaves_published_values_untouched(run):
    made = run({"area_code": A, "value": 0.1 + 0.2}, {"area_code": B, "value": None, "status": "x"}, {"measure": "b"})
    assert made["value"].tolist()[0] == 0.1 + 0.2
    assert made["status"].tolist() == ["", "x"]
    assert made[["numerator", "denominator", "lower_95"]].isna().all(axis=None)


def test_sums_days_from_saturday_to_friday(run):
    made = run(*list_days(A, range(7)), calculation="week of days")
    assert made[["date", "value", "period"]].to_numpy().tolist() == [[FRIDAY, 21, "week"]]


@pytest.mark.parametrize("first", [SATURDAY - dt.timedelta(days=1), SATURDAY + dt.timedelta(days=1)])
def test_leaves_out_a_week_without_all_its_days(run, first):
    made = run(*list_days(A, [1] * 7, first=first), calculation="week of days")
    assert len(made) == 0
    made = run(*list_days(A, [1] * 14, first=first), calculation="week of days")
    assert made["value"].tolist() == [7]


def test_has_no_sum_for_a_week_with_a_day_unknown(run):
    made = run(*list_days(A, [1, 1, None, 1, 1, 1, 1]), calculation="week of days")
    assert made["value"].isna().tolist() == [True]
    assert made["status"].tolist() == ["x"]


def test_sums_the_whole_series_as_of_its_last_day(run):
    made = run(*list_days(A, [1, 2, 3]), *list_days(B, [0, 0, 0]), calculation="whole series")
    assert dict(zip(made["area_code"], made["value"], strict=True)) == {A: 6, B: 0}
    assert set(made["date"]) == {SATURDAY + dt.timedelta(days=2)}
    assert set(made["period"]) == {"point"}


def test_divides_by_the_people_of_the_authorities_that_are_there(run):
    rows = [{"area_code": code, "value": 30} for code in (A, FIRST, ENGLAND)]
    made = run(*rows, calculation="rate whole series", **RATE).set_index("area_code")
    # B is not in the source: neither its region nor England is divided by its 2,000 people.
    assert made["denominator"].to_dict() == {A: 1000, FIRST: 1000, ENGLAND: 1000}
    assert made["value"].to_dict() == {A: 30, FIRST: 30, ENGLAND: 30}
    assert made["numerator"].to_dict() == {A: 30, FIRST: 30, ENGLAND: 30}


def test_covers_everybody_where_every_authority_is_there(few_areas):
    people = covered_population(np.array([A, B, C]), few_areas)
    assert {code: people[code] for code in (A, FIRST, SECOND, ENGLAND)} == {
        **{A: 1000, FIRST: 3000, SECOND: 3000, ENGLAND: 6000}
    }


def test_gives_weekly_rates_with_byars_limits_per_1000(run):
    made = run(*list_days(B, [4] * 7), calculation="rate by week", **RATE)
    lower, upper = byar([28], confidence=0.95)
    assert made["value"].tolist() == [1000 * 28 / 2000]
    np.testing.assert_allclose(made[["lower_95", "upper_95"]].to_numpy(), [[lower[0] / 2, upper[0] / 2]])
    assert made["lower_998"].iloc[0] < made["lower_95"].iloc[0] < made["upper_95"].iloc[0] < made["upper_998"].iloc[0]


def test_has_no_rate_and_no_limits_where_the_count_is_unknown(run):
    made = run({"area_code": A, "value": None, "status": "x"}, calculation="rate whole series", **RATE)
    assert made[["value", "lower_95", "upper_998"]].isna().all(axis=None)
    assert made["status"].tolist() == ["x"]


def test_has_no_rate_for_an_area_without_a_population_and_says_so(make_figures, make_indicator, areas):
    bournemouth, leeds = "E06000028", "E08000035"
    own = make_figures({"area_code": bournemouth, "value": 3}, {"area_code": leeds, "value": 4})
    indicator = make_indicator(calculation="rate whole series", **RATE)
    made = add_intervals(CALCULATIONS["rate whole series"](own, indicator, areas), indicator).set_index("area_code")
    assert made["status"].to_dict() == {bournemouth: "x", leeds: ""}
    assert made.loc[bournemouth, ["value", "denominator", "lower_95", "upper_95"]].isna().all()
    assert made.loc[bournemouth, "numerator"] == 3
    assert made.loc[leeds, "value"] > 0


def test_divides_by_the_people_who_are_known(areas):
    people = covered_population(np.array(["E06000028", "E06000022"]), areas)
    alone = covered_population(np.array(["E06000022"]), areas)
    assert people[ENGLAND] == alone[ENGLAND] == alone["E06000022"] > 0
    assert "E06000028" not in people


def test_gives_shares_of_homes_to_regions_and_england_only(run):
    homes = [
        {"measure": "care_homes", "area_code": code, "value": n} for code, n in ((A, 4), (FIRST, 40), (ENGLAND, 80))
    ]
    events = [{"area_code": code, "value": value} for code, value in ((A, 5), (FIRST, 10), (ENGLAND, 30))]
    made = run(*events, *homes, **SHARE).set_index("area_code")
    assert made["value"].to_dict() == {FIRST: 25.0, ENGLAND: 37.5}
    assert made["denominator"].to_dict() == {FIRST: 40, ENGLAND: 80}
    lower, upper = wilson(10, trials=40, confidence=0.95)
    np.testing.assert_allclose(made.loc[FIRST, ["lower_95", "upper_95"]].astype(float), [100 * lower, 100 * upper])


def test_gives_no_share_where_events_exceed_homes_and_names_each_place(run):
    homes = [{"measure": "care_homes", "area_code": code, "value": 9} for code in (FIRST, SECOND, ENGLAND)]
    events = [{"area_code": code, "value": value} for code, value in ((FIRST, 10), (SECOND, 9), (ENGLAND, 19))]
    with pytest.raises(EtlError) as caught:
        run(*events, *homes, **SHARE)
    assert str(caught.value) == (
        f"made_up: deaths is above the number of care homes ({FIRST} on 2020-05-29, {ENGLAND} on 2020-05-29), so no "
        "share can be given. Check both columns of the file with its publisher."
    )


def test_gives_a_share_of_a_hundred_and_none_where_homes_are_unknown(run):
    homes = [{"measure": "care_homes", "area_code": FIRST, "value": 9}]
    homes += [{"measure": "care_homes", "area_code": SECOND, "value": None, "status": "x"}]
    made = run({"area_code": FIRST, "value": 9}, {"area_code": SECOND, "value": 9}, *homes, **SHARE)
    assert made.set_index("area_code").loc[FIRST, "value"] == 100
    assert made["value"].isna().tolist() == [False, True]


TOTAL = {"id": "deaths_percent", "unit": "percent", "calculation": "share of total", "interval": "wilson"}
TOTAL |= {"denominator_measures": ["ill", "people"], "period": "point"}


def test_divides_by_the_total_of_the_same_area_and_date(run):
    rows = [{"area_code": code, "value": value} for code, value in ((A, 8), (FIRST, 10))]
    rows += [{"area_code": code, "value": value, "measure": "people"} for code, value in ((A, 10), (FIRST, 40))]
    made = run(*rows, {"area_code": A, "value": 99, "measure": "people", "date": SATURDAY}, **TOTAL)
    assert made[["area_code", "value", "numerator", "denominator", "period"]].to_numpy().tolist() == [
        [A, 80.0, 8, 10, "point"],
        [FIRST, 25.0, 10, 40, "point"],
    ]
    assert (made["lower_95"] < made["value"]).all()


def test_divides_by_the_first_total_that_the_source_gives_for_the_date(run):
    rows = [{"area_code": A, "value": 8, "date": date} for date in (SATURDAY, FRIDAY)]
    rows += [{"area_code": A, "value": 10, "measure": "people", "date": date} for date in (SATURDAY, FRIDAY)]
    made = run(*rows, {"area_code": A, "value": 9, "measure": "ill", "date": FRIDAY}, **TOTAL)
    assert dict(zip(made["date"], made["denominator"], strict=True)) == {SATURDAY: 10, FRIDAY: 9}


def test_has_no_share_of_nobody_and_says_that_there_can_be_none(run):
    made = run({"area_code": A, "value": 0}, {"area_code": A, "value": 0, "measure": "people"}, **TOTAL)
    assert made["status"].tolist() == ["z"]
    assert made[["value", "numerator", "denominator", "lower_95"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("part", "whole", "status"),
    [
        ({"value": None, "status": "c"}, {"value": 9}, "c"),
        ({"value": 8}, {"value": None, "status": "x"}, "x"),
        ({"value": 8}, {"value": 9, "area_code": B}, "x"),
    ],
)
def test_has_no_share_where_either_side_is_missing(run, part, whole, status):
    made = run({"area_code": A} | part, {"area_code": A, "measure": "people"} | whole, **TOTAL)
    assert made["status"].tolist() == [status]
    assert made["value"].isna().all()


def test_has_no_share_where_a_source_holds_none_of_its_measures(run):
    assert run({"area_code": A, "value": 8, "measure": "homes"}, **TOTAL).empty


RISE = {"calculation": "rise by week", "period": "week"}
CASES = {"id": "cases_per_100000", "unit": "per 100,000", "calculation": "rate of rise by week", "interval": "byar"}
FRIDAYS = [FRIDAY + dt.timedelta(days=7 * n) for n in range(4)]


def list_totals(code, values, *, fridays=FRIDAYS):
    return [{"area_code": code, "date": day, "value": v} for day, v in zip(fridays, values, strict=True)]


def test_gives_what_a_running_total_rose_by_from_friday_to_friday(run):
    made = run(*list_totals(A, [10, 12, 12, 40]), *list_totals(B, [0, 5, 6, 7]), **RISE)
    assert made[["area_code", "date", "value", "period"]].to_numpy().tolist() == [
        *[[A, day, rise, "week"] for day, rise in zip(FRIDAYS[1:], [2, 0, 28], strict=True)],
        *[[B, day, rise, "week"] for day, rise in zip(FRIDAYS[1:], [5, 1, 1], strict=True)],
    ]


def test_invents_no_week_where_a_friday_is_missing(run):
    made = run(*list_totals(A, [10, 12, 40], fridays=[FRIDAYS[0], FRIDAYS[1], FRIDAYS[3]]), **RISE)
    assert made["date"].tolist() == [FRIDAYS[1]], "two weeks in one are no week"


def test_shows_no_count_where_a_running_total_falls(run):
    made = run(*list_totals(A, [10, 7, 8, 8]), **RISE)
    assert made["status"].tolist() == ["x", "", ""]
    assert made["value"].isna().tolist() == [True, False, False]
    assert not (made["value"] < 0).any()


def test_has_no_rise_where_either_total_is_missing(run):
    rows = list_totals(A, [10, None, 12, 13])
    rows[1]["status"] = "c"
    made = run(*rows, **RISE)
    assert made["status"].tolist() == ["c", "c", ""]
    assert made["value"].tolist()[2] == 1


def test_reports_each_area_whose_running_total_falls(make_figures, make_catalogue, make_indicator, make_source):
    catalogue = make_catalogue(indicators=(make_indicator(**RISE),))
    figures = make_figures(*list_totals(A, [10, 7, 6, 8]), *list_totals(B, [0, 5, 6, 7]))
    (finding,) = report_falls(figures, source=make_source(), catalogue=catalogue)
    assert (finding["area_code"], finding["rule"], finding["rows"]) == (A, "running_total_fell", 2)
    assert "falls by 3 in the week to 5 June 2020, 1 in the week to 12 June 2020. No count" in finding["finding"]
    other = make_catalogue(indicators=(make_indicator(),))
    assert report_falls(figures, source=make_source(), catalogue=other) == []


def test_divides_counts_that_are_published_by_the_week(run):
    week = {"calculation": "rate of counts", "period": "week"} | RATE
    made = run({"area_code": A, "value": 30}, {"area_code": FIRST, "value": None, "status": "x"}, **week)
    assert made["value"].tolist()[0] == 30
    assert made["status"].tolist() == ["", "x"]
    assert made["numerator"].tolist()[0] == 30
    assert made["denominator"].tolist() == [1000, 1000]
    assert made["lower_95"].tolist()[0] < 30 < made["upper_95"].tolist()[0]


def test_divides_rises_by_people_of_all_ages(make_figures, make_indicator, areas):
    leeds, scilly = "E08000035", "E06000053"
    own = make_figures(*list_totals(leeds, [0, 799, 799, 800]), *list_totals(scilly, [0, 0, 0, 1]))
    made = add_intervals(
        CALCULATIONS["rate of rise by week"](own, make_indicator(**CASES), areas), make_indicator(**CASES)
    )
    row = made[(made["area_code"] == leeds)].iloc[0]
    people = areas.set_index("code").loc[leeds, "population"]
    assert (row["numerator"], row["denominator"]) == (799, people)
    assert row["value"] == pytest.approx(100_000 * 799 / people)
    assert row["lower_95"] < row["value"] < row["upper_95"] < 2 * row["value"]


def test_leaves_out_the_week_that_a_break_falls_in(make_figures, make_indicator, make_catalogue, few_areas):
    entry = {
        "id": "b",
        "date": FRIDAYS[1] - dt.timedelta(days=6),
        "date_text": "",
        "source": "s",
        "what": "",
        "effect": "",
    }
    breaks = (
        Break(indicators=("deaths_*",), **entry),
        Break(indicators=("other_count",), **entry | {"date": FRIDAYS[3]}),
    )
    catalogue = make_catalogue(indicators=(make_indicator(**RISE),), breaks=breaks)
    figures = make_figures(*list_totals(A, [10, 12, 12, 40])).assign(source_id="made_up")
    made = calculate(figures, catalogue=catalogue, areas=few_areas)
    assert made["status"].tolist() == ["x", "", ""]
    assert made["value"].tolist()[1:] == [0, 28]
    assert made["value"].isna().tolist() == [True, False, False]


@pytest.mark.parametrize(("days", "is_left_out"), [(-7, False), (-6, True), (0, True), (1, False)])
def test_takes_a_week_from_saturday_to_friday_when_it_looks_for_breaks(make_indicator, days, is_left_out):
    entry = Break(id="b", date=FRIDAY + dt.timedelta(days=days), date_text="", source="s", what="", effect="",
                  indicators=("deaths_count",))  # fmt: skip
    weeks = pd.DataFrame({"date": [FRIDAY], "value": [3.0], "numerator": [3.0], "status": [""]})
    made = leave_out_broken_weeks(weeks, make_indicator(), [entry])
    assert made["status"].tolist() == ["x" if is_left_out else ""]
    assert made[["value", "numerator"]].isna().to_numpy().tolist() == [[is_left_out] * 2]


def test_makes_an_indicator_of_two_sources_from_each_by_itself(
    make_figures, make_indicator, make_catalogue, make_source, few_areas
):
    catalogue = make_catalogue(
        sources=(make_source(), make_source(id="later")), indicators=(make_indicator(also_from=["later"], **RISE),)
    )
    figures = make_figures(*list_totals(A, [10, 12, 50, 90])).assign(source_id=["made_up"] * 2 + ["later"] * 2)
    made = calculate(figures, catalogue=catalogue, areas=few_areas)
    assert made[["date", "value", "source_id"]].to_numpy().tolist() == [
        [FRIDAYS[1], 2, "made_up"],
        [FRIDAYS[3], 40, "later"],
    ]


def test_takes_the_median_of_four_authorities_at_least(make_figures, make_indicator, areas):
    codes = areas.loc[(areas["kind"] == "authority") & (areas["region_code"] == FIRST), "code"].tolist()
    others = areas.loc[(areas["kind"] == "authority") & (areas["region_code"] == SECOND), "code"].tolist()
    values = dict(zip([*codes[:4], *others[:3]], [10, 20, 40, 30, 1, 2, 3], strict=True))
    rows = [{"area_code": code, "value": value} for code, value in values.items()]
    figures = make_figures(*rows, {"area_code": others[3], "value": None, "status": "x"})
    made = CALCULATIONS["median of authorities"](figures, make_indicator(), areas).set_index("area_code")
    assert made.loc[[FIRST, ENGLAND], "value"].tolist() == [25.0, 10.0]
    assert made["numerator"].to_dict() == {FIRST: 4, SECOND: 3, ENGLAND: 7}
    assert made["status"].to_dict() == {FIRST: "", SECOND: "x", ENGLAND: ""}
    assert np.isnan(made.loc[SECOND, "value"])


def test_takes_no_region_and_no_country_for_an_authority(make_figures, make_indicator, areas):
    codes = areas.loc[(areas["kind"] == "authority") & (areas["region_code"] == FIRST), "code"].tolist()[:4]
    figures = make_figures(*({"area_code": code, "value": 1} for code in [*codes, FIRST, ENGLAND]))
    made = CALCULATIONS["median of authorities"](figures, make_indicator(), areas)
    assert dict(zip(made["area_code"], made["numerator"], strict=True)) == {FIRST: 4, ENGLAND: 4}


def test_makes_each_indicator_from_its_own_source(make_figures, make_indicator, make_catalogue, make_source, few_areas):
    other = {"id": "other_count", "source_id": "other"}
    catalogue = make_catalogue(
        sources=(make_source(), make_source(id="other")), indicators=(make_indicator(), make_indicator(**other))
    )
    figures = make_figures({"area_code": A, "value": 1}, {"area_code": A, "value": 2})
    made = calculate(figures.assign(source_id=["made_up", "other"]), catalogue=catalogue, areas=few_areas)
    assert made[["indicator_id", "source_id", "value"]].to_numpy().tolist() == [
        ["deaths_count", "made_up", 1],
        ["other_count", "other", 2],
    ]
    assert set(OBSERVATION) < set(made)
