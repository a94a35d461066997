"""The rules, by the id that signals.toml declares. Each has a `find` that tries it on every week it can see."""

from __future__ import annotations

from collections.abc import Callable

from etl.catalogue.signal_model import Signal
from etl.signals.basis import Basis
from etl.signals.found import Found
from etl.signals.rules import (
    absence,
    answering,
    below_england,
    clinical_lead,
    outbreaks_rising,
    protective_gap,
    special_cause,
    stale_data,
    sudden_fall,
)

RULES: dict[str, Callable[[Basis, Signal], Found]] = {
    "below_england": below_england.find,
    "special_cause": special_cause.find,
    "sudden_fall": sudden_fall.find,
    "answering": answering.find,
    "outbreaks_rising": outbreaks_rising.find,
    "protective_gap": protective_gap.find,
    "absence": absence.find,
    "clinical_lead": clinical_lead.find,
    "stale_data": stale_data.find,
}
