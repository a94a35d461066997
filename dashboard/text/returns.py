"""Words for figures counted from returns: titles, summaries, what non-response leaves open, how a change divides."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from dashboard.format import (
    MISSING,
    Row,
    describe_period,
    format_change,
    format_date,
    format_number,
    format_value,
    in_sentence,
    join_names,
    with_the,
)
from dashboard.measures import ANSWERING
from dashboard.rows import list_rows
from dashboard.store import Snapshot

SUFFIX = ", of homes that answered"
"""What the catalogue adds to a question's name; a heading says it once for all of them."""

KINDS = ["authority", "region", "country"]
BREAKS = {
    "ipc_questions_own_page": "questions changed",
    "infection_control_fund_ended": "the fund ended",
    "completion_mandatory": "returns became a duty",
}
"""A few words for the narrow place beside a break's line; its note has all of them."""


def describe_tracker(snapshot: Snapshot) -> str:
    """Return how far the Capacity Tracker's figures go, and whether they are made up."""
    date = format_date(snapshot.data_date)
    if snapshot.is_illustrative:
        return f"Illustrative Capacity Tracker figures, made up, to {date}."
    return f"Capacity Tracker figures to {date}."


def say_choice(row: Row, *, chosen: str) -> str:
    """Return what to add where a card shows another indicator than the chosen one; "" where it shows that."""
    return "" if row["indicator_id"] == chosen else " The lowest of the 13 here; choose another above."


def name_question(row: Row) -> str:
    """Return a question's name as the report has it."""
    return str(row["indicator_name"]).removesuffix(SUFFIX)


def name_place(row: Row) -> str:
    """Return an area's name as it stands in a sentence."""
    return with_the(row["area_name"]) if row["area_kind"] == "region" else str(row["area_name"])


def summarise_matrix(matrix: pd.DataFrame) -> str:
    """Return the highest and lowest question of the wider areas, and how many figures are hidden."""
    questions = matrix[matrix["indicator_id"] != ANSWERING]
    wide = questions[questions["role"] == "comparator"]
    parts = [_say_ends(rows) for _, rows in wide.groupby("area_code", sort=False)]
    hidden = int((matrix["status"] == "c").sum())
    parts += [f"{hidden} figures are hidden to protect homes." if hidden > 1 else "One figure is hidden."] * bool(
        hidden
    )
    return " ".join(filter(None, parts)) or "No figure can be shown here."


def title_profile(profile: pd.DataFrame) -> str:
    """Return the question on which the area lies furthest from England, with both figures and no verdict."""
    pair = _widest_gap(profile)
    if pair is None:
        is_hidden = (profile.loc[profile["role"] == "area", "status"] == "c").any()
        return "Figures are hidden to protect homes" if is_hidden else "No figure can be shown here"
    own, england = pair
    return f"Widest gap: {in_sentence(own['short_name'])}, {format_value(own)} beside England's {format_value(england)}"


def summarise_profile(profile: pd.DataFrame) -> str:
    """Return the same question in full: who answered, what the others leave open, and the wider areas."""
    pair = _widest_gap(profile)
    own = profile[profile["role"] == "area"]
    hidden = int((own["status"] == "c").sum())
    left = f" Hidden to protect homes: {hidden} of the area's {len(own)} figures." if hidden else ""
    if pair is None:
        return f"No figure can be shown for this area.{left}"
    own, _ = pair
    same = profile[(profile["role"] == "comparator") & (profile["indicator_id"] == own["indicator_id"])]
    beside = ", ".join(f"{row['area_name']} {format_value(row)}" for row in list_rows(same))
    bounds = describe_bounds(own)
    return (
        f"{own['short_name']}: {own['numerator']:,.0f} of the {own['denominator']:,.0f} homes that answered said yes, "
        f"{format_value(own)}{', ' + bounds if bounds else ''}. {beside}.{left}"
    )


def format_share_answering(row: Row) -> str:
    """Return the share of homes that answered the question, "" where it is hidden."""
    share = row["answered_percent"]
    return "" if pd.isna(share) else format_number(share, "percent", decimals=0)


def describe_bounds(row: Row) -> str:
    """Return what the homes without an answer leave open, or "" where there are none or none can be told."""
    silent = row["not_answered"]
    if pd.isna(silent) or pd.isna(row["lower_bound"]) or not silent:
        return ""
    low, high = (format_number(row[name], "percent", decimals=0) for name in ("lower_bound", "upper_bound"))
    who = "the one home" if silent == 1 else f"the {silent:,.0f} homes"
    return f"between {low} and {high} if {who} without an answer had said no or yes"


def title_returns_trend(trend: pd.DataFrame) -> str:
    """Return the newest figure of the area and of England."""
    newest = trend[trend["date"] == trend["date"].max()]
    own, wide = newest[newest["role"] == "area"], newest[newest["role"] == "comparator"]
    wide = _from_near_to_wide(wide).tail(1)
    parts = [f"{format_value(row)} in {name_place(row)}" for row in [*_rows(own), *_rows(wide)]]
    name = trend["short_name"].iloc[0]
    return f"{name} {', '.join(parts)}"


def summarise_returns_trend(trend: pd.DataFrame, changes: pd.DataFrame) -> str:
    """Return the newest figure of each area, then how the area's has changed, divided where returns allow it."""
    newest = trend[trend["date"] == trend["date"].max()]
    when = describe_period(newest.iloc[0])
    figures = "; ".join(f"{row['area_name']} {format_value(row)}" for row in _rows(_from_near_to_wide(newest)))
    own = changes[(changes["indicator_id"] == trend["indicator_id"].iloc[0]) & (changes["status"] == "")]
    said = [f"Since {format_date(row['date_from'])}: {describe_change(row)}." for row in _rows(own)]
    return " ".join([f"{when[0].upper()}{when[1:]}: {figures}.", *said])


def describe_change(row: Row) -> str:
    """Return a change with its two parts: "+3 points: +2 among the 40 homes that answered both times, +1 from ..."."""
    if pd.isna(row["change_points"]):
        return MISSING[row["status"]]
    return f"{format_points(row['change_points'])}: {describe_parts(row)}"


def describe_parts(row: Row) -> str:
    """Return the two parts of a change, among the same homes and from who answered; only the homes where both are 0."""
    if _is_still(row):
        return f"{row['n_both']:,.0f} homes answered both times"
    same, who = (_sign(row[f"change_{part}_points"]) for part in ("same_homes", "who_answered"))
    return f"{same} among the {row['n_both']:,.0f} homes that answered both times, {who} from who answered"


def format_points(change: float) -> str:
    """Return a change in whole percentage points: "+3 points", "−1 point", "no change"."""
    words = format_change(round(change), "percent", decimals=0)
    return words.removesuffix("s") if abs(round(change)) == 1 else words


def title_changes(changes: pd.DataFrame) -> str:
    """Return which question moved most since the date nearest to four weeks ago."""
    dates = sorted(changes["date_from"].unique(), reverse=True)
    since = dates[min(1, len(dates) - 1)] if dates else None
    valued = changes[(changes["date_from"] == since) & changes["change_points"].notna()]
    if valued.empty:
        return "No change can be shown here"
    most = valued.loc[valued["change_points"].abs().idxmax()]
    if round(most["change_points"]) == 0:
        return f"No measure moved since {_day(since)}"
    return f"{most['short_name']} moved most since {_day(since)}: {format_points(most['change_points'])}"


def title_findings(findings: pd.DataFrame) -> str:
    """Return how many things there are for the council to put right."""
    count = len(findings)
    things = "One thing" if count == 1 else f"{count} things"
    return f"{things} for the council to put right in the returns"


def count_others(findings: pd.DataFrame) -> str:
    """Return how many findings are for others than the council, and for whom; "" without any."""
    if findings.empty:
        return ""
    who = join_names([in_sentence(name) for name in dict.fromkeys(findings["who_can"])])
    are = "1 more is" if len(findings) == 1 else f"{len(findings)} more are"
    return f"{are} for others to put right ({who}); the download has {'it' if len(findings) == 1 else 'them'} too."


def label_break(row: Row) -> str:
    """Return a break in a few words, for the place beside its line."""
    return f"{row['date'].day} {row['date']:%b %Y}:<br>{BREAKS.get(row['id'], 'series changed')}"


def describe_break(row: Row) -> str:
    """Return what changed and what not to do across it."""
    return f"Break, {row['date_text']}: {row['what']} {row['effect']}"


def _rows(frame: pd.DataFrame) -> list[Row]:
    return list_rows(frame)


def _from_near_to_wide(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a few areas with the smallest kind first: an authority, its region, England."""
    return rows.sort_values("area_kind", key=lambda kinds: kinds.map(KINDS.index), kind="stable")


def _pick_newest(series: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the newest date that have a value."""
    return series[(series["date"] == series["date"].max()) & series["value"].notna()]


def _widest_gap(profile: pd.DataFrame) -> tuple[Row, Row] | None:
    valued = profile[profile["value"].notna()]
    own = valued[valued["role"] == "area"].set_index("indicator_id", drop=False)
    wide = valued[valued["role"] == "comparator"].groupby("indicator_id").last()
    gaps = (own["value"] - wide["value"]).abs().dropna()
    return None if gaps.empty else (own.loc[gaps.idxmax()], wide.loc[gaps.idxmax()])


def _say_ends(rows: pd.DataFrame) -> str:
    valued = rows[rows["value"].notna()]
    if valued.empty:
        return ""
    high, low = valued.loc[valued["value"].idxmax()], valued.loc[valued["value"].idxmin()]
    return (
        f"{high['area_name']}: highest {in_sentence(high['short_name'])} {format_value(high)}, "
        f"lowest {in_sentence(low['short_name'])} {format_value(low)}."
    )


def _is_still(row: Row) -> bool:
    """Tell whether neither part of a change comes to a whole point."""
    return not any(round(row[f"change_{part}_points"]) for part in ("same_homes", "who_answered"))


def _sign(points: float) -> str:
    """Return points with their sign and without their name: "+2", "−1", "0"."""
    return format_change(round(points), "count", decimals=0) if round(points) else "0"


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B}"
