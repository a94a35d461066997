"""Numbers: a home's beds, residents, staff and hours, worked out for the day of its update and from nothing else.

Nothing goes from day to day, so a home shows the same numbers until it updates them, in a daily set and a weekly one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.synthesise.chance import Chance
from etl.synthesise.curves import read_curve, round_at_random
from etl.synthesise.homes import CareHomes
from etl.synthesise.request import ORIGIN, count_days

STAFF_A_BED = {"Nurses": 0.13, "Care_Workers": 0.80, "Non_Care_Workers": 0.32}
SPREAD_OF_STAFF = 0.18
AGENCY_BY_GROUP = {"Nurses": 1.8, "Care_Workers": 1.1, "Non_Care_Workers": 0.4}
"""How much more agency staff one group has than all together; the whole comes to about 6 %."""
UNEVEN_ABSENCE, UNEVEN_AGENCY = 2.0, 0.5
"""Shapes of gamma distributions: absence lies a little apart between homes, agency work far (many have none)."""
ABSENCE_BETWEEN_AUTHORITIES = 0.15
SPREAD_OF_OCCUPANCY = 0.10
WAVE, WAVE_DAYS = 0.4, (40, 120)
MOST_ABSENT = 0.6
OUTBREAK_DAYS = 21
INFECTED_IN_OUTBREAK = 0.25
HOURS_A_WEEK = {"paid": 30, "agency": 28}
OVERTIME = 0.04
DAYS_LOST_A_WEEK = 4


Draw = Callable[[str], NDArray[np.float64]]
"""From a name to a number from 0 to 1 a home, the same whenever it is asked for the same update."""


@dataclass(frozen=True)
class Habits:
    """What sets a home's numbers apart from others': drawn once."""

    employed: dict[str, NDArray[np.int64]]
    occupancy: NDArray[np.float64]
    absence: NDArray[np.float64]
    agency: NDArray[np.float64]
    overtime: NDArray[np.float64]
    wave_days: NDArray[np.float64]
    wave_phase: NDArray[np.float64]


def make_habits(homes: CareHomes, chance: Chance) -> Habits:
    """Return what sets each home's numbers apart."""
    draws = chance.generator("numbers")
    count = len(homes)
    employed = {
        group: np.maximum(np.rint(homes.beds * rate * np.exp(draws.normal(0, SPREAD_OF_STAFF, count))), 1).astype(int)
        for group, rate in STAFF_A_BED.items()
    }
    employed["Nurses"][~homes.is_nursing] = 0
    by_authority = np.exp(draws.normal(0, ABSENCE_BETWEEN_AUTHORITIES, homes.authority.max() + 1))
    return Habits(
        employed=employed,
        occupancy=draws.normal(0, SPREAD_OF_OCCUPANCY, count),
        absence=draws.gamma(UNEVEN_ABSENCE, 1 / UNEVEN_ABSENCE, count) * by_authority[homes.authority],
        agency=draws.gamma(UNEVEN_AGENCY, 1 / UNEVEN_AGENCY, count),
        overtime=draws.uniform(0, 2 * OVERTIME, count),
        wave_days=draws.uniform(*WAVE_DAYS, count),
        wave_phase=draws.random(count),
    )


def count_numbers(
    homes: CareHomes, habits: Habits, *, day: NDArray[np.int64], chance: Chance
) -> dict[str, NDArray[np.int64]]:
    """Return the numbers under each heading, given the day of each home's last update.

    A home that copies its figures forward shows those of the first day again and again.
    """
    day = np.where(homes.is_copied, count_days(ORIGIN), np.maximum(day, 0))
    wave = np.sin(2 * np.pi * (day / habits.wave_days + habits.wave_phase))

    def draw(name: str) -> NDArray[np.float64]:
        return chance.draw(name, homes.numbers, day)

    share = np.clip(read_curve("occupancy", day) + habits.occupancy + WAVE / 10 * wave, 0.3, 1)
    used = np.minimum(round_at_random(homes.beds * share, draw("beds")), homes.beds)
    numbers = {"Max_Capacity": homes.beds, "Used_Beds": used, "Declared_Vacancies": homes.beds - used}
    numbers["Covid_Residents_Total"] = _count_infected(homes, used, day=day, chance=chance)
    rate = np.clip(read_curve("absence", day) * habits.absence * (1 + WAVE * wave), 0, MOST_ABSENT)
    numbers |= _count_staff(habits, day=day, rate=rate, draw=draw)
    return numbers | _count_hours(numbers, habits, draw=draw)


def _count_infected(
    homes: CareHomes, used: NDArray[np.int64], *, day: NDArray[np.int64], chance: Chance
) -> NDArray[np.int64]:
    """Return residents with COVID-19: outbreaks last some weeks, and begin on other days in other homes."""
    spell = (day + homes.numbers * 7) // OUTBREAK_DAYS
    has_outbreak = chance.draw("outbreak", homes.numbers, spell) < read_curve("outbreaks", day)
    size = 1 + (INFECTED_IN_OUTBREAK * used * chance.draw("size of outbreak", homes.numbers, spell)).astype(np.int64)
    return np.where(has_outbreak, np.minimum(size, used), 0)


def _count_staff(
    habits: Habits, *, day: NDArray[np.int64], rate: NDArray[np.float64], draw: Draw
) -> dict[str, NDArray[np.int64]]:
    numbers = {}
    own = read_curve("agency", day)
    for group, employed in habits.employed.items():
        absent = np.minimum(round_at_random(employed * rate, draw(f"{group} absent")), employed)
        ill = round_at_random(absent * read_curve("absence for COVID-19", day), draw(f"{group} absent for COVID-19"))
        agency = employed * own / (1 - own) * habits.agency * AGENCY_BY_GROUP[group]
        numbers |= {
            f"{group}_Employed": employed,
            f"{group}_Absent_General": absent - ill,
            f"{group}_Absent_Covid": ill,
            f"Agency_{group}_Employed": np.clip(
                round_at_random(agency, draw(f"{group} agency")), 0, np.maximum(employed - 1, 0)
            ),
        }
    return numbers


def _count_hours(numbers: dict[str, NDArray[np.int64]], habits: Habits, *, draw: Draw) -> dict[str, NDArray[np.int64]]:
    """Return a week's hours and the days lost, from the staff at work, absent and sent by agencies."""
    groups = tuple(habits.employed)
    employed = sum(numbers[f"{group}_Employed"] for group in groups)
    absent = sum(numbers[f"{group}_Absent_{why}"] for group in groups for why in ("General", "Covid"))
    agency = sum(numbers[f"Agency_{group}_Employed"] for group in groups)
    paid = (employed - absent) * HOURS_A_WEEK["paid"] + (HOURS_A_WEEK["paid"] * draw("hours")).astype(np.int64)
    return {
        "Hours_Paid": paid,
        "Hours_Overtime": (paid * habits.overtime).astype(np.int64),
        "Hours_Agency": agency * HOURS_A_WEEK["agency"],
        "Hours_Absense": absent * HOURS_A_WEEK["paid"],
        "Days_Absense": absent * DAYS_LOST_A_WEEK,
    }
