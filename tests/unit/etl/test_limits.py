"""Limits of weekly series: the grid of weeks, breaks, gaps and what has none."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from etl.catalogue.model import Break
from etl.limits import chart_indicator, is_charted
from etl.statistics.trend import chart_series
from etl.weeks import make_grid

FRIDAY = dt.date(2020, 5, 29)
BREAK = Break(
    id="b", date=dt.date(2020, 8, 10), date_text="then", source="s", what="W.", effect="E.", indicators=("homes_*",)
)


def fridays(count):
    return [FRIDAY + dt.timedelta(days=7 * n) for n in range(count)]


def series(values, dates, *, area="E06000001"):
    return pd.DataFrame({"area_code": area, "date": dates, "value": values, "is_illustrative": True, "source_id": "s"})


@pytest.fixture
def share(make_indicator):
    return make_indicator(id="homes_percent", unit="percent", period="point")


def test_makes_a_grid_of_weeks_back_from_the_newest_date_and_passes_over_others():
    assert make_grid([*fridays(4), dt.date(2020, 6, 8)]) == fridays(4)


def test_keeps_the_place_of_a_missing_week():
    dates = fridays(6)
    assert make_grid([*dates[:2], *dates[3:]]) == dates


def test_makes_no_grid_of_dates_that_are_not_weekly():
    assert make_grid([dt.date(2020, 3, 31), dt.date(2021, 3, 31), dt.date(2022, 3, 31)]) == []
    assert make_grid([]) == []


def test_gives_the_limits_of_each_stretch_between_breaks(share):
    dates = fridays(22)
    values = [50.0 + n % 3 for n in range(11)] + [70.0 + n % 2 for n in range(11)]
    found = chart_indicator(series(values, dates), indicator=share, breaks=[BREAK])
    before = found["date"].map(lambda day: day <= BREAK.date)
    expected = chart_series(np.array([values]), breaks=[int(before.sum())])
    np.testing.assert_allclose(found["centre"], expected.centre[0])
    assert found.loc[before, "centre"].nunique() == 1
    assert found.loc[before, "upper"].max() < found.loc[~before, "lower"].min()
    assert (found["special_cause"] == "").all(), "nothing runs across the break"


def test_sees_a_shift_and_says_since_when(share):
    dates = fridays(22)
    values = [50.0 + n % 2 for n in range(14)] + [60.0 + n % 2 for n in range(8)]
    found = chart_indicator(series(values, dates), indicator=share, breaks=[]).set_index("date")
    assert found.loc[dates[-1], "special_cause"] != ""
    assert found.loc[dates[-1], "direction"] == "above"
    assert found.loc[dates[-1], "since"] == dates[14]


def test_leaves_a_hidden_week_a_gap(share):
    values = [50.0, 51.0, np.nan, *([50.0, 51.0] * 6)]
    found = chart_indicator(series(values, fridays(15)), indicator=share, breaks=[])
    assert len(found) == 15
    assert found["points"].iloc[0] == 14


def test_charts_no_short_series(share):
    assert chart_indicator(series([50.0] * 7, fridays(7)), indicator=share, breaks=[]).empty


def test_charts_shares_and_rates_by_week_and_no_counts(make_indicator, share):
    assert is_charted(share)
    assert not is_charted(make_indicator(period="week"))
    assert not is_charted(make_indicator(id="turnover_percent", unit="percent", period="year"))
