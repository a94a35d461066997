"""The snapshot's tables as frames: what each is put together from. Their columns are declared in `etl.schema`."""

from __future__ import annotations

import pandas as pd

from etl.catalogue.whole import Catalogue
from etl.extract.frame import Extract
from etl.schema import TABLES


def make_observations(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the observations with the columns that published national figures leave empty."""
    nothing = {"not_answered": None, "lower_bound": None, "upper_bound": None}
    return observations.assign(is_illustrative=False, versus_england="", versus_region="", **nothing)


def make_indicators(catalogue: Catalogue) -> pd.DataFrame:
    """Return one row an indicator, with the recommendations that name it."""
    rows = []
    for position, indicator in enumerate(catalogue.indicators):
        numbers = [str(r.number) for r in catalogue.recommendations if indicator.id in r.indicators]
        entry = indicator.model_dump() | {"position": position, "recommendations": " ".join(numbers)}
        rows.append(entry | {"caveats": "\n".join(indicator.caveats)})
    return pd.DataFrame(rows)


def make_sources(catalogue: Catalogue, *, extracts: dict[str, Extract], figures: pd.DataFrame) -> pd.DataFrame:
    """Return one row a source: what was read, accepted and refused, and the dates it covers."""
    rows = []
    for source in catalogue.sources:
        extract = extracts[source.id]
        dates = figures.loc[figures["source_id"] == source.id, "date"]
        rows.append(
            source.model_dump(include={"id", "title", "publisher", "licence", "edition", "published", "received"})
            | {
                "next_expected": source.next_expected,
                "file": extract.origin,
                "sha256": extract.sha256,
                "data_from": dates.min(),
                "data_to": dates.max(),
                "rows_read": extract.rows_read,
                "rows_accepted": extract.rows_read - extract.rows_refused,
                "rows_refused": extract.rows_refused,
                "notes": "\n".join(source.notes),
            }
        )
    return pd.DataFrame(rows)


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
    return pd.DataFrame([*findings, *refused], columns=columns)


def make_areas(areas: pd.DataFrame, *, is_current: pd.Series) -> pd.DataFrame:
    """Return the areas with the flag that says which the dashboard lists."""
    return areas.assign(is_current=is_current)


def make_recommendations(catalogue: Catalogue) -> pd.DataFrame:
    """Return one row a recommendation."""
    return pd.DataFrame([r.model_dump() | {"indicators": " ".join(r.indicators)} for r in catalogue.recommendations])


def make_breaks(catalogue: Catalogue) -> pd.DataFrame:
    """Return one row a break, oldest first."""
    ordered = sorted(catalogue.breaks, key=lambda entry: entry.date)
    return pd.DataFrame([entry.model_dump() | {"indicators": " ".join(entry.indicators)} for entry in ordered])
