"""Change between two extracts: which are compared, and what comes from whom."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from etl.returns.change import choose_pairs, count_pair, describe_changes

AREAS = ["A", "B"]


def days(*numbers):
    return [dt.date(2020, 8, 1) + dt.timedelta(days=n - 1) for n in numbers]


def pair(first, last):
    return (*days(first), *days(last))


def test_compares_the_newest_with_a_week_and_four_weeks_before():
    found = choose_pairs(days(1, 2, 8, 15, 22, 29), breaks=[], days=(7, 28))
    assert set(found) == {pair(22, 29), pair(1, 29)}


def test_takes_the_newest_that_is_old_enough_where_no_extract_falls_on_the_day():
    assert pair(20, 29) in choose_pairs(days(1, 20, 24, 29), breaks=[], days=(7,))


def test_never_compares_across_a_break():
    breaks = days(10)
    found = choose_pairs(days(1, 8, 10, 14, 21), breaks=breaks, days=(7, 28))
    assert set(found) == {pair(1, 10), pair(14, 21)}
    assert not [p for p in found if p[0] <= breaks[0] < p[1]]


def test_compares_nothing_with_itself_and_nothing_with_nothing():
    assert choose_pairs(days(1), breaks=[], days=(7,)) == []
    assert choose_pairs([], breaks=[], days=(7,)) == []


def side(*homes):
    """Homes as (id, area, answer code): 0 none, 1 yes, 2 no, 3 not applicable, 4 partly."""
    ids, areas, answers = zip(*homes, strict=True)
    return {
        "location_id": np.array(ids, dtype=np.int64),
        "area": np.array([AREAS.index(area) for area in areas]),
        "q": np.array(answers, dtype=np.int8),
    }


def test_splits_a_change_into_the_same_homes_and_who_answered(layout):
    # Homes 1 to 4 answer both times, yes from 2 of 4 to 3 of 4. Homes 5 and 6 (no) fall silent, home 7 (yes) comes.
    before = side((1, "A", 1), (2, "A", 1), (3, "A", 2), (4, "A", 2), (5, "A", 2), (6, "A", 2))
    after = side((1, "A", 1), (2, "A", 1), (3, "A", 1), (4, "A", 2), (7, "A", 1))
    (row,) = describe_changes(count_pair(before, after, column="q", layout=layout, areas=AREAS)).to_dict("records")
    assert (row["n_from"], row["n_to"], row["n_both"]) == (6, 5, 4)
    assert (row["no_to_yes"], row["yes_to_no"]) == (1, 0)
    assert row["change_points"] == pytest.approx(100 * (4 / 5 - 2 / 6))
    assert row["change_same_homes_points"] == pytest.approx(25)
    assert row["change_who_answered_points"] == pytest.approx(100 * (4 / 5 - 2 / 6) - 25)


def test_counts_partly_as_an_answer_that_is_not_yes_and_not_applicable_as_none(layout):
    before = side((1, "A", 1), (2, "A", 4), (3, "A", 3), (4, "A", 0))
    after = side((1, "A", 4), (2, "A", 1), (3, "A", 1), (4, "A", 1))
    (row,) = count_pair(before, after, column="q", layout=layout, areas=AREAS).to_dict("records")
    assert (row["n_from"], row["n_to"], row["n_both"]) == (2, 4, 2)
    assert (row["no_to_yes"], row["yes_to_no"]) == (1, 1)


def test_counts_a_home_that_moved_council_where_it_stands_at_the_later_date(layout):
    counts = count_pair(side((1, "A", 1)), side((1, "B", 2)), column="q", layout=layout, areas=AREAS).set_index(
        "area_code"
    )
    assert counts["n_both"].to_dict() == {"A": 0, "B": 1}
    assert counts["n_from"].to_dict() == {"A": 1, "B": 0}


def test_gives_no_change_where_nobody_answered_both_times(layout):
    counts = count_pair(side((1, "A", 1)), side((2, "A", 1)), column="q", layout=layout, areas=AREAS)
    (row,) = describe_changes(counts).to_dict("records")
    assert row["status"] == "x"
    assert pd.isna(row["change_same_homes_points"])
