"""Positions, spread, parts of a gap and the winter projection, as tables of a snapshot."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from etl.standing import add_positions, describe_spread, divide_gaps, project_vacancy

DAY, LATER = dt.date(2020, 8, 3), dt.date(2020, 8, 10)
CODES = [f"E0600000{n}" for n in range(6)]
KINDS = {"E92000001": "country"} | dict.fromkeys(CODES, "authority")


def figures(values, *, date=DAY):
    frame = pd.DataFrame({"area_code": [*CODES, "E92000001"], "value": [*values, 50.0], "date": date, "source_id": "s"})
    homes = 100.0
    return frame.assign(
        is_illustrative=True, denominator=homes, numerator=frame["value"] * homes / 100, date_text="", status=""
    )


@pytest.fixture
def share(make_indicator):
    return make_indicator(id="homes_percent", unit="percent", polarity="higher is better", target=100)


def test_ranks_authorities_and_leaves_england_out(share):
    found = add_positions(figures([10, 60, 30, 60, 20, 40]), indicator=share, kinds=KINDS)
    assert found["position"].tolist()[:6] == [6, 1, 4, 1, 5, 3]
    assert np.isnan(found["position"].iloc[-1])
    assert set(found["ranked"].dropna()) == {6}


def test_puts_the_lowest_first_where_lower_is_better(share):
    lower = share.model_copy(update={"polarity": "lower is better"})
    found = add_positions(figures([10, 60, 30, 60, 20, 40]), indicator=lower, kinds=KINDS)
    assert found["position"].iloc[0] == 1


def test_gives_a_hidden_figure_no_position_and_counts_it_not(share):
    found = add_positions(figures([10, np.nan, 30, 60, 20, 40]), indicator=share, kinds=KINDS)
    assert np.isnan(found["position"].iloc[1])
    assert set(found["ranked"].dropna()) == {5}


def test_ranks_no_four_areas_and_each_date_by_itself(share):
    both = pd.concat(
        [figures([1, 2, 3, 4, np.nan, np.nan]), figures([6, 5, 4, 3, 2, 1], date=LATER)], ignore_index=True
    )
    found = add_positions(both, indicator=share, kinds=KINDS)
    assert found.loc[found["date"] == DAY, "position"].isna().all()
    assert found.loc[found["date"] == LATER, "position"].tolist()[:6] == [1, 2, 3, 4, 5, 6]


def test_describes_the_spread_by_interpolated_quartiles():
    (row,) = describe_spread({"i": figures([10, 20, 30, 40, 50, 60])}, kinds=KINDS).to_dict("records")
    assert (row["lowest"], row["lower_quartile"], row["median"]) == (10, 22.5, 35)
    assert (row["upper_quartile"], row["highest"], row["areas"]) == (47.5, 60, 6)


def test_divides_the_gap_to_the_target_without_remainder(share, make_catalogue):
    catalogue = make_catalogue(indicators=(share,))
    values = [50, 60, 70, 80, 90, 100]
    found = divide_gaps({"homes_percent": figures(values)}, catalogue=catalogue, kinds=KINDS)
    assert found["points"].sum() == pytest.approx(25)
    assert found["gap_points"].iloc[0] == pytest.approx(25)
    first = found.sort_values("position").iloc[0]
    assert (first["area_code"], first["homes_to_move"]) == (CODES[0], 50)


def test_divides_no_gap_without_a_declared_target(share, make_catalogue):
    plain = share.model_copy(update={"target": None})
    found = divide_gaps({"homes_percent": figures([1] * 6)}, catalogue=make_catalogue(indicators=(plain,)), kinds=KINDS)
    assert found.empty


def test_projects_the_winter_on_the_newest_rate_of_england():
    rates = pd.DataFrame(
        {
            "area_code": "E92000001",
            "date": [dt.date(2020, 2, 29), LATER],
            "value": [8.1, 6.7],
            "date_text": ["before the pandemic", "when the report was written"],
        }
    )
    found = project_vacancy({"vacancy_percent": rates}).set_index("base")
    assert found["lower_percent"].tolist() == pytest.approx([7.2, 7.2])
    assert found["upper_percent"].tolist() == pytest.approx([7.7, 7.7])
    assert found.loc["implied", ["lower_posts", "upper_posts"]].tolist() == [4000, 8000]
    assert found.loc["counted", ["lower_posts", "upper_posts"]].tolist() == [4325, 8650]
    assert set(found["coverage_percent"]) == {55}
