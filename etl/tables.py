"""The snapshot's tables as frames: what each is put together from. Their columns are declared in `etl.schema`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from etl.catalogue.whole import Catalogue
from etl.extract.frame import Extract
from etl.schema import TABLES, to_arrow

RETURNS_ONLY = (
    "not_answered", "lower_bound", "upper_bound", "not_applicable", "answered_percent", "answer_age_days",
)  # fmt: skip
"""Columns of observations that only figures counted from home-level returns fill."""


def make_observations(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the observations with the columns that they leave empty: published figures and verdicts to come."""
    empty = {name: np.nan for name in RETURNS_ONLY}
    empty |= {"is_illustrative": False, "versus_england": "", "versus_region": ""}
    empty |= {"is_widened": False, "verdict_reason": ""}
    empty |= dict.fromkeys(("p_england", "p_region", "q_england", "position", "ranked", "quarter"), np.nan)
    return observations.assign(**{name: value for name, value in empty.items() if name not in observations})


def join_observations(figures: dict[str, pd.DataFrame]) -> pa.Table:
    """Return the observations of all indicators, given by id, as one table in the declared order."""
    parts = [to_arrow("observations", make_observations(figures[name])) for name in sorted(figures)]
    return pa.concat_tables(parts)


def make_indicators(catalogue: Catalogue, *, sources: Collection[str]) -> pd.DataFrame:
    """Return one row an indicator whose source is there, with the recommendations that name it."""
    rows = []
    for position, indicator in enumerate(i for i in catalogue.indicators if i.source_id in sources):
        numbers = [str(r.number) for r in catalogue.recommendations if _names(r.indicators, indicator.id)]
        entry = indicator.model_dump() | {"position": position, "recommendations": " ".join(numbers)}
        rows.append(entry | {"caveats": "\n".join(indicator.caveats)})
    return pd.DataFrame(rows)


def _names(names: tuple[str, ...], indicator_id: str) -> bool:
    return any(indicator_id.startswith(n[:-1]) if n.endswith("*") else n == indicator_id for n in names)


def make_sources(
    catalogue: Catalogue,
    *,
    extracts: dict[str, Extract],
    spans: dict[str, tuple[dt.date, dt.date]],
    returned: Sequence[dict] = (),
) -> pd.DataFrame:
    """Return one row a source: what was read, accepted and refused, and the dates it covers; returns come last."""
    rows = []
    for source in catalogue.sources:
        extract = extracts[source.id]
        rows.append(
            source.model_dump(include={"id", "title", "publisher", "licence", "edition", "published", "received"})
            | {
                "next_expected": source.next_expected,
                "file": extract.origin,
                "sha256": extract.sha256,
                "data_from": spans[source.id][0],
                "data_to": spans[source.id][1],
                "rows_read": extract.rows_read,
                "rows_accepted": extract.rows_read - extract.rows_refused,
                "rows_refused": extract.rows_refused,
                "notes": "\n".join(source.notes),
                "is_illustrative": False,
            }
        )
    return pd.DataFrame([*rows, *returned])


def make_quality(findings: list[dict], *, extracts: dict[str, Extract], area_code: str) -> pd.DataFrame:
    """Return the findings, with one for each declared rule that set rows aside."""
    refused = [
        {
            "source_id": source_id,
            "area_code": area_code,
            "rule": refusal.rule,
            "severity": "information",
            "rows": refusal.rows,
            "finding": refusal.reason,
            "what_to_do": "Nothing: the rule is declared for this source.",
            "who_can": "The dashboard team, in etl/catalogue/sources.toml",
        }
        for source_id, extract in extracts.items()
        for refusal in extract.refusals
        if refusal.rows
    ]
    columns = [column for column, _, _ in TABLES["quality"][1]]
    return pd.DataFrame([{"is_illustrative": False} | row for row in (*findings, *refused)], columns=columns)


def make_changes(changes: pd.DataFrame, *, is_illustrative: bool) -> pd.DataFrame:
    """Return the changes between extracts in their declared columns, none where there are no extracts."""
    columns = [column for column, _, _ in TABLES["changes"][1]]
    return changes.assign(is_illustrative=is_illustrative).reindex(columns=columns)


def make_areas(areas: pd.DataFrame, *, is_current: pd.Series) -> pd.DataFrame:
    """Return the areas with the flag that says which the dashboard lists."""
    return areas.assign(is_current=is_current)


def make_recommendations(catalogue: Catalogue, *, indicators: Sequence[str]) -> pd.DataFrame:
    """Return one row a recommendation, with those of the snapshot's indicators that it names."""
    rows = []
    for entry in catalogue.recommendations:
        named = [name for name in indicators if _names(entry.indicators, name)]
        held = {"data_held": entry.data_held if named else "none", "organisations": "; ".join(entry.organisations)}
        rows.append(entry.model_dump() | held | {"indicators": " ".join(named)})
    return pd.DataFrame(rows)


def make_spotlights(catalogue: Catalogue, *, indicators: Sequence[str]) -> pd.DataFrame:
    """Return one row an example of the report, in its order, with those of the snapshot's indicators that it fits."""
    columns = [column for column, _, _ in TABLES["spotlights"][1]]
    rows = [
        entry.model_dump()
        | {
            "indicators": " ".join(name for name in indicators if _names(entry.indicators, name)),
            "recommendations": " ".join(map(str, entry.recommendations)),
        }
        for entry in catalogue.spotlights
    ]
    return pd.DataFrame(rows, columns=columns)


def make_breaks(catalogue: Catalogue) -> pd.DataFrame:
    """Return one row a break, oldest first."""
    ordered = sorted(catalogue.breaks, key=lambda entry: entry.date)
    return pd.DataFrame([entry.model_dump() | {"indicators": " ".join(entry.indicators)} for entry in ordered])
