"""What is hidden of figures counted from home-level returns."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from etl.disclose import disclose_changes, disclose_figures

DAY = dt.date(2020, 8, 10)
ENGLAND, REGION, OTHER = "E92000001", "E12000001", "E12000002"
A, B, C, D = "E06000001", "E06000002", "E06000003", "E06000004"
REGIONS = {A: REGION, B: REGION, C: REGION, D: OTHER, REGION: REGION, OTHER: OTHER, ENGLAND: ""}


@pytest.fixture
def share(make_indicator):
    return make_indicator(id="homes_percent", unit="percent", calculation="share of answers")


@pytest.fixture
def people(make_indicator):
    return make_indicator(id="absent_percent", unit="percent", calculation="share of sums")


def figures(**areas):
    """Rows of (numerator, denominator) or (numerator, denominator, homes), by area."""
    rows = [
        {"area_code": code, "date": DAY, "numerator": float(n[0]), "denominator": float(n[1]), "homes": float(n[-1])}
        for code, n in areas.items()
    ]
    frame = pd.DataFrame(rows).assign(indicator_id="i", date_text="", period="point", status="", quality="")
    return frame.assign(value=100 * frame["numerator"] / frame["denominator"], lower_95=1.0, upper_bound=2.0)


def hidden(frame):
    return set(frame.loc[frame["status"] == "c", "area_code"])


def run(indicator, **areas):
    return disclose_figures(figures(**areas), indicator=indicator, regions=REGIONS)


def test_hides_a_share_of_fewer_than_ten_homes_with_all_its_numbers(share):
    frame = run(share, **{A: (5, 9), B: (6, 11), C: (20, 30)})
    row = frame.set_index("area_code").loc[A]
    assert row["status"] == "c"
    assert row[["value", "numerator", "denominator", "lower_95", "upper_bound"]].isna().all()
    assert "homes" not in frame


def test_shows_a_share_of_ten_homes(share):
    assert hidden(run(share, **{A: (5, 10), B: (5, 12)})) == set()


def test_hides_where_every_home_said_no_and_not_where_every_home_said_yes(share):
    assert A in hidden(run(share, **{A: (0, 20), B: (5, 12), C: (5, 30)}))
    assert hidden(run(share, **{A: (20, 20), B: (5, 12)})) == set()


def test_hides_the_smallest_other_part_where_one_part_of_a_region_is_hidden(share):
    found = run(share, **{A: (5, 9), B: (6, 15), C: (6, 12), D: (6, 40), REGION: (17, 36), ENGLAND: (23, 76)})
    assert hidden(found) == {A, C}


def test_hides_a_second_region_where_one_is_hidden(share):
    assert hidden(run(share, **{REGION: (5, 9), OTHER: (20, 40), ENGLAND: (25, 49)})) == {REGION, OTHER}


def test_hides_no_third_where_two_are_hidden_already(share):
    assert hidden(run(share, **{A: (5, 9), B: (5, 8), C: (20, 30)})) == {A, B}


def test_hides_one_to_five_people_but_never_a_true_zero(people):
    found = run(people, **{A: (1, 100, 20), B: (5, 100, 21), C: (0, 100, 22), D: (6, 100, 20)})
    assert hidden(found) == {A, B}
    assert found.set_index("area_code").loc[C, "value"] == 0


def test_leaves_an_area_where_nobody_answered_unavailable(share):
    frame = figures(**{A: (0, 0), B: (20, 30)})
    frame.loc[0, ["status", "value"]] = ["x", np.nan]
    found = disclose_figures(frame, indicator=share, regions=REGIONS)
    assert found["status"].tolist() == ["x", ""]


def test_keeps_dates_apart(share):
    later = figures(**{A: (10, 20), B: (10, 20)}).assign(date=dt.date(2020, 8, 17))
    both = pd.concat([figures(**{A: (5, 9), B: (6, 11)}), later], ignore_index=True)
    found = disclose_figures(both, indicator=share, regions=REGIONS)
    assert found["status"].tolist() == ["c", "c", "", ""]


def changes(**areas):
    rows = [
        {"area_code": code, "n_from": float(n[0]), "n_to": float(n[1]), "n_both": float(n[2])}
        for code, n in areas.items()
    ]
    return pd.DataFrame(rows).assign(
        indicator_id="i", date_from=DAY, date_to=dt.date(2020, 8, 17), change_points=1.0, status="", source_id="s"
    )


def test_gives_no_change_of_fewer_than_ten_homes():
    found = disclose_changes(
        changes(**{A: (20, 20, 9), B: (30, 30, 25), C: (40, 40, 35)}), hidden=set(), regions=REGIONS
    )
    assert hidden(found) == {A, B}
    assert found.loc[0, ["change_points", "n_from", "n_both"]].isna().all()
    assert found.loc[2, "change_points"] == 1


def test_gives_no_change_beside_a_hidden_figure():
    frame = changes(**{A: (20, 20, 20), B: (30, 30, 25), C: (40, 40, 35)})
    found = disclose_changes(frame, hidden={("i", A, DAY), ("i", B, DAY)}, regions=REGIONS)
    assert hidden(found) == {A, B}
