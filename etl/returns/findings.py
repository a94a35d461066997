"""Findings: what the newest extract shows that an area can put right, as numbers of homes and never which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from etl.catalogue.return_model import Return
from etl.catalogue.whole import Catalogue
from etl.conform.areas import ENGLAND
from etl.returns.store import RestrictedStore

RULES = {
    "never_answered": "never_answered",
    "answers_out_of_date": "out_of_date",
    "answers_late": "late",
    "contradictory": "contradictory",
    "impossible": "impossible",
}
"""The rules whose homes are counted at intake, and the count of each."""
RUNS = 3
"""Updates without a change, one after the other, that make a home copied forward."""


def find_in_newest(
    store: RestrictedStore, *, layout: Return, catalogue: Catalogue, dates: Sequence[dt.date]
) -> list[dict[str, Any]]:
    """Return a row for each rule and authority with at least one home, from the newest extract."""
    counts = store.read_counts(layout.id, dates[-1])
    is_asked = bool(layout.questions)
    found = {rule: counts.column(name).to_pylist() for rule, name in RULES.items() if is_asked or rule == "impossible"}
    copied = count_copied(store, layout=layout, dates=dates)
    codes = counts.column("area_code").to_pylist()
    found["copied_forward"] = [copied.get(code, 0) for code in codes]
    return [
        describe(catalogue, rule, layout=layout, date=dates[-1], area_code=code, homes=homes, open_homes=everyone)
        for rule, numbers in found.items()
        for code, homes, everyone in zip(codes, numbers, counts.column("open").to_pylist(), strict=True)
        if homes
    ]


def describe(
    catalogue: Catalogue,
    rule_id: str,
    *,
    layout: Return,
    date: dt.date,
    area_code: str,
    homes: int,
    open_homes: int = 0,
) -> dict[str, Any]:
    """Return the finding in words."""
    rule = catalogue.rule(rule_id)
    words = {"n": f"{homes:,}", "open": f"{open_homes:,}", "places": layout.place + "s"}
    words |= {"current_days": layout.current_days, "late_days": layout.late_days}
    return {
        "source_id": layout.id,
        "date": date,
        "area_code": area_code,
        "rule": rule.id,
        "severity": rule.severity,
        "rows": homes,
        "finding": rule.finding.format(**words),
        "what_to_do": rule.what_to_do.format(**words),
        "who_can": rule.who_can,
    }


def find_in_files(records: Sequence[dict[str, Any]], *, layout: Return, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return a row for each rule that refused rows in any extract, and one for extracts that nothing vouches for."""
    newest = dt.date.fromisoformat(records[-1]["date"])
    rows = []
    for rule in catalogue.return_rules:
        hit = [record for record in records if rule.id in record["refused_by_rule"]]
        count = sum(record["refused_by_rule"][rule.id] for record in hit)
        if count:
            where = f"{len(hit)} of {len(records)} extracts" if len(records) > 1 else "the extract"
            rows.append(
                {
                    "source_id": layout.id,
                    "date": newest,
                    "area_code": ENGLAND,
                    "rule": rule.id,
                    "severity": rule.severity,
                    "rows": count,
                    "finding": f"{count:,} row{'s' if count > 1 else ''} refused in {where}. {rule.what}.",
                    "what_to_do": rule.what_to_do,
                    "who_can": rule.who_can,
                }
            )
    unverified = sum(not record["is_verified"] for record in records)
    if unverified:
        rows.append(describe(catalogue, "unverified", layout=layout, date=newest, area_code=ENGLAND, homes=unverified))
    return rows


def count_copied(store: RestrictedStore, *, layout: Return, dates: Sequence[dt.date]) -> dict[str, int]:
    """Return, by authority, the open homes that were updated in each of the last extracts with nothing changed."""
    last = dates[-RUNS - 1 :]
    if len(last) <= RUNS:
        return {}
    tables = [
        store.read_homes(layout.id, date, columns=["location_id", "area_code", "is_open", "updated_at", "content"])
        for date in last
    ]
    shared = tables[0].column("location_id").to_numpy()
    for table in tables[1:]:
        shared = np.intersect1d(shared, table.column("location_id").to_numpy(), assume_unique=True)
    rows = [np.searchsorted(table.column("location_id").to_numpy(), shared) for table in tables]
    updated = np.stack([t.column("updated_at").to_numpy()[row] for t, row in zip(tables, rows, strict=True)])
    content = np.stack([t.column("content").to_numpy()[row] for t, row in zip(tables, rows, strict=True)])
    newest = tables[-1].take(pa.array(rows[-1]))
    is_copied = newest.column("is_open").to_numpy(zero_copy_only=False) & (content == content[0]).all(axis=0)
    is_copied &= (np.diff(updated, axis=0) > 0).all(axis=0)
    areas = newest.column("area_code").cast(pa.string()).filter(pa.array(is_copied)).value_counts().to_pylist()
    return {entry["values"]: entry["counts"] for entry in areas}
