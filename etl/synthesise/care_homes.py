"""Care homes: the rows of the extract of one date, from the state of the homes on that day."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa

from etl.synthesise.answers import PARTLY_FROM, WORDS, Answers
from etl.synthesise.cells import Columns, write_moments, write_numbers, write_text, write_words
from etl.synthesise.chance import Chance
from etl.synthesise.dirt import Dirt
from etl.synthesise.homes import CareHomes
from etl.synthesise.identity import HOME, Localities, name_locations
from etl.synthesise.moments import NEVER, SECONDS_A_DAY, SECONDS_AN_HOUR, find_seconds, make_rounds
from etl.synthesise.request import BREAK_DATE, count_days
from etl.synthesise.staffing import count_numbers, make_habits
from etl.synthesise.targets import QUESTIONS
from etl.synthesise.turnout import Turnout

HEADINGS = (
    "Local_Authority", "Location", "Parent_Organisation", "Lrf", "LocalAuthority", "Region", "ICB", "Sub_ICB", "CQC_ID",
    "ODS_Code", "Overall_Status", "Max_Capacity", "Used_Beds", "Declared_Vacancies", "Is_Accepting_Admissions",
    "Covid_Residents_Total", "Nurses_Employed", "Nurses_Absent_General", "Nurses_Absent_Covid",
    "Care_Workers_Employed", "Care_Workers_Absent_General", "Care_Workers_Absent_Covid", "Non_Care_Workers_Employed",
    "Non_Care_Workers_Absent_General", "Non_Care_Workers_Absent_Covid", "Agency_Nurses_Employed",
    "Agency_Care_Workers_Employed", "Agency_Non_Care_Workers_Employed", "Hours_Paid", "Hours_Overtime",
    "Hours_Agency", "Hours_Absense", "Days_Absense", "Last_Updated_UTC", "Last_Updated_BST", "CHSP_1_1", "CHSP_1_2",
    "CHSP_1_3", "CHSP_2_1", "CHSP_2_2", "CHSP_2_3", "CHSP_3_1", "CHSP_3_2", "CHSP_4_1", "CHSP_4_2", "CHSP_4_3",
    "CHSP_5_1", "CHSP_5_2", "CHSP_Last_Updated_UTC", "Is_Illustrative",
)  # fmt: skip
ANSWERED = "CHSP_Last_Updated_UTC"
"""A column only of extracts dated after the break."""
PERIODS, PERIOD_SHARES = (1, 2, 3, 7), (0.35, 0.25, 0.20, 0.20)
"""Days between two updates of beds and staff alone."""


class CareHomeRows:
    """The columns of any date's extract."""

    def __init__(self, homes: CareHomes, *, localities: Localities, dirt: Dirt, chance: Chance) -> None:
        """Draw what sets homes apart, once for the whole set."""
        self._homes, self._localities, self._dirt, self._chance = homes, localities, dirt, chance
        self._habits = make_habits(homes, chance)
        self._rounds = make_rounds(
            len(homes), periods=PERIODS, shares=PERIOD_SHARES, name="updates of beds and staff", chance=chance
        )
        self._names = name_locations(homes.numbers, providers=homes.provider, kind=HOME)
        self._marks = write_text(["Y"]).take(pa.array(np.zeros(len(homes), dtype=np.int64)))

    def tabulate(self, date: dt.date, *, turnout: Turnout, answers: Answers) -> Columns:
        """Return the columns of the date's extract, in order, given the state at the end of that day."""
        day = count_days(date)
        has_own_page = date > BREAK_DATE
        answered, updated = self._find_moments(day, turnout=turnout, has_own_page=has_own_page)
        is_given = updated != NEVER
        numbers = count_numbers(self._homes, self._habits, day=updated // SECONDS_A_DAY, chance=self._chance)
        columns = self._names | self._localities.name_on(date) | {"Is_Illustrative": self._marks}
        columns |= {heading: write_numbers(column, is_given=is_given) for heading, column in numbers.items()}
        columns["Overall_Status"] = write_words((self._dirt.closes_on <= day).astype(np.int8), ("Open", "Closed"))
        # A home with an outbreak, or full, takes nobody in.
        is_full = (numbers["Covid_Residents_Total"] > 0) | (numbers["Declared_Vacancies"] == 0)
        columns["Is_Accepting_Admissions"] = write_words(np.where(is_given, 1 + is_full, 0), ("", "Yes", "No"))
        columns["Last_Updated_UTC"] = write_moments(updated)
        columns["Last_Updated_BST"] = write_moments(np.where(is_given, updated + SECONDS_AN_HOUR, NEVER))
        codes = answers.code(turnout, answered_at=answered)
        for place, question in enumerate(QUESTIONS):
            columns["CHSP_" + question.replace(".", "_")] = write_words(codes[:, place], WORDS)
        if has_own_page:
            columns[ANSWERED] = write_moments(np.where(answered >= PARTLY_FROM, answered, NEVER))
        return {heading: columns[heading] for heading in HEADINGS if heading in columns}

    def _find_moments(self, day: int, *, turnout: Turnout, has_own_page: bool) -> tuple[np.ndarray, np.ndarray]:
        """Return the seconds at which each home answered last, and at which its row was updated last.

        Up to the break one moment stands for both. A home that has not answered may still have reported its beds.
        """
        homes, chance = self._homes, self._chance
        answered = find_seconds(turnout.answered_on, who=homes.numbers, name="answers", chance=chance)
        last = self._rounds.find_last(np.minimum(day, self._dirt.closes_on))
        reported = find_seconds(last, who=homes.numbers, name="beds and staff", chance=chance)
        has_answered = turnout.answered_on >= 0
        updated = np.where(has_answered, answered, np.where(homes.is_silent, NEVER, reported))
        if has_own_page:
            is_separate = has_answered & (answered >= PARTLY_FROM)
            updated = np.where(is_separate & ~homes.is_copied, np.maximum(answered, reported), updated)
        return answered, updated
