"""Words about signals: leads, counts, since when, and who holds most of a gap."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from dashboard.format import Row, format_date, join_names, with_the
from dashboard.rows import list_rows
from dashboard.store import Snapshot
from dashboard.support import OPEN, STATES

REASON = "A signal is a reason to ask, not a finding."
MOST_NAMED = 3
COUNTS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}


def count(number: int, word: str) -> str:
    """Return "1 signal" or "12 signals"."""
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def lead_support(signals: pd.DataFrame, rules: pd.DataFrame, *, area: str) -> str:
    """Return the sentence that says how many signals stand where, and how many figures were tried."""
    standing = signals[signals["state"].isin(OPEN)]
    tried = f"Rules were tried on {rules['tested'].sum():,} figures across England."
    if standing.empty:
        return f"No signal stands in {with_the(area)}. {tried} {REASON}"
    councils = standing.loc[standing["kind"] == "authority", "area_code"].nunique()
    new = int((standing["state"] == "new").sum())
    newly = f", {new} of them new this week" if new else ", none of them new this week"
    stand = "stands" if len(standing) == 1 else "stand"
    where = f" in {count(councils, 'council')}" if councils else ""
    return f"{count(len(standing), 'signal')} {stand}{where}{newly}. {tried} {REASON}"


def title_list(signals: pd.DataFrame) -> str:
    """Return the finding of the table of all signals."""
    states = signals["state"].value_counts()
    return f"{int(states.reindex(OPEN).sum())} signals stand, {int(states.get('cleared', 0))} cleared in four weeks"


def describe_counts(signals: pd.DataFrame) -> str:
    """Return what an area's open signals are: "2 strong and 1 clear signal"."""
    strong = int((signals["strength"] == "strong").sum())
    clear = len(signals) - strong
    parts = [f"{number} {word}" for number, word in ((strong, "strong"), (clear, "clear")) if number]
    return f"{join_names(parts)} signal" + ("" if (clear or strong) == 1 else "s")


def describe_since(row: Row) -> str:
    """Return how a signal stands in time: "New this week", "Since 9 October 2020 (4 weeks)", "Cleared on ..."."""
    if row["state"] == "cleared":
        return f"Held from {format_date(row['since'])}, cleared on {format_date(row['cleared_on'])}"
    if row["state"] == "new":
        return f"{STATES['new']}, {format_date(row['date'])}"
    weeks = count_weeks(row["since"], row["date"])
    said = f"Since {format_date(row['since'])} ({weeks})"
    return f"{STATES['stronger']}. {said}" if row["state"] == "stronger" else said


def count_weeks(since: dt.date, date: dt.date) -> str:
    """Return the weeks from one day to another, both counted: "4 weeks"."""
    return count((date - since).days // 7 + 1, "week")


def describe_enquiry(row: Row) -> str:
    """Return who asked, when, and what came of it."""
    return (
        f"Asked on {format_date(row['asked_on'])} by the {row['asked_by']}: {row['outcome']}. Answer: {row['answer']}"
    )


def describe_shares(shares: pd.DataFrame, *, code: str, region: str) -> str:
    """Return which few councils hold most of a region's homes that do not report yes; "" where that says nothing."""
    own = shares[shares["area_code"] == code]
    if own.empty or len(shares) < 2:
        return ""
    few = shares.head(MOST_NAMED)
    name, part = own["area_name"].iloc[0], own["part"].iloc[0]
    here = f"{name} has {part:.0f}% of the homes in {with_the(region)} that do not report yes"
    if len(shares) <= MOST_NAMED:
        return f"{here}."
    names = join_names(list(few["area_name"]))
    return f"{here}; {names} together have {few['part'].sum():.0f}%."


def describe_limit(rules: pd.DataFrame) -> str:
    """Return how the list is kept short."""
    most = int(rules["most_a_region"].max()) if len(rules) else 0
    number = COUNTS.get(most, str(most))
    return (
        f"At most {number} councils a region are listed in a week: those with more strong signals first, then more "
        "clear ones, then more homes. There is no score. What somebody has asked about steps back until it grows."
    )


def title_area(shown: pd.DataFrame, *, kind: str) -> str:
    """Return the finding of an area's card of signals."""
    if shown.empty:
        return "No signal stands here this week"
    if kind == "authority":
        return f"{describe_counts(shown)}: a reason to ask"
    councils = shown.loc[shown["kind"] == "authority", "area_name"].unique()
    return f"Ask first: {join_names(list(councils))}" if len(councils) else f"{describe_counts(shown)} for the region"


def describe_quiet(frame: pd.DataFrame, rules: pd.DataFrame) -> str:
    """Return what was tried where no signal stands, and what has cleared."""
    cleared = frame[frame["state"] == "cleared"]
    tried = f"{len(rules)} rules were tried on {rules['tested'].sum():,} figures across England."
    if cleared.empty:
        return f"{tried} Nothing stands out here, and no signal cleared in the last four weeks."
    said = [f"{row['short_name']} ({row['rule_name'].lower()})" for row in list_rows(cleared)]
    return f"{tried} Nothing stands out here. Cleared in the last four weeks: {join_names(list(dict.fromkeys(said)))}."


def title_first(listed: pd.DataFrame) -> str:
    """Return the finding of England's card: how many councils to ask first, in how many regions."""
    councils, regions = listed["area_code"].nunique(), listed["region_name"].nunique()
    return f"{count(councils, 'council')} to ask first, in {count(regions, 'region')}"


def name_sources(snapshot: Snapshot, frame: pd.DataFrame) -> str:
    """Return the source of signals: the rules, and what they were tried on."""
    titles = snapshot.sources.loc[list(dict.fromkeys(frame["source_id"])), "title"]
    return f"Source: rules over snapshot {snapshot.id}, tried on {'; '.join(titles)}."
