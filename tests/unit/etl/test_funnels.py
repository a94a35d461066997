"""Funnels as tables of a snapshot: the same lines that the verdicts go by."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from etl.funnels import choose_sizes, draw_funnel
from etl.statistics.comparison import compare_shares

DAY, LATER = dt.date(2020, 8, 3), dt.date(2020, 8, 10)
CODES = [f"E0600000{n}" for n in range(8)]
KINDS = {"E92000001": "country"} | dict.fromkeys(CODES, "authority")


def figures(shares, *, date=LATER, homes=60):
    own = pd.DataFrame({"area_code": CODES[: len(shares)], "numerator": np.round(np.array(shares) * homes)})
    own["denominator"] = float(homes)
    england = pd.DataFrame({"area_code": ["E92000001"], "numerator": own["numerator"].sum()})
    england["denominator"] = own["denominator"].sum()
    frame = pd.concat([own, england], ignore_index=True)
    return frame.assign(value=100 * frame["numerator"] / frame["denominator"], date=date, is_illustrative=True)


@pytest.fixture
def share(make_indicator):
    return make_indicator(id="homes_percent", unit="percent", calculation="share of answers", interval="wilson")


def test_takes_sizes_from_one_home_to_the_largest_authority():
    sizes = choose_sizes(297)
    assert (sizes[0], sizes[-1]) == (1, 297)
    assert (np.diff(sizes) > 0).all()
    assert choose_sizes(1).tolist() == [1]


def test_draws_lines_that_agree_with_the_exact_verdicts(share):
    found = draw_funnel(figures([0.8] * 8), indicator=share, kinds=KINDS)
    assert not found["is_widened"].any()
    row = found.iloc[-1]
    n = int(row["homes"])
    x = np.arange(n + 1)
    verdict = compare_shares(x, trials=n, benchmark=row["benchmark"] / 100, polarity="neither is better")
    outside = (100 * x / n < row["lower_95"]) | (100 * x / n > row["upper_95"])
    assert (outside == (verdict.p_value < 0.05)).all()


def test_widens_where_areas_differ_by_more_than_chance(share):
    alike = draw_funnel(figures([0.7] * 8), indicator=share, kinds=KINDS).iloc[-1]
    apart = draw_funnel(figures([0.4, 1.0, 0.45, 0.95, 0.5, 0.9, 0.6, 0.8]), indicator=share, kinds=KINDS).iloc[-1]
    assert apart["is_widened"]
    assert apart["lower_95"] < alike["lower_95"]
    assert apart["upper_998"] >= alike["upper_998"]


def test_takes_the_newest_date_only(share):
    both = pd.concat([figures([0.2] * 8, date=DAY), figures([0.8] * 8)], ignore_index=True)
    found = draw_funnel(both, indicator=share, kinds=KINDS)
    assert set(found["date"]) == {LATER}
    assert found["benchmark"].iloc[0] == pytest.approx(80)


def test_draws_no_funnel_of_fewer_than_five_areas_or_without_england(share):
    assert draw_funnel(figures([0.8] * 4), indicator=share, kinds=KINDS).empty
    lone = figures([0.8] * 8)
    assert draw_funnel(lone[lone["area_code"] != "E92000001"], indicator=share, kinds=KINDS).empty
