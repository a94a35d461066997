"""Found: what a rule gives back, and how its rows are put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from etl.catalogue.signal_model import Signal
from etl.signals.basis import Basis, Untested


@dataclass(frozen=True)
class Hit:
    """A rule that holds: where, when, how strongly, and every number that it rests on.

    `to_clear` is how many homes would have to change; `other_words` fill in the rule's `clears` beside it.
    """

    rule: str
    indicator_id: str
    area_code: str
    date: dt.date
    is_strong: bool
    sentence: str
    evidence: dict[str, float]
    is_illustrative: bool
    value: float = np.nan
    benchmark: float = np.nan
    n: float = np.nan
    homes_short: float = np.nan
    to_clear: float = np.nan
    contrary: tuple[str, ...] = ()
    other_words: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same from week to week."""
        return self.rule, self.indicator_id, self.area_code


@dataclass(frozen=True)
class Found:
    """All hits of a rule over the weeks it was tried on, how many figures it was tried on in the newest, or why not.

    `weeks` holds, by indicator, the weeks on which it was tried, oldest first.
    """

    hits: tuple[Hit, ...] = ()
    tested: int = 0
    weeks: dict[str, list[dt.date]] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()

    def __add__(self, other: Found) -> Found:
        """Return both together."""
        return Found(
            hits=(*self.hits, *other.hits),
            tested=self.tested + other.tested,
            weeks=self.weeks | other.weeks,
            reasons=(*self.reasons, *other.reasons),
        )


def try_each(basis: Basis, rule: Signal, look: Callable[[str, pd.DataFrame], Found]) -> Found:
    """Return what `look` finds in the weeks of each of the rule's indicators, and why some could not be tried."""
    found = Found()
    for indicator_id in basis.list_for(rule):
        try:
            frame = basis.read_weeks(indicator_id)
        except Untested as reason:
            found += Found(reasons=(str(reason),))
            continue
        found += look(indicator_id, frame)
    return found
