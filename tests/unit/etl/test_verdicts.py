"""Verdicts date by date: who is set beside whom, and what gets none."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from etl.conform.areas import ENGLAND
from etl.statistics.funnel import assess_counts, assess_shares
from etl.verdicts import ONCE_A_WEEK, Levels, adjust_newest, choose_days, judge_chosen_days, judge_figures

DAY, LATER = dt.date(2020, 8, 3), dt.date(2020, 8, 10)
NORTH, SOUTH = "E12000001", "E12000002"
HOMES = {NORTH: [80, 40, 25, 60, 100, 30], SOUTH: [90, 50, 20, 70, 45, 120]}
CODES = {region: [f"E0600{place}{n}" for n in range(6)] for place, region in ((1, NORTH), (2, SOUTH))}
LEVELS = Levels(
    kinds={ENGLAND: "country", NORTH: "region", SOUTH: "region"} | {c: "authority" for r in CODES for c in CODES[r]},
    regions={ENGLAND: ENGLAND, NORTH: NORTH, SOUTH: SOUTH} | {c: region for region, own in CODES.items() for c in own},
)


@pytest.fixture
def share(make_indicator):
    return make_indicator(
        id="homes_percent", unit="percent", interval="wilson", calculation="share of answers",
        polarity="higher is better",
    )  # fmt: skip


@pytest.fixture
def rate(make_indicator):
    return make_indicator(id="deaths_per_1000", unit="per 1,000", interval="byar", calculation="rate by week")


def figures(shares, *, date=DAY, made_up=True):
    """Twelve authorities in two regions with these shares, their regions and England."""
    own = [
        (code, round(share * homes), homes)
        for region in HOMES
        for code, homes, share in zip(CODES[region], HOMES[region], shares[region], strict=True)
    ]
    sums = [(region, sum(row[1] for row in own if row[0] in CODES[region]), sum(HOMES[region])) for region in HOMES]
    whole = [(ENGLAND, sum(row[1] for row in own), sum(row[2] for row in own))]
    frame = pd.DataFrame(own + sums + whole, columns=["area_code", "numerator", "denominator"]).astype(
        {"numerator": float, "denominator": float}
    )
    value = 100 * frame["numerator"] / frame["denominator"]
    return frame.assign(value=value, date=date, source_id="s", status="", is_illustrative=made_up)


ALIKE = {NORTH: [0.8] * 6, SOUTH: [0.8] * 6}
ONE_LOW = {NORTH: [0.8, 0.8, 0.8, 0.8, 0.5, 0.8], SOUTH: [0.8] * 6}


def verdicts(frame, column="versus_england"):
    return dict(zip(frame["area_code"], frame[column], strict=True))


def test_calls_areas_that_are_alike_similar(share):
    found = verdicts(judge_figures(figures(ALIKE), indicator=share, levels=LEVELS))
    assert {word for code, word in found.items() if code != ENGLAND} == {"similar"}


def test_marks_the_one_that_is_clearly_worse_against_england_and_its_region(share):
    judged = judge_figures(figures(ONE_LOW), indicator=share, levels=LEVELS)
    low = CODES[NORTH][4]
    assert verdicts(judged)[low] == "clearly worse"
    assert "worse" in verdicts(judged, "versus_region")[low]
    assert sum(word not in ("similar", "") for word in verdicts(judged).values()) <= 2


def test_compares_nothing_with_itself(share):
    judged = judge_figures(figures(ONE_LOW), indicator=share, levels=LEVELS).set_index("area_code")
    assert judged.loc[ENGLAND, ["versus_england", "versus_region"]].tolist() == ["", ""]
    assert judged.loc[[NORTH, SOUTH], "versus_region"].tolist() == ["", ""]
    assert judged.loc[NORTH, "versus_england"] != ""


def test_gives_a_hidden_figure_no_verdict_and_says_why(share):
    frame = figures(ONE_LOW)
    hidden = frame["area_code"] == CODES[NORTH][4]
    frame.loc[hidden, ["numerator", "denominator"]] = np.nan
    frame.loc[hidden, "status"] = "c"
    row = judge_figures(frame, indicator=share, levels=LEVELS)[hidden].iloc[0]
    assert (row["versus_england"], row["versus_region"]) == ("", "")
    assert "hidden" in row["verdict_reason"]
    assert np.isnan(row["p_england"])


def test_keeps_dates_apart(share):
    both = pd.concat([figures(ONE_LOW), figures(ALIKE, date=LATER)], ignore_index=True)
    judged = judge_figures(both, indicator=share, levels=LEVELS)
    alone = judge_figures(figures(ONE_LOW), indicator=share, levels=LEVELS)
    pd.testing.assert_frame_equal(judged[judged["date"] == DAY].reset_index(drop=True), alone)
    later = judged[(judged["date"] == LATER) & (judged["area_code"] != ENGLAND)]
    assert set(later["versus_england"]) == {"similar"}


def test_leaves_an_indicator_without_limits_unjudged(share):
    plain = share.model_copy(update={"interval": "none"})
    assert "versus_england" not in judge_figures(figures(ONE_LOW), indicator=plain, levels=LEVELS)


WILD = {NORTH: [0.95, 0.6, 0.9, 0.55, 0.85, 0.99], SOUTH: [0.5, 0.9, 0.6, 0.97, 0.7, 0.75]}


@pytest.mark.parametrize("shares", [ALIKE, ONE_LOW, WILD])
def test_gives_the_verdicts_of_each_set_judged_alone(share, shares):
    frame = figures(shares)
    judged = judge_figures(frame, indicator=share, levels=LEVELS)
    own = frame["area_code"].str.startswith("E06")
    england = frame.iloc[-1]
    alone = assess_shares(
        frame.loc[own, "numerator"], trials=frame.loc[own, "denominator"],
        benchmark=england["numerator"] / england["denominator"], polarity="higher is better",
    )  # fmt: skip
    assert judged.loc[own, "versus_england"].tolist() == alone.comparison.verdict.tolist()
    assert judged.loc[own, "is_widened"].all() == alone.dispersion.is_overdispersed
    stands = alone.comparison.p_value < 0.05
    np.testing.assert_allclose(judged.loc[own, "p_england"][stands], alone.comparison.p_value[stands])


def test_judges_rates_by_what_is_expected_of_the_population(rate):
    frame = figures(WILD).assign(denominator=lambda f: f["denominator"] * 100)
    judged = judge_figures(frame, indicator=rate, levels=LEVELS)
    own = frame["area_code"].str.startswith("E06")
    england = frame.iloc[-1]
    expected = frame.loc[own, "denominator"] * england["numerator"] / england["denominator"]
    alone = assess_counts(frame.loc[own, "numerator"], expected=expected, polarity="lower is better")
    assert judged.loc[own, "versus_england"].tolist() == alone.comparison.verdict.tolist()


def test_adjusts_for_all_comparisons_at_the_newest_dates_only(share):
    both = pd.concat([figures(ONE_LOW), figures(ONE_LOW, date=LATER)], ignore_index=True)
    judged = {"a": judge_figures(both, indicator=share, levels=LEVELS)}
    found = adjust_newest(judged)["a"]
    assert found.loc[found["date"] == DAY, "q_england"].isna().all()
    newest = found[(found["date"] == LATER) & found["p_england"].notna()]
    assert (newest["q_england"] >= newest["p_england"] - 1e-12).all()
    assert newest["q_england"].min() < 0.05


def test_keeps_made_up_comparisons_out_of_the_published_table(share):
    one = judge_figures(figures(ONE_LOW), indicator=share, levels=LEVELS)
    many = {f"m{n}": judge_figures(figures(ALIKE), indicator=share, levels=LEVELS) for n in range(9)}
    real = one.assign(is_illustrative=False)
    alone = adjust_newest({"r": real})["r"]["q_england"]
    beside = adjust_newest(many | {"r": real})["r"]["q_england"]
    np.testing.assert_array_equal(alone, beside)


def test_judges_every_day_of_a_weekly_series_and_every_seventh_of_a_daily_one():
    weekly = [DAY + dt.timedelta(days=7 * n) for n in range(10)]
    assert choose_days([*weekly, DAY + dt.timedelta(days=3)], breaks=[]) == {*weekly, DAY + dt.timedelta(days=3)}
    daily = [DAY + dt.timedelta(days=n) for n in range(30)]
    chosen = choose_days(daily, breaks=[daily[10]])
    assert chosen == {daily[29], daily[22], daily[15], daily[8], daily[1], daily[0], daily[10]}


def test_says_that_verdicts_come_once_a_week(share):
    daily = [DAY + dt.timedelta(days=n) for n in range(15)]
    frame = pd.concat([figures(ONE_LOW, date=day) for day in daily], ignore_index=True)
    judged = judge_chosen_days(frame, indicator=share, levels=LEVELS, breaks=[])
    assert judged.index.tolist() == frame.index.tolist()
    between = judged["date"] == daily[5]
    assert set(judged.loc[between, "verdict_reason"]) == {ONCE_A_WEEK}
    assert set(judged.loc[between, "versus_england"]) == {""}
    assert "clearly worse" in set(judged.loc[judged["date"] == daily[14], "versus_england"])
