"""Views of staff and of home care in one area: the newest of each figure that is held."""

from __future__ import annotations

import pandas as pd

from dashboard import queries
from dashboard.selection import Selection
from dashboard.store import Snapshot
from dashboard.views.areas import wider_areas

PUBLISHED = ("turnover_percent", "vacancy_local_percent")
STAFF = ("absence_care_workers_percent", "absence_all_staff_percent", "agency_staff_percent")
HOME_CARE = (
    "home_care_absence_percent", "home_care_ppe_issues_percent", "home_care_vaccinated_percent",
    "home_care_flu_vaccinated_percent", "home_care_service_users_count",
)  # fmt: skip
MEDIAN = "turnover_median_percent"
"""The published wider figure of turnover: a median, for none is published for a whole region."""


def show_jobs(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the newest published turnover and vacancies of an area, with the medians of its region and England."""
    return _show_newest(snapshot, selection, names=[*PUBLISHED, MEDIAN])


def show_staff(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the newest figures of staff and home care from returns in an area, its region and England."""
    return _show_newest(snapshot, selection, names=[*STAFF, *HOME_CARE])


def _show_newest(snapshot: Snapshot, selection: Selection, *, names: list[str]) -> pd.DataFrame:
    code = selection.area_code
    frame = queries.select(snapshot, indicators=names, areas=[code], compared=wider_areas(snapshot, code))
    newest = frame.groupby(["indicator_id", "area_code"], sort=False)["date"].transform("max")
    kept = frame[frame["date"] == newest]
    # A wider figure of another date is no comparison.
    own = kept[kept["role"] == "area"].set_index("indicator_id")["date"]
    beside = kept["indicator_id"].replace({MEDIAN: "turnover_percent"} if "turnover_percent" in own.index else {})
    return kept[(kept["role"] == "area") | (kept["date"] == beside.map(own))].reset_index(drop=True)
