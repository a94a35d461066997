"""From days to weeks: which running totals they need, and what days add up to."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from etl.extract.frame import COLUMNS
from etl.extract.weeks import add_up_weeks, keep_ends_of_weeks

MAY_29, JUNE_5, JUNE_12 = dt.date(2020, 5, 29), dt.date(2020, 6, 5), dt.date(2020, 6, 12)
ROW = {"measure": "cases_total", "area_code": "E06000014", "area_name": "York", "date_text": "", "period": "day"}
ROW |= {"scale": 1.0, "table": 0}


@pytest.fixture
def keep():
    """The raw totals kept, by area and date, and the rows set aside; rows are (code, day of May or June, total)."""

    def run(*rows, fill):
        figures = [
            ROW | {"area_code": code, "date": day, "raw": total, "place": f"row {number}"}
            for number, (code, day, total) in enumerate(rows, 2)
        ]
        kept, refusals = keep_ends_of_weeks(pd.DataFrame(figures, columns=COLUMNS), fill=fill)
        assert list(kept.columns) == COLUMNS
        found = {(row.area_code, row.date): row.raw for row in kept.itertuples()}
        assert len(found) == len(kept)
        return found, sum(refusal.rows for refusal in refusals)

    return run


def test_keeps_fridays_alone_and_counts_the_rest(keep):
    days = [MAY_29 + dt.timedelta(days=n) for n in range(-1, 9)]
    found, unused = keep(*(("A", day, str(n)) for n, day in enumerate(days)), fill=False)
    assert found == {("A", MAY_29): "1", ("A", JUNE_5): "8"}
    assert unused == 8


def test_puts_nothing_in_place_of_a_friday_that_is_missing(keep):
    found, unused = keep(("A", MAY_29, "1"), ("A", JUNE_5 - dt.timedelta(days=1), "8"), ("A", JUNE_12, "9"), fill=False)
    assert found == {("A", MAY_29): "1", ("A", JUNE_12): "9"}
    assert unused == 1


def test_gives_a_friday_without_a_row_the_total_before_it(keep):
    """Every row is a rise: the total did not change until the next."""
    rows = [("A", MAY_29 - dt.timedelta(days=3), "5"), ("A", JUNE_5 - dt.timedelta(days=2), "7"), ("A", JUNE_12, "7")]
    found, unused = keep(*rows, ("A", JUNE_5 - dt.timedelta(days=3), "6"), fill=True)
    assert found == {("A", MAY_29): "5", ("A", JUNE_5): "7", ("A", JUNE_12): "7"}
    assert unused == 1, "the 6 of Tuesday was 7 by Friday"


def test_begins_every_area_at_nought_and_at_the_first_friday_of_the_file(keep):
    found, unused = keep(("A", MAY_29, "5"), ("B", JUNE_5, "1"), ("A", JUNE_5, "6"), fill=True)
    assert found == {("A", MAY_29): "5", ("B", MAY_29): 0, ("A", JUNE_5): "6", ("B", JUNE_5): "1"}
    assert unused == 0


def test_ends_at_the_last_friday_of_the_file(keep):
    found, unused = keep(("A", MAY_29, "5"), ("A", JUNE_5 + dt.timedelta(days=1), "9"), fill=True)
    assert found == {("A", MAY_29): "5", ("A", JUNE_5): "5"}
    assert unused == 1


@pytest.mark.parametrize("fill", [True, False])
def test_does_not_mind_the_order_of_rows(keep, fill):
    rows = [("A", MAY_29, "5"), ("A", JUNE_5, "6"), ("B", JUNE_5, "1"), ("B", MAY_29, "1")]
    assert keep(*rows, fill=fill) == keep(*reversed(rows), fill=fill)


@pytest.fixture
def add_up():
    """The raw weekly counts by measure and Friday, from the counts of days in a row."""

    def run(*counts, first, measure="deaths"):
        figures = [
            ROW | {"measure": measure, "date": first + dt.timedelta(days=n), "raw": count, "place": f"row {n + 2}"}
            for n, count in enumerate(counts)
        ]
        made = add_up_weeks(pd.DataFrame(figures, columns=COLUMNS))
        assert list(made.columns) == COLUMNS
        assert set(made["period"]) <= {"week"}
        return {row.date: (row.raw, row.place) for row in made.itertuples()}

    return run


SATURDAY = dt.date(2020, 5, 23)


def test_adds_days_up_from_saturday_to_friday(add_up):
    assert add_up(*range(14), first=SATURDAY) == {MAY_29: (21, "row 8"), JUNE_5: (70, "row 15")}


@pytest.mark.parametrize("days", [-1, 1])
def test_leaves_out_a_week_without_all_its_days(add_up, days):
    assert add_up(*[1] * 7, first=SATURDAY + dt.timedelta(days=days)) == {}


@pytest.mark.parametrize("mark", [":", "many", ""])
def test_lets_a_cell_that_is_no_number_stand_for_its_week(add_up, mark):
    assert add_up(1, 2, mark, 4, 5, 6, 7, first=SATURDAY) == {MAY_29: (mark, "row 8")}
