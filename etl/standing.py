"""Standing: each authority's position among all, how they spread, and what each adds to the gap to a target.

Made from published figures only: a hidden figure has no position and no part. Only authorities of one indicator, source
and date are set side by side.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.catalogue.model import Indicator
from etl.catalogue.whole import Catalogue
from etl.schema import TABLES
from etl.statistics.contribution import divide_gap
from etl.statistics.position import find_percentiles, find_position
from etl.statistics.projection import BASES, COVERAGE_PERCENT, project_winter

SPREAD = {"lowest": 0.0, "lower_quartile": 0.25, "median": 0.5, "upper_quartile": 0.75, "highest": 1.0}
VACANCY = "vacancy_percent"


def add_positions(frame: pd.DataFrame, *, indicator: Indicator, kinds: dict[str, str]) -> pd.DataFrame:
    """Return one indicator's figures with position, ranked and quarter of each authority; null for wider areas.

    The first position is the highest figure, or the lowest where lower is better.
    """
    own = _authorities(frame, kinds)
    if own.empty:
        return frame
    table = own.pivot(index=["source_id", "date"], columns="area_code", values="value")
    found = find_position(table.to_numpy(dtype=float), is_highest_first=indicator.polarity != "lower is better")
    at = (
        pd.MultiIndex.from_frame(own[["source_id", "date"]]).map({key: row for row, key in enumerate(table.index)}),
        own["area_code"].map({code: column for column, code in enumerate(table.columns)}),
    )
    rows, columns = (np.asarray(part, dtype=int) for part in at)
    has_position = ~np.isnan(found.position[rows, columns])
    columns_made = {
        "position": found.position[rows, columns],
        "ranked": np.where(has_position, found.ranked[rows, columns], np.nan),
        "quarter": found.quarter[rows, columns],
    }
    made = pd.DataFrame(columns_made, index=own.index).reindex(frame.index)
    return frame.assign(**{name: made[name] for name in made})


def describe_spread(figures: dict[str, pd.DataFrame], *, kinds: dict[str, str]) -> pd.DataFrame:
    """Return how authorities spread, a row an indicator, source and date with at least four figures."""
    parts = []
    for name, frame in figures.items():
        own = _authorities(frame, kinds)
        if own.empty:
            continue
        table = own.pivot(index=["source_id", "date"], columns="area_code", values="value")
        values = table.to_numpy(dtype=float)
        points, reason = find_percentiles(values, shares=list(SPREAD.values()))
        made = pd.DataFrame(points, columns=list(SPREAD), index=table.index).reset_index()
        made = made.assign(indicator_id=name, areas=np.sum(~np.isnan(values), axis=1))
        parts.append(made.assign(is_illustrative=bool(frame["is_illustrative"].iloc[0]))[reason == ""])
    return _join(parts, "spread")


def divide_gaps(figures: dict[str, pd.DataFrame], *, catalogue: Catalogue, kinds: dict[str, str]) -> pd.DataFrame:
    """Return each authority's part in the gap to the target, at the newest date of each indicator that declares one."""
    parts = []
    for indicator in catalogue.indicators:
        if indicator.target is None or indicator.id not in figures:
            continue
        own = _authorities(figures[indicator.id], kinds)
        own = own[own["date"] == own["date"].max()]
        found = divide_gap(
            own["numerator"],
            trials=own["denominator"],
            target=indicator.target / 100,
            is_lower_better=indicator.polarity == "lower is better",
        )
        parts.append(
            pd.DataFrame(
                {
                    "indicator_id": indicator.id,
                    "area_code": own["area_code"],
                    "date": own["date"],
                    "target": indicator.target,
                    "gap_points": found.gap_points,
                    "points": found.points,
                    "homes_to_move": found.homes_to_move,
                    "position": found.position,
                    "is_illustrative": own["is_illustrative"],
                }
            )[found.reason == ""]
        )
    return _join(parts, "contributions")


def project_vacancy(figures: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the winter vacancy projection for England: a row a base, with the rate as a range and posts as a range."""
    rates = figures[VACANCY].sort_values("date")
    newest = rates.iloc[-1]
    found = project_winter(newest["value"])
    low, high = (float(end) for end in found.rate)
    rows = [
        {
            "area_code": newest["area_code"],
            "current_percent": newest["value"],
            "current_date_text": newest["date_text"],
            "lower_percent": low,
            "upper_percent": high,
            "base": name,
            "base_posts": float(posts),
            "lower_posts": found.posts[name][0],
            "upper_posts": found.posts[name][1],
            "coverage_percent": float(COVERAGE_PERCENT),
        }
        for name, posts in BASES.items()
    ]
    return pd.DataFrame(rows)


def _authorities(frame: pd.DataFrame, kinds: dict[str, str]) -> pd.DataFrame:
    """Return the authorities' rows with plain columns."""
    plain = frame.astype({name: object for name in ("area_code", "date", "source_id")})
    return plain[plain["area_code"].map(kinds) == "authority"]


def _join(parts: list[pd.DataFrame], table: str) -> pd.DataFrame:
    columns = [column for column, _, _ in TABLES[table][1]]
    parts = [part for part in parts if len(part)]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)
