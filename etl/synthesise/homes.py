"""Homes: what does not change about each made-up care home, as arrays of one length in order of authority."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.synthesise.chance import Chance
from etl.synthesise.targets import QUESTIONS

MEDIAN_BEDS, SPREAD_OF_BEDS, MOST_BEDS = 28, 0.6, 150
NURSING = 0.28
"""Share of homes with nursing, as on the register of 2020."""
HOMES_A_PROVIDER, MOST_PROVIDERS = 1.8, 9_999

NOT_APPLICABLE = dict.fromkeys(QUESTIONS, 0.005) | {
    "1.2": 0.01, "2.3": 0.05, "3.1": 0.0, "3.2": 0.02, "4.2": 0.015, "4.3": 0.08,
}  # fmt: skip
"""Share of homes that a question does not concern. Assumed: some take nobody from hospital, some need no volunteers."""
PASSED_OVER = 0.006
"""Share of questions that a home leaves blank while it answers the others."""
PARTLY = 0.35
"""Share of answers other than yes that become Partly once the form offers it."""

HABITS = (7, 10, 14, 21, 26)
HABIT_SHARES = (0.33, 0.28, 0.28, 0.09, 0.02)
"""Days between two updates by habit: a median age of 5 days, and about 3 % of the answers older than two weeks."""
KEEN_HOMES_FIRST = 0.25
DIFFERENCE_IN_PACE = 0.4
"""How much earlier keen homes first answer, and how much authorities differ in it (standard deviations)."""
SILENT = 0.10
"""Share of homes, the last to answer, that report no beds and staff either before their first answers."""
COPIED_FORWARD = 0.02
"""Share of homes that send the same figures again and again: something for the dashboard to find."""


@dataclass(frozen=True)
class CareHomes:
    """The made-up care homes."""

    authority: NDArray[np.intp]
    beds: NDArray[np.int64]
    is_nursing: NDArray[np.bool_]
    provider: NDArray[np.int64]
    keenness: NDArray[np.float64]
    """How readily a home says yes, beside others of its authority (standard normal)."""
    habit_days: NDArray[np.int64]
    pace: NDArray[np.float64]
    """Homes answer for the first time in this order, the lowest first."""
    is_silent: NDArray[np.bool_]
    is_copied: NDArray[np.bool_]
    is_not_applicable: NDArray[np.bool_]
    """By home and question, as the next two."""
    is_passed_over: NDArray[np.bool_]
    is_partly: NDArray[np.bool_]
    """Where an answer other than yes is Partly once there is such an answer."""

    def __len__(self) -> int:
        return len(self.authority)

    @property
    def numbers(self) -> NDArray[np.int64]:
        """The number of each home, from 1."""
        return np.arange(1, len(self) + 1)


def make_homes(by_authority: NDArray[np.int64], chance: Chance) -> CareHomes:
    """Return as many homes an authority as `by_authority` says."""
    draws = chance.generator("homes")
    authority = np.repeat(np.arange(len(by_authority)), by_authority)
    count = len(authority)
    questions = (count, len(QUESTIONS))
    providers = min(max(1, round(count / HOMES_A_PROVIDER)), MOST_PROVIDERS)
    keenness = draws.standard_normal(count)
    by_place = draws.normal(0, DIFFERENCE_IN_PACE, len(by_authority))
    pace = draws.standard_normal(count) + by_place[authority] - KEEN_HOMES_FIRST * keenness
    beds = np.rint(MEDIAN_BEDS * np.exp(draws.normal(0, SPREAD_OF_BEDS, count)))
    return CareHomes(
        authority=authority,
        beds=np.clip(beds, 3, MOST_BEDS).astype(np.int64),
        is_nursing=draws.random(count) < NURSING,
        # Squared: a few providers have many homes, most have one or two.
        provider=1 + (providers * draws.random(count) ** 2).astype(np.int64),
        keenness=keenness,
        habit_days=draws.choice(HABITS, count, p=HABIT_SHARES),
        pace=pace,
        is_silent=pace > np.quantile(pace, 1 - SILENT),
        is_copied=draws.random(count) < COPIED_FORWARD,
        is_not_applicable=draws.random(questions) < np.array([NOT_APPLICABLE[question] for question in QUESTIONS]),
        is_passed_over=draws.random(questions) < PASSED_OVER,
        is_partly=draws.random(questions) < PARTLY,
    )
