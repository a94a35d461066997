"""Spells: from the weeks in which a rule held to what is new, what continues, what grew and what has cleared.

A spell is a run of weeks, as tried, in which a rule held without a gap. All of it is worked out from the figures of
the snapshot itself, never from what an earlier snapshot said: the same inputs give the same signals.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from etl.signals.found import Found, Hit

CLEARED_WEEKS = 4
"""For how many weeks a signal that no longer holds stays readable as cleared."""


@dataclass(frozen=True)
class Spell:
    """The newest spell of a signal: its last hit, since when, how it stands; `cleared_on` is null while it holds."""

    hit: Hit
    state: str
    since: dt.date
    cleared_on: dt.date | None = None


def find_spells(found: Found) -> list[Spell]:
    """Return the newest spell of every signal that holds in the newest week or cleared within the last four."""
    by_key: dict[tuple[str, str, str], dict[dt.date, Hit]] = defaultdict(dict)
    for hit in found.hits:
        by_key[hit.key][hit.date] = hit
    spells = (find_spell(hits, weeks=found.weeks[key[1]]) for key, hits in by_key.items())
    return [spell for spell in spells if spell is not None]


def find_spell(hits: dict[dt.date, Hit], *, weeks: Iterable[dt.date]) -> Spell | None:
    """Return the newest spell of one signal, from its hits by week and the weeks tried; None if it cleared long ago."""
    tried = sorted(weeks)
    recent = tried[-1 - CLEARED_WEEKS :]
    last = max((week for week in recent if week in hits), default=None)
    if last is None:
        return None
    place = tried.index(last)
    start = place
    while start > 0 and tried[start - 1] in hits:
        start -= 1
    if place < len(tried) - 1:
        return Spell(hits[last], "cleared", tried[start], cleared_on=tried[place + 1])
    if start == place:
        return Spell(hits[last], "new", last)
    grew = hits[last].is_strong and not hits[tried[place - 1]].is_strong
    return Spell(hits[last], "stronger" if grew else "continuing", tried[start])
