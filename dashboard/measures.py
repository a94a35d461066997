"""Measures: the words that addresses use for indicators, and which of them a page offers.

The words are stable and short: those of the 13 questions are the middle of their indicators' ids.
"""

from __future__ import annotations

from dashboard.store import Snapshot

PUBLISHED: dict[str, str] = {
    "deaths": "deaths_covid_total_rate_per_1000",
    "all-deaths": "deaths_all_total_rate_per_1000",
    "outbreaks": "outbreaks_ever_percent",
    "outbreak-counts": "outbreaks_ever_count",
    "turnover": "turnover_percent",
    "vacancies": "vacancy_local_percent",
}
QUESTIONS: dict[str, str] = {
    "isolate": "ipc_1_1_isolate_yes_of_answered_percent",
    "restrict-movement": "ipc_1_2_restrict_movement_yes_of_answered_percent",
    "full-wages": "ipc_1_3_full_wages_yes_of_answered_percent",
    "testing-portal": "ipc_2_1_testing_portal_yes_of_answered_percent",
    "testing-access": "ipc_2_2_testing_access_yes_of_answered_percent",
    "discharge-testing": "ipc_2_3_discharge_testing_yes_of_answered_percent",
    "ppe": "ipc_3_1_ppe_yes_of_answered_percent",
    "clinical-equipment": "ipc_3_2_clinical_equipment_yes_of_answered_percent",
    "ppe-training": "ipc_4_1_ppe_training_yes_of_answered_percent",
    "equipment-training": "ipc_4_2_equipment_training_yes_of_answered_percent",
    "extra-capacity": "ipc_4_3_extra_capacity_yes_of_answered_percent",
    "clinical-lead": "ipc_5_1_clinical_lead_yes_of_answered_percent",
    "mutual-aid": "ipc_5_2_mutual_aid_yes_of_answered_percent",
}
"""The 13 infection-control questions, counted from returns: yes of the homes that answered."""

ANSWERING = "homes_answering_percent"
STAFF: dict[str, str] = {
    "absence": "absence_care_workers_percent",
    "absence-all": "absence_all_staff_percent",
    "agency": "agency_staff_percent",
}
HOME_CARE: dict[str, str] = {
    "home-care-absence": "home_care_absence_percent",
    "home-care-ppe": "home_care_ppe_issues_percent",
    "home-care-users": "home_care_service_users_count",
    "home-care-vaccinated": "home_care_vaccinated_percent",
    "home-care-flu": "home_care_flu_vaccinated_percent",
}
RETURNED: dict[str, str] = QUESTIONS | {"answering": ANSWERING} | STAFF | {"occupancy": "occupancy_percent"} | HOME_CARE
"""Everything counted from home-level returns."""

MEASURES = PUBLISHED | RETURNED
"""The measures a reader can put on the map, in the ranking and on the trend: the word, and the indicator."""

DEFAULT_MEASURE = "deaths"

_LOCAL = ("deaths", "all-deaths", "outbreak-counts", "turnover", "vacancies", *RETURNED)
OFFERED: dict[str, tuple[str, ...]] = {
    "country": ("deaths", "all-deaths", "outbreaks", "turnover", "vacancies", *RETURNED),
    "region": _LOCAL,
    "authority": _LOCAL,
    "workforce": ("turnover", "vacancies", *STAFF, "home-care-absence"),
    "api": (),
    "about": (),
}
"""The measures that each kind of page offers where the snapshot holds them, its default first."""


def list_offered(snapshot: Snapshot, *, page: str) -> list[str]:
    """Return the words of the measures that this kind of page offers and the snapshot holds, the default first."""
    return [word for word in OFFERED[page] if MEASURES[word] in snapshot.by_indicator]


def list_questions(snapshot: Snapshot) -> list[str]:
    """Return the indicators of the 13 questions that the snapshot holds, in the report's order."""
    return [name for name in QUESTIONS.values() if name in snapshot.by_indicator]
