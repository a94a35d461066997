"""Authorities that a source counts with another: seen, and counted once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.calculations.rates import join_people
from etl.conform.combined import mark_combined
from etl.errors import InputError

HACKNEY, CITY, LEEDS = "E09000012", "E09000001", "E08000035"
FILE = Path("cases.csv")


@pytest.fixture
def source(make_source):
    return make_source(combines={HACKNEY: [CITY]})


def test_says_that_there_can_be_no_figure_for_the_one_that_is_counted_with_another(source, make_figures):
    figures = make_figures({"area_code": HACKNEY, "value": 5}, {"area_code": LEEDS, "value": 3})
    marked = mark_combined(figures, source=source, file=FILE).set_index("area_code")
    assert marked["status"].to_dict() == {HACKNEY: "", LEEDS: "", CITY: "z"}
    assert marked["value"].to_dict() == {HACKNEY: 5, LEEDS: 3, CITY: pytest.approx(float("nan"), nan_ok=True)}
    assert marked.loc[CITY, ["measure", "date", "period"]].equals(marked.loc[HACKNEY, ["measure", "date", "period"]])


def test_refuses_one_that_has_figures_of_its_own_after_all(source, make_figures):
    figures = make_figures({"area_code": HACKNEY}, {"area_code": CITY, "place": "row 7"})
    with pytest.raises(InputError, match="row 7: E09000001 has a figure, but is declared to be counted with another"):
        mark_combined(figures, source=source, file=FILE)


def test_changes_nothing_of_other_sources(make_source, make_figures):
    figures = make_figures({"area_code": HACKNEY}, {"area_code": CITY})
    assert mark_combined(figures, source=make_source(), file=FILE) is figures


def test_counts_the_people_of_both_where_their_figure_stands(areas):
    joined = join_people(areas, {HACKNEY: (CITY,)}).set_index("code")
    before = areas.set_index("code")
    for column in ("population", "population_65_plus"):
        assert joined.loc[HACKNEY, column] == before.loc[HACKNEY, column] + before.loc[CITY, column]
        assert pd.isna(joined.loc[CITY, column])
        assert joined.loc[LEEDS, column] == before.loc[LEEDS, column]
    assert join_people(areas, {}) is areas
