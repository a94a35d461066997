"""Aggregate: authorities add up to regions and regions to England, where the publisher gives no total.

A published total is kept as published; where the parts allow it to be checked, the check is a finding.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

from etl.catalogue.model import Source
from etl.conform.areas import ENGLAND, find_list_day, is_valid_on, list_last_days

REGIONS = 9
KEY = ["measure", "date", "date_text", "period", "quality"]


def aggregate(figures: pd.DataFrame, *, source: Source, areas: pd.DataFrame) -> tuple[pd.DataFrame, list[dict]]:
    """Return the figures with missing region and England totals added, and a finding for each total checked.

    A part that is not applicable (`z`) counts as nothing. Any other part that is missing, or an authority that is not
    there at all though the source is not declared to be `without` it, leaves the total unavailable (`x`).
    """
    kinds = figures["area_code"].map(dict(zip(areas["code"], areas["kind"], strict=True)))
    additive = figures["measure"].isin(additive_measures(source))
    if not additive.any():
        return figures, []
    regions = dict(zip(areas["code"], areas["region_code"], strict=True))
    authorities = figures[additive & (kinds == "authority")]
    without = _list_absent(source)
    is_absent = [code in without[m] for code, m in zip(authorities["area_code"], authorities["measure"], strict=True)]
    authorities = authorities.assign(is_expected=~pd.Series(is_absent, index=authorities.index, dtype=bool))
    expected = _count_parts(figures[additive], areas, without=without)
    by_region = _add_up(authorities.assign(area_code=authorities["area_code"].map(regions)), expected=expected)
    with_regions, checked = _prefer_published(figures, by_region)
    in_region = with_regions["area_code"].str.startswith("E12") & with_regions["measure"].isin(
        set(by_region["measure"])
    )
    nine = {(measure, area, date): REGIONS for measure, area, date in expected}
    by_country = _add_up(with_regions[in_region].assign(area_code=ENGLAND), expected=nine)
    complete, checked_country = _prefer_published(with_regions, by_country)
    parts = _add_up(authorities.assign(area_code=ENGLAND), expected=expected)
    _, checked_parts = _prefer_published(complete[complete["area_code"] == ENGLAND], parts)
    findings = [
        *_report(source, checked, "each region as published", "the sum of their authorities"),
        *_report(source, checked_country, "England as published", "the sum of the nine regions"),
        *_report(source, checked_parts, "England", "the sum of the authorities"),
    ]
    return complete, findings


def additive_measures(source: Source) -> set[str]:
    """Return the measures of this source that may be added up across areas: counts, never shares."""
    additive = {measure for table in source.table if table.is_additive for measure in table.list_measures()}
    return {measure for measure in additive if not measure.endswith("percent")}


def _list_absent(source: Source) -> dict[str, set[str]]:
    """Return, for each measure, the authorities that the source, or the table it stands in, is declared to lack."""
    absent = {measure: set(source.without) for table in source.table for measure in table.list_measures()}
    for table in source.table:
        for measure, codes in table.list_absent().items():
            absent[measure] |= codes
    return absent


def _count_parts(
    figures: pd.DataFrame, areas: pd.DataFrame, *, without: dict[str, set[str]]
) -> dict[tuple[str, str, dt.date], int]:
    """Return how many authorities each region, and England, should have, by measure, area and date."""
    counts, known = {}, {}
    last_days = list_last_days(areas)
    for (measure, date), codes in figures.groupby(["measure", "date"])["area_code"]:
        key = find_list_day(codes, date, last_days), frozenset(without[measure])
        if key not in known:
            known[key] = _count_authorities(areas, *key)
        counts |= {(measure, area, date): count for area, count in known[key].items()}
    return counts


def _count_authorities(areas: pd.DataFrame, day: dt.date, without: frozenset[str]) -> dict[str, int]:
    """Return how many authorities each region, and England, had on a day, without some of them."""
    is_there = (areas["kind"] == "authority") & is_valid_on(areas, day) & ~areas["code"].isin(without)
    return areas.loc[is_there, "region_code"].value_counts().to_dict() | {ENGLAND: int(is_there.sum())}


def _add_up(parts: pd.DataFrame, *, expected: dict[tuple[str, str, dt.date], int]) -> pd.DataFrame:
    """Return the sums of the parts by area and key, with status x where a part is missing or has no row."""
    missing = parts["value"].isna() & (parts["status"] != "z")
    parts = parts.assign(is_missing=missing, is_expected=parts.get("is_expected", True))
    grouped = parts.groupby(["area_code", *KEY], sort=True, as_index=False)
    total = grouped.agg(value=("value", "sum"), is_missing=("is_missing", "any"), parts=("is_expected", "sum"))
    wanted = [expected[key] for key in zip(total["measure"], total["area_code"], total["date"], strict=True)]
    total["is_missing"] |= total["parts"] < wanted
    total["status"] = total["is_missing"].map({True: "x", False: ""})
    total["value"] = total["value"].where(~total["is_missing"])
    return total.drop(columns=["is_missing", "parts"]).assign(place="calculated")


def _prefer_published(figures: pd.DataFrame, totals: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the figures with the totals that they lack, and the pairs of a total and its published figure."""
    key = ["area_code", *KEY]
    both = totals.merge(figures[[*key, "value"]], on=key, suffixes=("_sum", "_published"))
    known = pd.MultiIndex.from_frame(figures[key])
    lacking = ~pd.MultiIndex.from_frame(totals[key]).isin(known)
    return pd.concat([figures, totals[lacking]], ignore_index=True), both


def _report(source: Source, both: pd.DataFrame, what: str, against: str) -> list[dict]:
    """Return the findings of each measure: the totals agree with the sums, differ, or cannot be checked."""
    findings = []
    for measure, pairs in both.groupby("measure", sort=True):
        known = pairs[pairs["value_sum"].notna()]
        unchecked = int((pairs["value_sum"].isna() & pairs["value_published"].notna()).sum())
        if len(known):
            differing = int((known["value_sum"] != known["value_published"]).sum())
            findings.append(
                _describe_totals(source, f"{measure}: {what}", against, cases=len(known), differing=differing)
            )
        if unchecked:
            findings.append(_describe_unchecked(source, f"{measure}: {what}", against, cases=unchecked))
    return findings


def _describe_unchecked(source: Source, what: str, against: str, *, cases: int) -> dict:
    return {
        "source_id": source.id,
        "area_code": ENGLAND,
        "rule": "totals_unchecked",
        "severity": "warning",
        "rows": cases,
        "finding": f"{what} cannot be checked against {against} in {cases} case{'s' if cases > 1 else ''}: "
        "a part has no figure.",
        "what_to_do": "Ask the publisher for the part that is missing. The published total is shown.",
        "who_can": source.publisher,
    }


def _describe_totals(source: Source, what: str, against: str, *, cases: int, differing: int) -> dict:
    common = {"source_id": source.id, "area_code": ENGLAND}
    if not differing:
        where = f"in all {cases} cases" if cases > 1 else "in the one case there is"
        return common | {
            "rule": "totals_agree",
            "severity": "information",
            "rows": cases,
            "finding": f"{what} equals {against} {where}.",
            "what_to_do": "Nothing.",
            "who_can": "No one needs to.",
        }
    return common | {
        "rule": "totals_differ",
        "severity": "warning",
        "rows": differing,
        "finding": f"{what} differs from {against} in {differing} of {cases} cases.",
        "what_to_do": "Ask the publisher which is right. The published total is shown.",
        "who_can": source.publisher,
    }
