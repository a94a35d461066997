"""Home care: made-up providers of care at home, and the rows of the extract of one date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl.synthesise.cells import Columns, write_moments, write_numbers, write_text, write_words
from etl.synthesise.chance import Chance
from etl.synthesise.curves import read_curve, round_at_random
from etl.synthesise.dirt import Dirt
from etl.synthesise.identity import HOME_CARE, Localities, name_locations
from etl.synthesise.moments import NEVER, Rounds, find_seconds, make_rounds
from etl.synthesise.request import ORIGIN, count_days
from etl.synthesise.supplies import COLOURS, judge_supplies

HEADINGS = (
    "Local_Authority", "Location", "Parent_Organisation", "LocalAuthority", "Region", "CQC_ID", "ODS_Code",
    "CQC_Survey_Last_Updated_UTC", "Service_User_Count", "CQC_Care_Workers_Employed", "CQC_Care_Workers_Absent",
    "Has_CQC_PPE_Issues", "PPE_Gloves", "PPE_Aprons", "PPE_Masks", "PPE_Eye_Protection", "PPE_Sanitiser",
    "Covid_Vaccination_Full_Course", "Received_Flu_Vaccination", "Hours_Paid_Dom_Care", "Hours_Overtime_Dom_Care",
    "Hours_Agency_Dom_Care", "Hours_Absense_Dom_Care", "Is_Illustrative",
)  # fmt: skip
MEDIAN_USERS, SPREAD_OF_USERS, MOST_USERS = 55, 0.8, 600
STAFF_A_USER = 0.75
PERIODS, PERIOD_SHARES = (1, 2, 7, 14), (0.45, 0.20, 0.25, 0.10)
NEVER_REPORTING, JOINING_DAYS = 0.03, 60
LATE_JOINERS = 0.08
"""Shares of providers that never report, and that report for the first time within so many days of the first."""
QUIET, QUIET_DAYS = 0.04, 42
"""Share of providers that report nothing for so many days on end."""
ASKED_FROM = {"flu vaccination": dt.date(2020, 9, 1), "COVID-19 vaccination": dt.date(2020, 12, 8)}
"""A question has no answer in a return from before this day."""
UNEVEN_ABSENCE = 2.0
SPREAD_OF_VACCINATION = 0.25
HOURS_A_WEEK = 24
OVERTIME, AGENCY = 0.05, 0.04


@dataclass(frozen=True)
class Providers:
    """The made-up providers of home care, as arrays of one length in order of authority."""

    authority: NDArray[np.intp]
    numbers: NDArray[np.int64]
    provider: NDArray[np.int64]
    users: NDArray[np.int64]
    employed: NDArray[np.int64]
    absence: NDArray[np.float64]
    vaccination: NDArray[np.float64]
    joins_on: NDArray[np.int64]
    rounds: Rounds


def make_providers(by_authority: NDArray[np.int64], chance: Chance) -> Providers:
    """Return as many providers an authority as `by_authority` says."""
    draws = chance.generator("home care")
    authority = np.repeat(np.arange(len(by_authority)), by_authority)
    count = len(authority)
    users = np.clip(np.rint(MEDIAN_USERS * np.exp(draws.normal(0, SPREAD_OF_USERS, count))), 3, MOST_USERS)
    joining = draws.random(count)
    joins_on = count_days(ORIGIN) + np.where(
        joining < LATE_JOINERS, draws.integers(1, JOINING_DAYS, count), -JOINING_DAYS
    )
    return Providers(
        authority=authority,
        numbers=np.arange(1, count + 1),
        provider=draws.integers(1, min(max(2, count), 9_999), count),
        users=users.astype(np.int64),
        employed=np.maximum(np.rint(users * STAFF_A_USER * np.exp(draws.normal(0, 0.2, count))), 2).astype(np.int64),
        absence=draws.gamma(UNEVEN_ABSENCE, 1 / UNEVEN_ABSENCE, count),
        vaccination=np.exp(draws.normal(0, SPREAD_OF_VACCINATION, count)),
        joins_on=np.where(joining > 1 - NEVER_REPORTING, np.iinfo(np.int64).max, joins_on),
        rounds=make_rounds(count, periods=PERIODS, shares=PERIOD_SHARES, name="home care returns", chance=chance),
    )


class HomeCareRows:
    """The columns of any date's extract."""

    def __init__(self, providers: Providers, *, localities: Localities, dirt: Dirt, chance: Chance) -> None:
        """Keep what does not change over the set."""
        self._providers, self._localities, self._chance = providers, localities, chance
        self._always = dirt.answers_from_the_start
        self._names = name_locations(providers.numbers, providers=providers.provider, kind=HOME_CARE)
        self._marks = write_text(["Y"]).take(pa.array(np.zeros(len(providers.numbers), dtype=np.int64)))

    def tabulate(self, date: dt.date) -> Columns:
        """Return the columns of the date's extract, in order, as they stand at the end of that day."""
        providers, chance = self._providers, self._chance
        day = self._find_day(count_days(date))
        is_given = day >= 0
        then = np.maximum(day, 0)
        colours, has_issues = judge_supplies(providers.numbers, day=then, chance=chance)
        columns = self._names | self._localities.name_on(date) | {"Is_Illustrative": self._marks}
        columns |= {item: write_words(np.where(is_given, codes, 0), COLOURS) for item, codes in colours.items()}
        columns["Has_CQC_PPE_Issues"] = write_words(np.where(is_given, 2 - has_issues, 0), ("", "Yes", "No"))
        seconds = find_seconds(day, who=providers.numbers, name="home care", chance=chance)
        columns["CQC_Survey_Last_Updated_UTC"] = write_moments(seconds)
        numbers = _count_numbers(providers, day=then, chance=chance)
        columns |= {heading: write_numbers(column, is_given=is_given) for heading, column in numbers.items()}
        for heading, (column, is_asked) in _count_vaccinated(providers, day=then, chance=chance).items():
            columns[heading] = write_numbers(column, is_given=is_given & is_asked)
        return {heading: columns[heading] for heading in HEADINGS}

    def _find_day(self, day: int) -> NDArray[np.int64]:
        """Return the day of each provider's last return, NEVER for those that have not sent one."""
        providers = self._providers
        last = providers.rounds.find_last(day)
        offset = providers.numbers % QUIET_DAYS
        spell = (last + offset) // QUIET_DAYS
        is_quiet = self._chance.draw("quiet", providers.numbers, spell) < QUIET
        last = np.where(is_quiet, providers.rounds.find_last(spell * QUIET_DAYS - offset - 1), last)
        is_late = (last < providers.joins_on) & ~self._always
        return np.where(is_late, NEVER, last)


def _count_numbers(providers: Providers, *, day: NDArray[np.int64], chance: Chance) -> dict[str, NDArray[np.int64]]:
    def draw(name: str) -> NDArray[np.float64]:
        return chance.draw(name, providers.numbers, day)

    rate = np.clip(read_curve("home care absence", day) * providers.absence, 0, 0.6)
    absent = np.minimum(round_at_random(providers.employed * rate, draw("home care absent")), providers.employed)
    at_work = (providers.employed - absent) * HOURS_A_WEEK
    return {
        "Service_User_Count": round_at_random(providers.users * (1 + 0.05 * (draw("users") - 0.5)), draw("user")),
        "CQC_Care_Workers_Employed": providers.employed,
        "CQC_Care_Workers_Absent": absent,
        "Hours_Paid_Dom_Care": at_work + (HOURS_A_WEEK * draw("home care hours")).astype(np.int64),
        "Hours_Overtime_Dom_Care": round_at_random(OVERTIME * at_work, draw("home care overtime")),
        "Hours_Agency_Dom_Care": round_at_random(AGENCY * at_work, draw("home care agency")),
        "Hours_Absense_Dom_Care": absent * HOURS_A_WEEK,
    }


def _count_vaccinated(
    providers: Providers, *, day: NDArray[np.int64], chance: Chance
) -> dict[str, tuple[NDArray[np.int64], NDArray[np.bool_]]]:
    """Return the care workers vaccinated, which never become fewer, and which returns were asked for them."""
    found = {}
    for heading, name in (
        ("Covid_Vaccination_Full_Course", "COVID-19 vaccination"),
        ("Received_Flu_Vaccination", "flu vaccination"),
    ):
        share = np.minimum(read_curve(name, day) * providers.vaccination, 1)
        vaccinated = round_at_random(providers.employed * share, chance.draw(name, providers.numbers))
        found[heading] = (np.minimum(vaccinated, providers.employed), day >= count_days(ASKED_FROM[name]))
    return found
