"""Views of the workforce: the winter projection, which measure is held where, and areas side by side."""

from __future__ import annotations

import pandas as pd

from dashboard import queries
from dashboard.measures import RETURNED
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.views.areas import region_of
from dashboard.views.published import show_vacancy

LEVELS = {"country": "England", "region": "Regions", "authority": "Councils"}
SUBJECTS: dict[str, tuple[str, ...]] = {
    "Vacancies": ("vacancy_percent", "vacancy_local_percent"),
    "Turnover": ("turnover_care_assistants_percent", "turnover_median_percent", "turnover_percent"),
    "Absence: care workers in care homes": ("absence_care_staff_percent", "absence_care_workers_percent"),
    "Absence: all staff of care homes": ("absence_all_staff_percent",),
    "Agency staff in care homes": ("agency_staff_percent",),
    "Zero-hours contracts in care homes": ("zero_hours_care_homes_percent",),
    "Zero-hours contracts in home care": ("zero_hours_home_care_percent",),
    "Absence in home care": ("home_care_absence_percent",),
    "Vaccination of care home staff": (
        "vaccination_older_staff_first_dose_percent",
        "dhsc_older_staff_two_doses_percent",
    ),
    "Vaccination of home care staff": (
        "vaccination_home_care_staff_first_dose_percent",
        "dhsc_home_care_staff_two_doses_percent",
        "home_care_vaccinated_percent",
    ),
}
"""What a reader looks for on the workforce, and the indicators that answer it."""

HELD = [
    "subject", "level", "held_indicator_id", "indicator_name", "date", "date_text", "areas", "is_illustrative",
    "source_id",
]  # fmt: skip


def show_projection(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the winter projection, a row a base, the counted one first, with the rate before the current one."""
    frame = snapshot.projection.sort_values("base", kind="stable").reset_index(drop=True)
    vacancy = show_vacancy(snapshot, selection)
    before = vacancy.iloc[0] if len(vacancy) else {"value": None, "date_text": "", "source_id": ""}
    return frame.assign(
        area_name=frame["area_code"].map(snapshot.areas["name"]),
        before_percent=before["value"],
        before_date_text=before["date_text"],
        is_illustrative=bool(len(vacancy) and vacancy["is_illustrative"].any()),
        source_id=before["source_id"],
    )


def show_held(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return where each workforce measure is held: a row a subject, level and indicator with its newest date.

    Columns `HELD`. A subject that nobody holds at a level has one row there, without an indicator. `areas` is how
    many areas have a figure at that date; a row without a value is not held.
    """
    rows = [
        row
        for subject, names in SUBJECTS.items()
        for level in LEVELS
        for row in _find_newest(snapshot, names, level=level) or [{"areas": 0, "is_illustrative": False}]
        if row.update(subject=subject, level=level) is None
    ]
    frame = pd.DataFrame(rows, columns=HELD)
    words = ["held_indicator_id", "indicator_name", "date_text", "source_id"]
    return frame.assign(**{name: frame[name].fillna("") for name in words})


def show_local(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the newest published workforce figures of the regions, or of a region's councils, and England's."""
    return _set_side_by_side(snapshot, selection, is_returned=False)


def show_local_returns(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the same of the measures that are counted from returns."""
    return _set_side_by_side(snapshot, selection, is_returned=True)


def _find_newest(snapshot: Snapshot, names: tuple[str, ...], *, level: str) -> list[dict]:
    rows = []
    for name in names:
        frame = queries.select(snapshot, indicators=[name])
        frame = frame[(frame["area_kind"] == level) & frame["value"].notna()]
        if len(frame):
            newest = frame[frame["date"] == frame["date"].max()]
            row = newest.iloc[-1].to_dict() | {"areas": len(newest), "held_indicator_id": name}
            rows.append({column: row[column] for column in HELD if column in row})
    return rows


def _set_side_by_side(snapshot: Snapshot, selection: Selection, *, is_returned: bool) -> pd.DataFrame:
    region = region_of(snapshot, selection.area_code)
    compared = [region, ENGLAND] if region else [ENGLAND]
    parts = []
    for name in [name for names in SUBJECTS.values() for name in names]:
        on = queries.newest_date(snapshot, name)
        if on is None or (name in RETURNED.values()) != is_returned:
            continue
        areas = queries.list_authorities(snapshot, region=region, on=on) if region else queries.list_regions(snapshot)
        frame = queries.select(snapshot, indicators=[name], areas=areas, compared=compared)
        own = frame[(frame["role"] == "area") & frame["value"].notna()]
        if len(own):
            newest = frame[frame["date"] == own["date"].max()]
            parts.append(queries.add_areas_without_figures(snapshot, newest, areas=areas))
    return pd.concat(parts, ignore_index=True) if parts else queries.select(snapshot, indicators=[])
