"""Counts divided by the people they are counted among."""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.calculations.periods import sum_by_week, sum_series
from etl.calculations.published import as_published
from etl.catalogue.model import Indicator
from etl.conform.areas import ENGLAND

OLDER_PEOPLE, PER_OLDER_PEOPLE = "population_65_plus", 1000


def rate_by_week(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return weekly counts per 1,000 people aged 65 and over."""
    return divide_by_people(sum_by_week(figures, indicator, areas), figures, areas)


def rate_of_series(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return whole-series counts per 1,000 people aged 65 and over."""
    return divide_by_people(sum_series(figures, indicator, areas), figures, areas)


def rate_of_counts(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return counts as they are published, per 1,000 people aged 65 and over."""
    return divide_by_people(as_published(figures, indicator, areas), figures, areas)


def divide_by_people(
    counts: pd.DataFrame,
    figures: pd.DataFrame,
    areas: pd.DataFrame,
    *,
    people: str = OLDER_PEOPLE,
    per: int = PER_OLDER_PEOPLE,
) -> pd.DataFrame:
    """Return counts as rates among the people (a column of `areas`) of the authorities that `figures` cover."""
    covered = covered_population(figures["area_code"].unique(), areas, people=people)
    denominator = counts["area_code"].map(covered).astype(float)
    value = per * counts["value"] / denominator
    # An area without a population (Bournemouth, ended before mid-2020) has no rate, and says so.
    status = counts["status"].where(value.notna() | (counts["status"] != ""), "x")
    return counts.assign(numerator=counts["value"], denominator=denominator, value=value, status=status)


def covered_population(codes: np.ndarray, areas: pd.DataFrame, *, people: str = OLDER_PEOPLE) -> dict[str, int]:
    """Return people by area (those aged 65 and over, unless another column of `areas` is named).

    Regions and England count only the authorities among `codes`: a total that leaves out authorities without figures
    would otherwise be divided by people it does not cover.
    """
    is_covered = (areas["kind"] == "authority") & areas["code"].isin(codes) & areas[people].notna()
    authorities = areas[is_covered]
    covered = dict(zip(authorities["code"], authorities[people], strict=True))
    covered |= authorities.groupby("region_code")[people].sum().to_dict()
    return covered | {ENGLAND: authorities[people].sum()}


def join_people(areas: pd.DataFrame, combines: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    """Return the areas with the people of combined authorities counted where their figures stand, and nowhere else."""
    if not combines:
        return areas
    columns = [column for column in areas if column.startswith("population") and column != "population_year"]
    joined = areas.set_index("code")
    for code, others in combines.items():
        joined.loc[code, columns] += joined.loc[list(others), columns].sum()
        joined.loc[list(others), columns] = pd.NA
    return joined.reset_index()[list(areas)]
