"""Words for what changed since the snapshot before, from the release record. A record may hold no comparison."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.format import format_date, format_number, format_short_date, join_names
from dashboard.store import Snapshot

FIRST = "This is the first snapshot here: there is none before it to compare with."
NOT_KEPT = "No comparison with the snapshot before was kept when this one was published."


def find_changes(release: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the comparison that a release record holds, None where it holds none."""
    changes = release.get("changes")
    return changes if isinstance(changes, dict) else None


def say_changes(release: Mapping[str, Any]) -> str:
    """Return what changed since the snapshot before in one sentence, or why that cannot be said."""
    changes = find_changes(release)
    if changes is None:
        return FIRST if release and release.get("previous") is None else NOT_KEPT
    parts = [_count(changes["added"], "figure") + _is(changes["added"], "new")] if changes["added"] else []
    parts += [f"{changes['revised']:,} {'was' if changes['revised'] == 1 else 'were'} revised"] * bool(
        changes["revised"]
    )
    parts += [f"{changes['removed']:,}{_is(changes['removed'], 'gone')}"] * bool(changes["removed"])
    verdicts, clear = changes["verdicts"], changes["clear_verdicts"]
    among = f" ({clear:,} to or from a clear one)" if clear else ""
    parts += [f"{_count(verdicts, 'verdict')} changed{among}"] if verdicts else []
    parts += ["the method changed"] if "method_version" in changes["versions"] else []
    if not parts:
        return f"Nothing changed since the snapshot before: all {changes['same']:,} figures are the same."
    none = "" if verdicts else "; no verdict changed"
    return f"Since the snapshot before: {join_names(parts)}{none}."


def _is(number: int, what: str) -> str:
    return f" {'is' if number == 1 else 'are'} {what}"


def title_changes_since(release: Mapping[str, Any]) -> str:
    """Return the finding in ten words or fewer."""
    changes = find_changes(release)
    if changes is None:
        return "First snapshot here" if release and release.get("previous") is None else "No comparison was kept"
    if changes["revised"]:
        return f"{_count(changes['added'], 'figure')} new and {changes['revised']:,} revised since last time"
    if changes["added"]:
        return f"{_count(changes['added'], 'figure')} new, none revised since last time"
    if changes["verdicts"]:
        return f"{_count(changes['verdicts'], 'verdict')} changed, no figure revised"
    return "No figure changed since last time"


def describe_publication(snapshot: Snapshot) -> str:
    """Return when the snapshot was published, and after which other."""
    release = snapshot.release
    when = ""
    if "published_at" in release:
        moment = dt.datetime.fromisoformat(release["published_at"])
        when = f" was published on {format_date(moment.date())} at {moment:%H:%M} (UTC)"
    after = f", after {release['previous']}" if release.get("previous") else ""
    return f"Snapshot {snapshot.id}{when}{after}."


def describe_source_move(snapshot: Snapshot, entry: Mapping[str, Any]) -> tuple[str, str]:
    """Return a source's title and how far its figures reach now and reached before."""
    known = entry["source_id"] in snapshot.sources.index
    title = str(snapshot.sources.at[entry["source_id"], "title"]) if known else str(entry["source_id"])
    if entry["after"] is None:
        return title, "no longer held"
    now = f"figures to {_say_date(entry['after'])}"
    return title, f"{now}, new here" if entry["before"] is None else f"{now}, before to {_say_date(entry['before'])}"


def name_measure(snapshot: Snapshot, indicator: str) -> str:
    """Return an indicator's name, with a word where its figures are made up; its id where the snapshot has none."""
    if indicator not in snapshot.indicators.index:
        return indicator
    held = snapshot.by_indicator.get(indicator)
    made_up = " (illustrative)" if held is not None and held["is_illustrative"].any() else ""
    return f"{snapshot.indicators.at[indicator, 'name']}{made_up}"


def name_area(snapshot: Snapshot, code: str) -> str:
    """Return an area's name, or its code where the snapshot has none."""
    return str(snapshot.areas.at[code, "name"]) if code in snapshot.areas.index else code


def say_value(snapshot: Snapshot, indicator: str, value: float | None) -> str:
    """Return a revised value in its indicator's unit, with a decimal more than usual so that a small change shows."""
    if value is None or pd.isna(value):
        return "none"
    if indicator not in snapshot.indicators.index:
        return f"{value:g}"
    row = snapshot.indicators.loc[indicator]
    decimals = int(row["decimals"]) + (0 if row["unit"] == "count" else 1)
    return format_number(value, row["unit"], decimals=decimals)


def say_short_date(text: str) -> str:
    """Return a date of the record as 10 Aug 2020."""
    return format_short_date(dt.date.fromisoformat(text))


def _say_date(text: str) -> str:
    return format_date(dt.date.fromisoformat(text))


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")
