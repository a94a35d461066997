"""Supplies: how well a home care provider is off for protective equipment, in the colours of the return."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from etl.synthesise.chance import Chance
from etl.synthesise.curves import read_curve
from etl.synthesise.request import BREAK_DATE, count_days

EQUIPMENT = ("PPE_Gloves", "PPE_Aprons", "PPE_Masks", "PPE_Eye_Protection", "PPE_Sanitiser")
COLOURS = ("", "Red", "Amber", "Green", "Blue")
RED, AMBER, GREEN, BLUE = range(1, 5)
RED_FROM, AMBER_FROM, BLUE_BELOW = 1.9, 1.0, -1.9
"""A provider's want of an item, a score: the higher, the scarcer. Blue, plenty, is offered from 10 August 2020."""
BY_PROVIDER, BY_ITEM, WAVE, WAVE_DAYS = 0.7, 0.5, 0.3, 90
OTHER_ISSUES = 0.01


def judge_supplies(
    numbers: NDArray[np.int64], *, day: NDArray[np.int64], chance: Chance
) -> tuple[dict[str, NDArray[np.int8]], NDArray[np.bool_]]:
    """Return the place in COLOURS of each item, and whether the provider says that it has problems with equipment.

    `numbers` are the providers' numbers and `day` the day of each one's return. A provider's colours move slowly.
    """
    want = read_curve("shortage", day) + BY_PROVIDER * _spread(chance.draw("want", numbers))
    phase = chance.draw("phase of want", numbers)
    want = want + WAVE * np.sin(2 * np.pi * (day / WAVE_DAYS + phase))
    colours = {}
    for item in EQUIPMENT:
        score = want + BY_ITEM * _spread(chance.draw(item, numbers))
        plenty = np.where((score < BLUE_BELOW) & (day >= count_days(BREAK_DATE)), BLUE, GREEN)
        colours[item] = np.where(score >= RED_FROM, RED, np.where(score >= AMBER_FROM, AMBER, plenty)).astype(np.int8)
    is_short = np.logical_or.reduce([colour == RED for colour in colours.values()])
    return colours, is_short | (chance.draw("other issues", numbers, day // WAVE_DAYS) < OTHER_ISSUES)


def _spread(drawn: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return scores of mean 0 and standard deviation 1 from numbers between 0 and 1 (logistic)."""
    inside = np.clip(drawn, 1e-6, 1 - 1e-6)
    return np.log(inside / (1 - inside)) * np.sqrt(3) / np.pi
