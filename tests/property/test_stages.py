"""Conform, aggregate and calculate, for any figures: nothing is lost, made up, or moved by the order of rows."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import schema, tables
from etl.aggregate import aggregate
from etl.calculate import calculate
from etl.calculations.periods import sum_by_week
from etl.catalogue import load_catalogue
from etl.conform.areas import ENGLAND, REFERENCE_DATE, conform_areas, is_valid_on

FILE = Path("deaths.xlsx")
FIRST_DAY = dt.date(2020, 4, 10)
# One authority of each region, which is always there, and more of two of them.
ONE_EACH = [
    *("E06000001", "E06000006", "E06000010", "E06000015", "E08000025"),
    *("E06000031", "E09000002", "E06000036", "E06000022"),
]
MORE = ["E06000002", "E06000003", "E06000007", "E08000011"]
# A run of all the stages takes a quarter of a second.
WHOLE_RUNS = settings(max_examples=10)
CELLS = st.integers(0, 500) | st.sampled_from(["x", "z"])


@pytest.fixture(scope="session")
def catalogue():
    """The catalogue with the indicators of one measure, a daily count."""
    whole = load_catalogue()
    own = tuple(indicator for indicator in whole.indicators if indicator.measure == "deaths_covid")
    return whole.model_copy(update={"indicators": own})


@st.composite
def daily_counts(draw, cells=CELLS, most_days=9):
    """Figures of one measure: every authority drawn has a cell for every day drawn."""
    codes = ONE_EACH + draw(st.lists(st.sampled_from(MORE), max_size=3, unique=True))
    first = FIRST_DAY + dt.timedelta(days=draw(st.integers(0, 6)))
    days = [first + dt.timedelta(days=n) for n in range(draw(st.integers(1, most_days)))]
    keys = [(code, day) for code in codes for day in days]
    given_cells = draw(st.lists(cells, min_size=len(keys), max_size=len(keys)))
    rows = [
        {
            "area_code": code,
            "date": day,
            "value": None if isinstance(cell, str) else float(cell),
            "status": cell if isinstance(cell, str) else "",
        }
        for (code, day), cell in zip(keys, given_cells, strict=True)
    ]
    common = {"measure": "deaths_covid", "area_name": "", "date_text": "", "period": "day", "quality": "p"}
    return pd.DataFrame(rows).assign(place="row 2", **common).astype({"value": float})


def declare_the_rest(figures, *, catalogue, areas):
    """The source of deaths, declared to be without every authority that the figures lack."""
    others = areas.loc[(areas["kind"] == "authority") & ~areas["code"].isin(figures["area_code"]), "code"]
    return catalogue.source("cqc_deaths").model_copy(update={"without": tuple(others)})


def run_stages(figures, *, catalogue, areas):
    """The observations as the snapshot would hold them."""
    conformed = conform_areas(figures, areas, file=FILE)
    source = declare_the_rest(figures, catalogue=catalogue, areas=areas)
    complete, _ = aggregate(conformed, source=source, areas=areas)
    observations = calculate(complete.assign(source_id="cqc_deaths"), catalogue=catalogue, areas=areas)
    return schema.to_arrow("observations", tables.make_observations(observations))


def write_bytes(table):
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


@given(figures=daily_counts(most_days=4))
def test_makes_every_whole_the_sum_of_its_parts(figures, catalogue, areas):
    source = declare_the_rest(figures, catalogue=catalogue, areas=areas)
    complete, findings = aggregate(figures, source=source, areas=areas)
    regions = figures["area_code"].map(dict(zip(areas["code"], areas["region_code"], strict=True)))
    for level in (regions, pd.Series(ENGLAND, index=figures.index)):
        for (code, day), parts in figures.groupby([level, "date"]):
            (whole,) = complete[(complete["area_code"] == code) & (complete["date"] == day)].itertuples()
            is_unknown = (parts["status"] == "x").any()
            assert whole.status == ("x" if is_unknown else "")
            assert pd.isna(whole.value) if is_unknown else whole.value == parts["value"].sum()
    assert len(complete) == len(figures) + (regions.nunique() + 1) * figures["date"].nunique()
    assert {finding["rule"] for finding in findings} <= {"totals_agree"}


@given(figures=daily_counts(cells=st.integers(0, 500), most_days=3), data=st.data())
def test_leaves_only_the_wholes_of_a_lost_row_unavailable(figures, data, catalogue, areas):
    source = declare_the_rest(figures, catalogue=catalogue, areas=areas)
    lost = figures.loc[data.draw(st.sampled_from(figures.index.tolist()))]
    kept = figures.drop(index=lost.name)
    complete, _ = aggregate(kept, source=source, areas=areas)
    regions = dict(zip(areas["code"], areas["region_code"], strict=True))
    unknown = complete[complete["status"] != ""]
    places = set(zip(unknown["area_code"], unknown["date"], strict=True))
    # A region of which no authority is left on that day has no total at all.
    is_left = (kept["area_code"].map(regions) == regions[lost["area_code"]]) & (kept["date"] == lost["date"])
    wanted = {(ENGLAND, lost["date"])} | ({(regions[lost["area_code"]], lost["date"])} if is_left.any() else set())
    assert places == wanted
    assert unknown["value"].isna().all()


@WHOLE_RUNS
@given(figures=daily_counts(), data=st.data())
def test_publishes_the_same_bytes_whatever_the_order_of_rows(figures, data, catalogue, areas):
    order = data.draw(st.permutations(range(len(figures))))
    first = run_stages(figures, catalogue=catalogue, areas=areas)
    second = run_stages(figures.iloc[order], catalogue=catalogue, areas=areas)
    assert first.equals(second)
    assert write_bytes(first) == write_bytes(second)


@given(figures=daily_counts(cells=st.integers(0, 500), most_days=20))
def test_makes_weeks_the_sum_of_their_days(figures, catalogue, areas):
    (indicator,) = (entry for entry in catalogue.indicators if entry.calculation == "week of days")
    weeks = sum_by_week(figures, indicator, areas)
    days = set(figures["date"])
    whole = {
        day: [day - dt.timedelta(days=n) for n in range(7)]
        for day in days
        if day.weekday() == 4 and all(day - dt.timedelta(days=n) in days for n in range(7))
    }
    assert set(weeks["date"]) == set(whole)
    for code, own in figures.groupby("area_code"):
        found = weeks[weeks["area_code"] == code].set_index("date")["value"].to_dict()
        assert found == {friday: own.loc[own["date"].isin(span), "value"].sum() for friday, span in whole.items()}


@WHOLE_RUNS
@given(figures=daily_counts())
def test_never_gives_a_value_beside_a_status_nor_neither(figures, catalogue, areas):
    rows = run_stages(figures, catalogue=catalogue, areas=areas).to_pandas()
    assert (rows["value"].isna() == (rows["status"] != "")).all()
    assert not rows.duplicated(["indicator_id", "area_code", "date"]).any()


@WHOLE_RUNS
@given(figures=daily_counts())
def test_puts_every_rate_between_its_limits(figures, catalogue, areas):
    rows = run_stages(figures, catalogue=catalogue, areas=areas).to_pandas()
    rates = rows[rows["indicator_id"].str.endswith("_per_1000") & rows["value"].notna()]
    for lower, upper in (("lower_95", "upper_95"), ("lower_998", "upper_998")):
        assert (rates[lower] <= rates["value"]).all()
        assert (rates["value"] < rates[upper]).all()
    assert (rates["value"] == 1000 * rates["numerator"] / rates["denominator"]).all()


@given(data=st.data())
def test_changes_nothing_the_second_time_it_conforms(data, areas):
    rows = data.draw(
        st.lists(st.sampled_from(areas.index.tolist()), min_size=1, max_size=20, unique_by=areas["shown_as"].get)
    )
    is_named = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    chosen = areas.loc[rows].assign(is_named=is_named, date=REFERENCE_DATE)
    # By name only an area that bore it on the day: Dorset was two.
    chosen["is_named"] &= is_valid_on(chosen, REFERENCE_DATE)
    figures = pd.DataFrame(
        {
            "measure": "deaths_covid",
            "area_code": chosen["code"].where(~chosen["is_named"], ""),
            "area_name": chosen["name"].where(chosen["is_named"], ""),
            "date": chosen["date"],
            "period": "day",
            "place": "row 2",
            "value": 1.0,
        }
    ).reset_index(drop=True)
    once = conform_areas(figures, areas, file=FILE)
    twice = conform_areas(once.assign(area_name=""), areas, file=FILE)
    pd.testing.assert_frame_equal(once, twice)
    assert once["area_code"].tolist() == chosen["shown_as"].tolist()
