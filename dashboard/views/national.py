"""Views of England alone: the later published statistics, deaths of residents, and the 13 series at a glance."""

from __future__ import annotations

from fnmatch import fnmatch

import pandas as pd

from dashboard import queries
from dashboard.measures import list_questions
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.views.ranges import add_limits

LATER: dict[str, tuple[str, ...]] = {
    "Visits, staff and PPE": ("dhsc_visiting_*", "dhsc_full_wages_*", "dhsc_no_cross_working_*", "dhsc_ppe_*"),
    "Testing": ("dhsc_*_tests_count", "dhsc_*_positive_count"),
    "Both doses of vaccine": ("dhsc_*_two_doses_percent",),
}
"""Groups of the department's later statistics, each with the indicators in it."""
RESIDENT_DEATHS = (
    "resident_deaths_all_week_count",
    "resident_deaths_2019_week_count",
    "resident_deaths_covid_week_count",
)
LIMITS = ["indicator_id", "date", "centre", "lower_limit", "upper_limit", "points", "is_provisional", "special_cause",
          "direction", "since", "reason"]  # fmt: skip


def show_later(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the statistics that the department published in 2021 and 2022 for England, `group` as in `LATER`."""
    parts = []
    for group, patterns in LATER.items():
        held = [name for name in snapshot.indicators.index if any(fnmatch(name, pattern) for pattern in patterns)]
        parts.append(queries.select(snapshot, indicators=held, areas=[ENGLAND]).assign(group=group))
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def show_resident_deaths(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return weekly deaths of care home residents in England: all causes, a year before, and involving COVID-19."""
    return queries.select(snapshot, indicators=RESIDENT_DEATHS, areas=[ENGLAND])


def find_standing(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return how the 13 questions stand to their own usual range at their newest date, by indicator: columns `LIMITS`.

    `special_cause` is "" also where the move is too slight to tell (`dashboard.views.ranges.add_limits`).
    """
    series = queries.select(snapshot, indicators=list_questions(snapshot), areas=[selection.area_code])
    newest = add_limits(snapshot, series[series["date"] == series["date"].max()])
    told = newest["special_cause"].where(newest["signal"] != "", "")
    known = newest[newest["centre"].notna() | (newest["reason"] != "")].assign(special_cause=told)
    return known.set_index("indicator_id", drop=False)[LIMITS]


def count_regions(matrix: pd.DataFrame) -> pd.DataFrame:
    """Return for each indicator of a matrix how many regions have each verdict against England, a column a verdict."""
    regions = matrix[(matrix["role"] == "area") & (matrix["versus_england"] != "")]
    return pd.crosstab(regions["indicator_id"], regions["versus_england"])
