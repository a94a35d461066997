"""Dates at the end of a text, as publishers write them."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.extract.dates import read_last_date

DAY = dt.date(2021, 3, 28)


@pytest.mark.parametrize(
    "cell",
    [
        DAY,
        dt.datetime(2021, 3, 28, 23, 59),
        "8th December 2020 to 28th March 2021",
        "28 March 2021",
        "Sunday 28 Mar 2021 (provisional).",
        "08/12/2020 - 28/03/2021",
        "2020-12-08 to 2021-03-28",
        "from 2020-12-08 to 28th  March 2021",
    ],
)
def test_reads_the_date_that_a_cell_ends_with(cell):
    assert read_last_date(cell) == DAY


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "March 2021",
        "8th December 2020 to 28th March",
        "8th December 2020 to 31st April 2021",
        "8th December 2020 to 28 Mrach 2021",
        "8 December 2020, 12 weeks",
        44283.0,
        "28/13/2021",
    ],
)
def test_reads_none_where_the_end_is_no_date(cell):
    assert read_last_date(cell) is None
