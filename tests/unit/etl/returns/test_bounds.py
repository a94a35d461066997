"""Bounds that non-response leaves open: the worked values of the reference."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from etl.returns.figures import share_of_answers
from etl.returns.levels import Block

HOMES = 100_000


@pytest.mark.parametrize(
    ("yes_percent", "answered_percent", "lower", "upper"), [(37, 45, 16.65, 71.65), (68, 99, 67.32, 68.32)]
)
def test_bounds_the_share_of_all_homes_as_worked(declared, layout, yes_percent, answered_percent, lower, upper):
    indicator = next(entry for entry in declared.indicators if entry.calculation == "share of answers")
    column = next(name for name, measure in layout.questions.items() if measure == indicator.measure)
    answered = HOMES * answered_percent // 100
    yes = answered * yes_percent // 100
    counts = {"yes": yes, "no": answered - yes, "not_answered": HOMES - answered}
    block = Block(
        areas=("E92000001",),
        dates=(dt.date(2020, 5, 29),),
        names={f"{column}:{answer}": place for place, answer in enumerate(counts)},
        numbers=np.array([[list(counts.values())]]),
        is_held=np.array([[True]]),
    )
    found = share_of_answers(block, indicator, layout)
    assert found["value"].item() == pytest.approx(yes_percent)
    assert found["lower_bound"].item() == pytest.approx(lower, abs=1e-9)
    assert found["upper_bound"].item() == pytest.approx(upper, abs=1e-9)
