"""Counts divided by the people they are counted among."""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.calculations.periods import sum_by_week, sum_series
from etl.catalogue.model import Indicator
from etl.conform.areas import ENGLAND


def rate_by_week(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return weekly counts per 1,000 people aged 65 and over."""
    return _per_1000(sum_by_week(figures, indicator, areas), figures, areas)


def rate_of_series(figures: pd.DataFrame, indicator: Indicator, areas: pd.DataFrame) -> pd.DataFrame:
    """Return whole-series counts per 1,000 people aged 65 and over."""
    return _per_1000(sum_series(figures, indicator, areas), figures, areas)


def _per_1000(counts: pd.DataFrame, figures: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    people = covered_population(figures["area_code"].unique(), areas)
    denominator = counts["area_code"].map(people).astype(float)
    value = 1000 * counts["value"] / denominator
    # An area without a population (Bournemouth, ended before mid-2020) has no rate, and says so.
    status = counts["status"].where(value.notna() | (counts["status"] != ""), "x")
    return counts.assign(numerator=counts["value"], denominator=denominator, value=value, status=status)


def covered_population(codes: np.ndarray, areas: pd.DataFrame) -> dict[str, int]:
    """Return people aged 65 and over by area; regions and England count only the authorities among `codes`.

    A total that leaves out authorities without figures would otherwise be divided by people it does not cover.
    """
    is_covered = (areas["kind"] == "authority") & areas["code"].isin(codes) & areas["population_65_plus"].notna()
    authorities = areas[is_covered]
    people = dict(zip(authorities["code"], authorities["population_65_plus"], strict=True))
    people |= authorities.groupby("region_code")["population_65_plus"].sum().to_dict()
    return people | {ENGLAND: authorities["population_65_plus"].sum()}
