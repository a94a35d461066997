"""Views of good practice: areas like one that began where it did, how they moved since, and the report's examples."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from dashboard import queries
from dashboard.measures import QUESTIONS
from dashboard.rows import list_rows
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.views.areas import similar_areas
from dashboard.views.returns import find_breaks
from dashboard.views.similar import PARTS

COMPARED = 10
"""Similar areas that are looked at: all that a snapshot names."""

ALIKE_POINTS = 5.0
"""How far from this area's share another may have begun, in percentage points."""

FEWEST_HOMES = 10
"""Homes that must have answered at both dates for a change to be read."""

CHANCE = 0.05
"""How often a move by chance alone may be taken for more, over all areas looked at together."""

IMPROVED, WORSENED, UNSURE = "improved by more than chance", "worsened by more than chance", "no more than chance"

PRACTICE = [
    "indicator_id", "indicator_name", "short_name", "unit", "decimals", "polarity", "area_code", "area_name", "role",
    "likeness", "distance", "differs_in", "date_from", "date_to", "share_from", "share_to", "n_both",
    "change_same_homes_points", "no_to_yes", "yes_to_no", "p_value", "verdict", "reason", "status",
    "is_illustrative", "source_id",
]  # fmt: skip
"""`role` is "area" for the area itself, "similar" for one that began alike, "comparator" for England.

`share_from` and `share_to` are of the homes that answered at each date; the change is among those that answered both
times.
"""


def show_practice(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return an area, those like it that began within five points of it and now, and England. Columns `PRACTICE`.

    From the first extract since the last break to the newest; the area itself, then the most improved first. Left
    out are areas whose figures are hidden and those with fewer than ten homes answering at both dates. Empty where
    the area itself has no such change. More than chance is a McNemar p below 0.05 divided by the similar areas.
    """
    indicator, reason = pick_practice(snapshot, selection)
    pair = find_pair(snapshot, indicator)
    if pair is None:
        return pd.DataFrame(columns=PRACTICE).astype({"is_illustrative": bool})
    rows = _collect(snapshot, indicator, areas=[selection.area_code, *_list_compared(snapshot, selection)], pair=pair)
    own = rows[rows["role"] == "area"]
    if own.empty:
        return rows.assign(verdict="", reason=reason)[PRACTICE].iloc[:0]
    is_alike = (rows["share_from"] - own["share_from"].iloc[0]).abs() <= ALIKE_POINTS
    kept = rows[is_alike | (rows["role"] != "similar")]
    tests = max(int((kept["role"] == "similar").sum()), 1)
    better = kept["change_same_homes_points"] * _find_sign(snapshot, indicator)
    is_sure = kept["p_value"] * tests < CHANCE
    verdict = (is_sure & (better > 0)).map({True: IMPROVED, False: UNSURE}).mask(is_sure & (better < 0), WORSENED)
    order = kept["role"].map({"area": 0, "similar": 1, "comparator": 2})
    kept = kept.assign(verdict=verdict.astype(object), reason=reason, better=better, order=order)
    ordered = kept.sort_values(["order", "better", "likeness"], ascending=[True, False, True], kind="stable")
    return ordered[PRACTICE].reset_index(drop=True)


def pick_practice(snapshot: Snapshot, selection: Selection) -> tuple[str, str]:
    """Return the indicator to learn about, and why: the chosen one if changes of it are held, else where it is worst.

    Worst is the question on which the area stands furthest below England by a clear verdict, then by a lighter one,
    then its lowest share. The reason is "", "clearly worse", "worse" or "lowest"; the indicator is "" without returns.
    """
    if selection.indicator_id in set(snapshot.changes["indicator_id"]):
        return selection.indicator_id, ""
    own = queries.select(snapshot, indicators=list(QUESTIONS.values()), areas=[selection.area_code])
    own = own[own["date"] == own["date"].max()]
    own = own[own["value"].notna()]
    for verdict in ("clearly worse", "worse"):
        found = own[own["versus_england"] == verdict]
        if len(found):
            first = found.sort_values(["p_england", "value"], kind="stable").iloc[0]
            return str(first["indicator_id"]), verdict
    return (str(own.loc[own["value"].idxmin(), "indicator_id"]), "lowest") if len(own) else ("", "")


def find_pair(snapshot: Snapshot, indicator: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and the newest extract between which changes are held without a break; None without such."""
    held = snapshot.changes[snapshot.changes["indicator_id"] == indicator]
    if held.empty:
        return None
    last = held["date_to"].max()
    for first in sorted(held.loc[held["date_to"] == last, "date_from"].unique()):
        if find_breaks(snapshot, indicator, first=first, last=last).empty:
            return first, last
    return None


def list_examples(snapshot: Snapshot, *, indicator: str = "", recommendation: int = 0) -> list[dict]:
    """Return the report's examples that fit an indicator or a recommendation, in the report's order."""
    column, wanted = ("indicators", indicator) if indicator else ("recommendations", str(recommendation))
    return [row for row in list_rows(snapshot.spotlights) if wanted in row[column].split()]


def find_least(snapshot: Snapshot, indicator: str) -> str:
    """Return the authority furthest below England on an indicator by its newest verdict; "" without changes or one."""
    if find_pair(snapshot, indicator) is None:
        return ""
    rows = queries.select(snapshot, indicators=[indicator])
    rows = rows[(rows["date"] == rows["date"].max()) & (rows["area_kind"] == "authority") & rows["value"].notna()]
    below = rows[rows["versus_england"].isin(["clearly worse", "worse"])]
    return str(below.sort_values(["p_england", "area_name"])["area_code"].iloc[0]) if len(below) else ""


def select_paths(snapshot: Snapshot, practice: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the series of each area of the card since the date from which it is read."""
    first = practice.iloc[0]
    series = queries.select(snapshot, indicators=[first["indicator_id"]], areas=list(practice["area_code"]))
    return dict(tuple(series[series["date"] >= first["date_from"]].groupby("area_code", sort=False)))


def _list_compared(snapshot: Snapshot, selection: Selection) -> list[str]:
    return [*similar_areas(snapshot, selection.area_code, most=COMPARED), ENGLAND]


def _collect(snapshot: Snapshot, indicator: str, *, areas: list[str], pair: tuple[dt.date, dt.date]) -> pd.DataFrame:
    """Return the changes of these areas that may be read, the first of them the area itself, with their shares."""
    first, last = pair
    changes = snapshot.changes
    is_here = (changes["indicator_id"] == indicator) & changes["area_code"].isin(areas)
    is_here &= (changes["date_from"] == first) & (changes["date_to"] == last)
    rows = changes[is_here & (changes["status"] == "") & (changes["n_both"] >= FEWEST_HOMES)]
    shares = queries.select(snapshot, indicators=[indicator], areas=areas)
    for name, day in (("share_from", first), ("share_to", last)):
        rows = rows.join(shares[shares["date"] == day].set_index("area_code")["value"].rename(name), on="area_code")
    rows = rows[rows["share_from"].notna() & rows["share_to"].notna()]
    words = snapshot.indicators.loc[indicator]
    held = snapshot.similar_areas
    held = held[held["area_code"] == areas[0]].set_index("similar_code")
    likeness = {code: float(place) for place, code in enumerate(areas[:-1])}
    return rows.assign(
        indicator_name=words["name"],
        **{name: words[name] for name in ("short_name", "unit", "decimals", "polarity")},
        area_name=rows["area_code"].map(snapshot.areas["name"]),
        role=rows["area_code"].map({areas[0]: "area", ENGLAND: "comparator"}).fillna("similar").astype(object),
        likeness=rows["area_code"].map(likeness),
        distance=rows["area_code"].map(held["distance"]),
        differs_in=rows["area_code"].map(held[list(PARTS)].idxmax(axis=1).map(PARTS)).fillna("").astype(object),
    )


def _find_sign(snapshot: Snapshot, indicator: str) -> int:
    """Return 1 where a higher figure is better, -1 where a lower one is."""
    return -1 if snapshot.indicators.at[indicator, "polarity"] == "lower is better" else 1
