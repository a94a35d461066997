"""Made-up frames with the columns of a query, and a walk through component trees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd
from dash.development.base_component import Component
from markupsafe import Markup

from dashboard.queries import COLUMNS, NUMBERS
from dashboard.views.heat_map import CHANGED
from dashboard.views.variation import LIMITS

MORE = {"matrix": CHANGED, "funnel": LIMITS}
"""Views of observations with more columns than a query gives."""

ONE = {
    "indicator_id": "deaths_covid_week_rate_per_1000", "area_code": "E08000027", "date": dt.date(2020, 4, 17),
    "date_text": "", "period": "week", "value": 1.0, "numerator": None, "denominator": None, "lower_95": None,
    "upper_95": None, "status": "", "quality": "", "is_illustrative": False, "source_id": "cqc_deaths",
    "indicator_name": "Deaths", "short_name": "Deaths", "group": "Deaths", "unit": "per 1,000", "decimals": 1,
    "polarity": "lower is better", "area_name": "Dudley", "area_kind": "authority", "role": "area",
    "not_answered": None, "not_applicable": None, "lower_bound": None, "upper_bound": None, "answered_percent": None,
    "answer_age_days": None, "versus_england": "", "versus_region": "", "p_england": None, "is_widened": False,
    "verdict_reason": "",
}  # fmt: skip
QUESTION = {
    "indicator_id": "ipc_5_1_clinical_lead_yes_of_answered_percent", "date": dt.date(2020, 10, 30), "period": "point",
    "value": 100 * 27 / 37, "numerator": 27, "denominator": 37, "is_illustrative": True,
    "source_id": "capacity_tracker_care_homes", "indicator_name": "Named clinical lead, of homes that answered",
    "short_name": "Clinical lead", "group": "Clinical support", "unit": "percent", "decimals": 0,
    "polarity": "higher is better", "not_answered": 7, "not_applicable": 1, "lower_bound": 100 * 27 / 44,
    "upper_bound": 100 * 34 / 44, "answered_percent": 100 * 37 / 44, "answer_age_days": 3,
}  # fmt: skip
"""What differs in a row about one of the 13 questions, counted from returns."""


def observe(*rows: dict) -> pd.DataFrame:
    """Return a frame as a query gives it, one row for each mapping of what differs from the usual row."""
    frame = pd.DataFrame([ONE | row for row in rows], columns=COLUMNS)
    return frame.astype({name: "float64" for name in NUMBERS})


def beside_councils(frame: pd.DataFrame, **spread: float | None) -> pd.DataFrame:
    """Return a frame with how councils lie, from 60 to 100 per cent but for what is given."""
    usual = {
        "areas": 146,
        "lowest": 60.0,
        "lower_quartile": 80.0,
        "median": 85.0,
        "upper_quartile": 90.0,
        "highest": 100.0,
    }
    return frame.assign(**usual | spread)


def observe_weeks(*values: float | None, **same: object) -> pd.DataFrame:
    """Return a weekly series of the values from the week to 17 April 2020."""
    begin = dt.date(2020, 4, 17)
    return observe(*[{"date": begin + dt.timedelta(weeks=n), "value": value} | same for n, value in enumerate(values)])


def walk(part: object) -> Iterator[Component]:
    """Yield every component of a tree, parents first."""
    if isinstance(part, list | tuple):
        for child in part:
            yield from walk(child)
    elif isinstance(part, Component):
        yield part
        yield from walk(getattr(part, "children", None))


def words_of(part: object) -> str:
    """Return the words of a tree, as a screen shows them."""
    if isinstance(part, list | tuple):
        return " ".join(filter(None, map(words_of, part)))
    if isinstance(part, Component):
        return words_of(getattr(part, "children", None))
    # A drawing of ours is no text.
    return "" if part is None or isinstance(part, Markup) else str(part)


def find(part: object, kind: type[Component], *, having: str = "") -> list[Component]:
    """Return the components of a kind, and of a class where one is given."""
    named = (one for one in walk(part) if isinstance(one, kind))
    return [one for one in named if not having or having in (getattr(one, "className", "") or "").split()]
