"""Contrary evidence: what in the same data speaks against the line to take, so that nobody is caught out by it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from dashboard import queries
from dashboard.briefing.line import pick_covid
from dashboard.briefing.part import Part
from dashboard.briefing.standing import Standing, has_own
from dashboard.format import describe_period, format_number, format_value, in_sentence, join_names
from dashboard.measures import MEASURES
from dashboard.rows import list_rows
from dashboard.text.national import describe_completion, format_tenths
from dashboard.text.ranges import pick_newest
from dashboard.text.verdicts import SIDES, count_comparisons, describe_chance, say_number

MOST_LINES, NAMED = 6, 3
SAME_SIDE_POINTS = 0.5
"""A part of a change that counts: half a point, the least that a share in whole per cent can show."""
CLEAR = tuple(SIDES)


def make_contrary(standing: Standing) -> Part:
    """Return the points against the line, the weightiest first; says so where none was found."""
    lines = [line for find in FINDERS if (line := find(standing)) is not None][:MOST_LINES]
    if not lines:
        lines = [("None was found", "No check of this page found figures here that speak against the line to take.")]
    count = len(lines)
    return Part(
        name="contrary",
        heading="Contrary evidence",
        title=f"{say_number(count).capitalize()} point{'' if count == 1 else 's'} against the line to take",
        subtitle="What the same figures say the other way. Have an answer to each ready.",
        lines=tuple(lines),
        is_illustrative=standing.has_returns and bool(standing.profile["is_illustrative"].any()),
    )


Line = tuple[str, str] | None


def find_open_answers(standing: Standing) -> Line:
    """Return the clear marks that the homes without an answer could undo."""
    if not standing.has_returns:
        return None
    profile = standing.profile
    wide = profile[profile["area_kind"] == "country"].set_index("indicator_id")["value"]
    own = profile[(profile["role"] == "area") & profile["versus_england"].isin(CLEAR)]
    open_ones = [
        row
        for row in list_rows(own)
        if pd.notna(row["lower_bound"]) and row["lower_bound"] <= wide[row["indicator_id"]] <= row["upper_bound"]
    ]
    if not open_ones:
        return None
    said = [
        f"{in_sentence(row['short_name'])} would lie between {_percent(row['lower_bound'])} and "
        f"{_percent(row['upper_bound'])}, England's {_percent(wide[row['indicator_id']])} between them"
        for row in open_ones[:NAMED]
    ]
    return ("Silent homes could undo a mark", f"Had every home without an answer said no, or yes, {join_names(said)}.")


def find_who_answered(standing: Standing) -> Line:
    """Return the changes that come from who answered more than from homes that changed, or against them."""
    if not standing.has_returns or standing.changes.empty:
        return None
    valued = standing.changes[standing.changes["change_points"].notna()]
    same, who = valued["change_same_homes_points"], valued["change_who_answered_points"]
    is_theirs = (who.abs() >= SAME_SIDE_POINTS) & (who.abs() > same.abs())
    rows = valued[is_theirs].sort_values("change_who_answered_points", key=abs, ascending=False, kind="stable")
    if rows.empty:
        return None
    said = [
        f"{in_sentence(row['short_name'])} moved {format_tenths(row['change_points'])} points, "
        f"{format_tenths(row['change_same_homes_points'])} of it among the homes that answered both times"
        for row in list_rows(rows.head(NAMED))
    ]
    return ("Part of the movement is who answered", f"{_sentence(join_names(said))}.")


def find_other_way(standing: Standing) -> Line:
    """Return the measures that stand on the other side of England than the line says."""
    if not standing.has_returns or standing.kind == "country":
        return None
    own = standing.profile[standing.profile["role"] == "area"]
    below = own[own["versus_england"].isin(["clearly worse", "worse"])]
    above = own[own["versus_england"].isin(["clearly better", "better"])]
    if below.empty and above.empty:
        return None
    is_below = (below["versus_england"] == "clearly worse").sum() >= (above["versus_england"] == "clearly better").sum()
    other, side = (above, "above") if is_below and len(below) else (below, "below")
    if other.empty:
        return None
    said = [
        f"{in_sentence(row['short_name'])} ({row['versus_england']}, {format_value(row)})"
        for row in list_rows(other.head(NAMED))
    ]
    left = f", and {say_number(len(other) - NAMED)} more" if len(other) > NAMED else ""
    return ("Not every measure points that way", f"{side.capitalize()} England: {join_names(said)}{left}.")


def find_usual(standing: Standing) -> Line:
    """Return what stands clearly apart from England and is usual for the area, or what has left its range unmarked."""
    if not standing.has_returns:
        return None
    newest = pick_newest(standing.ranges)
    verdicts = standing.profile[standing.profile["role"] == "area"].set_index("indicator_id")["versus_england"]
    marked = newest["indicator_id"].map(verdicts).isin(CLEAR)
    known = newest["centre"].notna()
    still = newest[marked & known & (newest["signal"] == "")]
    if len(still):
        names = join_names([in_sentence(name) for name in still["short_name"].head(NAMED)])
        return (
            "Different from England, and not new",
            f"{_sentence(names)}: at the usual level for {standing.name}, so no recent event explains it.",
        )
    left = newest[~marked & known & newest["signal"].isin(["better", "worse"])]
    if left.empty:
        return None
    said = [f"{in_sentence(row['short_name'])} ({row['signal']} than usual)" for row in list_rows(left.head(NAMED))]
    return (
        "A change of its own" if standing.kind == "country" else "No mark beside England, but a change of its own",
        f"Outside the usual range of its own weeks: {join_names(said)}.",
    )


def find_inside(standing: Standing) -> Line:
    """Return the areas inside that stand against the whole: clear marks the other way are hidden by an average."""
    if not standing.has_returns or standing.kind == "authority":
        return None
    own = standing.matrix[(standing.matrix["role"] == "area") & standing.matrix["versus_england"].isin(CLEAR)]
    below, above = ((own["versus_england"] == f"clearly {word}") for word in ("worse", "better"))
    if own.empty:
        return None
    what = "regions" if standing.kind == "country" else "councils"
    counts = [own.loc[side, "area_code"].nunique() for side in (below, above)]
    return (
        "The average hides both ends",
        f"{_sentence(say_number(counts[0]))} {_singular(what, counts[0])} clearly below England on at least one "
        f"measure, {say_number(counts[1])} clearly above on at least one.",
    )


def find_chance(standing: Standing) -> Line:
    """Return how many marks chance alone gives."""
    if not standing.has_returns:
        return None
    frame = standing.matrix if standing.kind == "country" else standing.profile[standing.profile["role"] == "area"]
    frame = frame[frame["role"] == "area"]
    return ("Some marks are chance", describe_chance(frame)) if count_comparisons(frame) else None


def find_deaths(standing: Standing) -> Line:
    """Return whether the death rate can be told apart from England's, which protection alone does not explain."""
    if standing.kind == "country":
        return None
    rate = queries.select_headline(standing.snapshot, MEASURES["deaths"], area=standing.code)
    own, england = rate[rate["role"] == "area"], rate[rate["role"] == "comparator"]
    if own.empty or england.empty or pd.isna(own["value"].iloc[-1]):
        return None
    row, wide = own.iloc[-1], float(england["value"].iloc[-1])
    low, high = (format_number(row[name], row["unit"], decimals=1) for name in ("lower_95", "upper_95"))
    where = (
        "cannot be told apart from"
        if row["lower_95"] <= wide <= row["upper_95"]
        else "is higher than"
        if row["value"] > wide
        else "is lower than"
    )
    beside = format_number(wide, row["unit"], decimals=int(row["decimals"]))
    return (
        f"The death rate {where} England's",
        f"{format_value(row)} per 1,000 people aged 65 and over (95% interval {low} to {high}) beside {beside}, "
        f"{describe_period(row)}. It covers the first wave, before these answers.",
    )


def find_completion(standing: Standing) -> Line:
    """Return how far completion of the tracker rose between the two published dates."""
    completion = queries.select(standing.snapshot, indicators=["tracker_completion_percent"], areas=["E92000001"])
    said = describe_completion(completion)
    if not said:
        return None
    return (
        "More homes answered in August than in May"
        if standing.kind == "country"
        else "England's own rise is partly who answered",
        said[0],
    )


def find_peak(standing: Standing) -> Line:
    """Return that the newest week of deaths or outbreaks is not the lowest, where it has risen since."""
    for trend, what in ((pick_covid(standing.deaths), "COVID-19 deaths"), (standing.outbreaks, "New outbreaks")):
        own = trend[(trend["role"] == "area") & trend["value"].notna()]
        if has_own(trend) and len(own) > 2 and own["value"].iloc[-1] > own["value"].iloc[-2]:
            last, before = own.iloc[-1], own.iloc[-2]
            if format_value(last) == format_value(before):
                continue
            return (
                f"{what} rose in the last week held",
                f"{format_value(last)} in the {describe_period(last)}, {format_value(before)} the week before.",
            )
    return None


FINDERS: tuple[Callable[[Standing], Line], ...] = (
    find_other_way,
    find_open_answers,
    find_usual,
    find_who_answered,
    find_inside,
    find_peak,
    find_deaths,
    find_completion,
    find_chance,
)
"""The checks in the order in which a sceptic would ask."""


def _percent(value: float) -> str:
    return format_number(value, "percent", decimals=0)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _singular(what: str, count: int) -> str:
    return f"{what.removesuffix('s')} stands" if count == 1 else f"{what} stand"
