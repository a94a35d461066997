"""What the golden tests look at: the observations of a snapshot that our pipeline built."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

Series = dict[dt.date, float]


@pytest.fixture(scope="session")
def observations(snapshot_folder: Path) -> pd.DataFrame:
    """Every observation of the snapshot."""
    return pq.read_table(snapshot_folder / "observations.parquet").to_pandas()


@pytest.fixture(scope="session")
def areas(snapshot_folder: Path) -> pd.DataFrame:
    """The snapshot's areas, by code."""
    return pq.read_table(snapshot_folder / "areas.parquet").to_pandas().set_index("code")


@pytest.fixture(scope="session")
def select(observations: pd.DataFrame) -> Callable[..., pd.DataFrame]:
    """A function from an indicator, and an area if one is named, to its observations in order of date."""
    by_indicator = dict(tuple(observations.groupby("indicator_id")))

    def take(indicator_id: str, *, area: str | None = None) -> pd.DataFrame:
        rows = by_indicator[indicator_id]
        return rows[rows["area_code"] == area] if area else rows

    return take


@pytest.fixture(scope="session")
def series(select: Callable[..., pd.DataFrame]) -> Callable[..., Series]:
    """A function from an indicator and an area to its values by date."""

    def take(indicator_id: str, *, area: str) -> Series:
        rows = select(indicator_id, area=area)
        assert rows["date"].is_unique
        return dict(zip(rows["date"], rows["value"], strict=True))

    return take
