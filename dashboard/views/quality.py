"""Views of data quality: sources, who answers and how lately, totals that were checked, and findings by rule."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd

from dashboard import queries
from dashboard.measures import ANSWERING
from dashboard.selection import Selection
from dashboard.store import Snapshot
from dashboard.views.areas import region_of, wider_areas
from dashboard.views.indicators import list_breaks

SOURCE = [
    "title", "publisher", "licence", "edition", "published", "received", "data_from", "data_to", "days_before_snapshot",
    "next_expected", "rows_read", "rows_accepted", "rows_refused", "is_sum_right", "file", "sha256", "notes",
    "is_illustrative", "source_id",
]  # fmt: skip
CHECKS = {"totals_agree": "agree", "totals_differ": "differ", "totals_unchecked": "cannot be checked"}
"""The rules that add parts up to a published total, each with what came out."""

COMPLETION = "tracker_completion_percent"
"""What the breaks name that change who completes the tracker, and so who answers."""

CHANGE_DAYS = 28
LISTED = 10
MOST_DATES, WEEK = 26, dt.timedelta(days=7)
SEVERITIES = ("error", "warning", "information")
OF_HOMES = re.compile(r": [\d,]+ of [\d,]+ [^:]*\.$")
"""The end of a finding that counts the homes of one council: what comes before it holds for every council."""


def show_sources(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return a row a source with how many days its newest figure lies before the snapshot's date. Columns `SOURCE`."""
    sources = snapshot.sources.reset_index(drop=True).rename(columns={"id": "source_id"})
    behind = sources["data_to"].map(lambda day: (snapshot.data_date - day).days)
    whole = sources["rows_read"] == sources["rows_accepted"] + sources["rows_refused"]
    return sources.assign(days_before_snapshot=behind, is_sum_right=whole)[SOURCE]


def show_answering(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the share of homes answering by extract: of regions, or of a region's councils, and of the wider areas.

    Those that are not held at all are missing. Of many extracts the newest, and before it those a week apart.
    """
    frame = queries.select(
        snapshot,
        indicators=[ANSWERING],
        areas=_list_parts(snapshot, selection),
        compared=[selection.area_code, *wider_areas(snapshot, selection.area_code)],
    )
    return frame[frame["date"].isin(pick_dates(list(frame["date"].unique())))].reset_index(drop=True)


def pick_dates(dates: list[dt.date]) -> list[dt.date]:
    """Return the dates to show, the newest first: all if they are few, otherwise the newest ones a week apart."""
    ordered = sorted(dates, reverse=True)
    if len(ordered) <= MOST_DATES:
        return ordered
    kept: list[dt.date] = []
    for day in ordered:
        if not kept or kept[-1] - day >= WEEK:
            kept.append(day)
    return kept[:MOST_DATES]


def show_answering_now(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the newest of the same, with the change in points since four weeks before."""
    return _add_change(snapshot, _pick_newest(show_answering(snapshot, selection)))


def show_lowest(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the councils with the lowest share of homes answering, the lowest first, with the change."""
    frame = _list_councils(snapshot, selection)
    return frame.nsmallest(LISTED, "value", keep="first").reset_index(drop=True)


def show_fallen(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the councils whose share of homes answering fell most in four weeks, the steepest fall first."""
    frame = _list_councils(snapshot, selection)
    return frame[frame["change_points"] < 0].nsmallest(LISTED, "change_points", keep="first").reset_index(drop=True)


def show_reconciliation(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return a row a check of a published total against its parts: its figure, what came out, and how many cases.

    Of a total that differs or cannot be checked, the cases are those alone.
    """
    found = snapshot.quality[snapshot.quality["rule"].isin(CHECKS)]
    parts = found["finding"].str.split(": ", n=1, expand=True).reindex(columns=[0, 1])
    frame = found.assign(figure=parts[0], said=parts[1], result=found["rule"].map(CHECKS)).rename(
        columns={"rows": "cases"}
    )
    columns = ["figure", "said", "result", "cases", "what_to_do", "who_can", "is_illustrative", "source_id"]
    return frame[columns].sort_values(["source_id", "result", "figure"], kind="stable").reset_index(drop=True)


def show_findings_by_rule(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return a row a source and rule: what was found, how many rows or homes, in how many councils, who can mend it.

    The severest first. `area_codes` are the councils, by name; empty for what concerns a whole file. Checks of totals
    are in a view of their own.
    """
    found = snapshot.quality[~snapshot.quality["rule"].isin(CHECKS)]
    rows = []
    keys = ["source_id", "rule", "severity", "what_to_do", "who_can"]
    for names, same in found.groupby(keys, sort=False):
        councils = same[same["area_code"].map(snapshot.areas["kind"]) == "authority"]["area_code"]
        codes = sorted(set(councils), key=lambda code: snapshot.areas.at[code, "name"])
        rows.append(
            dict(zip(keys, names, strict=True))
            | {
                "finding": OF_HOMES.sub(".", same["finding"].iloc[0]),
                "date": same["date"].max() if same["date"].notna().all() else None,
                "rows": same["rows"].sum(),
                "councils": len(codes),
                "area_codes": " ".join(codes),
                "is_illustrative": same["is_illustrative"].any(),
            }
        )
    columns = [*keys, "finding", "date", "rows", "councils", "area_codes", "is_illustrative"]
    frame = pd.DataFrame(rows, columns=columns)
    order = frame["severity"].map({name: place for place, name in enumerate(SEVERITIES)})
    ordered = frame.assign(order=order).sort_values(["order", "councils", "rows"], ascending=[True, False, False])
    return ordered.drop(columns="order").reset_index(drop=True)


def _list_parts(snapshot: Snapshot, selection: Selection) -> list[str]:
    region = region_of(snapshot, selection.area_code)
    if not region:
        return queries.list_regions(snapshot)
    return queries.list_authorities(snapshot, region=region, on=queries.newest_date(snapshot, ANSWERING))


def _list_councils(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    on, region = queries.newest_date(snapshot, ANSWERING), region_of(snapshot, selection.area_code)
    codes = queries.list_authorities(snapshot, region=region or None, on=on)
    frame = _pick_newest(queries.select(snapshot, indicators=[ANSWERING], areas=codes))
    return _add_change(snapshot, frame[frame["value"].notna()])


def _pick_newest(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["date"] == frame["date"].max()].reset_index(drop=True)


def _add_change(snapshot: Snapshot, newest: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with `changed_since` and `change_points`.

    Both are null where there is no extract of four weeks before, or the rules of completing the tracker changed since.
    """
    if newest.empty:
        return newest.assign(changed_since=None, change_points=pd.Series(dtype="float64"))
    now = newest["date"].iloc[0]
    before = now - dt.timedelta(days=CHANGE_DAYS)
    is_broken = any(before <= one["date"] < now for one in list_breaks(snapshot).get(COMPLETION, []))
    earlier = snapshot.by_indicator[ANSWERING]
    earlier = earlier.iloc[:0] if is_broken else earlier
    earlier = earlier[earlier["date"] == before].set_index("area_code")["value"]
    return newest.assign(
        changed_since=before if len(earlier) else None,
        change_points=newest["value"] - newest["area_code"].map(earlier),
    )
