"""Words for home care: the finding of its figures, and what is held for care homes but not for it."""

from __future__ import annotations

import pandas as pd

from dashboard import queries
from dashboard.format import format_value, join_names
from dashboard.rows import list_rows
from dashboard.store import Snapshot

FINDINGS = {
    "vaccination_home_care_staff_first_dose_percent": "of home care staff reported vaccinated",
    "home_care_absence_percent": "of home care workers reported absent",
}
"""The measure that gives a card its title, with the words after its figure."""

SUBJECTS = {
    "answers to the 13 infection-control questions": "ipc_",
    "outbreaks": "outbreaks_",
    "deaths": "deaths_",
    "agency staff": "agency_",
    "vacancies": "vacancy_",
    "turnover": "turnover_",
    "absence": "absence_",
    "PPE issues": "ppe_issues",
    "zero-hours contracts": "zero_hours_",
    "vaccination of staff": "staff_first_dose",
}
"""What a reader may look for, and what the ids of its indicators have in them."""


def title_home_care(frame: pd.DataFrame) -> str:
    """Return the leading figure of home care beside England's, in ten words or fewer."""
    for name, words in FINDINGS.items():
        rows = frame[frame["indicator_id"] == name]
        own = rows[(rows["role"] == "area") & rows["value"].notna()]
        if len(own):
            beside = [f"; England {format_value(row)}" for row in list_rows(rows[rows["role"] == "comparator"])]
            return f"{format_value(own.iloc[0])} {words}{''.join(beside)}"
    return "Figures held on home care"


def describe_not_held(snapshot: Snapshot, area: str) -> str:
    """Return what of home care is held for England only, and what is held nowhere."""
    kind = str(snapshot.areas.at[area, "kind"])
    england, nowhere = [], []
    for words, mark in SUBJECTS.items():
        names = [name for name in snapshot.by_indicator if mark in name and "home_care" in name]
        if not any(queries.has_level(snapshot, name, kind="country") for name in names):
            nowhere.append(words)
        elif not any(queries.has_level(snapshot, name, kind=kind) for name in names):
            england.append(words)
    parts = [f"Held for England only: {join_names(england)}."] if england else []
    parts += [f"Not held for home care alone: {join_names(nowhere)}."] if nowhere else []
    asked = "The 13 questions were asked of care homes only." if next(iter(SUBJECTS)) in nowhere else ""
    return " ".join(filter(None, [*parts, asked]))
