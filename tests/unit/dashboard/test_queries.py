from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from dashboard import queries
from dashboard.selection import ENGLAND
from dashboard.store import Snapshot

TURNOVER, DEATHS = "turnover_percent", "deaths_covid_total_rate_per_1000"


def test_gives_the_same_columns_whatever_is_asked(snapshot: Snapshot):
    for frame in (
        queries.select(snapshot, indicators=[DEATHS]),
        queries.select(snapshot, indicators=["no_such_indicator"]),
        queries.select(snapshot, indicators=[DEATHS], areas=["E99999999"]),
        queries.select_support_plan(snapshot),
        queries.select_headline(snapshot, DEATHS, area="E08000027"),
        queries.select_ranking(snapshot, DEATHS, areas=["E08000027"], compared=[ENGLAND]),
    ):
        assert list(frame.columns) == queries.COLUMNS


def test_gives_13_measures_twice_in_the_reports_order(snapshot: Snapshot):
    plan = queries.select_support_plan(snapshot)
    assert len(plan) == 26
    assert list(plan["indicator_id"].drop_duplicates()) == sorted(plan["indicator_id"].unique())
    assert set(plan["area_code"]) == {ENGLAND}
    assert plan.groupby("indicator_id")["date"].is_monotonic_increasing.all()


def test_marks_what_a_view_is_about_and_what_it_is_set_beside(snapshot: Snapshot):
    frame = queries.select(snapshot, indicators=[DEATHS], areas=["E08000027"], compared=[ENGLAND])
    assert dict(zip(frame["area_code"], frame["role"], strict=True)) == {"E08000027": "area", ENGLAND: "comparator"}


def test_ranks_highest_first_and_areas_without_a_value_last(snapshot: Snapshot):
    codes = queries.list_authorities(snapshot, on=dt.date(2023, 3, 31))
    ranked = queries.select_ranking(snapshot, TURNOVER, areas=codes, compared=[ENGLAND])
    values = ranked.loc[ranked["role"] == "area", "value"]
    known = values.dropna()
    assert known.is_monotonic_decreasing
    assert values.iloc[: len(known)].notna().all()
    assert ranked["date"].nunique() == 1


def test_orders_equal_values_by_name(snapshot: Snapshot):
    ranked = queries.select_ranking(snapshot, "outbreaks_ever_count", areas=queries.list_authorities(snapshot))
    for _, same in ranked[ranked["value"].notna()].groupby("value"):
        assert list(same["area_name"]) == sorted(same["area_name"])


def test_puts_comparators_last_the_nearer_one_first(snapshot: Snapshot):
    ranked = queries.select_ranking(snapshot, DEATHS, areas=["E08000027"], compared=["E12000005", ENGLAND])
    assert list(ranked["area_code"]) == ["E08000027", "E12000005", ENGLAND]


def test_sets_englands_figure_of_the_same_date_beside_an_area(snapshot: Snapshot):
    frame = queries.select_headline(snapshot, "deaths_covid_week_count", area="E08000027")
    own, england = frame[frame["role"] == "area"], frame[frame["role"] == "comparator"]
    assert list(england["date"]) == [own["date"].max()]
    assert "comparator" not in set(queries.select_headline(snapshot, DEATHS, area=ENGLAND)["role"])


def test_lists_the_nine_regions_and_the_151_authorities_of_2020(snapshot: Snapshot):
    assert len(queries.list_regions(snapshot)) == 9
    codes = queries.list_authorities(snapshot)
    assert len(codes) == len(set(codes)) == 151
    names = list(snapshot.areas.loc[codes, "name"])
    assert names == sorted(names)
    assert "E06000060" in codes
    assert "E10000002" not in codes


def test_shares_every_authority_out_to_one_region(snapshot: Snapshot):
    shared = [code for region in queries.list_regions(snapshot)
              for code in queries.list_authorities(snapshot, region=region)]  # fmt: skip
    assert sorted(shared) == sorted(queries.list_authorities(snapshot))


@pytest.mark.parametrize(
    ("day", "count", "has", "has_not"),
    [
        (dt.date(2019, 3, 31), 152, "E06000028", "E06000058"),
        (dt.date(2020, 8, 10), 151, "E10000021", "E06000061"),
        (dt.date(2023, 3, 31), 152, "E06000061", "E10000021"),
    ],
)
def test_lists_the_authorities_in_force_on_a_date(snapshot: Snapshot, day: dt.date, count: int, has: str, has_not: str):
    codes = queries.list_authorities(snapshot, on=day)
    assert has in codes
    assert has_not not in codes
    assert day.year == 2019 or len(codes) == count


def test_adds_a_row_without_a_value_for_each_area_that_lacks_one(snapshot: Snapshot):
    frame = queries.select_ranking(snapshot, DEATHS, areas=["E08000027"])
    full = queries.add_areas_without_figures(snapshot, frame, areas=["E08000027", "E09000001"])
    assert list(full["area_code"]) == ["E08000027", "E09000001"]
    added = full.iloc[1]
    assert added["area_name"] == "City of London"
    assert added[["value", "numerator", "denominator", "lower_95", "upper_95"]].isna().all()
    assert added["status"] == ""
    assert full.dtypes.equals(frame.dtypes)


def test_adds_nothing_to_what_is_empty_or_complete(snapshot: Snapshot):
    frame = queries.select_ranking(snapshot, DEATHS, areas=["E08000027"])
    assert queries.add_areas_without_figures(snapshot, frame, areas=["E08000027"]) is frame
    assert queries.add_areas_without_figures(snapshot, frame.iloc[:0], areas=["E08000027"]).empty


def test_knows_the_levels_at_which_an_indicator_is_held(snapshot: Snapshot):
    assert queries.has_level(snapshot, TURNOVER, kind="authority")
    assert not queries.has_level(snapshot, "outbreaks_ever_percent", kind="authority")
    assert queries.has_level(snapshot, "outbreaks_ever_percent", kind="region")
    assert not queries.has_level(snapshot, "no_such_indicator", kind="country")
    assert queries.newest_date(snapshot, "no_such_indicator") is None
    assert queries.newest_date(snapshot, TURNOVER) == dt.date(2023, 3, 31)


def test_leaves_the_snapshot_as_it_was(snapshot: Snapshot):
    before = pd.util.hash_pandas_object(snapshot.observations).sum()
    queries.select_ranking(snapshot, DEATHS, areas=queries.list_authorities(snapshot), compared=[ENGLAND])
    assert pd.util.hash_pandas_object(snapshot.observations).sum() == before
